//! A labelled field with hint and error.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// One line of text, labelled; the error is worded as in the error summary, which links to `id`.
#[component]
pub fn TextField(
    /// The id of the input, unique on the page.
    #[prop(into)]
    id: String,
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// What is typed, kept on every keystroke.
    #[prop(into)]
    value: RwSignal<String>,
    /// Help shown before the input.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// What is wrong; empty when nothing is.
    #[prop(optional, into)]
    error: Signal<String>,
    /// The input's type.
    #[prop(default = "text")]
    kind: &'static str,
    /// The on-screen keyboard asked for: `numeric`, `tel`, `text`.
    #[prop(default = "text")]
    inputmode: &'static str,
    /// What the browser may fill in; off, since tablets are shared.
    #[prop(default = "off")]
    autocomplete: &'static str,
    /// A short input for a few characters.
    #[prop(optional)]
    short: bool,
) -> impl IntoView {
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described = {
        let (hint_id, error_id) = (hint_id.clone(), error_id.clone());
        move || {
            let mut ids = Vec::new();
            if hint.with(|text| !text.is_empty()) {
                ids.push(hint_id.as_str());
            }
            if error.with(|text| !text.is_empty()) {
                ids.push(error_id.as_str());
            }
            (!ids.is_empty()).then(|| ids.join(" "))
        }
    };
    let wrong = move || error.with(|text| !text.is_empty());
    view! {
        <div class="field" class:wrong=wrong>
            <label for=id.clone()>{label}</label>
            {move || {
                let text = hint.get();
                (!text.is_empty()).then(|| view! { <div class="hint" id=hint_id.clone()>{text}</div> })
            }}
            {move || {
                let text = error.get();
                (!text.is_empty())
                    .then(|| {
                        view! {
                            <div class="error" id=error_id.clone()>
                                <Icon name=Glyph::Warn />
                                <span>{text}</span>
                            </div>
                        }
                    })
            }}
            <input
                id=id
                type=kind
                class:short=short
                inputmode=inputmode
                autocomplete=autocomplete
                autocapitalize="off"
                spellcheck="false"
                aria-describedby=described
                aria-invalid=move || wrong().then_some("true")
                prop:value=value
                on:input=move |event| value.set(event_target_value(&event))
            />
        </div>
    }
}
