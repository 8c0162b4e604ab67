//! The app: screens are projections of documents; the replica holds documents and keeps them safe.
//!
//! `ui` and `replica` know no feature; a feature is a folder with a pure view model and thin pages.

pub mod appearance;
pub mod clock;
pub mod features;
pub mod replica;
pub mod shell;
pub mod ui;
pub mod words;

// Interface texts: the module `i18n`, generated at build time from `locales/`.
include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));

use features::door::{Door, NewPin, SignIn, Unlock, look};
use i18n::I18nContextProvider;
use leptos::prelude::*;

/// Starts the app in the page.
pub fn start() {
    console_error_panic_hook::set_once();
    appearance::apply(appearance::load());
    mount_to_body(App);
    // The static shell that was painted before the wasm arrived has done its work.
    if let Some(waiting) = document().get_element_by_id("shell") {
        waiting.remove();
    }
}

/// The whole page: the door, and behind it the app of whoever came in.
#[component]
pub fn App() -> impl IntoView {
    let door = RwSignal::new(Door::Looking);
    look(door);
    view! {
        <I18nContextProvider>
            {move || match door.get() {
                Door::Looking => ().into_any(),
                Door::SignIn => view! { <SignIn door/> }.into_any(),
                Door::NewPin(account) => view! { <NewPin door account/> }.into_any(),
                Door::Locked(profiles) => view! { <Unlock door profiles/> }.into_any(),
                Door::Open(profile, vault) => view! { <shell::Opened door profile vault/> }.into_any(),
            }}
        </I18nContextProvider>
    }
}
