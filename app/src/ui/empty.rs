//! Nothing here, said kindly.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// Says that there is nothing, and what one might do.
#[component]
pub fn Empty(
    /// The icon above the words.
    icon: Glyph,
    /// What is not there.
    #[prop(into)]
    title: Signal<String>,
    /// What that means, and what can be done.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon />
            <b>{title}</b>
            {children.map(|children| children())}
        </div>
    }
}
