//! What medicines ask of a body besides age and weight: kidneys, liver, pregnancy, breast-feeding. Typed at a visit, kept with
//! its prescription, and known at the next one. Pure.

use documents::{Prescription, Record};
use domain::base::Date;
use serde::Serialize;
use std::ops::RangeInclusive;

/// A filtration rate that can be, ml/min/1.73 m².
const EGFR: RangeInclusive<u16> = 1..=200;
/// Completed weeks of a pregnancy that can be.
const WEEKS: RangeInclusive<u16> = 1..=42;
/// The Child-Pugh classes.
pub const CLASSES: [&str; 3] = ["A", "B", "C"];

/// What was typed at this visit; nothing where nobody touched it and the record counts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Typed {
    /// Filtration rate.
    pub egfr: Option<String>,
    /// Child-Pugh class; empty where it is not known.
    pub child_pugh: Option<String>,
    /// Completed weeks of pregnancy.
    pub weeks: Option<String>,
    /// Whether she breast-feeds.
    pub lactating: Option<bool>,
}

domain::read_by_field! { Typed { egfr, child_pugh, weeks, lactating } }

/// A figure that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// Filtration rate.
    Egfr,
    /// Completed weeks of pregnancy.
    Weeks,
}

impl Figure {
    const fn possible(self) -> RangeInclusive<u16> {
        match self {
            Self::Egfr => EGFR,
            Self::Weeks => WEEKS,
        }
    }

    /// Reads what was typed.
    #[must_use]
    pub fn read(self, text: &str) -> Option<u16> {
        text.trim().parse().ok().filter(|figure| self.possible().contains(figure))
    }

    /// Tells whether what was typed cannot be.
    #[must_use]
    pub fn is_wrong(self, text: &str) -> bool {
        !text.trim().is_empty() && self.read(text).is_none()
    }
}

impl Typed {
    /// Tells which figure cannot be.
    #[must_use]
    pub fn wrong(&self) -> Option<Figure> {
        let all = [(Figure::Egfr, &self.egfr), (Figure::Weeks, &self.weeks)];
        let wrong = |(figure, text): &(Figure, &Option<String>)| {
            text.as_deref().is_some_and(|text| figure.is_wrong(text))
        };
        all.into_iter().find(wrong).map(|(figure, _)| figure)
    }
}

/// What is known on a day.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Body {
    /// Filtration rate.
    pub egfr: Option<u16>,
    /// The day it was written down.
    pub egfr_on: Option<Date>,
    /// Child-Pugh class; empty where it is not known.
    pub child_pugh: String,
    /// Completed weeks of pregnancy.
    pub weeks: Option<u16>,
    /// Whether she breast-feeds.
    pub lactating: bool,
}

impl Body {
    /// Returns what is known on `day`: what was typed, else what was known at the last prescription. A pregnancy has gone on since
    /// then until it must have ended; breast-feeding lasts as long as she is `expecting`, in the group of the pregnant and of
    /// those who gave birth.
    #[must_use]
    pub fn known(typed: &Typed, record: &Record, day: Date, expecting: bool) -> Self {
        let before = || {
            let visits = record.standing_visits().rev().filter(|visit| visit.on() <= day);
            visits.filter_map(|visit| Some((visit.on(), visit.prescription.as_ref()?)))
        };
        let (egfr, egfr_on) = match &typed.egfr {
            Some(text) => (Figure::Egfr.read(text), Some(day)),
            None => before().find_map(|(on, then)| Some((Some(then.egfr?), Some(on)))).unwrap_or_default(),
        };
        let class = |then: &Prescription| Some(then.child_pugh.clone()).filter(|class| !class.is_empty());
        let child_pugh = typed.child_pugh.clone().or_else(|| before().find_map(|(_, then)| class(then)));
        let weeks = match &typed.weeks {
            Some(text) => Figure::Weeks.read(text),
            None => before().find_map(|(on, then)| {
                let since = u16::try_from(on.days_until(day) / 7).ok()?;
                Some(then.pregnant_weeks?.saturating_add(since))
            }),
        };
        let last = || before().next().is_some_and(|(_, then)| then.lactating);
        Self {
            egfr,
            egfr_on: egfr_on.filter(|_| egfr.is_some()),
            child_pugh: child_pugh.unwrap_or_default(),
            weeks: weeks.filter(|weeks| WEEKS.contains(weeks)),
            lactating: typed.lactating.unwrap_or_else(|| expecting && last()),
        }
    }

