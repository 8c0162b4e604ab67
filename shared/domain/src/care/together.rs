//! Several diseases in one visit: what each came to, and what is due for all of them.

use super::{Action, Control, DiabetesFollowUp, Due, FollowUp, FollowUpClass, LastFollowUp, due};
use crate::base::Date;
use crate::measurements::{
    DangerSign, DiabetesRules, HypertensionRules, Symptom, Urgency, diabetes_rules, hypertension_rules,
};
use crate::people::{KeyGroup, Resident};
use crate::rules::{Pack, Reason, RuleError};

crate::open_enum! {
    /// A disease the norm has followed up.
    pub enum Disease {
        /// High blood pressure.
        Hypertension = "hypertension",
        /// Type 2 diabetes.
        Diabetes = "diabetes",
    }
}

impl Disease {
    /// Returns what a visit to a resident follows up: the diseases they are under care for, and the pressure of
    /// everybody who has none of them.
    #[must_use]
    pub fn followed_up(resident: &Resident) -> Vec<Self> {
        let known: Vec<Self> = Self::KNOWN.iter().filter(|one| one.concerns(resident)).cloned().collect();
        if known.is_empty() { vec![Self::Hypertension] } else { known }
    }

    /// Tells whether a resident is under care for it.
    #[must_use]
    pub fn concerns(&self, resident: &Resident) -> bool {
        match self {
            Self::Hypertension => resident.is_in(&KeyGroup::Hypertension),
            Self::Diabetes => resident.is_in(&KeyGroup::Diabetes),
            Self::Unknown(_) => false,
        }
    }
}

/// The rules of every disease that is followed up.
#[derive(Debug, Clone, Copy)]
pub struct CareRules<'a> {
    /// Of hypertension.
    pub hypertension: &'a Pack<HypertensionRules>,
    /// Of type 2 diabetes.
    pub diabetes: &'a Pack<DiabetesRules>,
}

impl CareRules<'static> {
    /// Returns the shipped rules.
    ///
    /// # Errors
    /// Only when a shipped file is broken, which tests exclude.
    pub fn shipped() -> Result<Self, RuleError> {
        Ok(Self { hypertension: hypertension_rules()?, diabetes: diabetes_rules()? })
    }
}

impl<'a> CareRules<'a> {
    /// Returns what is due of one disease, as [`due`] has it; nothing of a disease this version does not know.
    #[must_use]
    pub fn due(&self, disease: &Disease, last: Option<&LastFollowUp>, since: Date) -> Option<Due> {
        match disease {
            Disease::Hypertension => due(last, since, self.hypertension).ok(),
            Disease::Diabetes => due(last, since, self.diabetes).ok(),
            Disease::Unknown(_) => None,
        }
    }

    /// Returns the danger signs to ask for on `date`, each once.
    pub fn danger_signs(&self, diseases: &[Disease], date: Date) -> Result<Vec<&'a DangerSign>, RuleError> {
        let mut signs: Vec<&DangerSign> = Vec::new();
        for disease in diseases {
            let list = match disease {
                Disease::Hypertension => self.hypertension.danger_signs(date)?,
                Disease::Diabetes => self.diabetes.danger_signs(date)?,
                Disease::Unknown(_) => &[],
            };
            signs.extend(
                list.iter().filter(|sign| !signs.iter().any(|known| known.id == sign.id)).collect::<Vec<_>>(),
            );
        }
        Ok(signs)
    }

    /// Returns the ordinary symptoms to ask for on `date`, each once.
    pub fn symptoms(&self, diseases: &[Disease], date: Date) -> Result<Vec<&'a Symptom>, RuleError> {
        let mut symptoms: Vec<&Symptom> = Vec::new();
        for disease in diseases {
            let list = match disease {
                Disease::Hypertension => self.hypertension.symptoms(date)?,
                Disease::Diabetes => self.diabetes.symptoms(date)?,
                Disease::Unknown(_) => &[],
            };
            symptoms.extend(
                list.iter()
                    .filter(|one| !symptoms.iter().any(|known| known.id == one.id))
                    .collect::<Vec<_>>(),
            );
        }
        Ok(symptoms)
    }
}

/// A follow-up of one disease, as lists and pages need it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Followed<'a> {
    /// The class of the form.
    pub class: &'a FollowUpClass,
    /// The state of the figure.
    pub control: &'a Control,
    /// What to do.
    pub action: &'a Action,
    /// How soon somebody must act.
    pub urgency: &'a Urgency,
    /// When the next is due at the latest.
    pub next_due: Date,
    /// Why then.
    pub next_due_reason: &'a Reason,
    /// What was found; the weightiest first.
    pub reasons: &'a [Reason],
}

impl FollowUp {
    /// Returns what it came to.
    #[must_use]
    pub fn followed(&self) -> Followed<'_> {
        let Self { class, control, action, urgency, next_due, next_due_reason, reasons, .. } = self;
        Followed { class, control, action, urgency, next_due: *next_due, next_due_reason, reasons }
    }
}

impl DiabetesFollowUp {
    /// Returns what it came to.
    #[must_use]
    pub fn followed(&self) -> Followed<'_> {
        let Self { class, control, action, urgency, next_due, next_due_reason, reasons, .. } = self;
        Followed { class, control, action, urgency, next_due: *next_due, next_due_reason, reasons }
    }
}

/// The follow-ups of one visit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct FollowUps<'a> {
    /// Of hypertension.
    pub hypertension: Option<&'a FollowUp>,
    /// Of type 2 diabetes.
    pub diabetes: Option<&'a DiabetesFollowUp>,
}

