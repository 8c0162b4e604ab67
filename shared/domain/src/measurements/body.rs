//! What medicines ask of a body besides age and weight: kidneys, liver, pregnancy, breast-feeding. What was found has a date; what
//! is known on a day follows from it and from how long it is believed.

mod kidneys;
mod pregnancy;
mod rules;

pub use pregnancy::Pregnancy;
pub use rules::{BodyRules, Filtration, FiltrationBySex, Kept, PregnancyLengths, body_rules};

use serde::Serialize;

use super::hypertension::Days;
use crate::base::{Date, EntryId, Sex, StaffId, Timestamp, VisitId};
use crate::rules::{Pack, RuleError, RuleRef};

crate::open_enum! {
    /// How well the liver works, by Child-Pugh.
    pub enum ChildPugh {
        /// 5 to 6 points.
        A = "A",
        /// 7 to 9 points.
        B = "B",
        /// 10 to 15 points.
        C = "C",
    }
}

/// What was found on a day; what was not looked for is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct BodyFact {
    /// The id.
    pub id: EntryId,
    /// The day it was found; of a laboratory result, the day of the sample.
    pub on: Option<Date>,
    /// When it was entered; of those of one day the last one counts.
    pub recorded_at: Timestamp,
    /// Creatinine in the serum, tenths of µmol/L.
    pub creatinine: Option<u16>,
    /// The filtration rate as the laboratory estimated it, ml/min/1.73 m².
    pub egfr: Option<u16>,
    /// The Child-Pugh class.
    pub child_pugh: Option<ChildPugh>,
    /// Whether she is pregnant.
    pub pregnant: Option<bool>,
    /// Completed weeks of pregnancy on that day.
    pub weeks: Option<u16>,
    /// The expected day of birth; it wins over the weeks.
    pub due: Option<Date>,
    /// Whether she breast-feeds.
    pub breast_feeding: Option<bool>,
    /// The visit it was found at.
    pub visit: Option<VisitId>,
    /// Who entered it.
    pub by: StaffId,
}

crate::read_by_field! {
    BodyFact {
        id, on, recorded_at, creatinine, egfr, child_pugh, pregnant, weeks, due, breast_feeding, visit, by
    }
}

impl BodyFact {
    /// Tells whether it says anything of the body.
    #[must_use]
    pub fn says_something(&self) -> bool {
        let Self { creatinine, egfr, child_pugh, pregnant, weeks, due, breast_feeding, .. } = self;
        let figures = [creatinine, egfr, weeks].into_iter().any(Option::is_some);
        let states = [pregnant, breast_feeding].into_iter().any(Option::is_some);
        figures || states || child_pugh.is_some() || due.is_some()
    }
}

/// A value and the day it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known<T> {
    /// The value.
    pub value: T,
    /// Found on this day.
    pub on: Date,
}

/// A filtration rate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Egfr {
    /// ml/min/1.73 m².
    pub rate: u16,
    /// The creatinine it was worked out from, tenths of µmol/L, with the rule; nothing where a laboratory gave the rate.
    pub from: Option<(u16, RuleRef)>,
}

/// What is known of a body on a day; what is not known, or too old to be believed, is `None`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// Filtration rate.
    pub egfr: Option<Known<Egfr>>,
    /// The Child-Pugh class.
    pub child_pugh: Option<Known<ChildPugh>>,
    /// Pregnancy, and that there is none.
    pub pregnancy: Option<Known<Pregnancy>>,
    /// Whether she breast-feeds.
    pub breast_feeding: Option<Known<bool>>,
}

impl Body {
    /// Tells whether she is known to be pregnant or to breast-feed.
    #[must_use]
    pub fn expects(&self) -> bool {
        self.pregnancy.as_ref().is_some_and(|known| known.value.pregnant)
            || self.breast_feeding.as_ref().is_some_and(|known| known.value)
    }
}

/// Whose body it is.
#[derive(Debug, Clone, Copy)]
pub struct Whose<'a> {
    /// The date of birth.
    pub born: Option<Date>,
    /// Sex.
    pub sex: &'a Sex,
}

impl Pack<BodyRules> {
    /// Returns what is known on `day` by facts in the order in which they were entered: of each the newest, as long as it
    /// is believed. A pregnancy goes on by the day.
    ///
    /// # Errors
    /// When no rule is in force then.
    pub fn known(&self, facts: &[BodyFact], whose: Whose<'_>, day: Date) -> Result<Body, RuleError> {
        let kept = self.rules.kept.in_force(day)?.value;
        let fed = self.rules.breast_feeding.in_force(day)?.value;
        let within = |on: Date, Days { days }: Days| on.days_until(day) <= i64::from(days);
        let egfr = newest(facts, day, |fact| self.egfr(fact, whose));
        let class = newest(facts, day, |fact| fact.child_pugh.clone());
        let pregnancy = newest(facts, day, BodyFact::says_of_pregnancy);
        let feeds = newest(facts, day, |fact| fact.breast_feeding);
        let mild = |class: &ChildPugh| *class == ChildPugh::A;
        let days = Days { days: kept.days };
        Ok(Body {
            egfr: egfr.filter(|found| found.value.rate < kept.low || within(found.on, days)),
            child_pugh: class.filter(|found| !mild(&found.value) || within(found.on, days)),
            pregnancy: match pregnancy {
                Some(found) => self.pregnancy_on(&found, day)?,
                None => None,
            },
            breast_feeding: feeds.filter(|found| within(found.on, fed)),
        })
    }
}

/// Returns the newest of what facts say until `day`; of those of one day the one that was entered last.
fn newest<T>(facts: &[BodyFact], day: Date, says: impl Fn(&BodyFact) -> Option<T>) -> Option<Known<T>> {
    let dated = facts.iter().filter_map(|fact| Some((fact.on.filter(|on| *on <= day)?, fact)));
    let said = dated.filter_map(|(on, fact)| Some(Known { value: says(fact)?, on }));
    said.max_by_key(|known| known.on)
}