    /// Writes what a prescription was checked with into it.
    #[must_use]
    pub fn on(&self, prescription: Prescription) -> Prescription {
        Prescription {
            egfr: self.egfr,
            child_pugh: self.child_pugh.clone(),
            pregnant_weeks: self.weeks,
            lactating: self.lactating,
            ..prescription
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::Visit;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    fn record(on: &str, prescription: Prescription) -> Record {
        let visit = Visit { date: Some(date(on)), prescription: Some(prescription), ..Visit::default() };
        Record { visits: vec![visit], ..Record::default() }
    }

    fn known(typed: &Typed, record: &Record) -> Body {
        Body::known(typed, record, date("2026-11-22"), false)
    }

    #[test]
    fn nothing_typed_and_nothing_on_record_is_unknown_and_not_normal() {
        assert_eq!(known(&Typed::default(), &Record::default()), Body::default());
    }

    #[test]
    fn what_the_last_prescription_knew_is_known_until_somebody_types() {
        let then = Prescription { egfr: Some(45), child_pugh: "B".into(), ..Prescription::default() };
        let record = record("2026-09-01", then);
        let found = known(&Typed::default(), &record);
        assert_eq!((found.egfr, found.egfr_on), (Some(45), Some(date("2026-09-01"))));
        assert_eq!(found.child_pugh, "B");
        let typed = Typed { egfr: Some(" 28 ".into()), child_pugh: Some(String::new()), ..Typed::default() };
        let found = known(&typed, &record);
        assert_eq!((found.egfr, found.egfr_on), (Some(28), Some(date("2026-11-22"))));
        assert_eq!(found.child_pugh, "");
        let cleared = known(&Typed { egfr: Some(String::new()), ..Typed::default() }, &record);
        assert_eq!((cleared.egfr, cleared.egfr_on), (None, None));
    }

    #[test]
    fn a_pregnancy_goes_on_and_ends() {
        let then = |weeks| Prescription { pregnant_weeks: Some(weeks), ..Prescription::default() };
        let weeks = |of| known(&Typed::default(), &record("2026-09-13", then(of))).weeks;
        assert_eq!(weeks(12), Some(22), "ten weeks later");
        assert_eq!(weeks(32), Some(42));
        assert_eq!(weeks(33), None, "nobody is pregnant for 43 weeks");
    }

    #[test]
    fn breast_feeding_lasts_as_long_as_the_group() {
        let then = Prescription { lactating: true, ..Prescription::default() };
        let record = record("2026-09-01", then);
        let of =
            |typed: &Typed, expecting| Body::known(typed, &record, date("2026-11-22"), expecting).lactating;
        assert!(of(&Typed::default(), true));
        assert!(!of(&Typed::default(), false));
        assert!(!of(&Typed { lactating: Some(false), ..Typed::default() }, true));
    }

    #[test]
    fn what_cannot_be_is_said_to_be_wrong_and_counts_as_unknown() {
        for (figure, text, wrong) in [
            (Figure::Egfr, "", false),
            (Figure::Egfr, "60", false),
            (Figure::Egfr, "0", true),
            (Figure::Egfr, "六十", true),
            (Figure::Weeks, "42", false),
            (Figure::Weeks, "43", true),
        ] {
            assert_eq!(figure.is_wrong(text), wrong, "{figure:?} {text}");
        }
        let typed = Typed { weeks: Some("50".into()), ..Typed::default() };
        assert_eq!(typed.wrong(), Some(Figure::Weeks));
        assert_eq!(known(&typed, &Record::default()).weeks, None);
    }

    #[test]
    fn a_prescription_keeps_what_it_was_checked_with() {
        let body = Body { egfr: Some(45), weeks: Some(20), ..Body::default() };
        let kept = body.on(Prescription { medicines: "v".into(), ..Prescription::default() });
        assert_eq!((kept.egfr, kept.pregnant_weeks, kept.medicines.as_str()), (Some(45), Some(20), "v"));
    }
}
