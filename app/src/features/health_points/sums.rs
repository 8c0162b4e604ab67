//! What there is, and what it is made of.

use super::view_model::Points;
use crate::clock;
use crate::language::*;
use crate::ui::{Notice, Tone};
use domain::base::HealthPoints;
use leptos::prelude::*;

/// The sum in large figures, and below it what came and went.
#[component]
pub(super) fn Sums(points: Points, title: &'static str) -> impl IntoView {
    let i18n = use_i18n();
    let ledger = &points.ledger;
    let line = |label: &'static str, sum: HealthPoints, shown: bool| {
        shown.then(|| view! { <span>{label}</span><b>{sum.to_string()}</b> })
    };
    let some = |sum: HealthPoints| sum > HealthPoints::ZERO;
    let parts = [
        line(td_string!(i18n, health_points.earned), ledger.earned, true),
        line(td_string!(i18n, health_points.reversed), ledger.reversed, some(ledger.reversed)),
        line(td_string!(i18n, health_points.redeemed), ledger.redeemed, true),
        line(td_string!(i18n, health_points.reserved), ledger.reserved, some(ledger.reserved)),
        line(td_string!(i18n, health_points.free), ledger.free(), some(ledger.reserved)),
    ];
    let year = points.this_year(clock::today()).to_string();
    let overdrawn = ledger.overdrawn;
    view! {
        <div>
            <h2 class="soft">{title}</h2>
            <p class="num" data-testid="available">{ledger.available.to_string()}</p>
            <p class="soft">{td_string!(i18n, health_points.this_year, sum = year)}</p>
        </div>
        <div class="sum">{parts.into_iter().collect_view()}</div>
        {some(overdrawn).then(|| view! {
            <Notice tone=Tone::Care>{td_string!(i18n, health_points.overdrawn, sum = overdrawn.to_string())}</Notice>
        })}
    }
}
