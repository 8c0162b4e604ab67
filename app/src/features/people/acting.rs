//! Whom a resident's account acts for: a further code, and ending it.

use super::relation::{Bond, keep_bonds, kept_bonds, relation_words};
use crate::ask::ask;
use crate::features::{
    door::{clear_address, code_in_address},
    home::use_chosen,
};
use crate::language::*;
use crate::reactive::{loaded, spawn_local};
use crate::replica::use_replica;
use crate::ui::{Button, Empty, Glyph, Icon, Kind, Notice, Show, TextField, Tone};
use crate::words;
use domain::base::Timestamp;
use leptos::prelude::*;
use serde_json::json;

/// The page.
#[component]
pub fn ActingPage() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let chosen = use_chosen();
    let asked = RwSignal::new(0);
    let code = RwSignal::new(code_in_address().unwrap_or_default());
    let (error, said) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let found = loaded(move || {
        asked.track();
        async move {
            match keep_bonds(replica).await {
                Ok(bonds) => (bonds, None),
                // Without a network what was last heard is shown, and that it may be older.
                Err(refusal) => (kept_bonds(replica).await, Some(refusal)),
            }
        }
    });
    let mine = move |bonds: &[Bond]| {
        let own = replica.account().account;
        bonds.iter().filter(|bond| bond.account == own).cloned().collect::<Vec<_>>()
    };
    let learn = move || {
        asked.update(|times| *times += 1);
        spawn_local(async move {
            if let Ok(bonds) = keep_bonds(replica).await {
                chosen.become_those(mine(&bonds).into_iter().map(|bond| bond.subject).collect());
            }
        });
    };
    let add = move || {
        error.set(String::new());
        said.set(String::new());
        let body = json!({ "code": code.get_untracked() });
        spawn_local(async move {
            match ask("POST", "/api/residents", &body).await {
                Ok(_) => {
                    clear_address();
                    code.set(String::new());
                    said.set(td_string!(i18n, people.acting_added).to_owned());
                    learn();
                }
                Err(refusal) => error.set(
                    refusal
                        .words(i18n, |word| (word == "code").then(|| td_string!(i18n, people.code_unknown))),
                ),
            }
        });
    };
    let part = move |bond: Bond| {
        error.set(String::new());
        said.set(String::new());
        let body = json!({ "subject": bond.subject, "account": bond.account });
        spawn_local(async move {
            match ask("POST", "/api/residents/part", &body).await {
                Ok(_) => learn(),
                Err(refusal) => said.set(refusal.words(i18n, |_| None)),
            }
        });
    };
    let row = move |bond: Bond, others: bool| {
        let row = replica.core().index(|index| {
            index.entry(&bond.subject).and_then(|entry| entry.row.as_ref()).map(|row| row.name.clone())
        });
        let name = row.unwrap_or_else(|| td_string!(i18n, people.not_here_yet).to_owned());
        let who = if others {
            td_string!(i18n, people.acts_for_you, account = bond.account.clone(), name = name.clone())
        } else {
            name.clone()
        };
        let since = (bond.since > 0).then(|| words::date(i18n, Timestamp(bond.since).date()));
        let relation = relation_words(i18n, &bond.relation);
        let since = since.map(|date| td_string!(i18n, people.since, date = date, by = bond.given_by.clone()));
        let ends = others || !bond.own();
        let label = td_string!(i18n, people.end_of, name = who.clone());
        let bond = StoredValue::new(bond);
        view! {
            <div>
                <div><b>{who}</b><span class="soft">{relation}</span><span class="soft">{since}</span></div>
                {ends.then(|| view! {
                    <Button kind=Kind::Quiet label on_press=move |()| part(bond.get_value())>{td_string!(i18n, people.end)}</Button>
                })}
            </div>
        }
    };
    view! {
        <header class="bar">
            <a class="go plain round" href="/settings" aria-label=td_string!(i18n, common.back)><Icon name=Glyph::Back/></a>
            <h1 class="grow">{td_string!(i18n, people.acting)}</h1>
        </header>
        <form class="sheet pad stack" novalidate data-testid="add" on:submit=move |event| { event.prevent_default(); add(); }>
            <h2>{td_string!(i18n, people.acting_add)}</h2>
            <p class="soft">{td_string!(i18n, people.acting_add_hint)}</p>
            <TextField id="further" label=td_string!(i18n, people.code) value=code error inputmode="numeric" autocomplete="one-time-code"/>
            <p class="soft">{td_string!(i18n, people.acting_consent)}</p>
            <div><Button submit=true>{td_string!(i18n, people.acting_do)}</Button></div>
            <Show when=move || !said.get().is_empty()><Notice>{said}</Notice></Show>
        </form>
        {move || found.get().map(|(bonds, refusal)| {
            let own = replica.account().account;
            let (mine, others): (Vec<_>, Vec<_>) = bonds.into_iter().partition(|bond| bond.account == own);
            let nobody = mine.is_empty() && refusal.is_none();
            view! {
                {refusal.map(|refusal| view! { <Notice tone=Tone::Care>{refusal.words(i18n, |_| None)}</Notice> })}
                <section class="sheet" data-testid="acting">
                    <div class="pad"><h2>{td_string!(i18n, people.acting_whom)}</h2></div>
                    {nobody.then(|| view! { <Empty icon=Glyph::People title=td_string!(i18n, people.acting_nobody)/> })}
                    <div class="settings">{mine.into_iter().map(|bond| row(bond, false)).collect_view()}</div>
                </section>
                {(!others.is_empty()).then(|| view! {
                    <section class="sheet" data-testid="others">
                        <div class="pad"><h2>{td_string!(i18n, people.acting_others)}</h2></div>
                        <div class="settings">{others.into_iter().map(|bond| row(bond, true)).collect_view()}</div>
                    </section>
                })}
            }
        })}
        <p class="soft">{td_string!(i18n, people.acting_foot)}</p>
    }
}
