//! Why: every advice, date and amount can be asked.

use leptos::prelude::*;

/// A question that opens the reasons and their source in place.
#[component]
pub fn Why(
    /// The question.
    #[prop(into)]
    ask: Signal<String>,
    /// The reasons.
    #[prop(into)]
    reasons: Signal<Vec<String>>,
    /// Document, clause and version; nothing is shown when empty.
    #[prop(optional, into)]
    source: Signal<String>,
    /// Whatever else explains it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <details class="reason">
            <summary>{ask}</summary>
            <div>
                {move || reasons.get().into_iter().map(|reason| view! { <p class="because">{reason}</p> }).collect_view()}
                {children.map(|children| children())}
                {move || {
                    let text = source.get();
                    (!text.is_empty()).then(|| view! { <p class="cite">{text}</p> })
                }}
            </div>
        </details>
    }
}
