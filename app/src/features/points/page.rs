//! The page of one's own points.

use super::Entry;
use super::dispute::Hand;
use super::row::EntryRow;
use super::view_model::{Goal, PointsPage, Span, points_page, settlement, to_be_entered};
use crate::clock;
use crate::features::{
    close::{Corrections, month_value, read_month},
    staff_name,
    sync::SyncStatus,
};
use crate::language::*;
use crate::reactive::{derived, loaded, memo};
use crate::replica::{Replica, closing::KnownClose, files::StaffYear, use_replica};
use crate::ui::{
    Button, ButtonLink, Empty, Gauge, Glyph, Kind, Notice, Segments, SelectField, Show, Tone, Undo, Why,
};
use crate::words;
use domain::{
    base::{Date, InstitutionId, Period, StaffId, WorkPoints},
    people::Institution,
    work_points::Post,
};
use leptos::prelude::*;

/// How many lines are shown before somebody asks for all.
const SHOWN: usize = 12;

/// The own claims of this year and the last, and the months of the institution that were closed.
#[derive(Clone, PartialEq)]
pub(super) struct Mine {
    /// Claims and rulings.
    pub(super) year: StaffYear,
    /// Closed months.
    pub(super) closes: Vec<KnownClose>,
}

/// Reads the own claims; nothing when the disk refuses.
pub(super) async fn mine(replica: Replica, institution: InstitutionId) -> Option<Mine> {
    let staff = StaffId::new(replica.account().account);
    let year = clock::today().year();
    let ledger = replica.ledger(std::slice::from_ref(&staff), &[year - 1, year], None).await.ok()??;
    let closes = replica.closes(&institution).await.ok()?;
    let year = ledger.people.into_iter().next().unwrap_or_else(|| StaffYear::of(staff));
    Some(Mine { year, closes })
}

/// The page.
#[component]
pub fn Points() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let span = RwSignal::new(Span::Month);
    let today = clock::today();
    let month = RwSignal::new(month_value(Period::month_of(today)));
    // Nothing to choose among before the rules have arrived.
    let months = memo(move || {
        replica.track_lists();
        let first = replica.core().rules().points.iter().map(|(_, rules)| rules.from).min();
        let from = first.unwrap_or(today).max(Period::year_of(today).from.add_months(-12));
        let back = |back: i32| Period::month_of(today).from.add_months(-back);
        let months = (0..24).map(back).take_while(|month| Period::month_of(*month).until >= from);
        let option = |month: Date| {
            let words = td_string!(i18n, points.month_of, year = month.year(), month = month.month());
            (month_value(Period::month_of(month)), words)
        };
        months.map(option).collect::<Vec<_>>()
    });
    // The day whose month or year is shown.
    let on = memo(move || match span.get() {
        Span::Month => month.with(|month| read_month(month)).map_or(today, |month| month.from),
        Span::Year => today,
    });
    let place = memo(move || {
        replica.track_lists();
        place()
    });
    let read = loaded(move || {
        replica.track(&replica.account().account);
        // Catalog and rules have no subject of their own to track.
        replica.track_lists();
        mine(replica, place.get().id)
    });
    // What is open on the page stays open when something else arrives.
    let found = memo(move || read.get());
    let hand = Hand::new(replica);
    let when = move || {
        let on = on.get();
        match span.get() {
            Span::Month => td_string!(i18n, points.month_of, year = on.year(), month = on.month()),
            Span::Year => td_string!(i18n, points.year_of, year = on.year()),
        }
    };
    let options = vec![
        (String::from(MONTH), td_string!(i18n, points.one_month).to_owned()),
        (String::from(YEAR), td_string!(i18n, points.this_year).to_owned()),
    ];
    let chosen = derived(move || String::from(if span.get() == Span::Month { MONTH } else { YEAR }));
    view! {
        <header class="bar">
            <div class="grow">
                <h1>{td_string!(i18n, points.title)}</h1>
                <div class="soft"><span class="keep">{when}</span>" · "<span class="keep">{move || place.get().name}</span></div>
            </div>
            <SyncStatus/>
        </header>
        <div class="only-screen bar">
            <Segments label=td_string!(i18n, points.span) options=options chosen
                on_choose=move |value: String| span.set(if value == MONTH { Span::Month } else { Span::Year })/>
            <Show when=move || span.get() == Span::Month && (months.with(Vec::len) > 1)>
                <SelectField id="month" label=td_string!(i18n, points.month) options=months value=month/>
            </Show>
            <span class="grow"></span>
            <ButtonLink kind=Kind::Quiet icon=Glyph::Plus href="/points/claim">{td_string!(i18n, points.claim)}</ButtonLink>
            <Button kind=Kind::Plain icon=Glyph::Print on_press=|()| drop(window().print())>{td_string!(i18n, points.print)}</Button>
        </div>
        <div role="status">
            {move || hand.failed.get().then(|| view! { <Notice tone=Tone::Care>{td_string!(i18n, common.failed)}</Notice> })}
        </div>
        {move || match found.get() {
            None => view! { <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div> }.into_any(),
            Some(None) => view! { <Notice tone=Tone::Care>{td_string!(i18n, points.failed)}</Notice> }.into_any(),
            Some(Some(mine)) => view! { <Read mine place=place.get() span=span.get() on=on.get() hand/> }.into_any(),
        }}
        <Undo done=hand.done undo=td_string!(i18n, points.undo) on_undo=move |()| hand.undo()/>
    }
}

