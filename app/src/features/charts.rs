//! Pressures over time with the goal that holds for this person.

use crate::clock;
use crate::language::*;
use crate::replica::files::ResidentFile;
use crate::ui::{ChartPoint, LineChart};
use crate::words;
use domain::base::Order;
use domain::{
    base::Timestamp,
    measurements::{Pressure, hypertension_rules},
};
use leptos::prelude::*;
use std::rc::Rc;

/// Moments on the chart; the table beside it lists the same.
const MOST: usize = 24;

/// A pressure of a visit or of the resident's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Measured {
    /// When.
    pub at: Timestamp,
    /// What.
    pub pressure: Pressure,
    /// Whether the resident measured at home.
    pub at_home: bool,
}

/// Returns all pressures of a resident, oldest first.
#[must_use]
pub fn measured(file: &ResidentFile) -> Vec<Measured> {
    let visits = file.record.standing_visits().filter_map(|visit| {
        // A visit entered later counts on its own day.
        let at = if visit.is_late_entry() { Timestamp::of(visit.on(), 12, 0) } else { visit.recorded_at };
        Some(Measured { at, pressure: visit.pressure()?, at_home: false })
    });
    let home = file.diary.readings.iter().map(|reading| Measured {
        at: reading.at,
        pressure: reading.pressure,
        at_home: true,
    });
    let mut all: Vec<Measured> = visits.chain(home).collect();
    all.order_by_key(|measured| measured.at);
    all
}

/// The chart; nothing is drawn without a pressure.
#[component]
pub fn PressureChart(
    /// Whose.
    file: Rc<ResidentFile>,
) -> impl IntoView {
    let i18n = use_i18n();
    let all = measured(&file);
    let age = file.person.age(clock::today());
    let goal = hypertension_rules()
        .ok()
        .and_then(|pack| pack.target(age, clock::today()).ok())
        .map(|(target, _)| target);
    let goal_words =
        goal.map(|goal| td_string!(i18n, residents.goal, sbp = goal.sbp, dbp = goal.dbp)).unwrap_or_default();
    let latest = all.iter().skip(all.len().saturating_sub(MOST));
    let points: Vec<ChartPoint> = latest.map(|measured| point(i18n, measured)).collect();
    let empty = points.is_empty();
    view! {
        <section class="sheet pad stack">
            {if empty {
                view! { <h2>{td_string!(i18n, residents.pressures)}</h2><p class="soft">{td_string!(i18n, residents.pressures_none)}</p> }.into_any()
            } else {
                view! {
                    <LineChart
                        caption=td_string!(i18n, residents.pressures)
                        names=(td_string!(i18n, residents.upper).to_owned(), td_string!(i18n, residents.lower).to_owned())
                        headings=(td_string!(i18n, residents.on).to_owned(), td_string!(i18n, residents.note).to_owned())
                        goal_words
                        goal=goal.map(|goal| (f64::from(goal.dbp), f64::from(goal.sbp)))
                        points/>
                }.into_any()
            }}
        </section>
    }
}

fn point(i18n: Language, measured: &Measured) -> ChartPoint {
    let date = measured.at.date();
    let note = if measured.at_home {
        td_string!(i18n, residents.at_home)
    } else {
        td_string!(i18n, residents.at_visit)
    };
    ChartPoint {
        at: measured.at.0 as f64,
        when: words::tiny_date(i18n, date),
        one: f64::from(measured.pressure.sbp),
        other: f64::from(measured.pressure.dbp),
        note: note.to_owned(),
    }
}
