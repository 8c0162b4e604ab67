//! The page of this device.

use super::{export::Export, import::Import, room, wipe::Wipe};
use crate::features::{settings::role_words, sync::SyncStatus};
use crate::language::*;
use crate::reactive::{derived, loaded};
use crate::replica::{core::Unsent, profile, use_replica};
use crate::ui::{Button, Glyph, Icon, Kind};
use crate::words;
use domain::{base::Timestamp, people::Role};
use leptos::prelude::*;

/// What is on this device, and how it leaves.
#[component]
pub fn DevicePage() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let asked = RwSignal::new(0);
    let again = Callback::new(move |()| asked.update(|times| *times += 1));
    let counted = loaded(move || {
        asked.track();
        let _ = replica.state().get();
        let core = replica.core();
        async move { core.unsent().await.ok() }
    });
    let unsent = derived(move || counted.get().flatten());
    let exported = RwSignal::new(None::<Unsent>);
    let people = loaded(|| async { profile::all().await.unwrap_or_default() });
    let found = loaded(room);
    let count = move || match unsent.get() {
        None => String::new(),
        Some(Unsent { deeds: 0, drafts: 0 }) => td_string!(i18n, device.all_sent).to_owned(),
        Some(Unsent { deeds, drafts }) => {
            td_string!(i18n, device.unsent_count, deeds = deeds, drafts = drafts)
        }
    };
    view! {
        <header class="bar">
            <a class="go plain round" href="/settings" aria-label=td_string!(i18n, common.back)><Icon name=Glyph::Back/></a>
            <h1 class="grow">{td_string!(i18n, device.title)}</h1>
            <SyncStatus/>
        </header>
        <div class="split even">
            <div class="stack wide">
                <section class="sheet pad stack">
                    <h2>{td_string!(i18n, device.unsent)}</h2>
                    <p data-testid="unsent">{count}</p>
                    {move || found.get().map(|room| {
                        let text = if room.persisted { td_string!(i18n, settings.kept) } else { td_string!(i18n, settings.not_kept) };
                        view! { <p class="soft">{text}</p> }
                    })}
                    <div class="acts">
                        <Button kind=Kind::Quiet icon=Glyph::Sync on_press=move |()| replica.wake()>{td_string!(i18n, settings.send_now)}</Button>
                    </div>
                </section>
                <Export exported done=again/>
                <Import done=again/>
            </div>
            <div class="stack wide">
                <section class="sheet pad stack">
                    <h2>{td_string!(i18n, device.people)}</h2>
                    <ul class="rows flat" data-testid="people">
                        {move || people.get().unwrap_or_default().into_iter().map(|profile| {
                            let role = role_words(i18n, &Role::from(profile.account.role.as_str()));
                            let used = words::date_time(i18n, Timestamp(profile.last_used));
                            view! {
                                <li>
                                    <div class="who"><b>{profile.account.account}</b>" "{role}</div>
                                    <div class="why">{td_string!(i18n, device.used, time = used)}</div>
                                </li>
                            }
                        }).collect_view()}
                    </ul>
                    <p class="soft">{td_string!(i18n, device.people_why)}</p>
                </section>
                <Wipe unsent exported/>
            </div>
        </div>
    }
}
