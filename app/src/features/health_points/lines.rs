//! What came and went, line by line, each with its why.

use super::dispute::DisputeForm;
use super::hand::Hand;
use super::view_model::{Item, Points};
use super::words::{answer_words, arithmetic, disputed, evidence, title};
use crate::features::staff_name;
use crate::language::*;
use crate::replica::{rewards::PointsFile, use_replica};
use crate::ui::{Button, Empty, Glyph, Kind, Show, Tag, Tone, Why};
use crate::words;
use domain::base::{Date, HealthPoints};
use domain::health_points::{EntryDispute, EntryState, HealthEntry, Redeemed, RedeemedState, waiting};
use leptos::prelude::*;
use std::sync::Arc;

/// How many lines are shown before somebody asks for all.
const SHOWN: usize = 6;

/// The list.
#[component]
pub(super) fn Lines(
    /// The points.
    points: Points,
    /// What they come from.
    file: Arc<PointsFile>,
    /// Where what is done goes.
    hand: Hand,
    /// Whether the team is at the page, which can take back what it entered.
    #[prop(optional)]
    team: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let items = points.items();
    let (total, all) = (items.len(), RwSignal::new(false));
    let items = StoredValue::new(items);
    let kept = StoredValue::new((points, file));
    let line = move |item: Item| {
        kept.with_value(|(points, file)| match item {
            Item::Earned(entry) => earned(i18n, *entry, points, file, hand, team),
            Item::Given(given) => given_line(i18n, *given, hand, team),
        })
    };
    let shown = move || {
        let shown = if all.get() { total } else { SHOWN };
        items.with_value(|items| items.iter().take(shown).cloned().map(line).collect_view())
    };
    view! {
        <section class="stack" data-testid="health-lines">
            <h2>{td_string!(i18n, health_points.entries)}</h2>
            {if total == 0 {
                view! { <Empty icon=Glyph::Heart title=td_string!(i18n, health_points.none)><p>{td_string!(i18n, health_points.none_hint)}</p></Empty> }.into_any()
            } else {
                view! { <div class="sheet rows">{shown}</div> }.into_any()
            }}
            <Show when=move || !all.get() && (total > SHOWN)>
                <Button kind=Kind::Quiet on_press=move |()| all.set(true)>{td_string!(i18n, health_points.show_all, count = total)}</Button>
            </Show>
        </section>
    }
}

fn day(i18n: Language, on: Date) -> AnyView {
    let year = (on.year() != crate::clock::today().year()).then(|| on.year());
    view! { <div class="when"><b>{words::tiny_date(i18n, on)}</b>{year}</div> }.into_any()
}

fn earned(
    i18n: Language,
    entry: HealthEntry,
    points: &Points,
    file: &PointsFile,
    hand: Hand,
    team: bool,
) -> AnyView {
    let title = title(i18n, &entry);
    let open = entry.dispute.as_ref().filter(|dispute| waiting(dispute, &points.answers)).cloned();
    let tag = match entry.state {
        _ if open.is_some() => Some((Tone::Care, td_string!(i18n, health_points.state_waiting))),
        // What an answer entered was not there before.
        EntryState::Corrected if entry.item.is_empty() => None,
        EntryState::Corrected => Some((Tone::Care, td_string!(i18n, health_points.state_corrected))),
        EntryState::Reversed => Some((Tone::Calm, td_string!(i18n, health_points.state_reversed))),
        EntryState::Counted => None,
    };
    let worth = if entry.counts() { format!("+{}", entry.points) } else { "0".to_owned() };
    let said = entry.dispute.as_ref().map(|dispute| disputed(i18n, dispute));
    let answered = entry.answer.as_ref().map(|answer| answer_words(i18n, answer));
    let reasons = evidence(i18n, &entry, file);
    let source = entry.rule.as_ref().map(|rule| words::rule(i18n, rule)).unwrap_or_default();
    // Seen by the team itself, and entered by it: it can say that it was a slip.
    let attended =
        file.rewards.attendances.iter().find(|seen| entry.evidence.iter().any(|id| *id == seen.id.as_str()));
    let slip = attended.filter(|seen| team && seen.taken_back.is_none()).map(|seen| seen.id.to_string());
    let date = words::short_date(i18n, entry.on);
    let (ask, label) = if team {
        (td_string!(i18n, health_points.dispute_for), None)
    } else {
        let label = td_string!(i18n, health_points.dispute_of, date = date.clone(), item = title.clone());
        (td_string!(i18n, health_points.dispute), Some(label))
    };
    let mistake = td_string!(i18n, health_points.mistake_of, date = date.clone(), item = title.clone());
    let undo = td_string!(i18n, health_points.take_back_of, date = date, item = title.clone());
    let can = open.is_none() && !entry.item.is_empty();
    let id = entry.id.clone();
    let form = RwSignal::new(false);
    // What a resident disputed is theirs to take back; the team answers it.
    let own = |dispute: &EntryDispute| !team || dispute.by == use_replica().account().account;
    let back = open.filter(own).map(|dispute| dispute.id);
    view! {
        <article data-testid="health-line">
            {day(i18n, entry.on)}
            <div class="who"><b>{title}</b>{tag.map(|(tone, text)| view! { <Tag tone text/> })}</div>
            <b class="worth" class:wait=!entry.counts()>{worth}</b>
            <div class="why across">
                {said.map(|text| view! { <p>{text}</p> })}
                {answered.map(|text| view! { <p>{text}</p> })}
                <Why ask=td_string!(i18n, health_points.how) reasons source>{arithmetic(i18n, &entry)}</Why>
                {can.then(|| view! {
                    <Button kind=Kind::Plain label=MaybeProp::from(label) on_press=move |()| form.update(|open| *open = !*open)>{ask}</Button>
                })}
                {back.map(|id| view! {
                    <Button kind=Kind::Plain label=undo on_press=move |()| hand.withdraw(id.clone())>{td_string!(i18n, health_points.take_back)}</Button>
                })}
                {slip.map(|id| view! {
                    <Button kind=Kind::Plain label=mistake on_press=move |()| hand.take_back(id.clone(), SLIP.to_owned())>{td_string!(i18n, health_points.mistake)}</Button>
                })}
            </div>
            {move || form.get().then(|| view! { <DisputeForm entry=Some(id.clone()) open=form hand/> })}
        </article>
    }
    .into_any()
}

