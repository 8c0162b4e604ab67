//! The auditors' page: what was done, the newest first.

use crate::ask::{Refusal, list};
use crate::language::*;
use crate::reactive::{derived, effect, spawn_local};
use crate::ui::{Button, Empty, Glyph, Kind, Notice, Segments};
use crate::words;
use domain::base::Timestamp;
use leptos::prelude::*;
use serde::Deserialize;
use serde_json::Value;

/// An entry, as the server lists it.
#[derive(Clone, PartialEq, Deserialize)]
struct Entry {
    sequence: u64,
    at: i64,
    account: String,
    act: String,
    document: String,
    changes: usize,
    refusal: String,
    note: String,
}

/// What can be asked for: everything, refusals, or an act by its word.
const SHOWN: [&str; 6] = ["", "refused", "sign-in", "account", "transfer", "grant"];
const PAGE: usize = 100;

fn act_words(i18n: Language, act: &str) -> String {
    match act {
        "" => td_string!(i18n, people.audit_all),
        "refused" => td_string!(i18n, people.audit_refused),
        "commit" => td_string!(i18n, people.audit_commit),
        "sign-in" => td_string!(i18n, people.audit_sign_in),
        "sign-out" => td_string!(i18n, people.audit_sign_out),
        "account" => td_string!(i18n, people.audit_account),
        "transfer" => td_string!(i18n, people.audit_transfer),
        "grant" => td_string!(i18n, people.audit_grant),
        "read" => td_string!(i18n, people.audit_read),
        "erase" => td_string!(i18n, people.audit_erase),
        "code" => td_string!(i18n, people.audit_code),
        "enrol" => td_string!(i18n, people.audit_enrol),
        "act-for" => td_string!(i18n, people.audit_act_for),
        "part" => td_string!(i18n, people.audit_part),
        "password" => td_string!(i18n, people.audit_password),
        "second-factor" => td_string!(i18n, people.audit_factor),
        // What a newer server records has its own word.
        other => return other.to_owned(),
    }
    .to_owned()
}

/// The page.
#[component]
pub fn AuditPage() -> impl IntoView {
    let i18n = use_i18n();
    let which = RwSignal::new(String::new());
    let entries = RwSignal::new(Vec::<Entry>::new());
    let state = RwSignal::new(None::<Result<bool, Refusal>>);
    let more = move |from: Option<u64>| {
        let which = which.get_untracked();
        let before = from.map(|from| format!("before={from}&")).unwrap_or_default();
        let path = match which.as_str() {
            "refused" => format!("/api/audit?{before}refused=true"),
            act => format!("/api/audit?{before}act={act}"),
        };
        state.set(None);
        spawn_local(async move {
            match list::<Entry>("GET", &path, &Value::Null).await {
                Ok(found) => {
                    state.set(Some(Ok(found.len() == PAGE)));
                    entries.update(|entries| {
                        if from.is_none() {
                            entries.clear();
                        }
                        entries.extend(found);
                    });
                }
                Err(refusal) => state.set(Some(Err(refusal))),
            }
        });
    };
    effect(move || {
        which.track();
        untrack(|| more(None));
    });
    let options: Vec<(String, String)> =
        SHOWN.iter().map(|&act| (act.to_owned(), act_words(i18n, act))).collect();
    let row = move |entry: Entry| {
        let changes =
            (entry.changes > 0).then(|| td_string!(i18n, people.audit_changes, count = entry.changes));
        let refusal = (!entry.refusal.is_empty())
            .then(|| td_string!(i18n, people.audit_refusal, reason = entry.refusal.clone()));
        view! {
            <div data-sequence=entry.sequence.to_string()>
                <div>
                    <b>{act_words(i18n, &entry.act)}</b>
                    <span class="soft">{format!("{} · {} · {}", entry.sequence, words::date_time(i18n, Timestamp(entry.at)), entry.account)}</span>
                    {refusal.map(|text| view! { <span>{text}</span> })}
                    {changes.map(|text| view! { <span class="soft">{text}</span> })}
                    {(!entry.note.is_empty()).then(|| view! { <span class="soft code">{entry.note}</span> })}
                    {(!entry.document.is_empty()).then(|| view! { <span class="soft code">{entry.document}</span> })}
                </div>
            </div>
        }
    };
    let last = move || entries.with_untracked(|entries| entries.last().map(|entry| entry.sequence));
    view! {
        <header class="bar"><h1 class="grow">{td_string!(i18n, people.audit)}</h1></header>
        <Notice>{td_string!(i18n, people.audit_hint)}</Notice>
        <Segments label=td_string!(i18n, people.audit_which) options chosen=derived(move || which.get())
            on_choose=move |chosen: String| which.set(chosen)/>
        <div class="sheet settings" data-testid="audit">{move || entries.get().into_iter().map(row).collect_view()}</div>
        {move || match state.get() {
            None => view! { <p class="soft" role="status">{td_string!(i18n, common.loading)}</p> }.into_any(),
            Some(Err(refusal)) => view! {
                <Notice>{refusal.words(i18n, |_| None)}</Notice>
                <div><Button kind=Kind::Quiet on_press=move |()| more(last())>{td_string!(i18n, common.again)}</Button></div>
            }.into_any(),
            Some(Ok(true)) => view! {
                <div><Button kind=Kind::Quiet on_press=move |()| more(last())>{td_string!(i18n, people.audit_more)}</Button></div>
            }.into_any(),
            Some(Ok(false)) if entries.with(Vec::is_empty) => view! { <Empty icon=Glyph::List title=td_string!(i18n, people.audit_none)/> }.into_any(),
            Some(Ok(false)) => ().into_any(),
        }}
    }
}
