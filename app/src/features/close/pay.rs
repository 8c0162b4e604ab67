//! A pool shared over a closed month, to the fen, with why of every amount; as a table and on paper.

use super::csv::{Cell, csv};
use super::page::{month_value, place_name, read_month};
use super::people::month_words;
use crate::features::{device::save_file, staff_name, sync::SyncStatus};
use crate::language::*;
use crate::reactive::{derived, loaded, memo};
use crate::replica::use_replica;
use crate::shell::Role;
use crate::ui::{Button, Empty, Glyph, Icon, Kind, Notice, TextField, Tone, Why};
use domain::{
    base::{Fen, InstitutionId, WorkPoints},
    work_points::{Close, Share, pay},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

/// The page of the institution and month in the address.
#[component]
pub fn PayPage() -> impl IntoView {
    let i18n = use_i18n();
    if expect_context::<Role>() != Role::Manager {
        return view! { <Notice>{td_string!(i18n, close.not_manager)}</Notice> }.into_any();
    }
    let replica = use_replica();
    let params = use_params_map();
    let place = memo(move || {
        let params = params.read();
        let month = params.get("month").and_then(|month| read_month(&month));
        (InstitutionId::new(params.get("institution").unwrap_or_default()), month)
    });
    let read = loaded(move || {
        let (institution, month) = place.get();
        replica.track_lists();
        let _ = replica.state().get();
        async move {
            let closes = replica.closes(&institution).await.ok()?;
            let known = closes.into_iter().find(|known| Some(known.closed.close.month) == month);
            Some(known.filter(|known| known.confirmed).map(|known| known.closed.close))
        }
    });
    let found = memo(move || read.get());
    view! {
        <header class="bar">
            <a class="go plain round" href="/close" aria-label=td_string!(i18n, common.back)><Icon name=Glyph::Back/></a>
            <div class="grow">
                <h1>{td_string!(i18n, close.pay)}</h1>
                <div class="soft">{move || {
                    let (institution, month) = place.get();
                    let month = month.map(|month| month_words(i18n, month)).unwrap_or_default();
                    view! { <span class="keep">{place_name(&institution)}</span>" · "<span class="keep">{month}</span> }
                }}</div>
            </div>
            <SyncStatus/>
        </header>
        {move || match found.get() {
            None => view! { <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div> }.into_any(),
            Some(None) => view! { <Notice tone=Tone::Care>{td_string!(i18n, close.failed)}</Notice> }.into_any(),
            Some(Some(None)) => view! {
                <section class="sheet"><Empty icon=Glyph::Paper title=td_string!(i18n, close.not_closed)><p>{td_string!(i18n, close.not_closed_hint)}</p></Empty></section>
            }
            .into_any(),
            Some(Some(Some(close))) => view! { <Distribution close/> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Distribution(close: Close) -> impl IntoView {
    let i18n = use_i18n();
    let typed = RwSignal::new(String::new());
    let pool = memo(move || typed.with(|typed| typed.trim().parse::<Fen>().ok().filter(|pool| pool.0 > 0)));
    let error = derived(move || {
        let wrong = pool.get().is_none() && typed.with(|typed| !typed.trim().is_empty());
        if wrong { td_string!(i18n, close.pool_wrong).to_owned() } else { String::new() }
    });
    let earned = close.earned();
    let total: WorkPoints = earned.iter().map(|(_, points)| *points).filter(|points| points.0 > 0).sum();
    let without = earned.iter().filter(|(_, points)| points.0 <= 0).count();
    let name = StoredValue::new(format!("pay-{}-{}.csv", close.institution, month_value(close.month)));
    let shares = memo(move || pool.get().map(|pool| pay(pool, &earned)));
    let content = memo(move || shares.get().map(|shares| csv(&rows(i18n, &shares))));
    let table = move |()| {
        if let Some(content) = content.get_untracked() {
            drop(save_file(&name.get_value(), content.as_bytes()));
        }
    };
    let list = move || {
        let (Some(pool), Some(shares)) = (pool.get(), shares.get()) else {
            return view! { <p class="soft">{td_string!(i18n, close.pool_first)}</p> }.into_any();
        };
        if shares.is_empty() {
            return view! { <Notice>{td_string!(i18n, close.nobody_earned)}</Notice> }.into_any();
        }
        let sum: Fen = shares.iter().map(|share| share.amount).sum();
        let people = shares.len();
        let rows = shares.into_iter().map(|share| share_row(i18n, share, pool, total)).collect_view();
        let none = (without > 0).then(|| td_string!(i18n, close.without, count = without));
        view! {
            <section class="stack">
                <div class="bar">
                    <h2 class="grow">{td_string!(i18n, close.pay_list)}</h2>
                    <span data-testid="pay-sum">{td_string!(i18n, close.pay_sum, count = people, sum = sum.to_string())}</span>
                </div>
                <div class="sheet rows">{rows}</div>
                {none.map(|text| view! { <p class="soft">{text}</p> })}
                <div class="only-print">{td_string!(i18n, close.signed)}</div>
                <div class="acts">
                    <Button kind=Kind::Quiet icon=Glyph::Print on_press=|()| drop(window().print())>{td_string!(i18n, points.print)}</Button>
                    <Button kind=Kind::Quiet on_press=table>{td_string!(i18n, close.table)}</Button>
                </div>
            </section>
        }
        .into_any()
    };
    view! {
        <section class="sheet pad stack">
            <p>{td_string!(i18n, close.pay_lead, sum = total.to_string())}</p>
            <TextField id="pool" label=td_string!(i18n, close.pool) hint=td_string!(i18n, close.pool_hint) value=typed error
                inputmode="decimal" short=true/>
        </section>
        {list}
    }
}

fn share_row(i18n: Language, share: Share, pool: Fen, total: WorkPoints) -> impl IntoView {
    let because = td_string!(
        i18n,
        close.amount_because,
        pool = pool.to_string(),
        points = share.points.to_string(),
        total = total.to_string(),
        amount = share.amount.to_string()
    );
    view! {
        <article class="pair" data-testid="share">
            <div class="who"><b>{staff_name(&share.staff)}</b><span>{td_string!(i18n, review.worth, sum = share.points.to_string())}</span></div>
            <b class="worth">{td_string!(i18n, close.amount, sum = share.amount.to_string())}</b>
            <div class="why across"><Why ask=td_string!(i18n, close.amount_why) reasons=vec![because, td_string!(i18n, close.remainders).to_owned()]/></div>
        </article>
    }
}

/// The list as a table, with its sum in the last row.
fn rows(i18n: Language, shares: &[Share]) -> Vec<Vec<Cell>> {
    let text = |words: &str| Cell::Text(words.to_owned());
    let mut rows = vec![vec![
        text(td_string!(i18n, close.column_name)),
        text(td_string!(i18n, close.column_account)),
        text(td_string!(i18n, close.column_points)),
        text(td_string!(i18n, close.column_amount)),
    ]];
    rows.extend(shares.iter().map(|share| {
        let (points, amount) = (share.points.to_string(), share.amount.to_string());
        vec![
            Cell::Text(staff_name(&share.staff)),
            text(share.staff.as_str()),
            Cell::Figure(points),
            Cell::Figure(amount),
        ]
    }));
    let points: WorkPoints = shares.iter().map(|share| share.points).sum();
    let amount: Fen = shares.iter().map(|share| share.amount).sum();
    rows.push(vec![
        text(td_string!(i18n, close.column_total)),
        text(""),
        Cell::Figure(points.to_string()),
        Cell::Figure(amount.to_string()),
    ]);
    rows
}
