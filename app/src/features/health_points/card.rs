//! The way to health points, from the resident's home and from the team's page of a resident.

use super::view_model::{Page, page};
use crate::clock;
use crate::language::*;
use crate::reactive::{loaded, memo};
use crate::replica::use_replica;
use crate::ui::{ButtonLink, Glyph, Kind, Tag, Tone};
use leptos::prelude::*;

/// The sum, and how much waits; nothing before it was read, or without rules.
fn sum(subject: String) -> Memo<Option<(String, usize)>> {
    let replica = use_replica();
    let read = loaded(move || {
        replica.track(&subject);
        replica.track_lists();
        let subject = subject.clone();
        async move { replica.points_file(&subject).await.ok().flatten() }
    });
    memo(move || {
        let file = read.get().flatten()?;
        match page(&file, &replica.core().catalog(), clock::today()) {
            Page::Here(points) => Some((points.ledger.available.to_string(), points.ledger.waits())),
            Page::NoRules | Page::NeedsUpdate => None,
        }
    })
}

/// The resident's own.
#[component]
pub fn MyPointsCard(
    /// Whose.
    subject: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let sum = sum(subject);
    let points = move || {
        let (sum, _) = sum.get()?;
        Some(view! { <p class="lead">{td_string!(i18n, health_points.points, sum = sum)}</p> })
    };
    view! {
        <section class="sheet pad stack" data-testid="health-points">
            <div><h2>{td_string!(i18n, health_points.mine)}</h2>{points}<p class="soft">{td_string!(i18n, health_points.card_hint)}</p></div>
            <ButtonLink href="/home/points" kind=Kind::Quiet icon=Glyph::Star wide=true>{td_string!(i18n, health_points.card_go)}</ButtonLink>
        </section>
    }
}

/// On the team's page of a resident.
#[component]
pub fn TeamPointsCard(
    /// Whose.
    subject: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let href = format!("/residents/{subject}/points");
    let sum = sum(subject);
    let points = move || {
        let (sum, _) = sum.get()?;
        Some(view! { <p class="lead">{td_string!(i18n, health_points.points, sum = sum)}</p> })
    };
    let waits = move || {
        let (_, waits) = sum.get().filter(|(_, waits)| *waits > 0)?;
        Some(view! { <Tag tone=Tone::Care text=td_string!(i18n, health_points.count, count = waits)/> })
    };
    view! {
        <section class="sheet pad stack" data-testid="health-points">
            <div class="bar"><h2 class="grow">{td_string!(i18n, health_points.title)}</h2>{waits}</div>
            {points}
            <div><ButtonLink href kind=Kind::Quiet icon=Glyph::Star>{td_string!(i18n, health_points.open)}</ButtonLink></div>
        </section>
    }
}
