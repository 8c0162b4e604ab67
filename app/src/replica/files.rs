//! Documents read into the domain's words, and the edits that change them.

use super::{
    Replica,
    core::{Core, Edit, SaveError},
    outbox::Deed,
    store::StoreError,
};
use crate::clock;
use automerge::Automerge;
use documents::{
    Activity, Diary, Kind, Prescriptions, Problem, Record, Review, Tx, WriteError, author, diary_id,
    document_id, make_room, read_activity, read_diary, read_person, read_prescriptions, read_record,
    read_reviews, read_rulings, write, year_key,
};
use domain::{base::StaffId, people::Resident, work_points::Ruling};
use std::rc::Rc;
use sync::{About, DocumentId};

/// Everything this device holds of one resident.
#[derive(Clone, Debug, PartialEq)]
pub struct ResidentFile {
    /// Who it is.
    pub person: Resident,
    /// Visits, contracts, conditions, allergies, medications.
    pub record: Record,
    /// Readings taken at home.
    pub diary: Diary,
    /// What could not be read or must be settled.
    pub problems: Vec<Problem>,
}

/// What a member of staff claimed in a year, and what was ruled on it.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffYear {
    /// Who.
    pub staff: StaffId,
    /// Claims.
    pub activity: Activity,
    /// Rulings.
    pub rulings: Vec<Ruling>,
}

impl StaffYear {
    /// Makes one of nothing.
    #[must_use]
    pub fn of(staff: StaffId) -> Self {
        Self { staff, activity: Activity::default(), rulings: Vec::new() }
    }
}

/// What a member of staff prescribed in spite of warnings in a year, and what pharmacists said to it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PrescriptionYear {
    /// Who.
    pub staff: StaffId,
    /// The cases, and which reviews were read.
    pub prescriptions: Prescriptions,
    /// Reviews, oldest first.
    pub reviews: Vec<Review>,
}

/// A verb on one document.
pub type Verb = Box<dyn FnOnce(&mut Tx<'_, '_>) -> Result<(), WriteError>>;

impl Replica {
    /// Reads one resident; nothing when the device does not hold them.
    pub async fn resident(self, subject: &str) -> Result<Option<Rc<ResidentFile>>, StoreError> {
        let core = self.core();
        let Some(person) = of_subject(&core, subject, Kind::Person).await? else { return Ok(None) };
        let (person, mut problems) = read_person(&person);
        let record = of_subject(&core, subject, Kind::Record).await?;
        let (record, found) = record.map(|document| read_record(&document)).unwrap_or_default();
        problems.extend(found);
        let diary = of_subject(&core, subject, Kind::Diary).await?;
        let (diary, found) = diary.map(|document| read_diary(&document)).unwrap_or_default();
        problems.extend(found);
        Ok(Some(Rc::new(ResidentFile { person, record, diary, problems })))
    }

    /// Returns whether this account's team serves the resident; who reads by leave for a while does not.
    pub fn serves(self, subject: &str) -> bool {
        let team = self.account().team;
        self.core().index(|index| {
            let entry = index.entry(subject);
            entry.is_none_or(|entry| entry.documents.iter().any(|held| held.about.team == team))
        })
    }

    /// Reads the claims and rulings of `staff` of `year`.
    pub async fn staff_year(self, staff: &StaffId, year: i32) -> Result<StaffYear, StoreError> {
        let core = self.core();
        let activity = self.of_staff(&core, staff, year, Kind::Activity).await?;
        let activity = activity.map(|document| read_activity(&document).0).unwrap_or_default();
        let rulings = self.of_staff(&core, staff, year, Kind::Rulings).await?;
        let rulings = rulings.map(|document| read_rulings(&document).0).unwrap_or_default();
        Ok(StaffYear { staff: staff.clone(), activity, rulings })
    }

    /// Reads the prescriptions that `staff` submitted in `year`, and the reviews of them.
    pub async fn prescription_year(self, staff: &StaffId, year: i32) -> Result<PrescriptionYear, StoreError> {
        let core = self.core();
        let prescriptions = self.of_staff(&core, staff, year, Kind::Prescriptions).await?;
        let prescriptions = prescriptions.map(|found| read_prescriptions(&found).0).unwrap_or_default();
        let reviews = self.of_staff(&core, staff, year, Kind::Reviews).await?;
        let reviews = reviews.map(|document| read_reviews(&document).0).unwrap_or_default();
        Ok(PrescriptionYear { staff: staff.clone(), prescriptions, reviews })
    }

    async fn of_staff(
        self,
        core: &Core,
        staff: &StaffId,
        year: i32,
        kind: Kind,
    ) -> Result<Option<Rc<Automerge>>, StoreError> {
        match self.staff_document(staff, year, kind) {
            Some(id) => core.document(id).await,
            None => Ok(None),
        }
    }

    /// Returns the id of a staff member's document of a kind and year; nothing before the county key has arrived.
    fn staff_document(self, staff: &StaffId, year: i32, kind: Kind) -> Option<DocumentId> {
        let key = self.core().rules().county_key?;
        Some(DocumentId::new(document_id(&key, kind, &year_key(staff, year))))
    }

    /// Returns the members of staff whose claims this device holds.
    #[must_use]
    pub fn claimants(self) -> Vec<StaffId> {
        self.subjects_of(Kind::Activity)
    }

    /// Returns the members of staff whose submitted prescriptions this device holds.
    #[must_use]
    pub fn prescribers(self) -> Vec<StaffId> {
        self.subjects_of(Kind::Prescriptions)
    }

