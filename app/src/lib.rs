//! The app: screens are projections of documents; the replica holds documents and keeps them safe.
//!
//! `ui` and `replica` know no feature; a feature is a folder with a pure view model and thin pages.

pub mod appearance;
pub mod clock;
pub mod features;
pub mod only_tab;
pub mod parts;
pub mod reactive;
pub mod replica;
pub mod shell;
pub mod ui;
pub mod words;

// Interface texts: the module `i18n`, generated at build time from `locales/`.
include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));

use features::door::{Door, NewPin, SignIn, Unlock, look};
use i18n::{I18nContextProvider, tu_string};
use leptos::prelude::*;
use only_tab::Turn;

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

/// The whole page: this tab's turn, the door, and behind it the app of whoever came in.
#[component]
pub fn App() -> impl IntoView {
    let turn = RwSignal::new(Turn::Asking);
    only_tab::ask(false, turn);
    view! {
        <I18nContextProvider>
            {move || match turn.get() {
                Turn::Asking => ().into_any(),
                Turn::Ours => view! { <Entrance/> }.into_any(),
                Turn::Theirs => view! { <Elsewhere turn/> }.into_any(),
            }}
        </I18nContextProvider>
    }
}

/// Says that another tab works, and offers to work here.
#[component]
fn Elsewhere(turn: RwSignal<Turn>) -> impl IntoView {
    let i18n = i18n::use_i18n();
    view! {
        <main class="door">
            <h1>{tu_string!(i18n, door.other_tab)}</h1>
            <p class="soft">{tu_string!(i18n, door.other_tab_why)}</p>
            <ui::Button on_press=move |()| only_tab::ask(true, turn)>{tu_string!(i18n, door.use_here)}</ui::Button>
        </main>
    }
}

#[component]
fn Entrance() -> impl IntoView {
    let door = RwSignal::new(Door::Looking);
    look(door);
    // Fetched while somebody types.
    let behind = parts::provide_parts().behind;
    behind.want();
    view! {
            {move || match door.get() {
                Door::Looking => ().into_any(),
                Door::SignIn => view! { <SignIn door/> }.into_any(),
                Door::NewPin(account) => view! { <NewPin door account/> }.into_any(),
                Door::Locked(profiles) => view! { <Unlock door profiles/> }.into_any(),
                Door::Open(profile, vault) => behind.show(move |open| open(door, profile.clone(), vault.clone())),
            }}
    }
}
