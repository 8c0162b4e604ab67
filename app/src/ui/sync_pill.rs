//! Where what was entered is now.

use super::{Glyph, Icon};
use crate::reactive::derived;
use leptos::prelude::*;

/// The state in which the device and the server are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SyncKind {
    /// No connection; everything is kept on the device.
    #[default]
    Offline,
    /// Saved on the device, waiting to be sent.
    Waiting,
    /// Being sent.
    Busy,
    /// All of it is on the server.
    Done,
    /// Something needs a person; the outbox says what.
    Care,
}

impl SyncKind {
    fn class(self) -> &'static str {
        match self {
            Self::Offline => "sync offline",
            Self::Waiting => "sync waiting",
            Self::Busy => "sync busy",
            Self::Done => "sync done",
            Self::Care => "sync care",
        }
    }

    fn glyph(self) -> Glyph {
        match self {
            Self::Offline => Glyph::Offline,
            Self::Waiting => Glyph::Upload,
            Self::Busy => Glyph::Sync,
            Self::Done => Glyph::Check,
            Self::Care => Glyph::Warn,
        }
    }
}

/// The sync state in words and sign; opens the outbox. Changes are announced politely.
#[component]
pub fn SyncPill(
    /// The state.
    #[prop(into)]
    kind: Signal<SyncKind>,
    /// The state in words.
    #[prop(into)]
    text: Signal<String>,
    /// The same where a large script leaves room for a word or two.
    #[prop(into)]
    short: Signal<String>,
    /// Where the outbox is.
    #[prop(into)]
    href: Signal<String>,
) -> impl IntoView {
    let glyph = derived(move || kind.get().glyph());
    view! {
        <a class=move || kind.get().class() href=href>
            <Icon name=glyph />
            <span role="status"><span class="long">{text}</span><span class="short">{short}</span></span>
        </a>
    }
}
