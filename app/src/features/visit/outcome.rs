//! What a visit amounts to: advice, contract items used, points claimed. Pure, and the same before and after signing.

mod record;

pub use record::visit;

use super::{
    draft::{Draft, Place, Reaction},
    prescribe::body,
};
use crate::replica::files::ResidentFile;
use documents::{Catalog, CountyRules, ServiceUsed};
use domain::{
    base::{Date, InstitutionId, ItemId, SignId, StaffId, TeamId},
    care::{
        AdverseReaction, CareRules, DiabetesFollowUp, DiabetesFollowUpError, Disease, FollowUp,
        FollowUpError, FollowUpInput, FollowUps, diabetes_follow_up, follow_up,
    },
    contracts::{ServiceKind, WindowState, fulfilment, package::pinned, state},
    measurements::{DangerSign, Findings, GlucoseFindings},
    people::KeyGroup,
    work_points::{Circumstance, Claim, Score, claim_id, in_force, score},
};

/// The kind of work a visit claims, an id of the county's points rules.
const WORK: &str = "follow_up";

/// Who visits, and what this device knows besides the resident.
pub struct Visitor<'a> {
    /// The account.
    pub staff: StaffId,
    /// Their team.
    pub team: TeamId,
    /// The institution as the account has it.
    pub institution: InstitutionId,
    /// The county's catalog.
    pub catalog: &'a Catalog,
    /// The county's rules.
    pub rules: &'a CountyRules,
}

/// A contract item that the visit uses up.
#[derive(Clone, Debug, PartialEq)]
pub struct Used {
    /// Its name.
    pub title: String,
    /// Which of the owed ones this is.
    pub number: u32,
    /// How many are owed.
    pub owed: u32,
    /// What is written.
    pub service: ServiceUsed,
}

/// What the norm says, disease by disease.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Judged {
    /// Of hypertension, or of the pressure of somebody who is under care for nothing.
    pub hypertension: Option<FollowUp>,
    /// Of type 2 diabetes.
    pub diabetes: Option<DiabetesFollowUp>,
    /// Whether the diabetes could not be judged, since no fasting glucose was measured.
    pub lacks_fasting_glucose: bool,
}

impl Judged {
    /// Returns the follow-ups.
    #[must_use]
    pub fn follow_ups(&self) -> FollowUps<'_> {
        FollowUps { hypertension: self.hypertension.as_ref(), diabetes: self.diabetes.as_ref() }
    }

    /// Returns when the next visit is: when the norm asks for it first, or the earlier date that was agreed.
    #[must_use]
    pub fn next(&self, agreed: Option<Date>) -> Option<Date> {
        let due = self.follow_ups().soonest().map(|found| found.next_due);
        due.map(|due| agreed.map_or(due, |agreed| agreed.min(due))).or(agreed)
    }
}

/// All of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What the norm says.
    pub judged: Judged,
    /// Items used up.
    pub used: Vec<Used>,
    /// The claim and what it is worth; nothing without rules or when nothing is claimed.
    pub claim: Option<(Claim, Score)>,
}

/// Judges what has been entered so far, by the rules in force on the day of the visit.
///
/// # Errors
/// Without a pressure that is owed, unless what is known is critical already; or when a rule is missing.
pub fn advice(draft: &Draft, file: &ResidentFile) -> Result<Judged, FollowUpError> {
    let rules = CareRules::shipped()?;
    let mut judged = Judged::default();
    let mut no_pressure = false;
    if draft.diseases.contains(&Disease::Hypertension) {
        match of_hypertension(draft, file, rules) {
            Ok(found) => judged.hypertension = Some(found),
            Err(FollowUpError::NoPressure) => no_pressure = true,
            Err(error) => return Err(error),
        }
    }
    if draft.diseases.contains(&Disease::Diabetes) {
        match of_diabetes(draft, file, rules) {
            Ok(found) => judged.diabetes = Some(found),
            Err(DiabetesFollowUpError::NoFastingGlucose) => judged.lacks_fasting_glucose = true,
            Err(DiabetesFollowUpError::NoPressure) => no_pressure = true,
            Err(DiabetesFollowUpError::Rule(error)) => return Err(error.into()),
        }
    }
    let silent = judged.hypertension.is_none() && judged.diabetes.is_none();
    // Whoever is under care for nothing may come with a complaint alone.
    if silent && draft.goes_without_pressure() && !draft.is_nothing() {
        return Ok(judged);
    }
    if silent && (no_pressure || draft.measured().is_err()) {
        return Err(FollowUpError::NoPressure);
    }
    Ok(judged)
}

fn of_hypertension(
    draft: &Draft,
    file: &ResidentFile,
    rules: CareRules<'_>,
) -> Result<FollowUp, FollowUpError> {
    let date = draft.started.date();
    let findings = Findings {
        age: file.person.age(date),
        pressure: draft.measured().ok(),
        danger_signs: signs(draft, rules.hypertension.danger_signs(date)?),
        pregnant_or_lactating: expects(file, draft),
    };
    follow_up(&input(draft, file, findings, &Disease::Hypertension), rules.hypertension, date)
}

