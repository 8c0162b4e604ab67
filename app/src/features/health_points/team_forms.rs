//! What the team enters without being asked: a reward on the spot, a lecture or a screening it saw.

use super::hand::Hand;
use super::view_model::Points;
use crate::clock;
use crate::language::*;
use crate::reactive::derived;
use crate::ui::{Button, Kind, Notice, SelectField, TextField, Tone};
use crate::words;
use documents::{Attendance, AttendanceKind};
use domain::base::Date;
use leptos::prelude::*;

/// Hands a reward out to somebody who asks for it here and now.
#[component]
pub(super) fn OnTheSpot(points: Points, hand: Hand) -> impl IntoView {
    let i18n = use_i18n();
    let rewards = points.rules.rewards.clone();
    let options: Vec<(String, String)> = rewards
        .iter()
        .map(|reward| {
            let (title, sum) = (words::of_pack(i18n, &reward.title), reward.price.to_string());
            (reward.id.to_string(), td_string!(i18n, health_points.reward_option, reward = title, sum = sum))
        })
        .collect();
    let chosen = RwSignal::new(options.first().map(|(id, _)| id.clone()).unwrap_or_default());
    let kept = StoredValue::new((points, rewards));
    let reward = move || {
        let id = chosen.get();
        kept.with_value(|(_, rewards)| rewards.iter().find(|reward| reward.id.as_str() == id).cloned())
    };
    let beyond = move || {
        let reward = reward()?;
        let available = kept.with_value(|(points, _)| points.ledger.available);
        let text = td_string!(i18n, health_points.beyond, sum = available.to_string());
        (reward.price > available).then(|| view! { <Notice tone=Tone::Care>{text}</Notice> })
    };
    let give = move |()| {
        let Some(reward) = untrack(reward) else { return };
        let said = td_string!(i18n, health_points.handed_now, reward = words::of_pack(i18n, &reward.title));
        hand.hand_out(None, reward.id, kept.with_value(|(points, _)| points.version.clone()), said);
    };
    view! {
        <section class="sheet pad stack" data-testid="on-the-spot">
            <h2>{td_string!(i18n, health_points.on_the_spot)}</h2>
            <SelectField id="reward" label=td_string!(i18n, health_points.reward) options value=chosen/>
            {beyond}
            <div><Button kind=Kind::Quiet on_press=give>{td_string!(i18n, health_points.hand_out)}</Button></div>
        </section>
    }
}

/// Records a lecture or a screening.
#[component]
pub(super) fn AttendanceForm(hand: Hand) -> impl IntoView {
    let i18n = use_i18n();
    let options = vec![
        (AttendanceKind::Lecture.to_string(), td_string!(i18n, health_points.lecture).to_owned()),
        (AttendanceKind::Screening.to_string(), td_string!(i18n, health_points.screening).to_owned()),
    ];
    let kind = RwSignal::new(AttendanceKind::Lecture.to_string());
    let on = RwSignal::new(clock::today().to_string());
    let note = RwSignal::new(String::new());
    let (wrong, missing) = (RwSignal::new(false), RwSignal::new(false));
    let said = |wrong: RwSignal<bool>, text: &'static str| {
        derived(move || if wrong.get() { text.to_owned() } else { String::new() })
    };
    let date_error = said(wrong, td_string!(i18n, health_points.date_wrong));
    let note_error = said(missing, td_string!(i18n, health_points.note_missing));
    let save = move || {
        let day = on.get_untracked().parse::<Date>().ok().filter(|day| *day <= clock::today());
        let about = note.get_untracked().trim().to_owned();
        wrong.set(day.is_none());
        missing.set(about.is_empty());
        if day.is_none() || about.is_empty() {
            return;
        }
        let kind = AttendanceKind::from(kind.get_untracked().as_str());
        let attendance = Attendance { kind, on: day, note: about, ..Attendance::default() };
        hand.attend(attendance, td_string!(i18n, health_points.attended_now).to_owned());
    };
    view! {
        <section class="sheet pad stack">
            <h2>{td_string!(i18n, health_points.attendance)}</h2>
            <form class="stack" novalidate data-testid="attendance" on:submit=move |event| { event.prevent_default(); save(); }>
                <SelectField id="attendance-kind" label=td_string!(i18n, health_points.attendance_kind) options value=kind/>
                <TextField id="attendance-on" label=td_string!(i18n, health_points.attendance_on) value=on error=date_error kind="date" short=true/>
                <TextField id="attendance-note" label=td_string!(i18n, health_points.attendance_note) value=note error=note_error/>
                <div><Button kind=Kind::Quiet submit=true>{td_string!(i18n, health_points.attendance_save)}</Button></div>
            </form>
        </section>
    }
}
