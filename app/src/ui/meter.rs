//! A figure being measured.

use leptos::prelude::*;

/// A large figure with its unit; pressing it makes it the one the keypad writes to.
#[component]
pub fn Meter(
    /// What is measured.
    #[prop(into)]
    label: Signal<String>,
    /// The unit.
    #[prop(into)]
    unit: Signal<String>,
    /// What stands there; a slash is set back a little.
    #[prop(into)]
    value: Signal<String>,
    /// Shown faintly while there is no value.
    #[prop(default = "–".into(), into)]
    blank: Signal<String>,
    /// Whether the keypad writes here now.
    #[prop(into)]
    active: Signal<bool>,
    /// A second line under the unit, for example the last value.
    #[prop(optional, into)]
    hint: Signal<String>,
    /// Whether the value is unlikely; the hint then says so.
    #[prop(optional, into)]
    unlikely: Signal<bool>,
    /// Called when it is chosen.
    #[prop(into)]
    on_choose: Callback<()>,
) -> impl IntoView {
    let figure = move || {
        let value = value.get();
        if value.is_empty() {
            return view! { <span class="blank">{(!active.get()).then(|| blank.get())}</span> }.into_any();
        }
        match value.split_once('/') {
            Some((first, second)) => {
                view! { {first.to_owned()}<span class="slash">"/"</span>{second.to_owned()} }.into_any()
            }
            None => value.into_any(),
        }
    };
    view! {
        <button
            type="button"
            class="meter"
            class:on=active
            class:odd=unlikely
            aria-pressed=move || if active.get() { "true" } else { "false" }
            on:click=move |_| on_choose.run(())
        >
            <span class="name">{label}</span>
            <span class="num">{figure}{move || active.get().then(|| view! { <i class="caret"></i> })}</span>
            <span class="soft">
                {unit}
                {move || {
                    let text = hint.get();
                    (!text.is_empty()).then(|| view! { <br />{text} })
                }}
            </span>
        </button>
    }
}
