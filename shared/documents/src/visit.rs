//! A visit, as it is recorded.

mod assessment;
mod prescription;

pub use assessment::{Assessment, Diagnosis, FindingSeen, FindingState, Shown};
pub use prescription::{Prescribed, Prescription, Warning, WarningLevel};

use domain::base::{
    ClaimId, ContractId, Date, InstitutionId, ItemId, PackageId, ResidentId, SignId, Signature, StaffId,
    TeamId, Timestamp, VisitId,
};
use domain::care::{
    AdverseReaction, DiabetesFollowUp, Disease, FollowUp, FollowUps, LastFollowUp, PreviousFollowUp,
};
use domain::contracts::Service;
use domain::measurements::{GlucoseReading, Pressure};
use serde::{Deserialize, Serialize};

domain::open_enum! {
    /// Where a visit was held.
    pub enum VisitPlace {
        /// At the resident's home.
        Home = "home",
        /// At the clinic.
        Clinic = "clinic",
        /// By telephone.
        Phone = "phone",
    }
}

domain::open_enum! {
    /// How regularly medicines are taken.
    pub enum Adherence {
        /// Regularly.
        Regular = "regular",
        /// Now and then.
        Intermittent = "intermittent",
        /// Not at all.
        NotTaken = "not_taken",
    }
}

domain::open_enum! {
    /// How salty the food is.
    pub enum Salt {
        /// Light.
        Light = "light",
        /// Middling.
        Medium = "medium",
        /// Heavy.
        Heavy = "heavy",
    }
}

/// A medicine as the resident takes it.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct MedicineTaken {
    /// Its name.
    pub name: String,
    /// A dose, with its unit, as the form has it.
    pub dose: String,
    /// How often, as the form has it.
    pub frequency: String,
}

domain::read_by_field! { MedicineTaken { name, dose, frequency } }

/// What was agreed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Plan {
    /// The date doctor and resident agreed on.
    pub next: Option<Date>,
    /// What to do until then.
    pub note: String,
    /// Where the resident was referred.
    pub refer_to: String,
    /// Why.
    pub refer_reason: String,
}

domain::read_by_field! { Plan { next, note, refer_to, refer_reason } }

/// A contract item the visit used.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ServiceUsed {
    /// The contract.
    pub contract: ContractId,
    /// The package.
    pub package: PackageId,
    /// The item.
    pub item: ItemId,
}

/// A visit taken out of the record; it stays readable.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Voided {
    /// Why.
    pub reason: String,
    /// Who.
    pub by: StaffId,
    /// When.
    pub at: Timestamp,
}

/// A visit. Written once, but for its plan; what turns out wrong is voided with a reason and recorded anew.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct Visit {
    /// The id.
    pub id: VisitId,
    /// The resident.
    pub resident: ResidentId,
    /// The date of service.
    pub date: Option<Date>,
    /// When it was entered.
    pub recorded_at: Timestamp,
    /// Who held it.
    pub staff: StaffId,
    /// For which team.
    pub team: TeamId,
    /// Of which institution.
    pub institution: InstitutionId,
    /// Where.
    pub place: VisitPlace,
    /// Pressures in the order measured.
    pub pressures: Vec<Pressure>,
    /// The glucose measured.
    pub glucose: Option<GlucoseReading>,
    /// Beats a minute.
    pub pulse: Option<u16>,
    /// Grams.
    pub weight: Option<u32>,
    /// Tenths of a degree Celsius.
    pub temperature: Option<u16>,
    /// Breaths a minute.
    pub respiration: Option<u16>,
    /// Oxygen saturation in percent.
    pub spo2: Option<u16>,
    /// Danger signs present.
    pub danger_signs: Vec<SignId>,
    /// Ordinary symptoms present; empty with `asked` means none.
    pub symptoms: Vec<SignId>,
    /// Whether symptoms were asked for.
    pub asked: bool,
    /// Pregnant, or breast-feeding.
    pub pregnant_or_lactating: bool,
    /// Cigarettes a day.
    pub smoking: Option<u16>,
    /// Alcohol in grams of pure alcohol a day.
    pub drinking: Option<u16>,
    /// Salt.
    pub salt: Option<Salt>,
    /// Medicines taken.
    pub medicines: Vec<MedicineTaken>,
    /// How regularly.
    pub adherence: Option<Adherence>,
    /// Adverse drug reaction.
    pub adverse_reaction: Option<AdverseReaction>,
    /// Which.
    pub adverse_note: String,
    /// A new complication, or an old one that became worse.
    pub complication: bool,
    /// The result as computed then, with its rules; nothing for a visit that was no follow-up of hypertension.
    pub follow_up: Option<FollowUp>,
    /// The same of type 2 diabetes.
    pub diabetes: Option<DiabetesFollowUp>,
    /// A complaint, what it was taken for, what was advised; nothing where nobody complained.
    pub assessment: Option<Assessment>,
    /// What was prescribed.
    pub prescription: Option<Prescription>,
    /// What was agreed.
    pub plan: Plan,
    /// Contract items used.
    pub services: Vec<ServiceUsed>,
    /// The claim of work points it wrote.
    pub claim: Option<ClaimId>,
    /// Signatures.
    pub signatures: Vec<Signature>,
    /// The draft's or paper's remark.
    pub note: String,
    /// Whether it was voided; kept apart in the document.
    #[serde(skip)]
    pub voided: Option<Voided>,
}