impl<'a> FollowUps<'a> {
    /// Returns each with its disease.
    pub fn each(self) -> impl Iterator<Item = (Disease, Followed<'a>)> {
        let hypertension = self.hypertension.map(|found| (Disease::Hypertension, found.followed()));
        let diabetes = self.diabetes.map(|found| (Disease::Diabetes, found.followed()));
        hypertension.into_iter().chain(diabetes)
    }

    /// Returns the follow-up of one disease.
    #[must_use]
    pub fn of(self, disease: &Disease) -> Option<Followed<'a>> {
        self.each().find(|(known, _)| known == disease).map(|(_, found)| found)
    }

    /// Returns the one that asks for most: the visit is as urgent as it.
    #[must_use]
    pub fn weightiest(self) -> Option<Followed<'a>> {
        self.each().map(|(_, found)| found).reduce(|most, found| {
            if (found.action, found.urgency) > (most.action, most.urgency) { found } else { most }
        })
    }

    /// Returns the one that is due again first.
    #[must_use]
    pub fn soonest(self) -> Option<Followed<'a>> {
        self.each()
            .map(|(_, found)| found)
            .reduce(|first, found| if found.next_due < first.next_due { found } else { first })
    }

    /// Returns what was found, of the weightiest disease first; what both found is said once.
    #[must_use]
    pub fn reasons(self) -> Vec<Reason> {
        let weightiest = self.weightiest();
        let first = weightiest.iter().flat_map(|found| found.reasons);
        let mut said: Vec<Reason> = Vec::new();
        for reason in first.chain(self.each().flat_map(|(_, found)| found.reasons)) {
            if !said.iter().any(|known| known.code == reason.code) {
                said.push(reason.clone());
            }
        }
        said
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::Glucose;
    use crate::care::{AdverseReaction, FollowUpInput, diabetes_follow_up, follow_up};
    use crate::measurements::{Findings, GlucoseFindings, GlucoseReading, GlucoseTiming, Pressure};

    fn input<F>(findings: F) -> FollowUpInput<F> {
        FollowUpInput {
            findings,
            adverse_reaction: AdverseReaction::None,
            complication: false,
            previous: None,
        }
    }

    fn both(sbp: u16, dbp: u16, glucose: u16) -> (FollowUp, DiabetesFollowUp) {
        let rules = CareRules::shipped().unwrap();
        let date = "2026-11-22".parse().unwrap();
        let pressure = Some(Pressure { sbp, dbp });
        let findings = Findings { age: Some(60), pressure, ..Findings::default() };
        let of_pressure = follow_up(&input(findings), rules.hypertension, date).unwrap();
        let glucose = Some(GlucoseReading { glucose: Glucose(glucose), timing: GlucoseTiming::Fasting });
        let findings = GlucoseFindings { glucose, pressure, ..GlucoseFindings::default() };
        (of_pressure, diabetes_follow_up(&input(findings), rules.diabetes, date).unwrap())
    }

    fn check(figures: (u16, u16, u16), action: Action, days: i64) {
        let (hypertension, diabetes) = both(figures.0, figures.1, figures.2);
        let all = FollowUps { hypertension: Some(&hypertension), diabetes: Some(&diabetes) };
        assert_eq!(all.weightiest().map(|found| found.action), Some(&action), "{figures:?}");
        let next = "2026-11-22".parse::<Date>().unwrap().add_days(days);
        assert_eq!(all.soonest().map(|found| found.next_due), Some(next), "{figures:?}");
    }

    #[test]
    fn the_more_urgent_disease_decides() {
        check((128, 78, 680), Action::Routine, 90);
        check((128, 78, 700), Action::Adjust, 14);
        check((152, 96, 680), Action::Adjust, 14);
        check((128, 78, 1670), Action::Urgent, 14);
        check((182, 96, 680), Action::Urgent, 14);
    }

    #[test]
    fn with_two_diseases_every_question_is_asked_once() {
        let rules = CareRules::shipped().unwrap();
        let date = "2026-11-22".parse().unwrap();
        let ids = |diseases: &[Disease]| {
            let signs = rules.danger_signs(diseases, date).unwrap().into_iter().map(|sign| &sign.id);
            let symptoms = rules.symptoms(diseases, date).unwrap().into_iter().map(|one| &one.id);
            signs.chain(symptoms).collect::<Vec<_>>()
        };
        let both = ids(&[Disease::Hypertension, Disease::Diabetes]);
        let each: Vec<_> = [ids(&[Disease::Hypertension]), ids(&[Disease::Diabetes])].concat();
        assert!(both.len() < each.len(), "they share some");
        assert!(each.iter().all(|id| both.contains(id)));
        assert!(both.iter().all(|id| both.iter().filter(|other| *other == id).count() == 1));
    }

    #[test]
    fn a_critical_pressure_that_both_find_is_said_once_and_first() {
        let (hypertension, diabetes) = both(182, 112, 680);
        let all = FollowUps { hypertension: Some(&hypertension), diabetes: Some(&diabetes) };
        let codes: Vec<_> = all.reasons().into_iter().map(|reason| reason.code).collect();
        let critical =
            |code: &&crate::rules::ReasonCode| matches!(code, crate::rules::ReasonCode::Critical { .. });
        assert_eq!(codes.iter().filter(critical).count(), 1);
        assert!(critical(&&codes[0]));
        assert!(codes.len() > 1, "what only one of them found is kept: {codes:?}");
    }
}
