//! The app: screens are projections of documents; the replica holds documents and keeps them safe.
//!
//! `ui` and `replica` know no feature; a feature is a folder with a pure view model and thin pages.

pub mod appearance;
pub mod ask;
pub mod channel;
pub mod clock;
pub mod decimal;
pub mod features;
pub mod figures;
pub mod guide;
pub mod language;
pub mod locks;
pub mod only_tab;
pub mod parts;
pub mod reactive;
pub mod replica;
pub mod shell;
pub mod ui;
pub mod words;
pub mod worker;

// Interface texts: the module `i18n`, generated at build time from `locales/`.
include!(concat!(env!("OUT_DIR"), "/i18n/mod.rs"));

use features::door::{Codes, Door, Forgotten, NewPin, SignIn, Unlock, Why, look};
use language::{provide_language, spoken, td_string, use_i18n};
use leptos::prelude::*;
use only_tab::Turn;
use std::time::Duration;

/// Starts the app in the page.
pub fn start() {
    console_error_panic_hook::set_once();
    appearance::apply(appearance::load());
    shell::follow_updates();
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
    provide_language();
    move || match turn.get() {
        Turn::Asking => ().into_any(),
        Turn::Ours => view! { <Entrance/> }.into_any(),
        Turn::Theirs => spoken(move || view! { <Elsewhere turn/> }.into_any()),
    }
}

/// Says that another tab works, and offers to work here.
#[component]
fn Elsewhere(turn: RwSignal<Turn>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <main class="door">
            <h1>{td_string!(i18n, door.other_tab)}</h1>
            <p class="soft">{td_string!(i18n, door.other_tab_why)}</p>
            <ui::Button on_press=move |()| only_tab::ask(true, turn)>{td_string!(i18n, door.use_here)}</ui::Button>
        </main>
    }
}

/// Says that the browser lets nothing be stored.
#[component]
fn Closed() -> impl IntoView {
    let i18n = use_i18n();
    view! { <main class="door"><ui::Notice tone=ui::Tone::Care>{td_string!(i18n, door.device)}</ui::Notice></main> }
}

/// Does something after what has changed by now is on the screen.
fn after_paint(act: impl Fn() + 'static) {
    request_animation_frame(move || set_timeout(act, Duration::ZERO));
}

#[component]
fn Entrance() -> impl IntoView {
    let door = RwSignal::new(Door::Looking);
    look(door);
    // Fetched while somebody types, and not before they see where.
    let behind = parts::provide_parts().behind;
    reactive::effect(move || {
        if !door.with(|door| matches!(door, Door::Looking)) {
            after_paint(move || behind.want());
        }
    });
    view! {
            {move || match door.get() {
                Door::Looking => ().into_any(),
                Door::Closed => spoken(move || view! { <Closed/> }.into_any()),
                Door::SignIn(Why::Forgotten(profile)) => spoken(move || view! { <Forgotten door profile=(*profile).clone()/> }.into_any()),
                Door::Codes => spoken(move || view! { <Codes door/> }.into_any()),
                Door::SignIn(why) => spoken(move || view! { <SignIn door why=why.clone()/> }.into_any()),
                Door::NewPin(choosing) => spoken(move || view! { <NewPin door choosing=choosing.clone()/> }.into_any()),
                Door::Locked(profiles) => spoken(move || view! { <Unlock door profiles=profiles.clone()/> }.into_any()),
                Door::Open(profile, vault) => behind.show(move |open| open(door, profile.clone(), vault.clone())),
            }}
    }
}