fn of_diabetes(
    draft: &Draft,
    file: &ResidentFile,
    rules: CareRules<'_>,
) -> Result<DiabetesFollowUp, DiabetesFollowUpError> {
    let date = draft.started.date();
    let findings = GlucoseFindings {
        glucose: draft.judged_glucose(),
        pressure: draft.measured().ok(),
        danger_signs: signs(draft, rules.diabetes.danger_signs(date)?),
        pregnant_or_lactating: expects(file, draft),
    };
    diabetes_follow_up(&input(draft, file, findings, &Disease::Diabetes), rules.diabetes, date)
}

/// Tells whether she is pregnant or breast-feeds, by her key group, the record, or what was said today.
fn expects(file: &ResidentFile, draft: &Draft) -> bool {
    file.person.is_in(&KeyGroup::Pregnant) || body(file, draft).expects()
}

fn input<F>(draft: &Draft, file: &ResidentFile, findings: F, disease: &Disease) -> FollowUpInput<F> {
    FollowUpInput {
        findings,
        adverse_reaction: reaction(draft).unwrap_or(AdverseReaction::None),
        complication: draft.complication,
        previous: file.record.previous_follow_up(disease, draft.started.date()),
    }
}

/// Returns the signs present that a disease's rules know.
fn signs(draft: &Draft, known: &[DangerSign]) -> Vec<SignId> {
    let present = draft.danger_signs.iter();
    present.filter(|sign| known.iter().any(|danger| danger.id == **sign)).cloned().collect()
}

/// Returns what the visit amounts to.
///
/// # Errors
/// Like [`advice`].
pub fn outcome(draft: &Draft, file: &ResidentFile, visitor: &Visitor<'_>) -> Result<Outcome, FollowUpError> {
    let judged = advice(draft, file)?;
    // The norm counts face to face; a call is recorded and uses up nothing. What was no follow-up counts as none.
    let counts = draft.place != Place::Phone && judged.follow_ups().each().next().is_some();
    let used = if counts { used(draft, &judged, file, visitor) } else { Vec::new() };
    let claim = if counts { claim(draft, file, visitor) } else { None };
    Ok(Outcome { judged, used, claim })
}

fn used(draft: &Draft, judged: &Judged, file: &ResidentFile, visitor: &Visitor<'_>) -> Vec<Used> {
    let date = draft.started.date();
    let contracts = file.record.contracts();
    let Some(contract) = contracts.iter().find(|contract| state(contract, &contracts, date).is_in_force())
    else {
        return Vec::new();
    };
    // Without the version that was signed nothing is counted here; the screen says that an update is needed.
    let packages = pinned(&contract.packages, &visitor.catalog.packages).unwrap_or_default();
    let items = fulfilment(contract, &packages, &file.record.services(), date).items;
    let open = |state: &WindowState| *state == WindowState::Open;
    let given = |service: &ServiceKind| match service {
        ServiceKind::FollowUp => true,
        ServiceKind::GlucoseFollowUp => judged.diabetes.is_some(),
        _ => false,
    };
    let usable = items.into_iter().filter(|item| given(&item.service));
    let usable = usable.filter(|item| item.left > 0 && item.windows.iter().any(|window| open(&window.state)));
    usable
        .map(|item| Used {
            title: item.title,
            number: item.given + 1,
            owed: item.owed,
            service: ServiceUsed { contract: contract.id.clone(), package: item.package, item: item.item },
        })
        .collect()
}

fn claim(draft: &Draft, file: &ResidentFile, visitor: &Visitor<'_>) -> Option<(Claim, Score)> {
    let date = draft.started.date();
    let (version, rules) = in_force(&visitor.rules.points, date)?;
    let item = ItemId::new(WORK);
    rules.item(&item)?;
    let staff = visitor.catalog.staff.get(&visitor.staff);
    let institution = staff.map_or(&visitor.institution, |staff| &staff.institution);
    let remote = visitor.catalog.institutions.get(institution).is_some_and(|place| place.remote);
    let shortage = staff.is_some_and(|staff| staff.shortage);
    let mut circumstances = Vec::new();
    circumstances.extend(remote.then_some(Circumstance::Remote));
    circumstances.extend(shortage.then_some(Circumstance::Shortage));
    let claim = Claim {
        id: claim_id(&draft.visit, &item),
        staff: visitor.staff.clone(),
        item,
        on: date,
        quantity: 1,
        institution: institution.clone(),
        circumstances,
        rules: version.clone(),
        visit: Some(draft.visit.clone()),
        resident: Some(file.person.subject.clone()),
        note: String::new(),
        recorded_at: draft.started,
        withdrawn: None,
    };
    let score = score(&claim, rules)?;
    Some((claim, score))
}

fn reaction(draft: &Draft) -> Option<AdverseReaction> {
    draft.reaction.map(|reaction| match reaction {
        Reaction::None => AdverseReaction::None,
        Reaction::Present => AdverseReaction::Present,
        Reaction::HardToControl => AdverseReaction::HardToControl,
    })
}

#[cfg(test)]
mod tests;
