//! What to do, because of what, from which source.

use super::{Icon, Tone};
use leptos::prelude::*;

/// A block of advice; urgent advice is announced when it appears.
#[component]
pub fn Advice(
    /// How serious it is.
    tone: Tone,
    /// What to do, in a few words.
    #[prop(into)]
    title: Signal<String>,
    /// The reasons, each shown with its own mark.
    #[prop(optional, into)]
    reasons: Signal<Vec<String>>,
    /// Source, and what else belongs to it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let role = if tone == Tone::Life { "alert" } else { "status" };
    view! {
        <section class=format!("advice {}", tone.class()) role=role>
            <h2>
                <Icon name=tone.glyph() />
                <span>{title}</span>
            </h2>
            {move || reasons.get().into_iter().map(|reason| view! { <p class="because">{reason}</p> }).collect_view()}
            {children.map(|children| view! { <div class="cite">{children()}</div> })}
        </section>
    }
}
