//! What a resident can get for their points, and what became of what they asked for.

use super::hand::Hand;
use super::mine::about_points;
use super::view_model::Points;
use crate::features::staff_name;
use crate::language::*;
use crate::replica::{rewards::PointsFile, use_replica};
use crate::ui::{Button, ButtonLink, Glyph, Kind, Tag, Tone};
use crate::words;
use domain::health_points::{RequestState, Requested, Reward};
use leptos::prelude::*;
use std::sync::Arc;

/// The page.
#[component]
pub fn Redeem() -> impl IntoView {
    let i18n = use_i18n();
    about_points(td_string!(i18n, health_points.redeem), Hand::new(use_replica()), inside)
}

fn inside(points: Points, _: Arc<PointsFile>, hand: Hand) -> AnyView {
    let i18n = use_i18n();
    let free = points.ledger.free().to_string();
    let requests: Vec<Requested> = points.ledger.requests.iter().rev().cloned().collect();
    let none = requests
        .is_empty()
        .then(|| view! { <p class="soft">{td_string!(i18n, health_points.requests_none)}</p> });
    let list = (!requests.is_empty()).then(|| view! {
        <div class="sheet rows plain">{requests.into_iter().map(|request| view! { <Asked request hand/> }).collect_view()}</div>
    });
    let offers = points.rules.rewards.clone();
    let offers = offers.into_iter().map(|reward| view! { <Offer reward points=points.clone() hand/> });
    view! {
        <div class="two">
            <div class="stack wide">
                <section class="sheet pad">
                    <h2 class="soft">{td_string!(i18n, health_points.free)}</h2>
                    <p class="num" data-testid="free">{free}</p>
                </section>
                <section class="stack" data-testid="rewards">
                    <h2>{td_string!(i18n, health_points.rewards)}</h2>
                    <div class="sheet rows plain">{offers.collect_view()}</div>
                </section>
            </div>
            <div class="stack wide">
                <section class="stack" data-testid="requests">
                    <h2>{td_string!(i18n, health_points.requests)}</h2>
                    {none}
                    {list}
                </section>
                <div><ButtonLink href="/home/points" kind=Kind::Plain icon=Glyph::Back>{td_string!(i18n, health_points.to_points)}</ButtonLink></div>
            </div>
        </div>
    }
    .into_any()
}

#[component]
fn Offer(reward: Reward, points: Points, hand: Hand) -> impl IntoView {
    let i18n = use_i18n();
    let title = words::of_pack(i18n, &reward.title);
    let price = td_string!(i18n, health_points.points, sum = reward.price.to_string());
    let source = words::source(i18n, &reward.source);
    let label = td_string!(i18n, health_points.ask_for, reward = title.clone());
    let said = td_string!(i18n, health_points.asked_now, reward = title.clone());
    let ask = match points.lacking(reward.price) {
        Some(lacking) => {
            let text = td_string!(i18n, health_points.lacking, sum = lacking.to_string());
            view! { <span class="soft">{text}</span> }.into_any()
        }
        None => {
            let press = move |()| hand.request(reward.id.clone(), points.version.clone(), said.clone());
            view! { <Button kind=Kind::Quiet label on_press=press>{td_string!(i18n, health_points.ask)}</Button> }.into_any()
        }
    };
    view! {
        <article data-testid="reward">
            <div class="who"><b>{title}</b><span>{price}</span></div>
            {ask}
            <div class="why"><p class="cite">{source}</p></div>
        </article>
    }
}

#[component]
fn Asked(request: Requested, hand: Hand) -> impl IntoView {
    let i18n = use_i18n();
    let Requested { request, title, price, state } = request;
    let (tone, text) = match &state {
        RequestState::Waiting => (Tone::Care, td_string!(i18n, health_points.request_waiting)),
        RequestState::Given => (Tone::Good, td_string!(i18n, health_points.request_given)),
        RequestState::Withdrawn => (Tone::Calm, td_string!(i18n, health_points.request_withdrawn)),
        RequestState::Refused(_) => (Tone::Care, td_string!(i18n, health_points.refuse)),
    };
    let refused = match &state {
        RequestState::Refused(answer) => Some(td_string!(
            i18n,
            health_points.request_refused,
            date = words::short_date(i18n, answer.at.date()),
            name = staff_name(&answer.by),
            reason = answer.reason.clone()
        )),
        _ => None,
    };
    let asked = td_string!(i18n, health_points.asked_on, date = words::short_date(i18n, request.at.date()));
    let id = (state == RequestState::Waiting).then_some(request.id);
    view! {
        <article data-testid="request">
            <div class="who"><b>{words::of_pack(i18n, &title)}</b><Tag tone text/></div>
            <b class="worth">{price.to_string()}</b>
            <div class="why">
                {asked}
                {refused.map(|text| view! { <p>{text}</p> })}
                {id.map(|id| view! {
                    <Button kind=Kind::Plain on_press=move |()| hand.withdraw(id.clone())>{td_string!(i18n, health_points.take_back)}</Button>
                })}
            </div>
        </article>
    }
}
