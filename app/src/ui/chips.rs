//! Toggles in a row.

use super::{Glyph, Icon, Show};
use crate::reactive::memo;
use leptos::prelude::*;

/// One toggle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Chip {
    /// What is reported when it is pressed.
    pub value: String,
    /// The words.
    pub label: String,
    /// Whether it is a danger sign, shown in red when chosen.
    pub danger: bool,
}

impl Chip {
    /// Makes an ordinary toggle.
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), danger: false }
    }
}

/// Toggles of which any number may be chosen.
#[component]
pub fn Chips(
    /// The question they answer.
    #[prop(into)]
    label: Signal<String>,
    /// The toggles.
    #[prop(into)]
    options: Signal<Vec<Chip>>,
    /// The values that are chosen.
    #[prop(into)]
    chosen: Signal<Vec<String>>,
    /// Called with the value that was pressed.
    #[prop(into)]
    on_toggle: Callback<String>,
) -> impl IntoView {
    let chip = move |chip: Chip| {
        let value = StoredValue::new(chip.value);
        let pressed = memo(move || value.with_value(|value| chosen.with(|chosen| chosen.contains(value))));
        view! {
            <button
                type="button"
                class:life=chip.danger
                aria-pressed=move || if pressed.get() { "true" } else { "false" }
                on:click=move |_| on_toggle.run(value.get_value())
            >
                <Show when=move || pressed.get()>
                    <Icon name=Glyph::Check />
                </Show>
                {chip.label}
            </button>
        }
    };
    view! {
        <div class="chips" role="group" aria-label=label>
            {move || options.get().into_iter().map(chip).collect_view()}
        </div>
    }
}

/// A few settings of which one holds.
#[component]
pub fn Segments(
    /// What is set.
    #[prop(into)]
    label: Signal<String>,
    /// Value and words of each.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The value that holds.
    #[prop(into)]
    chosen: Signal<String>,
    /// Called with the value that was pressed.
    #[prop(into)]
    on_choose: Callback<String>,
) -> impl IntoView {
    let segment = move |(value, words): (String, String)| {
        let value = StoredValue::new(value);
        let pressed = move || value.with_value(|value| chosen.with(|chosen| chosen == value));
        view! {
            <button
                type="button"
                aria-pressed=move || if pressed() { "true" } else { "false" }
                on:click=move |_| on_choose.run(value.get_value())
            >
                {words}
            </button>
        }
    };
    view! {
        <div class="segments" role="group" aria-label=label>
            {move || options.get().into_iter().map(segment).collect_view()}
        </div>
    }
}
