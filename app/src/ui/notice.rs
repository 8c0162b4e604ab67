//! A calm word to the person.

use super::{Icon, Tone};
use leptos::prelude::*;

/// A message in the page, with its sign; a danger is announced at once, anything else when convenient.
#[component]
pub fn Notice(
    /// How serious it is.
    #[prop(optional)]
    tone: Tone,
    /// The heading; none when empty.
    #[prop(optional, into)]
    title: Signal<String>,
    /// The message, and what can be done.
    children: Children,
) -> impl IntoView {
    view! {
        <div class=format!("notice {}", tone.class()) role=if tone == Tone::Life { "alert" } else { "status" }>
            <Icon name=tone.glyph() />
            <div>
                {move || {
                    let text = title.get();
                    (!text.is_empty()).then(|| view! { <b>{text}</b> })
                }}
                {children()}
            </div>
        </div>
    }
}
