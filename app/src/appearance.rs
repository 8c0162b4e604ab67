//! Text size and theme: kept in the browser, not in documents, because they belong to the eyes at this device.

use crate::i18n::Locale;
use domain::base::json;
use leptos::prelude::*;
use leptos_i18n::Locale as _;
use serde::{Deserialize, Serialize};
use std::cell::Cell;

/// The text size.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TextSize {
    /// The usual size.
    #[default]
    Standard,
    /// Large letters, large targets, few choices.
    Elder,
}

/// Light or dark.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Theme {
    /// Dark on light.
    Light,
    /// Light on dark.
    Dark,
}

/// What this device's user chose to see; nothing chosen means the role's usual.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Appearance {
    /// The size, when chosen.
    pub size: Option<TextSize>,
    /// Light or dark, when chosen; else as the device has it.
    #[serde(default)]
    pub theme: Option<Theme>,
    /// The language, when chosen.
    #[serde(default)]
    pub language: Option<Locale>,
    /// Minutes without a touch after which the app locks.
    pub lock_after: Option<u32>,
}

const KEY: &str = "appearance";
const TOUCHED: &str = "touched";

thread_local! {
    /// The size for whoever has not chosen one.
    static USUAL: Cell<TextSize> = const { Cell::new(TextSize::Standard) };
}

/// Sets what whoever has not chosen sees: large for residents, standard for everyone else and at the door.
pub fn usual(size: TextSize) {
    USUAL.set(size);
    apply(load());
}

impl Appearance {
    /// Returns the size that is shown: the chosen one, else the role's usual.
    #[must_use]
    pub fn shown(self) -> TextSize {
        self.size.unwrap_or_else(|| USUAL.get())
    }

    /// Returns the language that is spoken: the chosen one, else Chinese.
    #[must_use]
    pub fn language(self) -> Locale {
        self.language.unwrap_or_default()
    }
}

fn storage() -> Option<web_sys::Storage> {
    window().local_storage().ok().flatten()
}

/// Reads what was chosen; a private window that refuses means nothing was.
#[must_use]
pub fn load() -> Appearance {
    let text = storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
    text.and_then(|text| json::read(text.as_bytes()).ok()).unwrap_or_default()
}

/// Keeps a choice and shows it.
pub fn choose(appearance: Appearance) {
    if let (Some(storage), Ok(text)) = (storage(), json::write(&appearance)) {
        let _ = storage.set_item(KEY, &text);
    }
    apply(appearance);
}

/// Keeps when a tab was last touched, in ms since 1970, for the other tabs.
pub fn touch(now: i64) {
    if let Some(storage) = storage() {
        let _ = storage.set_item(TOUCHED, &now.to_string());
    }
}

/// Returns when any tab last said that it was touched; 0 when none did.
#[must_use]
pub fn touched() -> i64 {
    let text = storage().and_then(|storage| storage.get_item(TOUCHED).ok().flatten());
    text.and_then(|text| text.parse().ok()).unwrap_or_default()
}

/// Shows a choice.
pub fn apply(appearance: Appearance) {
    let Some(root) = document().document_element() else { return };
    let name = match appearance.shown() {
        TextSize::Standard => "standard",
        TextSize::Elder => "elder",
    };
    let _ = root.set_attribute("data-size", name);
    let _ = root.set_attribute("lang", appearance.language().as_str());
    let _ = match appearance.theme {
        Some(Theme::Light) => root.set_attribute("data-theme", "light"),
        Some(Theme::Dark) => root.set_attribute("data-theme", "dark"),
        None => root.remove_attribute("data-theme"),
    };
}
