//! One of many, in the browser's own list.

use leptos::prelude::*;

/// A labelled list to choose one value from; more than a few, or cards would be better.
#[component]
pub fn SelectField(
    /// The id of the list, unique on the page.
    #[prop(into)]
    id: String,
    /// The label.
    #[prop(into)]
    label: Signal<String>,
    /// Value and words of each.
    #[prop(into)]
    options: Signal<Vec<(String, String)>>,
    /// The value that is chosen.
    #[prop(into)]
    value: RwSignal<String>,
) -> impl IntoView {
    let option = move |(own, words): (String, String)| {
        let kept = own.clone();
        let selected = move || value.with(|value| *value == kept);
        view! { <option value=own prop:selected=selected>{words}</option> }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select id=id on:change=move |event| value.set(event_target_value(&event))>
                {move || options.get().into_iter().map(option).collect_view()}
            </select>
        </div>
    }
}
