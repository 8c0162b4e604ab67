//! What was typed of a body, and the facts it comes to. Pure.

use crate::decimal::Decimal;
use domain::base::{Date, StaffId, VisitId};
use domain::measurements::{Body, BodyFact, ChildPugh};
use serde::Serialize;

/// The Child-Pugh classes.
pub const CLASSES: [&str; 3] = ["A", "B", "C"];
/// "Yes" of a choice.
pub const YES: &str = "yes";
/// "No" of a choice.
pub const NO: &str = "no";
/// Days before the expected birth that a pregnancy begins.
const PREGNANCY: i64 = 280;
/// Days after it that a birth may be late.
const LATE: i64 = 20;

/// What was typed; nothing where nobody touched it and the record counts, an empty choice where nobody knows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Typed {
    /// The day of the sample; today where it is not said.
    pub on: Option<String>,
    /// Creatinine, µmol/L.
    pub creatinine: Option<String>,
    /// Filtration rate.
    pub egfr: Option<String>,
    /// Child-Pugh class; empty where it is not known.
    pub child_pugh: Option<String>,
    /// Whether she is pregnant: [`YES`], [`NO`], or empty where it is not known.
    pub pregnant: Option<String>,
    /// Completed weeks of pregnancy.
    pub weeks: Option<String>,
    /// The expected day of birth.
    pub due: Option<String>,
    /// Whether she breast-feeds.
    pub lactating: Option<bool>,
}

domain::read_by_field! { Typed { on, creatinine, egfr, child_pugh, pregnant, weeks, due, lactating } }

/// A figure that is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Figure {
    /// The day of the sample.
    On,
    /// Creatinine, µmol/L.
    Creatinine,
    /// Filtration rate.
    Egfr,
    /// Completed weeks of pregnancy.
    Weeks,
    /// The expected day of birth.
    Due,
}

impl Figure {
    /// All of them, as they are asked.
    pub const ALL: [Self; 5] = [Self::Creatinine, Self::Egfr, Self::On, Self::Weeks, Self::Due];

    /// Reads what was typed on `day`: a figure in the unit of the record, a day as the days until it.
    fn read(self, text: &str, day: Date) -> Option<i64> {
        let text = text.trim();
        let days = || Some(day.days_until(text.parse().ok()?));
        let figure = match self {
            Self::On | Self::Due => days()?,
            // Tenths of µmol/L.
            Self::Creatinine => Decimal::read(text)?.times(Decimal::read("10")?)?.value() as i64,
            Self::Egfr | Self::Weeks => text.parse().ok()?,
        };
        let possible = match self {
            Self::On => i64::MIN..=0,
            Self::Creatinine => 100..=30_000,
            Self::Egfr => 1..=200,
            Self::Weeks => 1..=42,
            Self::Due => -LATE..=PREGNANCY,
        };
        possible.contains(&figure).then_some(figure)
    }

    /// Tells whether what was typed on `day` cannot be.
    #[must_use]
    pub fn is_wrong(self, text: &str, day: Date) -> bool {
        !text.trim().is_empty() && self.read(text, day).is_none()
    }
}

impl Typed {
    /// Returns what was typed for a figure.
    #[must_use]
    pub fn text(&self, figure: Figure) -> &str {
        let text = match figure {
            Figure::On => &self.on,
            Figure::Creatinine => &self.creatinine,
            Figure::Egfr => &self.egfr,
            Figure::Weeks => &self.weeks,
            Figure::Due => &self.due,
        };
        text.as_deref().unwrap_or_default()
    }

    /// Keeps what was typed for a figure.
    pub fn keep(&mut self, figure: Figure, text: String) {
        let place = match figure {
            Figure::On => &mut self.on,
            Figure::Creatinine => &mut self.creatinine,
            Figure::Egfr => &mut self.egfr,
            Figure::Weeks => &mut self.weeks,
            Figure::Due => &mut self.due,
        };
        *place = Some(text).filter(|text| !text.trim().is_empty());
    }

    /// Tells which figure cannot be.
    #[must_use]
    pub fn wrong(&self, day: Date) -> Option<Figure> {
        Figure::ALL.into_iter().find(|figure| figure.is_wrong(self.text(*figure), day))
    }

    /// Returns the facts it comes to: kidneys and liver as of the sample, the rest as of `day`. What cannot be says nothing.
    #[must_use]
    pub fn facts(&self, day: Date, visit: Option<&VisitId>, by: &StaffId) -> Vec<BodyFact> {
        let read = |figure: Figure| figure.read(self.text(figure), day);
        let small = |figure| read(figure).and_then(|figure| u16::try_from(figure).ok());
        let about = |on: Date| BodyFact {
            on: Some(on),
            visit: visit.cloned(),
            by: by.clone(),
            ..BodyFact::default()
        };
        let sampled = read(Figure::On).map_or(day, |days| day.add_days(days));
        let class = self.child_pugh.as_deref().filter(|class| CLASSES.contains(class));
        let organs = BodyFact {
            creatinine: small(Figure::Creatinine),
            egfr: small(Figure::Egfr),
            child_pugh: class.map(ChildPugh::from),
            ..about(sampled)
        };
        let pregnant = match self.pregnant.as_deref() {
            Some(YES) => Some(true),
            Some(NO) => Some(false),
            _ => None,
        };
        let goes_on = pregnant != Some(false);
        let child = BodyFact {
            pregnant,
            weeks: small(Figure::Weeks).filter(|_| goes_on),
            due: read(Figure::Due).map(|days| day.add_days(days)).filter(|_| goes_on),
            breast_feeding: self.lactating,
            ..about(day)
        };
        [organs, child].into_iter().filter(BodyFact::says_something).collect()
    }

    /// Leaves out what was said to be unknown today, whatever the record says.
    #[must_use]
    pub(super) fn forget(&self, body: Body) -> Body {
        let unknown = |choice: &Option<String>| choice.as_deref() == Some("");
        Body {
            child_pugh: body.child_pugh.filter(|_| !unknown(&self.child_pugh)),
            pregnancy: body.pregnancy.filter(|_| !unknown(&self.pregnant)),
            ..body
        }
    }
}
