//! The page a doctor's day starts from.

use super::unfinished::Unfinished;
use super::view_model::{Because, Item, Last, TodayPage, When, today_page};
use crate::clock;
use crate::features::health_points::WaitingToday;
use crate::features::pharmacy::Opinions;
use crate::features::residents::{Found, Name};
use crate::features::sync::SyncStatus;
use crate::language::*;
use crate::reactive::{effect, memo};
use crate::replica::use_replica;
use crate::ui::{Button, Empty, Glyph, Kind, SearchBox, Show, Why};
use crate::words;
use domain::{
    base::{Date, Weekday},
    care::DueKind,
};
use leptos::prelude::*;

/// How many of a list are shown before somebody asks for all.
const SHOWN: usize = 12;

/// The page.
#[component]
pub fn Today() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let query = RwSignal::new(String::new());
    let page = memo(move || {
        replica.track_lists();
        // Whom one may only see for a while is nobody's to visit here.
        replica.core().index(|index| {
            let served = index.rows().filter(|(subject, _)| replica.serves(subject));
            today_page(served.map(|(_, row)| row), clock::today())
        })
    });
    effect(|| {
        // Measured by the bench: the list is on the screen and answers.
        if let Some(performance) = window().performance() {
            let _ = performance.mark("today-usable");
        }
    });
    let complete = memo(move || replica.state().get().complete);
    let searching = memo(move || query.with(|query| !query.trim().is_empty()));
    let found = RwSignal::new(String::new());
    let team = move || {
        replica.track_lists();
        let catalog = replica.core().catalog();
        catalog.teams.get(&replica.account().team.into()).map(|team| format!(" · {}", team.name))
    };
    view! {
        <header class="bar">
            <div class="grow">
                <h1>{td_string!(i18n, today.title)}</h1>
                <div class="soft">{date_words(i18n, clock::today())}{team}</div>
            </div>
            <SyncStatus/>
        </header>
        <SearchBox label=td_string!(i18n, today.search) clear=td_string!(i18n, today.clear) value=query found/>
        <Show when=move || searching.get() fallback=move || view! {
            <Opinions/>
            <WaitingToday/>
            <Unfinished/>
            {move || lists(page.get(), complete.get())}
        }>
            <Found query words=found/>
        </Show>
    }
}

/// The lists; before everything has arrived once, nobody can say that nothing is due.
fn lists(page: TodayPage, complete: bool) -> impl IntoView {
    let i18n = use_i18n();
    let TodayPage { urgent, due, expiring, done_today } = page;
    let nothing = urgent.is_empty() && due.is_empty() && expiring.is_empty();
    let first = td_string!(i18n, today.first, count = urgent.len());
    let count = td_string!(i18n, today.visits_count, count = due.len(), done = done_today);
    view! {
        {(!urgent.is_empty()).then(|| view! { <Section title=first note=String::new() items=urgent/> })}
        {(!due.is_empty()).then(|| view! { <Section title=td_string!(i18n, today.visits).to_owned() note=count items=due/> })}
        {(!expiring.is_empty()).then(|| view! {
            <Section title=td_string!(i18n, today.expiring).to_owned() note=String::new() items=expiring/>
        })}
        {(nothing && !complete).then(|| view! { <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div> })}
        {(nothing && complete).then(|| view! {
            <Empty icon=Glyph::Day title=td_string!(i18n, today.nothing)><p>{td_string!(i18n, today.nothing_hint)}</p></Empty>
        })}
    }
}

#[component]
fn Section(title: String, note: String, items: Vec<Item>) -> impl IntoView {
    let i18n = use_i18n();
    let all = RwSignal::new(false);
    let total = items.len();
    let items = StoredValue::new(items);
    let shown = move || {
        items.with_value(|items| {
            items.iter().take(if all.get() { total } else { SHOWN }).cloned().collect::<Vec<_>>()
        })
    };
    view! {
        <section class="stack">
            <div class="bar"><h2 class="grow">{title}</h2><span class="soft">{note}</span></div>
            <div class="sheet rows">{move || shown().into_iter().map(|item| view! { <Line item/> }).collect_view()}</div>
            <Show when=move || !all.get() && (total > SHOWN)>
                <Button kind=Kind::Quiet on_press=move |()| all.set(true)>{td_string!(i18n, today.show_all, count = total)}</Button>
            </Show>
        </section>
    }
}

