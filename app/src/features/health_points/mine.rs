//! A resident's own health points: how many, from what, and what is not right about them.

use super::dispute::DisputeForm;
use super::hand::Hand;
use super::lines::Lines;
use super::sums::Sums;
use super::view_model::{Page, Points, page};
use super::words::disputed;
use crate::clock;
use crate::features::home::{framed, use_chosen};
use crate::language::*;
use crate::reactive::{loaded, memo};
use crate::replica::{rewards::PointsFile, use_replica};
use crate::ui::{Button, ButtonLink, Empty, Glyph, Kind, Notice, Tone, Undo};
use crate::words;
use domain::health_points::HealthItem;
use leptos::prelude::*;
use std::sync::Arc;

/// A page about the points of the chosen resident; what is open on it stays open when something else arrives.
pub(super) fn about_points(
    title: &'static str,
    hand: Hand,
    inside: fn(Points, Arc<PointsFile>, Hand) -> AnyView,
) -> AnyView {
    let i18n = use_i18n();
    let (replica, chosen) = (use_replica(), use_chosen());
    let read = loaded(move || {
        let subject = chosen.subject();
        // The rules are in the catalog.
        replica.track_lists();
        async move {
            match subject {
                Some(subject) => replica.points_file(&subject).await.ok().flatten(),
                None => None,
            }
        }
    });
    let found = memo(move || {
        let read = read.get()?;
        let page = read.as_ref().map(|file| page(file, &replica.core().catalog(), clock::today()));
        Some(read.zip(page))
    });
    let name = memo(move || {
        found.with(|found| Some(found.as_ref()?.as_ref()?.0.file.person.name.clone())).unwrap_or_default()
    });
    let body = move || {
        let found = found.get()?;
        Some(found.map(|(file, page)| {
            hand.about(file.file.person.subject.as_str());
            match page {
                Page::NoRules => view! {
                    <Empty icon=Glyph::Star title=td_string!(i18n, health_points.no_rules)><p>{td_string!(i18n, health_points.no_rules_hint)}</p></Empty>
                }
                .into_any(),
                Page::NeedsUpdate => {
                    view! { <Notice tone=Tone::Care>{td_string!(i18n, common.needs_update)}</Notice> }.into_any()
                }
                Page::Here(points) => inside(*points, file, hand),
            }
        }))
    };
    view! {
        {framed(title.to_owned().into(), name.into(), body)}
        <div role="status">
            {move || hand.failed.get().then(|| view! { <Notice tone=Tone::Care>{td_string!(i18n, common.failed)}</Notice> })}
        </div>
        <Undo done=hand.done undo=td_string!(i18n, health_points.undo) on_undo=move |()| hand.undo()/>
    }
    .into_any()
}

/// The page.
#[component]
pub fn MyHealthPoints() -> impl IntoView {
    let i18n = use_i18n();
    about_points(td_string!(i18n, health_points.mine), Hand::new(use_replica()), inside)
}

fn inside(points: Points, file: Arc<PointsFile>, hand: Hand) -> AnyView {
    let i18n = use_i18n();
    let items = points.rules.items.clone();
    view! {
        <div class="two">
            <div class="stack wide">
                <section class="sheet pad stack" data-testid="health-sum">
                    <Sums points=points.clone() title=td_string!(i18n, health_points.sum)/>
                    <ButtonLink href="/home/points/redeem" icon=Glyph::Star wide=true>{td_string!(i18n, health_points.redeem)}</ButtonLink>
                </section>
                <Missing points=points.clone() hand/>
            </div>
            <div class="stack wide">
                <Lines points file hand/>
                <Earning items/>
            </div>
        </div>
    }
    .into_any()
}

/// What the resident misses, and how to say so.
#[component]
fn Missing(points: Points, hand: Hand) -> impl IntoView {
    let i18n = use_i18n();
    let open = RwSignal::new(false);
    let waiting = points.ledger.waiting.into_iter().filter(|dispute| dispute.entry.is_none());
    let waiting = waiting.map(|dispute| {
        let (id, text) = (dispute.id.clone(), disputed(i18n, &dispute));
        view! {
            <div class="stack">
                <p><b>{td_string!(i18n, health_points.missing_waits)}</b></p>
                <p>{text}</p>
                <div><Button kind=Kind::Plain on_press=move |()| hand.withdraw(id.clone())>{td_string!(i18n, health_points.take_back)}</Button></div>
            </div>
        }
    });
    view! {
        <section class="sheet pad stack" data-testid="health-missing">
            {waiting.collect_view()}
            <div><Button kind=Kind::Quiet icon=Glyph::Pen on_press=move |()| open.update(|open| *open = !*open)>
                {td_string!(i18n, health_points.missing)}
            </Button></div>
            {move || open.get().then(|| view! { <DisputeForm entry=None open hand/> })}
        </section>
    }
}

/// What earns points today.
#[component]
fn Earning(items: Vec<HealthItem>) -> impl IntoView {
    let i18n = use_i18n();
    let line = |item: HealthItem| {
        let mut limits: Vec<String> = Vec::new();
        if item.days > 0 {
            limits.push(td_string!(i18n, health_points.by_series, days = item.days));
        }
        if let Some(cap) = item.cap_day {
            limits.push(td_string!(i18n, health_points.at_most_day, cap = cap.to_string()));
        }
        if let Some(cap) = item.cap_month {
            limits.push(td_string!(i18n, health_points.at_most_month, cap = cap.to_string()));
        }
        if let Some(cap) = item.cap_year {
            limits.push(td_string!(i18n, health_points.at_most_year, cap = cap.to_string()));
        }
        let worth = td_string!(i18n, health_points.each, points = item.points.to_string());
        view! {
            <article>
                <div class="who"><b>{words::of_pack(i18n, &item.title)}</b></div>
                <b class="worth">{worth}</b>
                <div class="why">{words::list(i18n, limits)}<p class="cite">{words::source(i18n, &item.source)}</p></div>
            </article>
        }
    };
    view! {
        <section class="stack" data-testid="earning">
            <h2>{td_string!(i18n, health_points.what_earns)}</h2>
            <div class="sheet rows plain">{items.into_iter().map(line).collect_view()}</div>
        </section>
    }
}
