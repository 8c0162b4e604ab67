//! What was begun and not signed: go on with it, or throw it away.

use crate::features::residents::Name;
use crate::features::signing::{SigningDraft, SigningStep};
use crate::features::visit::{Draft, step_words};
use crate::language::*;
use crate::reactive::{derived, loaded, spawn_local};
use crate::replica::{
    Replica,
    drafts::{drafts, put_back, take},
    use_replica,
};
use crate::ui::{Button, Kind, Undo};
use crate::words;
use documents::Summary;
use domain::base::{Order, Timestamp};
use leptos::prelude::*;

/// A form that was begun.
#[derive(Clone)]
struct Begun {
    /// Where it is kept.
    key: String,
    subject: String,
    started: Timestamp,
    /// How far it is.
    at: String,
    /// Where one goes on.
    href: String,
}

async fn begun(replica: Replica, i18n: Language) -> Vec<Begun> {
    let mut all = Vec::new();
    for (key, draft) in drafts::<Draft>(replica, "visit/").await.unwrap_or_default() {
        let at = td_string!(i18n, today.draft_at, step = step_words(i18n, draft.step));
        let href = format!("/residents/{}/visit", draft.subject);
        all.push(Begun { key, subject: draft.subject, started: draft.started, at, href });
    }
    for (key, draft) in drafts::<SigningDraft>(replica, "signing/").await.unwrap_or_default() {
        let (step, of) = (draft.step.place() + 1, SigningStep::ALL.len());
        let at = td_string!(i18n, today.signing_at, step = step, of = of);
        let href = format!("/residents/{}/sign", draft.subject);
        all.push(Begun { key, subject: draft.subject, started: draft.started, at, href });
    }
    all.order_by_key(|begun| std::cmp::Reverse(begun.started));
    all
}

/// The list; nothing where there is nothing.
#[component]
pub fn Unfinished() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let changed = RwSignal::new(());
    let found = loaded(move || {
        replica.track_lists();
        changed.track();
        begun(replica, i18n)
    });
    let thrown = StoredValue::new(None::<(String, Vec<u8>)>);
    let done = RwSignal::new(None::<String>);
    let throw = move |(key, name): (String, String)| {
        spawn_local(async move {
            if let Ok(Some(bytes)) = take(replica, &key).await {
                thrown.set_value(Some((key, bytes)));
                done.set(Some(td_string!(i18n, today.thrown, name = name)));
                changed.notify();
            }
        });
    };
    let undo = move |()| {
        let Some((key, bytes)) = thrown.try_update_value(Option::take).flatten() else { return };
        spawn_local(async move {
            if put_back(replica, &key, bytes).await.is_ok() {
                changed.notify();
            }
        });
    };
    let throw = Callback::new(throw);
    let rows = move || {
        let line = |begun: Begun| {
            let row = replica
                .core()
                .index(|index| index.entry(&begun.subject).and_then(|entry| entry.row.clone()))?;
            Some(view! { <Line begun row throw/> })
        };
        let lines: Vec<_> = found.get().unwrap_or_default().into_iter().filter_map(line).collect();
        (!lines.is_empty()).then(|| {
            view! {
                <section class="stack">
                    <h2>{td_string!(i18n, today.drafts)}</h2>
                    <div class="sheet rows">{lines}</div>
                </section>
            }
        })
    };
    view! {
        {rows}
        <Undo done undo=derived(move || td_string!(i18n, visit.undo).to_owned()) on_undo=undo/>
    }
}

#[component]
fn Line(begun: Begun, row: Summary, throw: Callback<(String, String)>) -> impl IntoView {
    let i18n = use_i18n();
    let Begun { key, started, at, href, .. } = begun;
    let time = words::time_or_date(i18n, started);
    let name = row.name.clone();
    let label = td_string!(i18n, today.throw_away_of, name = name.clone());
    let press = move |()| throw.run((key.clone(), name.clone()));
    view! {
        <article>
            <div class="when"><b>{time}</b>{td_string!(i18n, today.draft)}</div>
            <Name row/>
            <a class="go" href=href>{td_string!(i18n, today.go_on)}</a>
            <div class="why">
                {at}
                <Button kind=Kind::Plain label on_press=press>{td_string!(i18n, today.throw_away)}</Button>
            </div>
        </article>
    }
}