const MONTH: &str = "month";
const YEAR: &str = "year";

/// Where the person works; empty while the catalog has not arrived.
pub(super) fn place() -> Institution {
    let replica = use_replica();
    let (catalog, account) = (replica.core().catalog(), replica.account());
    let employed = catalog.staff.get(&StaffId::new(account.account)).map(|staff| staff.institution.clone());
    let id = employed.unwrap_or_else(|| account.institution.into());
    catalog.institutions.get(&id).cloned().unwrap_or(Institution { id, ..Institution::default() })
}

#[component]
fn Read(mine: Mine, place: Institution, span: Span, on: Date, hand: Hand) -> impl IntoView {
    let i18n = use_i18n();
    let rules = use_replica().core().rules();
    if rules.points.is_empty() {
        return view! { <Notice>{td_string!(i18n, points.not_received)}</Notice> }.into_any();
    }
    let role = use_replica().account().role;
    let post = Post { institution: &place.id, name: &place.name, group: &role };
    let Mine { year, closes } = mine;
    let page = points_page(&year, &rules.points, post, on, span);
    let waiting = to_be_entered(&year, &closes, &rules.points, post);
    let (Ok(page), Ok(waiting)) = (page, waiting) else {
        return view! { <Notice tone=Tone::Care>{td_string!(i18n, common.needs_update)}</Notice> }.into_any();
    };
    let settled = match span {
        Span::Month => settlement(&closes, &year.staff, Period::month_of(on)),
        Span::Year => None,
    };
    let entered = settled.as_ref().map(|settled| settled.entered.clone()).unwrap_or_default();
    let said = settled.map(|settled| {
        td_string!(
            i18n,
            points.closed,
            name = staff_name(&settled.by),
            date = words::short_date(i18n, settled.at.date()),
            sum = settled.counted.to_string()
        )
    });
    view! {
        {said.map(|text| view! { <Notice tone=Tone::Good><span data-testid="closed">{text}</span></Notice> })}
        <Shown page span place=place.name hand/>
        {(!entered.is_empty()).then(|| view! { <Corrections title=td_string!(i18n, close.entered).to_owned() entries=entered/> })}
        {(!waiting.is_empty()).then(|| view! { <Corrections title=td_string!(i18n, close.later).to_owned() entries=waiting/> })}
    }
    .into_any()
}