/// Why the team takes back what it entered by mistake.
const SLIP: &str = "taken_back";

fn given_line(i18n: Language, given: Redeemed, hand: Hand, team: bool) -> AnyView {
    let Redeemed { redemption, title, price, short, state, rule } = given;
    let (tone, text) = match state {
        RedeemedState::Given => (Tone::Good, td_string!(i18n, health_points.state_given)),
        RedeemedState::Duplicate => (Tone::Care, td_string!(i18n, health_points.state_duplicate)),
        RedeemedState::TakenBack => (Tone::Calm, td_string!(i18n, health_points.state_returned)),
        RedeemedState::NoSuchReward => (Tone::Care, td_string!(i18n, health_points.state_no_reward)),
    };
    let counts = state == RedeemedState::Given;
    let worth = if counts { format!("−{price}") } else { "0".to_owned() };
    let title = if title.is_empty() { redemption.reward.to_string() } else { words::of_pack(i18n, &title) };
    let date = words::short_date(i18n, redemption.on);
    let by = td_string!(i18n, health_points.given_by, date = date.clone(), name = staff_name(&redemption.by));
    let back = redemption.taken_back.as_ref().map(|back| {
        let on = words::short_date(i18n, back.at.date());
        td_string!(
            i18n,
            health_points.returned_because,
            date = on,
            reason = words::void_reason(i18n, &back.reason)
        )
    });
    let lacking =
        (short > HealthPoints::ZERO).then(|| td_string!(i18n, health_points.short, sum = short.to_string()));
    let source = rule.as_ref().map(|rule| words::rule(i18n, rule)).unwrap_or_default();
    let id = redemption.id.to_string();
    let mistake = td_string!(i18n, health_points.mistake_of, date = date, item = title.clone());
    let slip = (team && redemption.taken_back.is_none()).then_some(id);
    view! {
        <article data-testid="health-line">
            {day(i18n, redemption.on)}
            <div class="who"><b>{title}</b><Tag tone text/></div>
            <b class="worth" class:wait=!counts>{worth}</b>
            <div class="why across">
                {back.map(|text| view! { <p>{text}</p> })}
                {lacking.map(|text| view! { <p>{text}</p> })}
                <Why ask=td_string!(i18n, health_points.how) reasons=vec![by] source>
                    <div class="sum"><span>{td_string!(i18n, health_points.price)}</span><b>{price.to_string()}</b></div>
                </Why>
                {slip.map(|id| view! {
                    <Button kind=Kind::Plain label=mistake on_press=move |()| hand.take_back(id.clone(), SLIP.to_owned())>{td_string!(i18n, health_points.mistake)}</Button>
                })}
            </div>
        </article>
    }
    .into_any()
}
