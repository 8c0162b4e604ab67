//! What is prescribed, and what is found about it.

use super::page::Flow;
use leptos::prelude::*;

/// The step.
#[component]
pub fn Prescribe(
    /// The visit.
    flow: Flow,
) -> impl IntoView {
    let lines = move || flow.draft.with(|draft| draft.prescribing.lines.len());
    view! { <section class="sheet pad stack">{lines}</section> }
}
