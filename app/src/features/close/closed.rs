//! A closed month: who closed it, what it froze, that it comes out the same again, and what became known since.

use super::csv::{Cell, csv};
use super::page::{Books, month_value};
use super::people::{Corrections, People, item_title, month_words};
use super::view_model::{Office, closed_people, replays, waiting};
use crate::features::{device::save_file, points::state_words, staff_name};
use crate::language::*;
use crate::reactive::loaded;
use crate::replica::{closing::KnownClose, use_replica};
use crate::ui::{Button, ButtonLink, Glyph, Kind, Notice, Tone};
use crate::words;
use documents::Closed;
use domain::{base::StaffId, rules::Published, work_points::Close};
use leptos::prelude::*;

#[component]
pub(super) fn ClosedMonth(books: Books, known: KnownClose) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let KnownClose { closed: Closed { close, by, at }, confirmed: is_safe } = known;
    let all = books.confirmed();
    let rules = replica.core().rules();
    let office = Office { institution: &books.institution, shelf: &rules.points };
    let print = Published::freeze(close.clone()).map(|frozen| frozen.hash.short().to_owned());
    let said = td_string!(i18n, close.closed_by, name = staff_name(&by), date = words::date(i18n, at.date()));
    let mark = td_string!(i18n, close.mark, hash = print.unwrap_or_default());
    let later = waiting(office, &books.ledger, &all).unwrap_or_default();
    let later: Vec<_> = later.into_iter().filter(|entry| close.month.contains(entry.on)).collect();
    let entered = close.corrections.clone();
    let address = format!("/pay/{}/{}", close.institution, month_value(close.month));
    let (name, content) =
        (format!("points-{}-{}.csv", close.institution, month_value(close.month)), csv(&rows(i18n, &close)));
    let table = move |()| drop(save_file(&name, content.as_bytes()));
    let replay = {
        let (close, all, institution) = (close.clone(), all, books.institution.clone());
        loaded(move || {
            let (close, all, institution) = (close.clone(), all.clone(), institution.clone());
            async move {
                let people: Vec<StaffId> = close.people.iter().map(|person| person.staff.clone()).collect();
                let year = close.month.from.year();
                let then = replica.ledger(&people, &[year - 1, year], Some(&close.heads)).await.ok()??;
                let rules = replica.core().rules();
                let office = Office { institution: &institution, shelf: &rules.points };
                Some(replays(office, &then, &all, &close))
            }
        })
    };
    let replayed = move || match replay.get() {
        None => view! { <p class="soft">{td_string!(i18n, close.replaying)}</p> }.into_any(),
        Some(Some(true)) => {
            view! { <p class="good" data-testid="replayed">{td_string!(i18n, close.replayed)}</p> }.into_any()
        }
        Some(Some(false)) => {
            view! { <Notice tone=Tone::Care>{td_string!(i18n, close.not_replayed)}</Notice> }.into_any()
        }
        Some(None) => view! { <p class="soft">{td_string!(i18n, close.cannot_replay)}</p> }.into_any(),
    };
    let people = closed_people(&close);
    view! {
        <section class="sheet pad stack" data-testid="closed-month">
            <h2>{td_string!(i18n, close.month_closed, month = month_words(i18n, close.month))}</h2>
            {if is_safe {
                view! { <p>{said}</p> }.into_any()
            } else {
                view! { <Notice>{td_string!(i18n, close.waiting_for_server)}</Notice> }.into_any()
            }}
            {replayed}
            <p class="soft">{mark}</p>
            <p class="soft">{td_string!(i18n, close.stays)}</p>
            <div class="acts">
                {is_safe.then(|| view! { <ButtonLink href=address>{td_string!(i18n, close.pay)}</ButtonLink> })}
                <Button kind=Kind::Quiet icon=Glyph::Print on_press=|()| drop(window().print())>{td_string!(i18n, points.print)}</Button>
                <Button kind=Kind::Quiet on_press=table>{td_string!(i18n, close.table)}</Button>
            </div>
        </section>
        <People people close=Some(close)/>
        {(!entered.is_empty()).then(|| view! {
            <Corrections title=td_string!(i18n, close.entered).to_owned() entries=entered named=true/>
        })}
        {(!later.is_empty()).then(|| view! {
            <Corrections title=td_string!(i18n, close.later).to_owned() entries=later named=true/>
        })}
    }
}

/// The closed month as a table: every claim that counted, and every correction.
fn rows(i18n: Language, close: &Close) -> Vec<Vec<Cell>> {
    let text = |words: &str| Cell::Text(words.to_owned());
    let mut rows = vec![vec![
        text(td_string!(i18n, close.column_name)),
        text(td_string!(i18n, close.column_account)),
        text(td_string!(i18n, close.column_date)),
        text(td_string!(i18n, close.column_item)),
        text(td_string!(i18n, close.column_state)),
        text(td_string!(i18n, close.column_points)),
        text(td_string!(i18n, close.column_rules)),
    ]];
    for person in &close.people {
        let lines = person.lines.iter().map(|line| {
            vec![
                Cell::Text(staff_name(&person.staff)),
                text(person.staff.as_str()),
                Cell::Text(line.on.to_string()),
                Cell::Text(item_title(i18n, &line.rules, &line.item)),
                text(state_words(i18n, line.state)),
                Cell::Figure(line.points.to_string()),
                text(line.rules.short()),
            ]
        });
        rows.extend(lines);
    }
    rows.extend(close.corrections.iter().map(|entry| {
        vec![
            Cell::Text(staff_name(&entry.staff)),
            text(entry.staff.as_str()),
            Cell::Text(entry.on.to_string()),
            text(entry.claim.as_str()),
            text(td_string!(i18n, close.column_correction)),
            Cell::Figure(entry.difference().to_string()),
            text(""),
        ]
    }));
    rows
}
