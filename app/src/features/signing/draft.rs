//! A contract as it is being agreed: an enum of steps, events, and a pure update.

use crate::ui::Stroke;
use domain::{
    base::{ContractId, Date, PackageId, Signer, Timestamp},
    contracts::SigningPlace,
};
use serde::{Deserialize, Serialize};

/// The steps, in order: one question each.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// Is it this person?
    #[default]
    Identity,
    /// Which packages?
    Packages,
    /// From when, for how long, where?
    Term,
    /// Is it all right?
    Check,
    /// The resident signs, or who acts for them.
    Resident,
    /// The doctor signs.
    Staff,
}

impl Step {
    /// All steps in order.
    pub const ALL: [Self; 6] =
        [Self::Identity, Self::Packages, Self::Term, Self::Check, Self::Resident, Self::Staff];

    /// Returns the position in the flow, from 0.
    #[must_use]
    pub const fn place(self) -> usize {
        self as usize
    }

    /// Returns the step after this one; the last one stays.
    #[must_use]
    pub fn next(self) -> Self {
        Self::ALL.get(self.place() + 1).copied().unwrap_or(self)
    }

    /// Returns the step before this one, if any.
    #[must_use]
    pub fn before(self) -> Option<Self> {
        Self::ALL.get(self.place().checked_sub(1)?).copied()
    }
}

/// The first day, said so that a draft of yesterday still means what it meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Start {
    /// The day of signing.
    #[default]
    Today,
    /// The day after the contract that runs now.
    AfterCurrent,
    /// A day that is typed.
    On,
}

/// One side's signature.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signed {
    /// What was drawn on the glass.
    pub strokes: Vec<Stroke>,
    /// When the pen was lifted last, or when paper was chosen.
    pub at: Timestamp,
    /// Signs on the printed copy instead, by pen or thumb.
    pub on_paper: bool,
}

impl Signed {
    /// Tells whether this side has signed, or will on paper.
    #[must_use]
    pub fn is_given(&self) -> bool {
        self.on_paper || !self.strokes.is_empty()
    }
}

/// The draft, kept on the disk at every keystroke.
#[derive(Clone, Debug, PartialEq, Eq, Default, Serialize)]
pub struct Draft {
    /// The id the contract will have: signing twice writes one contract.
    pub contract: ContractId,
    /// Whom it concerns.
    pub subject: String,
    /// When it was begun.
    pub started: Timestamp,
    /// Where one is.
    pub step: Step,
    /// Whether the identity was checked.
    pub confirmed: bool,
    /// The packages chosen; their version is the one offered for the first day.
    pub packages: Vec<PackageId>,
    /// The first day.
    pub start: Start,
    /// The first day as typed.
    pub start_text: String,
    /// For how many years.
    pub years: u8,
    /// Where it is signed.
    pub place: SigningPlace,
    /// Who signs for the resident's side.
    pub signer: Signer,
    /// The name of who acts for the resident.
    pub guardian: String,
    /// The resident's side.
    pub resident: Signed,
    /// The doctor's side.
    pub staff: Signed,
}

domain::read_by_field! {
    Draft {
        contract, subject, started, step, confirmed, packages, start, start_text, years, place, signer,
        guardian, resident, staff
    } needing all
}

/// What the person did.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// Went to a step.
    Go(Step),
    /// Compared the identity and found it right.
    Confirm,
    /// Chose a package, or took it back.
    Toggle(PackageId),
    /// Said when it begins.
    Start(Start),
    /// Typed the day it begins.
    StartText(String),
    /// Said for how many years.
    Years(u8),
    /// Said where it is signed.
    Place(SigningPlace),
    /// Said who signs for the resident's side.
    Signer(Signer),
    /// Typed the name of who acts for the resident.
    Guardian(String),
    /// The resident's side drew.
    ResidentDrew(Vec<Stroke>, Timestamp),
    /// The resident's side signs on paper, or not.
    ResidentOnPaper(bool, Timestamp),
    /// The doctor drew.
    StaffDrew(Vec<Stroke>, Timestamp),
    /// The doctor signs on paper, or not.
    StaffOnPaper(bool, Timestamp),
}

impl Draft {
    /// Begins a contract; where one runs already, the new one follows it.
    #[must_use]
    pub fn new(contract: ContractId, subject: String, started: Timestamp, renewal: bool) -> Self {
        Self {
            contract,
            subject,
            started,
            step: Step::Identity,
            confirmed: false,
            packages: Vec::new(),
            start: if renewal { Start::AfterCurrent } else { Start::Today },
            start_text: String::new(),
            years: 1,
            place: SigningPlace::Home,
            signer: Signer::Resident,
            guardian: String::new(),
            resident: Signed::default(),
            staff: Signed::default(),
        }
    }

