//! How an entry of health points says itself.

use crate::features::staff_name;
use crate::language::*;
use crate::replica::rewards::PointsFile;
use crate::words;
use domain::base::{Date, HealthPoints, StaffId, Timestamp};
use domain::health_points::{Answer, EntryDispute, EntryState, HealthEntry, Outcome};
use domain::rules::Span;
use leptos::prelude::*;

/// Says what an entry is called.
pub(super) fn title(i18n: Language, entry: &HealthEntry) -> String {
    if entry.title.is_empty() {
        td_string!(i18n, health_points.granted).to_owned()
    } else {
        words::of_pack(i18n, &entry.title)
    }
}

/// What the rule gives, what an answer made of it, the cap, and what comes out.
pub(super) fn arithmetic(i18n: Language, entry: &HealthEntry) -> impl IntoView + use<> {
    let by_rule = entry.deed.is_some().then(|| {
        view! { <span>{td_string!(i18n, health_points.by_rule)}</span><b>{entry.base.to_string()}</b> }
    });
    let series = (entry.days > 0).then(|| td_string!(i18n, health_points.by_series, days = entry.days));
    let corrected = (entry.state == EntryState::Corrected).then(|| {
        view! { <span>{td_string!(i18n, health_points.corrected_to)}</span><b>{entry.before_caps.to_string()}</b> }
    });
    let cap = entry.capped_by.map(|(span, cap)| match span {
        Span::Entry | Span::Day => td_string!(i18n, health_points.cap_day, cap = cap.to_string()),
        Span::Month => td_string!(i18n, health_points.cap_month, cap = cap.to_string()),
        Span::Year => td_string!(i18n, health_points.cap_year, cap = cap.to_string()),
    });
    let (total, label) = if entry.counts() {
        (entry.points, td_string!(i18n, health_points.counts))
    } else {
        (HealthPoints::ZERO, td_string!(i18n, health_points.counts_nothing))
    };
    view! {
        <div class="sum">
            {by_rule}
            {series.map(|text| view! { <span class="all">{text}</span> })}
            {corrected}
            {cap.map(|text| view! { <span class="all">{text}</span> })}
            <span class="rule"></span>
            <span>{label}</span>
            <b class="total">{total.to_string()}</b>
        </div>
    }
}

/// Says what shows that something was done, and why it does not count any more.
pub(super) fn evidence(i18n: Language, entry: &HealthEntry, file: &PointsFile) -> Vec<String> {
    let (record, diary) = (&file.file.record, &file.file.diary);
    let seen = |id: &str| -> Option<String> {
        if let Some(visit) = record.visits.iter().find(|visit| visit.id.as_str() == id) {
            let (date, name) = (words::short_date(i18n, visit.on()), staff_name(&visit.staff));
            return Some(td_string!(i18n, health_points.seen_visit, date = date, name = name));
        }
        if let Some(signed) = record.contracts.iter().find(|signed| signed.contract.id.as_str() == id) {
            let on = signed.contract.signed_at.map_or(signed.contract.from, Timestamp::date);
            return Some(td_string!(i18n, health_points.seen_contract, date = words::date(i18n, on)));
        }
        let attended = file.rewards.attendances.iter().find(|seen| seen.id.as_str() == id)?;
        Some(td_string!(
            i18n,
            health_points.seen_attendance,
            date = words::short_date(i18n, attended.day()),
            name = staff_name(&attended.by),
            note = attended.note.clone()
        ))
    };
    let mut found: Vec<String> = entry.evidence.iter().filter_map(|id| seen(id)).collect();
    let readings =
        diary.readings.iter().filter(|reading| entry.evidence.iter().any(|id| *id == reading.id.as_str()));
    let mut days: Vec<Date> = readings.map(|reading| reading.at.date()).collect();
    days.dedup();
    if !days.is_empty() {
        let dates = words::list(i18n, days.into_iter().map(|day| words::short_date(i18n, day)));
        found.push(td_string!(i18n, health_points.seen_readings, dates = dates));
    }
    let mut reasons: Vec<String> = found
        .into_iter()
        .map(|evidence| td_string!(i18n, health_points.evidence, evidence = evidence))
        .collect();
    if let Some(out) = &entry.taken_out {
        let (date, reason) = (words::short_date(i18n, out.at.date()), words::void_reason(i18n, &out.reason));
        reasons.push(td_string!(i18n, health_points.out_because, date = date, reason = reason));
    }
    reasons
}

/// Says what was disputed.
pub(super) fn disputed(i18n: Language, dispute: &EntryDispute) -> String {
    let date = words::short_date(i18n, dispute.at.date());
    td_string!(i18n, health_points.disputed, date = date, reason = dispute.reason.clone())
}

/// Says what the team answered.
pub(super) fn answer_words(i18n: Language, answer: &Answer) -> String {
    let said = |by: &StaffId| (words::short_date(i18n, answer.at.date()), staff_name(by));
    let ((date, name), reason) = (said(&answer.by), answer.reason.clone());
    match &answer.outcome {
        Outcome::Corrected { points } => {
            let granted = points.to_string();
            td_string!(
                i18n,
                health_points.corrected,
                date = date,
                name = name,
                granted = granted,
                reason = reason
            )
        }
        Outcome::Refused | Outcome::Unknown => {
            td_string!(i18n, health_points.stands, date = date, name = name, reason = reason)
        }
    }
}
