//! Whom a row of knowledge concerns: read in one way for findings, priors and red flags.

use super::{Ages, SexOnly};
use crate::model::{Applies, Person};

/// The ages, the sex and the pregnancy a row names; what it does not name excludes nobody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Whom {
    /// Only these ages; an unknown age does not exclude.
    pub ages: Option<Ages>,
    /// Only this sex; an unknown sex does not exclude.
    pub sex: Option<SexOnly>,
    /// Only the pregnant, or only those who are not; nobody is taken to be pregnant.
    pub pregnant: Option<bool>,
}

impl Whom {
    /// Tells whether the row concerns the person.
    #[must_use]
    pub fn holds(self, person: &Person) -> bool {
        Applies::from(self).to(person)
    }
}

impl From<Whom> for Applies {
    fn from(whom: Whom) -> Self {
        Self {
            from_months: whom.ages.map(|ages| ages.from_months),
            to_months: whom.ages.and_then(|ages| ages.to_months),
            sex: whom.sex.map(Into::into),
            pregnant: whom.pregnant,
            months: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Sex;

    #[test]
    fn what_is_not_known_excludes_nobody_but_pregnancy_is_not_assumed() {
        let ages = Ages::try_from("12-55".to_owned()).ok();
        let whom = Whom { ages, sex: Some(SexOnly::Female), pregnant: None };
        assert!(whom.holds(&Person::default()));
        assert!(!whom.holds(&Person { age_months: Some(60), ..Person::default() }));
        assert!(!whom.holds(&Person { sex: Some(Sex::Male), ..Person::default() }));
        let pregnant = Whom { pregnant: Some(true), ..whom };
        assert!(!pregnant.holds(&Person::default()));
        assert!(pregnant.holds(&Person { pregnant: Some(true), ..Person::default() }));
    }
}