#[component]
fn Shown(page: PointsPage, span: Span, place: String, hand: Hand) -> impl IntoView {
    let i18n = use_i18n();
    let PointsPage { counted, counted_lines, pending, pending_lines, goal, entries } = page;
    let because = if counted_lines == 0 {
        td_string!(i18n, points.counted_none).to_owned()
    } else {
        td_string!(i18n, points.counted_because, count = counted_lines, sum = counted.to_string())
    };
    let waits = if pending_lines == 0 {
        td_string!(i18n, points.pending_none).to_owned()
    } else {
        td_string!(i18n, points.pending, sum = pending.to_string(), count = pending_lines)
    };
    view! {
        <div class="split">
            <section class="sheet pad stack">
                <div><span class="num" data-testid="counted">{counted.to_string()}</span>" "<span class="soft">{td_string!(i18n, points.counted)}</span></div>
                <p data-testid="pending">{waits}</p>
                <Why ask=td_string!(i18n, points.counted_why) reasons=vec![because]/>
                <hr/>
                {match goal {
                    Some(goal) => view! { <ToGoal goal place/> }.into_any(),
                    None => view! { <p class="soft">{td_string!(i18n, points.no_goal)}</p> }.into_any(),
                }}
            </section>
            <Lines entries span hand/>
        </div>
    }
}

#[component]
fn ToGoal(goal: Goal, place: String) -> impl IntoView {
    let i18n = use_i18n();
    let Goal { gauge, counted, pending, rule } = goal;
    let threshold = gauge.threshold.to_string();
    let head = if gauge.missing == WorkPoints::ZERO {
        td_string!(i18n, points.goal_reached).to_owned()
    } else {
        td_string!(i18n, points.goal_missing, missing = gauge.missing.to_string())
    };
    let said =
        td_string!(i18n, points.goal_words, counted = counted.to_string(), threshold = threshold.clone());
    let because = td_string!(i18n, points.goal_because, place = place, threshold = threshold);
    let hundredths = |points: WorkPoints| u64::try_from(points.0).unwrap_or(0);
    view! {
        <div class="stack">
            <b class="lead">{head}</b>
            <Gauge label=td_string!(i18n, points.goal) value=hundredths(counted) waiting=hundredths(pending)
                max=hundredths(gauge.threshold) words=said.clone()/>
            <p class="soft">{said}</p>
            <Why ask=td_string!(i18n, points.goal_why) reasons=vec![because] source=words::rule(i18n, &rule)/>
        </div>
    }
}

#[component]
fn Lines(entries: Vec<Entry>, span: Span, hand: Hand) -> impl IntoView {
    let i18n = use_i18n();
    let all = RwSignal::new(false);
    let total = entries.len();
    if total == 0 {
        let title = match span {
            Span::Month => td_string!(i18n, points.empty_month),
            Span::Year => td_string!(i18n, points.empty_year),
        };
        return view! {
            <section class="sheet"><Empty icon=Glyph::Star title><p>{td_string!(i18n, points.empty_hint)}</p></Empty></section>
        }
        .into_any();
    }
    let row = move |entry: Entry| view! { <EntryRow entry hand/> };
    let mut entries = entries.into_iter();
    let first = entries.by_ref().take(SHOWN).map(row).collect_view();
    let others = StoredValue::new(entries.collect::<Vec<_>>());
    view! {
        <section class="stack">
            <div class="bar">
                <h2 class="grow">{td_string!(i18n, points.lines)}</h2>
                <span class="soft">{td_string!(i18n, points.lines_count, count = total)}</span>
            </div>
            <div class="sheet rows">
                {first}
                {move || all.get().then(|| others.get_value().into_iter().map(row).collect_view())}
            </div>
            <Show when=move || !all.get() && (total > SHOWN)>
                <Button kind=Kind::Quiet on_press=move |()| all.set(true)>{td_string!(i18n, points.show_all, count = total)}</Button>
            </Show>
        </section>
    }
    .into_any()
}
