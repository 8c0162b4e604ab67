//! The people of a month, each with what it comes to and, once it is closed, with every claim behind it.

use super::view_model::PersonMonth;
use crate::features::{points::WorkDay, staff_name};
use crate::language::*;
use crate::replica::use_replica;
use crate::ui::{Tag, Tone, Why};
use crate::words;
use domain::{
    base::{ItemId, WorkPoints},
    rules::VersionHash,
    work_points::{Close, Correction, Frozen, FrozenLine},
};
use leptos::prelude::*;

/// Says a month.
pub(super) fn month_words(i18n: Language, month: domain::base::Period) -> String {
    td_string!(i18n, points.month_of, year = month.from.year(), month = month.from.month())
}

/// Returns the name of an item as a version has it.
pub(super) fn item_title(i18n: Language, version: &VersionHash, item: &ItemId) -> String {
    let rules = use_replica().core().rules();
    let found = rules.points.get(version).ok().and_then(|rules| rules.item(item));
    found.map_or_else(|| item.to_string(), |item| words::of_pack(i18n, &item.title))
}

/// Says a difference with its sign.
pub(super) fn signed(points: WorkPoints) -> String {
    if points.0 > 0 { format!("+{points}") } else { points.to_string() }
}

/// A list of people; with `close`, each opens into the claims that were counted.
#[component]
pub(super) fn People(people: Vec<PersonMonth>, close: Option<Close>) -> impl IntoView {
    let i18n = use_i18n();
    let total: WorkPoints = people.iter().map(PersonMonth::sum).sum();
    let row = |person: PersonMonth| {
        let made = (person.entered != WorkPoints::ZERO).then(|| {
            td_string!(
                i18n,
                close.made_of,
                counted = person.counted.to_string(),
                entered = signed(person.entered)
            )
        });
        let open = (person.open > 0).then(|| td_string!(i18n, close.open_claims, count = person.open));
        let disputed =
            (person.disputed > 0).then(|| td_string!(i18n, close.disputed, count = person.disputed));
        let tags = [open, disputed].into_iter().flatten();
        let tags = tags.map(|text| view! { <Tag tone=Tone::Care text/> }).collect_view();
        let frozen = close.as_ref().and_then(|close| {
            let counted = |frozen: &&Frozen| frozen.staff == person.staff && !frozen.lines.is_empty();
            let frozen = close.people.iter().find(counted)?;
            let lines = frozen.lines.iter().map(|line| line_row(i18n, line)).collect_view();
            let nothing: Vec<String> = Vec::new();
            let ask = td_string!(i18n, close.lines_of, count = frozen.lines.len());
            Some(view! {
                <div class="why across"><Why ask reasons=nothing><ul class="lines">{lines}</ul></Why></div>
            })
        });
        view! {
            <article class="pair" data-testid="person-month">
                <div class="who"><b>{staff_name(&person.staff)}</b>{made.map(|text| view! { <span>{text}</span> })}{tags}</div>
                <b class="worth">{person.sum().to_string()}</b>
                {frozen}
            </article>
        }
    };
    let rows = people.into_iter().map(row).collect_view();
    view! {
        <section class="stack">
            <div class="bar">
                <h2 class="grow">{td_string!(i18n, close.people)}</h2>
                <span>{td_string!(i18n, close.total, sum = total.to_string())}</span>
            </div>
            <div class="sheet rows">{rows}</div>
        </section>
    }
}

fn line_row(i18n: Language, line: &FrozenLine) -> impl IntoView + use<> {
    let title = item_title(i18n, &line.rules, &line.item);
    let version = td_string!(i18n, rules.version, hash = line.rules.short().to_owned());
    view! {
        <li class="bar">
            <span class="grow">{words::short_date(i18n, line.on)}" "{title}<span class="soft">" · "{version}</span></span>
            <b>{line.points.to_string()}</b>
        </li>
    }
}

/// A list of corrections, each with what stood and what counts now.
#[component]
pub fn Corrections(
    /// The heading.
    title: String,
    /// The corrections.
    entries: Vec<Correction>,
    /// Whether each is said with its person.
    #[prop(optional)]
    named: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let row = |entry: Correction| {
        let name = named.then(|| view! { <b>{staff_name(&entry.staff)}</b> });
        let (was, is) = (entry.was.to_string(), entry.is.to_string());
        let said =
            td_string!(i18n, close.correction, date = words::short_date(i18n, entry.on), was = was, is = is);
        view! {
            <article data-testid="correction">
                <WorkDay on=entry.at.date()/>
                <div class="who">{name}<span>{said}</span></div>
                <b class="worth">{signed(entry.difference())}</b>
            </article>
        }
    };
    let rows = entries.into_iter().map(row).collect_view();
    view! { <section class="stack"><h2>{title}</h2><div class="sheet rows">{rows}</div></section> }
}