    /// Returns the first day, where it is known; `after` is the last day of the contract that runs now.
    #[must_use]
    pub fn from(&self, today: Date, after: Option<Date>) -> Option<Date> {
        match self.start {
            Start::Today => Some(today),
            Start::AfterCurrent => Some(after.map_or(today, |last| last.add_days(1))),
            Start::On => self.start_text.parse().ok(),
        }
    }

    /// Takes an event. Whoever signed has signed what was shown: a later change takes both signatures back.
    pub fn update(&mut self, event: Event) {
        let agreed = self.agreed();
        match event {
            Event::Go(step) => self.step = step,
            Event::Confirm => self.confirmed = true,
            Event::Toggle(package) => match self.packages.iter().position(|known| *known == package) {
                Some(place) => drop(self.packages.remove(place)),
                None => self.packages.push(package),
            },
            Event::Start(start) => self.start = start,
            Event::StartText(text) => self.start_text = text,
            Event::Years(years) => self.years = years.max(1),
            Event::Place(place) => self.place = place,
            Event::Signer(signer) => {
                self.signer = signer;
                self.resident = Signed::default();
            }
            Event::Guardian(name) => self.guardian = name,
            Event::ResidentDrew(strokes, at) => self.resident = Signed { strokes, at, on_paper: false },
            Event::ResidentOnPaper(on_paper, at) => {
                self.resident = Signed { strokes: Vec::new(), at, on_paper }
            }
            Event::StaffDrew(strokes, at) => self.staff = Signed { strokes, at, on_paper: false },
            Event::StaffOnPaper(on_paper, at) => self.staff = Signed { strokes: Vec::new(), at, on_paper },
        }
        if agreed != self.agreed() {
            self.resident = Signed::default();
            self.staff = Signed::default();
        }
    }

    /// Returns what the signatures stand under.
    fn agreed(&self) -> (Vec<PackageId>, Start, String, u8, SigningPlace) {
        (self.packages.clone(), self.start, self.start_text.clone(), self.years, self.place.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn draft() -> Draft {
        Draft::new(ContractId::new("c1"), "s".into(), Timestamp(0), false)
    }

    fn signed() -> Draft {
        let mut draft = draft();
        draft.update(Event::Toggle(PackageId::new("basic")));
        draft.update(Event::ResidentDrew(vec![vec![(1, 1), (9, 9)]], Timestamp(5)));
        draft.update(Event::StaffDrew(vec![vec![(1, 1), (9, 9)]], Timestamp(6)));
        draft
    }

    #[test]
    fn a_change_to_what_was_signed_takes_both_signatures_back() {
        for change in [
            Event::Toggle(PackageId::new("hypertension")),
            Event::Years(2),
            Event::Start(Start::On),
            Event::Place(SigningPlace::Clinic),
        ] {
            let mut draft = signed();
            draft.update(change);
            assert!(!draft.resident.is_given() && !draft.staff.is_given());
        }
    }

    #[test]
    fn looking_back_leaves_the_signatures_alone() {
        let mut draft = signed();
        draft.update(Event::Go(Step::Packages));
        draft.update(Event::Years(1));
        draft.update(Event::Go(Step::Staff));
        assert!(draft.resident.is_given() && draft.staff.is_given());
    }

    #[test]
    fn another_signer_signs_anew() {
        let mut draft = signed();
        draft.update(Event::Signer(Signer::Guardian));
        assert!(!draft.resident.is_given() && draft.staff.is_given());
    }

    #[test]
    fn paper_counts_as_given_and_drawing_takes_it_back() {
        let mut draft = draft();
        draft.update(Event::ResidentOnPaper(true, Timestamp(1)));
        assert!(draft.resident.is_given());
        draft.update(Event::ResidentDrew(vec![vec![(1, 1)]], Timestamp(2)));
        assert!(!draft.resident.on_paper);
    }

    #[test]
    fn today_is_the_day_of_signing_however_old_the_draft() {
        let today: Date = "2026-11-22".parse().unwrap();
        let mut draft = draft();
        assert_eq!(draft.from(today.add_days(3), None), Some(today.add_days(3)));
        draft.update(Event::Start(Start::AfterCurrent));
        assert_eq!(draft.from(today, Some(today.add_days(9))), Some(today.add_days(10)));
        draft.update(Event::Start(Start::On));
        assert_eq!(draft.from(today, None), None);
        draft.update(Event::StartText("2026-12-01".into()));
        assert_eq!(draft.from(today, None).unwrap().to_string(), "2026-12-01");
    }

    #[test]
    fn a_draft_survives_the_disk() {
        let draft = signed();
        let text = serde_json::to_string(&draft).unwrap();
        assert_eq!(serde_json::from_str::<Draft>(&text).unwrap(), draft);
    }

    #[test]
    fn steps_lead_on_and_back() {
        assert_eq!(Step::Identity.before(), None);
        assert_eq!(Step::Identity.next(), Step::Packages);
        assert_eq!(Step::Staff.next(), Step::Staff);
        assert_eq!(Step::Staff.before(), Some(Step::Resident));
    }
}
