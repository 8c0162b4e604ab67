//! Requests to hand out and disputes to answer.

use super::hand::Hand;
use super::view_model::{Points, Wish};
use super::words::title;
use crate::language::*;
use crate::reactive::derived;
use crate::ui::{Button, Kind, Notice, Segments, TextField, Tone};
use crate::words;
use domain::base::{EntryId, HealthPoints};
use domain::health_points::{EntryDispute, HealthEntry, Outcome, Requested};
use leptos::prelude::*;

/// Everything of a resident that waits for the team.
#[component]
pub(super) fn Wishes(points: Points, hand: Hand) -> impl IntoView {
    let i18n = use_i18n();
    let wishes = points.wishes();
    let none = wishes
        .is_empty()
        .then(|| view! { <p class="soft">{td_string!(i18n, health_points.waiting_none)}</p> });
    let available = points.ledger.available;
    let shown = wishes.into_iter().map(|wish| match wish {
        Wish::Request(request) => view! { <Asked request available hand/> }.into_any(),
        Wish::Dispute(dispute, entry) => {
            view! { <Disputed dispute entry=entry.map(|entry| *entry) hand/> }.into_any()
        }
    });
    view! {
        <section class="stack" data-testid="wishes">
            <h2>{td_string!(i18n, health_points.waiting)}</h2>
            {none}
            {shown.collect_view()}
        </section>
    }
}

#[component]
fn Asked(request: Requested, available: HealthPoints, hand: Hand) -> impl IntoView {
    let i18n = use_i18n();
    let Requested { request, title, price, .. } = request;
    let reward = words::of_pack(i18n, &title);
    let wants = td_string!(i18n, health_points.wants, reward = reward.clone(), sum = price.to_string());
    let asked = td_string!(i18n, health_points.asked_on, date = words::short_date(i18n, request.at.date()));
    let beyond =
        (price > available).then(|| td_string!(i18n, health_points.beyond, sum = available.to_string()));
    let give_label = td_string!(i18n, health_points.hand_out_of, reward = reward.clone());
    let refuse_label = td_string!(i18n, health_points.refuse_of, reward = reward.clone());
    let said = td_string!(i18n, health_points.handed_now, reward = reward);
    let open = RwSignal::new(false);
    let to = request.id.clone();
    let give = move |()| {
        hand.hand_out(Some(request.id.clone()), request.reward.clone(), request.rules.clone(), said.clone());
    };
    view! {
        <div class="sheet pad stack" data-testid="wish">
            <div><b>{wants}</b><p class="soft">{asked}</p></div>
            {beyond.map(|text| view! { <Notice tone=Tone::Care>{text}</Notice> })}
            <div class="acts">
                <Button label=give_label on_press=give>{td_string!(i18n, health_points.hand_out)}</Button>
                <Button kind=Kind::Plain label=refuse_label on_press=move |()| open.update(|open| *open = !*open)>{td_string!(i18n, health_points.refuse)}</Button>
            </div>
            {move || open.get().then(|| view! { <AnswerForm to=to.clone() figure=None open hand/> })}
        </div>
    }
}

#[component]
fn Disputed(dispute: EntryDispute, entry: Option<HealthEntry>, hand: Hand) -> impl IntoView {
    let i18n = use_i18n();
    let about = match &entry {
        Some(entry) => td_string!(
            i18n,
            health_points.about_entry,
            item = title(i18n, entry),
            date = words::short_date(i18n, entry.on),
            points = entry.points.to_string()
        ),
        None => td_string!(i18n, health_points.about_missing).to_owned(),
    };
    let said = td_string!(i18n, health_points.said, reason = dispute.reason.clone());
    let label = td_string!(i18n, health_points.answer_of, reason = dispute.reason);
    let figure = Some(entry.map_or(HealthPoints::ZERO, |entry| entry.base));
    let open = RwSignal::new(false);
    let to = dispute.id;
    view! {
        <div class="sheet pad stack" data-testid="wish">
            <div><b>{about}</b><p>{said}</p></div>
            <div class="acts">
                <Button kind=Kind::Quiet label on_press=move |()| open.update(|open| *open = !*open)>{td_string!(i18n, health_points.answer)}</Button>
            </div>
            {move || open.get().then(|| view! { <AnswerForm to=to.clone() figure open hand/> })}
        </div>
    }
}

const KEEP: &str = "keep";
const CHANGE: &str = "change";

/// The form of an answer: the figure stays or is another one, and why. A request without a figure can only be refused.
#[component]
fn AnswerForm(to: EntryId, figure: Option<HealthPoints>, open: RwSignal<bool>, hand: Hand) -> impl IntoView {
    let i18n = use_i18n();
    let change = RwSignal::new(false);
    let start = figure.filter(|figure| *figure > HealthPoints::ZERO).map(|figure| figure.to_string());
    let (points, reason) = (RwSignal::new(start.unwrap_or_default()), RwSignal::new(String::new()));
    let (wrong, missing) = (RwSignal::new(false), RwSignal::new(false));
    let said = |wrong: RwSignal<bool>, text: &'static str| {
        derived(move || if wrong.get() { text.to_owned() } else { String::new() })
    };
    let points_error = said(wrong, td_string!(i18n, health_points.points_wrong));
    let reason_error = said(missing, td_string!(i18n, health_points.reason_missing));
    let options = vec![
        (KEEP.to_owned(), td_string!(i18n, health_points.keep).to_owned()),
        (CHANGE.to_owned(), td_string!(i18n, health_points.change).to_owned()),
    ];
    let chosen = derived(move || String::from(if change.get() { CHANGE } else { KEEP }));
    let id = to.to_string();
    let points_id = format!("answer-points-{id}");
    let choice = figure.is_some().then(|| {
        view! {
            <Segments label=td_string!(i18n, health_points.answer) options chosen on_choose=move |value: String| change.set(value == CHANGE)/>
            {move || change.get().then(|| view! {
                <TextField id=points_id.clone() label=td_string!(i18n, health_points.new_points) value=points error=points_error inputmode="decimal" short=true/>
            })}
        }
    });
    let label = if figure.is_some() {
        td_string!(i18n, health_points.reason)
    } else {
        td_string!(i18n, health_points.refuse_reason)
    };
    let save = move || {
        let text = reason.get_untracked().trim().to_owned();
        let figure = points.get_untracked().parse::<HealthPoints>();
        missing.set(text.is_empty());
        wrong.set(change.get_untracked() && figure.is_err());
        let outcome = match figure {
            Ok(points) if change.get_untracked() => Outcome::Corrected { points },
            _ => Outcome::Refused,
        };
        if !missing.get_untracked() && !wrong.get_untracked() {
            open.set(false);
            hand.answer(to.clone(), outcome, text);
        }
    };
    view! {
        <form class="stack" novalidate data-testid="answer" on:submit=move |event| { event.prevent_default(); save(); }>
            {choice}
            <TextField id=format!("answer-{id}") label hint=td_string!(i18n, health_points.answer_hint) value=reason error=reason_error/>
            <div class="acts">
                <Button submit=true>{td_string!(i18n, health_points.answer_save)}</Button>
                <Button kind=Kind::Plain on_press=move |()| open.set(false)>{td_string!(i18n, common.cancel)}</Button>
            </div>
        </form>
    }
}
