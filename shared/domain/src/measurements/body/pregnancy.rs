//! A pregnancy goes on by the day and ends.

use super::{BodyFact, BodyRules, Known};
use crate::base::Date;
use crate::rules::{Pack, RuleError};

/// Days of a week.
const WEEK: i64 = 7;

/// Whether she is pregnant, and since when.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pregnancy {
    /// Whether she is.
    pub pregnant: bool,
    /// Completed weeks; nothing where nobody knows.
    pub weeks: Option<u16>,
    /// The expected day of birth, where somebody wrote it down.
    pub due: Option<Date>,
}

impl BodyFact {
    /// Returns what it says of a pregnancy; weeks or a day of birth say that there is one.
    pub(super) fn says_of_pregnancy(&self) -> Option<Pregnancy> {
        let says = self.weeks.is_some() || self.due.is_some();
        let pregnant = self.pregnant.or(says.then_some(true))?;
        let (weeks, due) = if pregnant { (self.weeks, self.due) } else { (None, None) };
        Some(Pregnancy { pregnant, weeks, due })
    }
}

impl Pack<BodyRules> {
    /// Returns what is left of it on `day`.
    pub(super) fn pregnancy_on(
        &self,
        found: &Known<Pregnancy>,
        day: Date,
    ) -> Result<Option<Known<Pregnancy>>, RuleError> {
        let lengths = self.rules.pregnancy.in_force(day)?.value;
        let Known { value: Pregnancy { pregnant, weeks, due }, on } = *found;
        let since = on.days_until(day);
        let begun = due.map(|due| i64::from(lengths.days) - day.days_until(due));
        let begun = begun.or_else(|| weeks.map(|weeks| i64::from(weeks) * WEEK + since));
        let now = begun.map(|days| days.max(0) / WEEK);
        let most = i64::from(lengths.most_weeks);
        let stands = match (pregnant, now) {
            (false, _) => since <= i64::from(lengths.not_for),
            (true, Some(now)) => now <= most,
            (true, None) => since <= most * WEEK,
        };
        let weeks = now.and_then(|now| u16::try_from(now).ok());
        Ok(stands.then_some(Known { value: Pregnancy { pregnant, weeks, due }, on }))
    }
}