domain::read_by_field! {
    Visit {
        id, resident, date, recorded_at, staff, team, institution, place, pressures, glucose, pulse, weight,
        temperature, respiration, spo2, danger_signs, symptoms, asked, pregnant_or_lactating, smoking,
        drinking, salt, medicines, adherence, adverse_reaction, adverse_note, complication, follow_up,
        diabetes, assessment, prescription, plan, services, claim, signatures, note
    } but { voided }
}

impl Visit {
    /// Returns the date of service, or of entry where it is missing.
    #[must_use]
    pub fn on(&self) -> Date {
        self.date.unwrap_or_else(|| self.recorded_at.date())
    }

    /// Tells whether it was entered on a later day than it was held.
    #[must_use]
    pub fn is_late_entry(&self) -> bool {
        self.recorded_at.date() > self.on()
    }

    /// Returns the mean of the pressures, rounded half up.
    #[must_use]
    pub fn pressure(&self) -> Option<Pressure> {
        mean(&self.pressures)
    }

    /// Returns what it followed up.
    #[must_use]
    pub fn follow_ups(&self) -> FollowUps<'_> {
        FollowUps { hypertension: self.follow_up.as_ref(), diabetes: self.diabetes.as_ref() }
    }

    /// Returns what of it counts for the next follow-up of a disease.
    #[must_use]
    pub fn as_previous(&self, disease: &Disease) -> Option<PreviousFollowUp> {
        let control = self.follow_ups().of(disease)?.control.clone();
        Some(PreviousFollowUp { date: self.on(), control })
    }

    /// Returns what of it decides when the next follow-up of a disease is due.
    #[must_use]
    pub fn as_last(&self, disease: &Disease) -> Option<LastFollowUp> {
        let found = self.follow_ups().of(disease)?;
        Some(LastFollowUp {
            date: self.on(),
            next_due: found.next_due,
            reason: found.next_due_reason.clone(),
            referred: found.action.is_referral(),
            agreed: self.plan.next,
        })
    }

    /// Returns the services it gave.
    pub fn services_given(&self) -> impl Iterator<Item = Service> {
        self.services.iter().map(|used| Service {
            visit: self.id.clone(),
            contract: used.contract.clone(),
            package: used.package.clone(),
            item: used.item.clone(),
            on: self.on(),
            recorded_on: self.recorded_at.date(),
            by: self.staff.clone(),
            voided: self.voided.is_some(),
        })
    }
}

/// Returns the mean of pressures, rounded half up; nothing of none.
#[must_use]
pub fn mean(pressures: &[Pressure]) -> Option<Pressure> {
    let count = u32::try_from(pressures.len()).ok().filter(|count| *count > 0)?;
    let mean = |figure: fn(&Pressure) -> u16| {
        let sum: u32 = pressures.iter().map(|pressure| u32::from(figure(pressure))).sum();
        u16::try_from((sum * 2 + count) / (count * 2)).ok()
    };
    Some(Pressure { sbp: mean(|p| p.sbp)?, dbp: mean(|p| p.dbp)? })
}
