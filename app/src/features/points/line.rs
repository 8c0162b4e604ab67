//! How a line of points says itself; shared with the review queue.

use super::{Entry, factor_words};
use crate::clock;
use crate::features::staff_name;
use crate::language::*;
use crate::ui::{Tag, Tone};
use crate::words;
use domain::{
    base::Date,
    work_points::{Cap, LineState, Ruling, Verdict},
};
use leptos::prelude::*;

/// The state of a line as a short mark.
#[component]
pub fn State(
    /// The state.
    state: LineState,
) -> impl IntoView {
    let text = state_words(use_i18n(), state);
    let tone = match state {
        LineState::Pending | LineState::Withdrawn => None,
        LineState::Accepted | LineState::Counted => Some(Tone::Good),
        _ => Some(Tone::Care),
    };
    match tone {
        Some(tone) => view! { <Tag tone text/> }.into_any(),
        None => view! { <Tag text/> }.into_any(),
    }
}

/// Says the state of a line.
#[must_use]
pub fn state_words(i18n: Language, state: LineState) -> &'static str {
    match state {
        LineState::Pending => td_string!(i18n, points.state_pending),
        LineState::Accepted => td_string!(i18n, points.state_accepted),
        LineState::Counted => td_string!(i18n, points.state_counted),
        LineState::Adjusted => td_string!(i18n, points.state_adjusted),
        LineState::Rejected => td_string!(i18n, points.state_rejected),
        LineState::Withdrawn => td_string!(i18n, points.state_withdrawn),
        LineState::NoSuchItem => td_string!(i18n, points.state_no_item),
        LineState::OtherGroup => td_string!(i18n, points.state_other_group),
    }
}

/// The day of the work; the year is said only when it is not this one.
#[component]
pub fn WorkDay(
    /// The day.
    on: Date,
) -> impl IntoView {
    let year = (on.year() != clock::today().year()).then(|| on.year());
    view! { <div class="when"><b>{words::tiny_date(use_i18n(), on)}</b>{year}</div> }
}

/// Base × coefficients, adjustment, cap, and what comes out.
#[component]
pub fn Arithmetic(
    /// The line.
    entry: Entry,
) -> impl IntoView {
    let i18n = use_i18n();
    let line = entry.line;
    let score = line.score.map(|score| {
        let per_unit = score.per_unit.to_string();
        let base = td_string!(i18n, points.base, per_unit = per_unit, quantity = score.quantity, unit = words::of_pack(i18n, &score.unit));
        let coefficients = score.coefficients.into_iter().map(|coefficient| {
            let factor = td_string!(i18n, points.factor, factor = factor_words(coefficient.factor));
            let unused = (!coefficient.counted).then(|| td_string!(i18n, points.not_counted));
            view! {
                <span>{words::of_pack(i18n, &coefficient.title)}{unused.map(|text| view! { <span class="soft">" "{text}</span> })}</span>
                <b>{factor}</b>
            }
        });
        let product = (score.points != line.points).then(|| {
            view! { <span>{td_string!(i18n, points.before_caps)}</span><b>{score.points.to_string()}</b> }
        });
        view! { <span>{base}</span><b>{score.base.to_string()}</b>{coefficients.collect_view()}{product} }
    });
    let adjusted = (line.state == LineState::Adjusted).then(|| {
        view! { <span>{td_string!(i18n, points.adjusted_to)}</span><b>{line.before_caps.to_string()}</b> }
    });
    let cap = line.capped_by.map(|cap| match cap {
        Cap::Claim(points) => td_string!(i18n, points.cap_claim, cap = points.to_string()),
        Cap::Day(points) => td_string!(i18n, points.cap_day, cap = points.to_string()),
        Cap::Month(points) => td_string!(i18n, points.cap_month, cap = points.to_string()),
        Cap::Year(points) => td_string!(i18n, points.cap_year, cap = points.to_string()),
    });
    let total = if line.state == LineState::Pending {
        td_string!(i18n, points.would)
    } else {
        td_string!(i18n, points.total)
    };
    view! {
        <div class="sum">
            {score}
            {adjusted}
            {cap.map(|text| view! { <span class="all">{text}</span> })}
            <span class="rule"></span>
            <span>{total}</span>
            <b class="total">{line.points.to_string()}</b>
        </div>
    }
}

/// Says who ruled what, when and why.
#[must_use]
pub fn ruling_words(i18n: Language, ruling: &Ruling) -> String {
    let (name, date) = (staff_name(&ruling.by), words::short_date(i18n, ruling.at.date()));
    let reason = ruling.reason.clone();
    match &ruling.verdict {
        Verdict::Accepted => td_string!(i18n, points.accepted_by, name = name, date = date),
        Verdict::Adjusted { points } => {
            td_string!(
                i18n,
                points.adjusted_by,
                name = name,
                date = date,
                granted = points.to_string(),
                reason = reason
            )
        }
        Verdict::Rejected => td_string!(i18n, points.rejected_by, name = name, date = date, reason = reason),
        Verdict::Unknown => td_string!(i18n, points.unknown_verdict, name = name, date = date),
    }
}
