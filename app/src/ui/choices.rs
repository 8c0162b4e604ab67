//! One answer out of a few, each a large card.

use leptos::prelude::*;

/// One possible answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is reported when it is chosen.
    pub value: String,
    /// The words.
    pub label: String,
    /// A line below them.
    pub hint: String,
    /// A figure at the end, for example a price.
    pub worth: String,
}

/// A question with one answer; arrow keys move between the answers.
#[component]
pub fn Choices(
    /// The name of the group, unique on the page; the first answer's id is `NAME-0`, for error links.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    legend: Signal<String>,
    /// The answers.
    #[prop(into)]
    options: Signal<Vec<Choice>>,
    /// The value that is chosen; empty when none is.
    #[prop(into)]
    value: RwSignal<String>,
) -> impl IntoView {
    let name = StoredValue::new(name);
    let card = move |(place, choice): (usize, Choice)| {
        let Choice { value: own, label, hint, worth } = choice;
        let (own, own_too) = (own.clone(), own);
        view! {
            <label class="choice">
                <input
                    type="radio"
                    id=name.with_value(|name| format!("{name}-{place}"))
                    name=name.get_value()
                    prop:checked=move || value.with(|value| *value == own)
                    on:change=move |_| value.set(own_too.clone())
                />
                <b>{label}</b>
                {(!worth.is_empty()).then(|| view! { <span class="worth">{worth}</span> })}
                {(!hint.is_empty()).then(|| view! { <span class="soft">{hint}</span> })}
            </label>
        }
    };
    view! {
        <fieldset>
            <legend>{legend}</legend>
            <div class="choices">
                {move || options.get().into_iter().enumerate().map(card).collect_view()}
            </div>
        </fieldset>
    }
}
