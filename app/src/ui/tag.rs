//! Short marks beside a name.

use super::{Icon, Tone};
use leptos::prelude::*;

/// A short mark; a danger carries a sign as well as the colour.
#[component]
pub fn Tag(
    /// How serious it is.
    #[prop(optional)]
    tone: Option<Tone>,
    /// The words.
    #[prop(into)]
    text: Signal<String>,
) -> impl IntoView {
    let class = match tone {
        None => "tag",
        Some(Tone::Calm) => "tag calm",
        Some(Tone::Good) => "tag pine",
        Some(Tone::Care) => "tag care",
        Some(Tone::Life) => "tag life",
    };
    view! {
        <span class=class>
            {(tone == Some(Tone::Life)).then(|| view! { <Icon name=Tone::Life.glyph() /> })}
            {text}
        </span>
    }
}
