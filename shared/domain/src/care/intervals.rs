//! When the next follow-up is due: the tables that every disease under follow-up has.

use crate::base::Date;
use crate::measurements::hypertension::{Days, Routine};
use crate::measurements::{DiabetesRules, HypertensionRules};
use crate::rules::{RuleError, RuleRef, Table, VersionHash};

/// The tables of a rule pack that say when a resident is seen again.
#[derive(Debug, Clone, Copy)]
pub struct Intervals<'a> {
    /// Face-to-face follow-ups.
    pub routine: &'a Table<Routine>,
    /// Days until the next follow-up after treatment was adjusted.
    pub recheck: &'a Table<Days>,
    /// Days until a referral is checked.
    pub referral_check: &'a Table<Days>,
}

/// Rules by which residents are followed up.
pub trait FollowUpRules {
    /// Returns when they are seen again.
    fn intervals(&self) -> Intervals<'_>;
}

impl FollowUpRules for HypertensionRules {
    fn intervals(&self) -> Intervals<'_> {
        let Self { routine, recheck, referral_check, .. } = self;
        Intervals { routine, recheck, referral_check }
    }
}

impl FollowUpRules for DiabetesRules {
    fn intervals(&self) -> Intervals<'_> {
        let Self { routine, recheck, referral_check, .. } = self;
        Intervals { routine, recheck, referral_check }
    }
}

impl Intervals<'_> {
    /// Returns the routine in force on `date`, with its rule.
    pub fn routine(&self, version: &VersionHash, date: Date) -> Result<(Routine, RuleRef), RuleError> {
        let dated = self.routine.in_force(date)?;
        Ok((dated.value, self.routine.cite(dated, version)))
    }

    /// Returns the days until the follow-up after an adjustment, with their rule.
    pub fn recheck(&self, version: &VersionHash, date: Date) -> Result<(u16, RuleRef), RuleError> {
        days(self.recheck, version, date)
    }

    /// Returns the days until a referral is checked, with their rule.
    pub fn referral_check(&self, version: &VersionHash, date: Date) -> Result<(u16, RuleRef), RuleError> {
        days(self.referral_check, version, date)
    }
}

fn days(table: &Table<Days>, version: &VersionHash, date: Date) -> Result<(u16, RuleRef), RuleError> {
    let dated = table.in_force(date)?;
    Ok((dated.value.days, table.cite(dated, version)))
}