#[component]
fn Line(item: Item) -> impl IntoView {
    let i18n = use_i18n();
    let Item { row, when, because } = item;
    let subject = row.subject.to_string();
    let (class, big, small) = when_words(i18n, &when, &because);
    let (text, why) = because_words(i18n, &because);
    let (href, act, kind) = match (&because, &when) {
        (Because::Conflict, _) => (format!("/residents/{subject}"), td_string!(i18n, today.look), "go quiet"),
        (Because::Left(_), _) => {
            (format!("/residents/{subject}/sign"), td_string!(i18n, today.renew), "go quiet")
        }
        (Because::Reading(_), _) | (_, When::Overdue(_) | When::Today) => {
            (format!("/residents/{subject}/visit"), td_string!(i18n, today.start), "go")
        }
        _ => (format!("/residents/{subject}/visit"), td_string!(i18n, today.start), "go quiet"),
    };
    view! {
        <article>
            <div class=class><b>{big}</b>{small}</div>
            <Name row/>
            <a class=kind href=href>{act}</a>
            <div class="why">
                {text}
                {why.map(|(reasons, source)| view! { <Why ask=td_string!(i18n, common.why) reasons source/> })}
            </div>
        </article>
    }
}

fn when_words(i18n: Language, when: &When, because: &Because) -> (&'static str, String, String) {
    let day = |date: Date| words::tiny_date(i18n, date);
    let what = match because {
        Because::Rule { kind: DueKind::ReferralCheck, .. } => td_string!(i18n, today.check),
        Because::Rule { kind: DueKind::First, .. } => td_string!(i18n, today.first_visit),
        Because::Reading(_) => td_string!(i18n, today.at_home),
        Because::Left(_) => td_string!(i18n, today.ends),
        _ => td_string!(i18n, today.before),
    };
    match when {
        When::Overdue(days) => (
            "when late",
            td_string!(i18n, today.overdue_short).to_owned(),
            td_string!(i18n, today.overdue, days = days),
        ),
        When::Today => ("when late", td_string!(i18n, today.today).to_owned(), what.to_owned()),
        When::By(date) => ("when", day(*date), what.to_owned()),
        When::Ends(date) => ("when care", day(*date), what.to_owned()),
        When::AtHome(at) => ("when late", words::time_or_date(i18n, *at), what.to_owned()),
    }
}

/// The sentence under a name, and what a "why" opens.
fn because_words(i18n: Language, because: &Because) -> (String, Option<(Vec<String>, String)>) {
    match because {
        Because::Rule { reason, last, .. } => {
            let because = words::reason(i18n, &reason.code);
            let last = last.as_ref().map(|last| match last {
                Last::Pressure(date, pressure) => (date, pressure.to_string()),
                Last::Glucose(date, reading) => (date, words::glucose(i18n, reading)),
            });
            let text = last.map_or_else(
                || because.clone(),
                |(date, figure)| {
                    td_string!(
                        i18n,
                        today.last_because,
                        date = words::short_date(i18n, *date),
                        figure = figure,
                        because = because.clone()
                    )
                },
            );
            (text, Some((vec![because], words::rule(i18n, &reason.rule))))
        }
        Because::Reading(pressure) => {
            (td_string!(i18n, today.home_reading, pressure = pressure.to_string()), None)
        }
        Because::Conflict => (td_string!(i18n, today.conflict).to_owned(), None),
        Because::Left(count) => (td_string!(i18n, today.left, count = count), None),
    }
}

fn date_words(i18n: Language, date: Date) -> String {
    let weekday = match date.weekday() {
        Weekday::Monday => td_string!(i18n, today.monday),
        Weekday::Tuesday => td_string!(i18n, today.tuesday),
        Weekday::Wednesday => td_string!(i18n, today.wednesday),
        Weekday::Thursday => td_string!(i18n, today.thursday),
        Weekday::Friday => td_string!(i18n, today.friday),
        Weekday::Saturday => td_string!(i18n, today.saturday),
        Weekday::Sunday => td_string!(i18n, today.sunday),
    };
    td_string!(i18n, today.date, month = date.month(), day = date.day(), weekday = weekday)
}
