//! How fast kidneys filter.

use super::{BodyFact, BodyRules, Egfr, Whose};
use crate::base::{Date, Sex};
use crate::rules::{Pack, RuleError, RuleRef};

impl Pack<BodyRules> {
    /// Works out a filtration rate, ml/min/1.73 m², from creatinine in tenths of µmol/L; nothing for children, for whom the equation
    /// was not made, and where age or sex is not known.
    ///
    /// # Errors
    /// When no equation is in force on `date`.
    pub fn filtration(
        &self,
        creatinine: u16,
        whose: Whose<'_>,
        date: Date,
    ) -> Result<Option<(u16, RuleRef)>, RuleError> {
        let table = &self.rules.filtration;
        let dated = table.in_force(date)?;
        let equation = dated.value;
        let by_sex = match whose.sex {
            Sex::Female => equation.female,
            Sex::Male => equation.male,
            Sex::Unknown(_) => return Ok(None),
        };
        let age = whose.born.map(|born| date.age_of(born)).filter(|age| *age >= equation.from_age);
        let Some(age) = age.filter(|_| creatinine > 0) else { return Ok(None) };
        let thousandths = |figure: u16| f64::from(figure) / 1000.0;
        let milligrams = f64::from(creatinine) / f64::from(equation.per_mg_dl);
        let ratio = milligrams / (f64::from(by_sex.kappa) / 100.0);
        let power = if ratio <= 1.0 { by_sex.shallow } else { equation.steep };
        // The same library everywhere, so that every device comes to the same.
        let rate = f64::from(equation.factor)
            * thousandths(by_sex.factor)
            * libm::pow(ratio, -thousandths(power))
            * libm::pow(thousandths(equation.yearly), f64::from(age));
        let rounded = (rate + 0.5) as u16;
        Ok(Some((rounded, table.cite(dated, &self.version))))
    }

    /// Returns the rate that a fact says: that of the laboratory, else what its creatinine comes to.
    pub(super) fn egfr(&self, fact: &BodyFact, whose: Whose<'_>) -> Option<Egfr> {
        if let Some(rate) = fact.egfr {
            return Some(Egfr { rate, from: None });
        }
        let creatinine = fact.creatinine?;
        let (rate, rule) = self.filtration(creatinine, whose, fact.on?).ok().flatten()?;
        Some(Egfr { rate, from: Some((creatinine, rule)) })
    }
}
