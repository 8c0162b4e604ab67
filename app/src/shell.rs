//! The frame around every page: navigation, sync state, idle lock, first sync.

mod first_sync;
mod form;
mod health;
mod idle;
mod navigation;
mod pages;
mod update;

use crate::appearance::{self, TextSize};
use crate::channel::Channel;
use crate::features::{
    door::{Door, look},
    home::provide_chosen,
};
use crate::guide::provide_guide;
use crate::language::*;
use crate::parts::Parts;
use crate::reactive::spawn_local;
use crate::replica::{Replica, profile::Profile, vault::Vault};
use crate::ui::Notice;
use leptos::prelude::*;
use leptos_router::components::Router;

pub use navigation::Role;
pub use update::{follow_updates, keep_part};

/// What the frame offers to pages.
#[derive(Clone, Copy)]
pub struct Frame {
    door: RwSignal<Door>,
    others: StoredValue<Option<Channel>, LocalStorage>,
}

/// The channel of all tabs, whoever works in them, and what a tab says there that was locked.
const TABS: &str = "xiangyi";
const LOCK: &str = "lock";

impl Frame {
    /// Locks the device in every tab: documents leave the memory, drafts and unsent work stay on the disk.
    pub fn lock(self) {
        self.others.with_value(|others| {
            if let Some(others) = others {
                others.say(LOCK);
            }
        });
        look(self.door);
    }
}

/// Opens the person's documents, then the app.
#[component]
pub fn Opened(
    /// The way out.
    door: RwSignal<Door>,
    /// Whose documents.
    profile: Profile,
    /// What opens them.
    vault: Vault,
) -> impl IntoView {
    let i18n = use_i18n();
    let opened = RwSignal::new_local(None::<Result<Replica, ()>>);
    let role = Role::of(&profile.account.role);
    appearance::usual(if role == Role::Resident { TextSize::Elder } else { TextSize::Standard });
    on_cleanup(|| appearance::usual(TextSize::Standard));
    spawn_local(async move {
        let replica = Replica::open(&profile, vault).await.map_err(|_| ());
        // Asked once a start: browsers answer from how the app is used.
        if let Ok(promise) = window().navigator().storage().persist() {
            let _ = wasm_bindgen_futures::JsFuture::from(promise).await;
        }
        opened.set(Some(replica));
    });
    // Fetched while the documents are opened.
    let parts = expect_context::<Parts>();
    match role {
        Role::Resident => parts.resident.want(),
        Role::Team => parts.staff.want(),
        Role::Manager | Role::Pharmacist => {
            parts.office.want();
            parts.staff.want();
        }
        Role::Administrator | Role::Auditor => parts.office.want(),
        Role::Other => (),
    }
    // Who is at the door of another tab has nothing to lock.
    let locked = move |said: &str| {
        if said == LOCK && door.try_with_untracked(|door| matches!(door, Door::Open(..))).unwrap_or_default()
        {
            look(door);
        }
    };
    provide_context(Frame { door, others: StoredValue::new_local(Channel::open(TABS, locked)) });
    provide_context(role);
    view! {
        {move || match opened.get() {
            None => view! { <main class="door"><p class="soft">{td_string!(i18n, common.loading)}</p></main> }.into_any(),
            Some(Err(())) => view! { <main class="door"><Notice>{td_string!(i18n, door.device)}</Notice></main> }.into_any(),
            Some(Ok(replica)) => view! { <Inside replica role/> }.into_any(),
        }}
    }
}

#[component]
fn Inside(replica: Replica, role: Role) -> impl IntoView {
    provide_context(replica);
    on_cleanup(move || replica.close());
    provide_chosen(replica);
    provide_guide(replica);
    idle::watch(replica);
    view! {
        <Router>
            {spoken(move || view! {
                <navigation::Navigation role/>
                <main class="page" id="main">
                    <health::Troubles replica/>
                    <update::Update/>
                    <first_sync::FirstSync replica/>
                    <pages::Pages/>
                </main>
            }.into_any())}
        </Router>
    }
}
