//! The person one is with, in sight all the time.

use super::{Glyph, Icon};
use leptos::prelude::*;

/// A header that never scrolls away: way back, name, marks, and one more thing at the end.
#[component]
pub fn PersonBar(
    /// Who it is; the page's heading.
    #[prop(into)]
    name: Signal<String>,
    /// What belongs to the name, for example age and sex.
    #[prop(optional, into)]
    about: Signal<String>,
    /// Where the way back leads; none when empty.
    #[prop(optional, into)]
    back: Signal<String>,
    /// The words of the way back, for readers.
    #[prop(optional, into)]
    back_label: Signal<String>,
    /// What stands at the end, usually the sync state.
    #[prop(optional, into)]
    end: ViewFn,
    /// The marks below the name.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let way_back = move || {
        let href = back.get();
        (!href.is_empty())
            .then(|| view! { <a class="go plain round" href=href aria-label=back_label><Icon name=Glyph::Back /></a> })
    };
    view! {
        <header class="person-bar">
            {way_back}
            <h1>{name}</h1>
            {end.run()}
            <div class="tags"><span class="soft">{about}</span>{children.map(|children| children())}</div>
        </header>
    }
}
