//! A month that is not closed: what it comes to so far, and what stands in the way of closing it.

use super::page::Books;
use super::people::{Corrections, People, month_words};
use super::view_model::{Check, Line, MonthPage, Office, Weight, month_page};
use crate::clock;
use crate::language::*;
use crate::reactive::{memo, on_change, spawn_local};
use crate::replica::{closing::Ledger, outbox::Deed, state::Connection, use_replica};
use crate::ui::{Button, ButtonLink, Dialog, Empty, Glyph, Icon, Kind, Notice, Tone};
use crate::words;
use documents::{Closed, Tx, month_key};
use domain::base::{Period, StaffId, WorkPoints};
use leptos::prelude::*;

#[component]
pub(super) fn OpenMonth(books: Books, month: Period, own: bool) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let rules = replica.core().rules();
    let office = Office { institution: &books.institution, shelf: &rules.points };
    let Ok(page) = month_page(office, &books.ledger, &books.confirmed(), month) else {
        return view! { <Notice tone=Tone::Care>{td_string!(i18n, common.needs_update)}</Notice> }.into_any();
    };
    if page.people.is_empty() {
        return view! {
            <section class="sheet"><Empty icon=Glyph::Star title=td_string!(i18n, close.nobody)><p>{td_string!(i18n, close.nobody_hint)}</p></Empty></section>
        }
        .into_any();
    }
    let people = page.people.clone();
    let entered = page.reckoned.corrections.clone();
    view! {
        <div class="split">
            <Checklist page ledger=books.ledger.clone() own/>
            <div class="stack">
                <People people close=None/>
                {(!entered.is_empty()).then(|| view! {
                    <Corrections title=td_string!(i18n, close.entering).to_owned() entries=entered named=true/>
                })}
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Checklist(page: MonthPage, ledger: Ledger, own: bool) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let state = replica.state();
    let (asking, busy) = (RwSignal::new(false), RwSignal::new(false));
    let (stopped, failed) = (RwSignal::new(false), RwSignal::new(false));
    let kept = StoredValue::new((page, ledger));
    let checks = memo(move || {
        let now = state.get();
        let line = Line { online: now.connection == Connection::Online, waiting: now.waiting };
        kept.with_value(|(page, ledger)| page.checks(ledger, line, clock::today()))
    });
    let stops = memo(move || {
        checks.with(|checks| checks.iter().filter(|check| check.weight() == Weight::Stop).count())
    });
    // What was said to stand in the way may have gone.
    on_change(move || stops.get(), move |stops| stopped.update(|said| *said &= *stops > 0));
    let ask = move |()| if stops.get_untracked() > 0 { stopped.set(true) } else { asking.set(true) };
    let close = move |()| {
        if busy.get_untracked() || stops.get_untracked() > 0 {
            return;
        }
        busy.set(true);
        let by = StaffId::new(replica.account().account);
        let close = kept.with_value(|(page, _)| page.reckoned.clone());
        spawn_local(async move {
            let (institution, month) = (close.institution.clone(), close.month);
            let closed = Closed { close, by, at: clock::now() };
            let verb = Box::new(move |tx: &mut Tx<'_, '_>| tx.close_month(&closed));
            let done = match replica.on_close(&institution, month, verb) {
                Some(edit) => {
                    replica.save(Deed::Close, &month_key(&institution, month), vec![edit], None).await.is_ok()
                }
                None => false,
            };
            // The page may show the closed month by now.
            let _ = (busy.try_set(false), asking.try_set(false), failed.try_set(!done));
        });
    };
    let row = move |check: Check| {
        let (tone, glyph) = match check.weight() {
            Weight::Good => (Tone::Good, Glyph::Check),
            Weight::Look => (Tone::Care, Glyph::Info),
            Weight::Stop => (Tone::Care, Glyph::Warn),
        };
        let link = matches!(check, Check::Open(1..) | Check::Disputed(1..))
            .then(|| view! { <ButtonLink kind=Kind::Plain href="/review">{td_string!(i18n, close.review)}</ButtonLink> });
        let class = format!("told {}", tone.class());
        view! { <li class=class><Icon name=glyph/><span>{check_words(i18n, check)}" "{link}</span></li> }
    };
    let (of, count, sum) = kept.with_value(|(page, _)| {
        let earned = page.reckoned.earned();
        (page.reckoned.month, earned.len(), earned.iter().map(|(_, points)| *points).sum::<WorkPoints>())
    });
    let said = td_string!(i18n, close.confirm_words, count = count, sum = sum.to_string());
    view! {
        <section class="sheet pad stack" data-testid="checklist">
            <h2>{td_string!(i18n, close.checklist)}</h2>
            <ul class="stack close">{move || checks.get().into_iter().map(row).collect_view()}</ul>
            <div role="status">
                {move || stopped.get().then(|| view! { <Notice tone=Tone::Care>{td_string!(i18n, close.stopped)}</Notice> })}
                {move || failed.get().then(|| view! { <Notice tone=Tone::Care>{td_string!(i18n, common.failed)}</Notice> })}
            </div>
            {if own {
                view! { <Button on_press=ask>{td_string!(i18n, close.close)}</Button> }.into_any()
            } else {
                view! { <p class="soft">{td_string!(i18n, close.by_institution)}</p> }.into_any()
            }}
        </section>
        <Dialog open=asking title=td_string!(i18n, close.confirm, month = month_words(i18n, of)) id="close-month">
            <p>{said}</p>
            <p>{td_string!(i18n, close.confirm_hint)}</p>
            <div class="acts">
                <Button on_press=close disabled=busy>{td_string!(i18n, close.confirm_close)}</Button>
                <Button kind=Kind::Plain on_press=move |()| asking.set(false)>{td_string!(i18n, common.cancel)}</Button>
            </div>
        </Dialog>
    }
}

fn check_words(i18n: Language, check: Check) -> String {
    match check {
        Check::Over(true) => td_string!(i18n, close.over).to_owned(),
        Check::Over(false) => td_string!(i18n, close.not_over).to_owned(),
        Check::First(Some(month)) => td_string!(i18n, close.first, month = month_words(i18n, month)),
        Check::First(None) => String::new(),
        Check::TooLate(_) => td_string!(i18n, close.too_late).to_owned(),
        Check::Rules(versions) if versions.is_empty() => td_string!(i18n, close.no_rules).to_owned(),
        Check::Rules(versions) => {
            let said = versions.into_iter().map(|(title, hash)| {
                let version = td_string!(i18n, rules.version, hash = hash.short().to_owned());
                format!("{} · {version}", words::of_pack(i18n, &title))
            });
            td_string!(i18n, close.rules, versions = words::list(i18n, said))
        }
        Check::Open(0) => td_string!(i18n, close.none_open).to_owned(),
        Check::Open(count) => td_string!(i18n, close.some_open, count = count),
        Check::Disputed(0) => td_string!(i18n, close.none_disputed).to_owned(),
        Check::Disputed(count) => td_string!(i18n, close.some_disputed, count = count),
        Check::Confirmed(documents, 0) => td_string!(i18n, close.confirmed, count = documents),
        Check::Confirmed(_, missing) => td_string!(i18n, close.unconfirmed, count = missing),
        Check::Online(true) => td_string!(i18n, close.online).to_owned(),
        Check::Online(false) => td_string!(i18n, close.offline).to_owned(),
    }
}
