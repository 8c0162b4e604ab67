//! The main places of the app: below on a phone, at the side on a desktop.

use super::{Glyph, Icon, Show};
use leptos::prelude::*;

/// One place.
#[derive(Clone)]
pub struct Tab {
    /// Where it leads.
    pub href: &'static str,
    /// Its icon.
    pub icon: Glyph,
    /// Its words.
    pub label: Signal<String>,
    /// How much waits there; nothing is shown for 0.
    pub count: Signal<usize>,
}

impl Tab {
    /// Makes a place where nothing is counted.
    pub fn new(href: &'static str, icon: Glyph, label: impl Into<Signal<String>>) -> Self {
        Self { href, icon, label: label.into(), count: Signal::stored(0) }
    }
}

/// The places, with the current one marked.
#[component]
pub fn TabBar(
    /// The bar's name for readers.
    #[prop(into)]
    label: Signal<String>,
    /// The app's name, shown above the places on a desktop.
    #[prop(into)]
    brand: Signal<String>,
    /// The places.
    tabs: Vec<Tab>,
    /// The path one is at.
    #[prop(into)]
    path: Signal<String>,
) -> impl IntoView {
    let link = move |tab: Tab| {
        let here = move || path.with(|path| is_within(path, tab.href));
        let count = tab.count;
        view! {
            <a href=tab.href aria-current=move || here().then_some("page")>
                <Icon name=tab.icon />
                <span>{tab.label}</span>
                <Show when=move || { count.get() > 0 }>
                    <span class="count">{count}</span>
                </Show>
            </a>
        }
    };
    view! {
        <nav class="tabs" aria-label=label>
            <div class="brand">
                <img src="/icon.svg" alt="" width="36" height="36" />
                <span>{brand}</span>
            </div>
            {tabs.into_iter().map(link).collect_view()}
        </nav>
    }
}

/// Returns whether `path` is the place itself or lies below it.
fn is_within(path: &str, place: &str) -> bool {
    path.strip_prefix(place).is_some_and(|rest| rest.is_empty() || (place != "/" && rest.starts_with('/')))
}

#[cfg(test)]
mod tests {
    use super::is_within;

    #[test]
    fn a_place_is_current_for_itself_and_what_lies_below() {
        assert!(is_within("/residents", "/residents") && is_within("/residents/ab12", "/residents"));
        assert!(is_within("/", "/"));
        assert!(!is_within("/residents", "/") && !is_within("/residentsx", "/residents"));
    }
}
