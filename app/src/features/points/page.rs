//! The page of one's own points.

use super::view_model::{Goal, PointsPage, Span, points_page};
use super::{Arithmetic, Entry, State, WorkDay, ruling_words};
use crate::clock;
use crate::features::sync::SyncStatus;
use crate::language::*;
use crate::reactive::{derived, loaded, memo};
use crate::replica::{files::StaffYear, use_replica};
use crate::ui::{Button, Empty, Gauge, Glyph, Kind, Notice, Segments, Show, Tone, Why};
use crate::words;
use domain::{
    base::{StaffId, WorkPoints},
    people::Institution,
    work_points::{LineState, Post},
};
use leptos::prelude::*;

/// How many lines are shown before somebody asks for all.
const SHOWN: usize = 12;

/// The page.
#[component]
pub fn Points() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let span = RwSignal::new(Span::Month);
    let account = replica.account().account;
    let year = loaded(move || {
        let staff = StaffId::new(account.as_str());
        replica.track(&account);
        // Catalog and rules have no subject of their own to track.
        replica.track_lists();
        async move { replica.staff_year(&staff, clock::today().year()).await.ok() }
    });
    let today = clock::today();
    let place = memo(move || {
        replica.track_lists();
        place().name
    });
    let when = move || match span.get() {
        Span::Month => td_string!(i18n, points.month_of, year = today.year(), month = today.month()),
        Span::Year => td_string!(i18n, points.year_of, year = today.year()),
    };
    let options = vec![
        (String::from(MONTH), td_string!(i18n, points.this_month).to_owned()),
        (String::from(YEAR), td_string!(i18n, points.this_year).to_owned()),
    ];
    let chosen = derived(move || String::from(if span.get() == Span::Month { MONTH } else { YEAR }));
    view! {
        <header class="bar">
            <div class="grow">
                <h1>{td_string!(i18n, points.title)}</h1>
                <div class="soft"><span class="keep">{when}</span>" · "<span class="keep">{place}</span></div>
            </div>
            <SyncStatus/>
        </header>
        <div>
            <Segments label=td_string!(i18n, points.span) options=options chosen
                on_choose=move |value: String| span.set(if value == MONTH { Span::Month } else { Span::Year })/>
        </div>
        {move || match year.get() {
            None => view! { <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div> }.into_any(),
            Some(None) => view! { <Notice tone=Tone::Care>{td_string!(i18n, points.failed)}</Notice> }.into_any(),
            Some(Some(year)) => view! { <Read year span=span.get()/> }.into_any(),
        }}
    }
}

const MONTH: &str = "month";
const YEAR: &str = "year";

/// Where the person works; empty while the catalog has not arrived.
fn place() -> Institution {
    let replica = use_replica();
    let (catalog, account) = (replica.core().catalog(), replica.account());
    let employed = catalog.staff.get(&StaffId::new(account.account)).map(|staff| staff.institution.clone());
    let id = employed.unwrap_or_else(|| account.institution.into());
    catalog.institutions.get(&id).cloned().unwrap_or(Institution { id, ..Institution::default() })
}

#[component]
fn Read(year: StaffYear, span: Span) -> impl IntoView {
    let i18n = use_i18n();
    let rules = use_replica().core().rules();
    if rules.points.is_empty() {
        return view! { <Notice>{td_string!(i18n, points.not_received)}</Notice> }.into_any();
    }
    let place = place();
    let role = use_replica().account().role;
    let post = Post { institution: &place.id, name: &place.name, group: &role };
    match points_page(&year, &rules.points, post, clock::today(), span) {
        Ok(page) => view! { <Shown page span place=place.name/> }.into_any(),
        Err(_) => {
            view! { <Notice tone=Tone::Care>{td_string!(i18n, common.needs_update)}</Notice> }.into_any()
        }
    }
}

#[component]
fn Shown(page: PointsPage, span: Span, place: String) -> impl IntoView {
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
            <Lines entries span/>
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
fn Lines(entries: Vec<Entry>, span: Span) -> impl IntoView {
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
    let row = |entry: Entry| view! { <EntryRow entry/> };
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

#[component]
fn EntryRow(entry: Entry) -> impl IntoView {
    let i18n = use_i18n();
    let line = entry.line.clone();
    let claim = line.claim;
    let title = line
        .score
        .as_ref()
        .map_or_else(|| claim.item.to_string(), |score| words::of_pack(i18n, &score.title));
    let quantity = line.score.as_ref().filter(|score| score.quantity != 1).map(|score| {
        td_string!(i18n, points.quantity, quantity = score.quantity, unit = words::of_pack(i18n, &score.unit))
    });
    let worth = if line.state.counts() { format!("+{}", line.points) } else { line.points.to_string() };
    let late = claim
        .is_late_entry()
        .then(|| td_string!(i18n, points.late, date = words::short_date(i18n, claim.recorded_at.date())));
    let said = match (&claim.withdrawn, &line.ruling) {
        (Some(withdrawn), _) => td_string!(
            i18n,
            points.withdrawn_on,
            date = words::short_date(i18n, withdrawn.at.date()),
            reason = words::void_reason(i18n, &withdrawn.reason)
        ),
        (None, Some(ruling)) => ruling_words(i18n, ruling),
        (None, None) if line.state == LineState::Counted => {
            td_string!(i18n, points.needs_no_ruling).to_owned()
        }
        (None, None) => {
            td_string!(i18n, points.waits, date = words::short_date(i18n, claim.recorded_at.date()))
        }
    };
    let earlier: Vec<String> = line
        .overruled
        .iter()
        .rev()
        .map(|ruling| td_string!(i18n, points.earlier, ruling = ruling_words(i18n, ruling)))
        .collect();
    let source = words::rule(i18n, &entry.rule);
    view! {
        <article data-testid="points-line">
            <WorkDay on=claim.on/>
            <div class="who"><b>{title}</b>{quantity.map(|text| view! { <span>{text}</span> })}<State state=line.state/></div>
            <b class="worth" class:wait=!line.state.counts()>{worth}</b>
            <div class="why across">
                {(!claim.note.is_empty()).then(|| view! { <p>{claim.note.clone()}</p> })}
                <p>{said}{late.map(|text| format!(" {text}"))}</p>
                <Why ask=td_string!(i18n, points.how) reasons=earlier source>
                    <Arithmetic entry/>
                </Why>
            </div>
        </article>
    }
}
