//! The settings: one page, or for large letters three choices first and the rest behind them.

use super::choices::{Colours, Idle, LockNow, Size, Speech};
use super::device::{StorageRow, SyncRow};
use super::guide::GuideRow;
use super::leave::{HandOver, Leave};
use crate::appearance::{self, TextSize};
use crate::features::sync::SyncStatus;
use crate::language::*;
use crate::reactive::{derived, memo};
use crate::replica::use_replica;
use crate::ui::{Answer, Answers, ButtonLink, Glyph, Kind, Show};
use domain::people::Role;
use leptos::prelude::*;

/// The page.
#[component]
pub fn Settings() -> impl IntoView {
    let i18n = use_i18n();
    let chosen = RwSignal::new(appearance::load());
    let elder = memo(move || chosen.get().shown() == TextSize::Elder);
    view! {
        <header class="bar">
            <h1 class="grow">{td_string!(i18n, settings.title)}</h1>
            <SyncStatus/>
        </header>
        <Show when=move || elder.get() fallback=move || view! {
            <div class="split even">
                <div class="stack wide">
                    <div class="sheet settings"><Size chosen/><Colours chosen/><Speech/><LockNow/><Idle chosen/></div>
                    <div class="sheet settings"><SyncRow/><GuideRow/><StorageRow/></div>
                </div>
                <div class="stack wide">
                    <About/>
                    <div class="sheet settings"><AccountRow/><AccessRow/><ActingRow/><HandOver/><Leave/></div>
                </div>
            </div>
        }>
            <div class="sheet settings"><Size chosen/><LockNow/><AccessRow/><ActingRow/><More/></div>
            <About/>
        </Show>
    }
}

/// What large letters leave to a second page.
#[component]
pub fn MoreSettings() -> impl IntoView {
    let i18n = use_i18n();
    let chosen = RwSignal::new(appearance::load());
    view! {
        <header class="bar">
            <a class="go plain round" href="/settings" aria-label=td_string!(i18n, common.back)><crate::ui::Icon name=Glyph::Back/></a>
            <h1 class="grow">{td_string!(i18n, settings.more_title)}</h1>
        </header>
        <div class="sheet settings"><Colours chosen/><Speech/><Idle chosen/></div>
        <div class="sheet settings"><AccountRow/><SyncRow/><HandOver/><Leave/></div>
        <div class="sheet settings"><GuideRow/><StorageRow/></div>
    }
}

#[component]
fn More() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div>
            <div><span class="soft">{td_string!(i18n, settings.more_hint)}</span></div>
            <ButtonLink kind=Kind::Quiet icon=Glyph::Settings href="/settings/more">
                {td_string!(i18n, settings.more)}
            </ButtonLink>
        </div>
    }
}

/// Leads to password, second factor and devices.
#[component]
fn AccountRow() -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <div>
            <div><b>{td_string!(i18n, settings.security)}</b><span class="soft">{td_string!(i18n, settings.security_hint)}</span></div>
            <ButtonLink kind=Kind::Quiet icon=Glyph::Shield href="/settings/account">{td_string!(i18n, settings.security_go)}</ButtonLink>
        </div>
    }
}

/// Leads to who may see one's record, or to what one may see for a while.
#[component]
fn AccessRow() -> impl IntoView {
    let i18n = use_i18n();
    let (title, hint, href) = match expect_context::<crate::shell::Role>() {
        crate::shell::Role::Resident => {
            (td_string!(i18n, settings.access), td_string!(i18n, settings.access_hint), "/home/access")
        }
        _ => (td_string!(i18n, settings.granted), td_string!(i18n, settings.granted_hint), "/granted"),
    };
    view! {
        <div>
            <div><b>{title}</b><span class="soft">{hint}</span></div>
            <ButtonLink kind=Kind::Quiet icon=Glyph::Shield href>{td_string!(i18n, settings.access_go)}</ButtonLink>
        </div>
    }
}

/// Leads a resident to whom they act for.
#[component]
fn ActingRow() -> impl IntoView {
    let i18n = use_i18n();
    let resident = expect_context::<crate::shell::Role>() == crate::shell::Role::Resident;
    resident.then(|| view! {
        <div>
            <div><b>{td_string!(i18n, settings.acting)}</b><span class="soft">{td_string!(i18n, settings.acting_hint)}</span></div>
            <ButtonLink kind=Kind::Quiet icon=Glyph::People href="/settings/acting">{td_string!(i18n, settings.acting_go)}</ButtonLink>
        </div>
    })
}

#[component]
fn About() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let items = derived(move || {
        replica.track_lists();
        let (account, catalog) = (replica.account(), replica.core().catalog());
        let institution =
            catalog.institutions.get(&account.institution.as_str().into()).map(|found| found.name.clone());
        let team = catalog.teams.get(&account.team.as_str().into()).map(|found| found.name.clone());
        let answers = [
            (td_string!(i18n, settings.account), Some(account.account)),
            (
                td_string!(i18n, settings.role),
                Some(role_words(i18n, &Role::from(account.role.as_str())).to_owned()),
            ),
            (td_string!(i18n, settings.institution), institution),
            (td_string!(i18n, settings.team), team),
            (td_string!(i18n, settings.version), Some(env!("CARGO_PKG_VERSION").to_owned())),
        ];
        let answer = |(question, answer): (&str, Option<String>)| {
            Some(Answer { question: question.to_owned(), answer: answer?, change: None })
        };
        answers.into_iter().filter_map(answer).collect::<Vec<_>>()
    });
    view! {
        <section class="sheet pad stack">
            <h2>{td_string!(i18n, settings.about)}</h2>
            <Answers items change=td_string!(i18n, common.change) on_change=|_| ()/>
        </section>
    }
}

/// Says what somebody is.
#[must_use]
pub fn role_words(i18n: Language, role: &Role) -> &'static str {
    match role {
        Role::Resident => td_string!(i18n, settings.role_resident),
        Role::VillageDoctor => td_string!(i18n, settings.role_village_doctor),
        Role::FamilyDoctor => td_string!(i18n, settings.role_family_doctor),
        Role::Nurse => td_string!(i18n, settings.role_nurse),
        Role::PublicHealth => td_string!(i18n, settings.role_public_health),
        Role::Expert => td_string!(i18n, settings.role_expert),
        Role::Pharmacist => td_string!(i18n, settings.role_pharmacist),
        Role::InstitutionManager => td_string!(i18n, settings.role_institution_manager),
        Role::ConsortiumManager => td_string!(i18n, settings.role_consortium_manager),
        Role::InsuranceOfficer => td_string!(i18n, settings.role_insurance_officer),
        Role::Auditor => td_string!(i18n, settings.role_auditor),
        Role::Administrator => td_string!(i18n, settings.role_administrator),
        Role::Unknown(_) => td_string!(i18n, settings.role_other),
    }
}