    fn subjects_of(self, kind: Kind) -> Vec<StaffId> {
        let mut staff: Vec<StaffId> = self.core().index(|index| {
            let held = index.documents().filter(|held| held.about.kind == kind.as_str());
            held.map(|held| StaffId::new(held.about.subject.as_str())).collect()
        });
        staff.sort();
        staff.dedup();
        staff
    }

    /// Prepares a verb on who a resident is.
    #[must_use]
    pub fn on_person(self, subject: &str, verb: Verb) -> Option<Edit> {
        let held = find(&self.core(), subject, Kind::Person)?;
        Some(self.edit(held.0, held.1, verb))
    }

    /// Prepares a verb on the record of a resident this device holds.
    #[must_use]
    pub fn on_record(self, subject: &str, verb: Verb) -> Option<Edit> {
        let held = find(&self.core(), subject, Kind::Record)?;
        Some(self.edit(held.0, held.1, verb))
    }

    /// Prepares a verb on the record of a resident that writes to a map which came after the first ones.
    #[must_use]
    pub fn on_record_with(self, subject: &str, map: &'static str, verb: Verb) -> Option<Edit> {
        let Edit { id, about, apply } = self.on_record(subject, verb)?;
        let apply = move |document: &mut Automerge| {
            make_room(document, Kind::Record, map)?;
            apply(document)
        };
        Some(Edit { id, about, apply: Box::new(apply) })
    }

    /// Prepares a verb on the diary of a resident; it begins with their first reading.
    #[must_use]
    pub fn on_diary(self, subject: &str, verb: Verb) -> Option<Edit> {
        let core = self.core();
        if let Some((id, about)) = find(&core, subject, Kind::Diary) {
            return Some(self.edit(id, about, verb));
        }
        let (record, about) = find(&core, subject, Kind::Record)?;
        let id = DocumentId::new(diary_id(record.bytes()));
        Some(self.edit(id, About { kind: Kind::Diary.as_str().to_owned(), ..about }, verb))
    }

    /// Prepares a verb on the county's rules; nothing before they have arrived.
    #[must_use]
    pub fn on_rules(self, verb: Verb) -> Option<Edit> {
        let held = self.core().index(|index| {
            let mut documents = index.documents();
            let held = documents.find(|held| held.about.kind == Kind::Rules.as_str())?;
            Some((held.id, held.about.clone()))
        })?;
        Some(self.edit(held.0, held.1, verb))
    }

    /// Prepares a verb on one's own claims of a year.
    #[must_use]
    pub fn on_activity(self, year: i32, verb: Verb) -> Option<Edit> {
        self.on_own(Kind::Activity, year, verb)
    }

    /// Prepares a verb on one's own submitted prescriptions of a year.
    #[must_use]
    pub fn on_prescriptions(self, year: i32, verb: Verb) -> Option<Edit> {
        self.on_own(Kind::Prescriptions, year, verb)
    }

    /// Prepares a verb on the rulings on a member of staff of a year.
    #[must_use]
    pub fn on_rulings(self, staff: &StaffId, year: i32, verb: Verb) -> Option<Edit> {
        self.on_others(Kind::Rulings, staff, year, verb)
    }

    /// Prepares a verb on the reviews of a member of staff's prescriptions of a year.
    #[must_use]
    pub fn on_reviews(self, staff: &StaffId, year: i32, verb: Verb) -> Option<Edit> {
        self.on_others(Kind::Reviews, staff, year, verb)
    }

    fn on_own(self, kind: Kind, year: i32, verb: Verb) -> Option<Edit> {
        let account = self.account();
        let staff = StaffId::new(account.account.as_str());
        let id = self.staff_document(&staff, year, kind)?;
        let about = About {
            kind: kind.as_str().to_owned(),
            subject: account.account,
            team: account.team,
            institution: account.institution,
        };
        Some(self.edit(id, about, verb))
    }

    fn on_others(self, kind: Kind, staff: &StaffId, year: i32, verb: Verb) -> Option<Edit> {
        let id = self.staff_document(staff, year, kind)?;
        let employed = self.core().catalog().staff.get(staff).map(|staff| staff.institution.to_string());
        let about = About {
            kind: kind.as_str().to_owned(),
            subject: staff.to_string(),
            team: String::new(),
            institution: employed.unwrap_or_default(),
        };
        Some(self.edit(id, about, verb))
    }

    fn edit(self, id: DocumentId, about: About, verb: Verb) -> Edit {
        let writer = author(&self.account().account);
        let apply = move |document: &mut Automerge| write(document, &writer, clock::now(), verb).map(|_| ());
        Edit { id, about, apply: Box::new(apply) }
    }

    /// Writes edits together; when this returns, they are on the disk.
    ///
    /// # Errors
    /// When the disk or a document refuses; nothing is then written and a draft stays.
    pub async fn save(
        self,
        deed: Deed,
        subject: &str,
        edits: Vec<Edit>,
        finished_draft: Option<&str>,
    ) -> Result<(), SaveError> {
        self.core().write(deed, subject, edits, finished_draft).await
    }
}

pub(super) fn find(core: &Core, subject: &str, kind: Kind) -> Option<(DocumentId, About)> {
    core.index(|index| {
        let documents = &index.entry(subject)?.documents;
        let held = documents.iter().find(|held| held.about.kind == kind.as_str())?;
        Some((held.id, held.about.clone()))
    })
}

async fn of_subject(core: &Core, subject: &str, kind: Kind) -> Result<Option<Rc<Automerge>>, StoreError> {
    match find(core, subject, kind) {
        Some((id, _)) => core.document(id).await,
        None => Ok(None),
    }
}
