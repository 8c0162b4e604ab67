//! Complaints and prescriptions of a few visits, judged and checked by the decision support that is shipped.

use super::papers::Papers;
use super::places::{Complaint, Prescribing};
use crate::{knowledge, paths};
use anyhow::{Context, Result, bail};
use automerge::Automerge;
use documents::visit::{
    Assessment, Diagnosis, FindingSeen, FindingState, Prescribed, Prescription, Shown, Visit, Warning,
    WarningLevel,
};
use documents::{Condition, Kind, PrescriptionCase, Record, Review, ReviewVerdict, author, open, write};
use domain::base::{Date, Sex, StaffId, Timestamp};
use domain::care::Control;
use domain::measurements::Urgency;
use guide::{Case, Flag, FlagLevel, Guide, Line, Patient, Reply, Request, State, Vitals};
use medicines::Medicines;

/// How many causes a visit keeps.
const CAUSES: usize = 5;

/// The complaints that have found no visit yet, and the cases that came of the others.
pub struct Ward<'a> {
    guide: Guide,
    complaints: Vec<&'a Complaint>,
    cases: Vec<(PrescriptionCase, Option<Review>)>,
    today: Date,
}

impl<'a> Ward<'a> {
    /// Opens the decision support that the site carries.
    pub fn open(complaints: &'a [Complaint], today: Date) -> Result<Self> {
        let guide = Guide::new(&knowledge::packed(&paths::root())?, Medicines::pack())?;
        Ok(Self { guide, complaints: complaints.iter().collect(), cases: Vec::new(), today })
    }

    /// Gives the last visit of a resident the first complaint that fits it.
    pub fn attend(&mut self, papers: &mut Papers, conditions: &[Condition]) -> Result<()> {
        let Some(visit) = papers.visits.last_mut() else { return Ok(()) };
        let (ago, age) = (visit.on().days_until(self.today), papers.resident.age(visit.on()));
        let fits = |complaint: &&Complaint| {
            let [from, to] = complaint.days_ago;
            complaint.carer == visit.staff.as_str()
                && (from..=to).contains(&ago)
                && age.is_some_and(|age| age >= complaint.from_age)
                && visit.follow_up.as_ref().is_some_and(|found| found.control == Control::Controlled)
        };
        let Some(place) = self.complaints.iter().position(fits) else {
            return Ok(());
        };
        let complaint = self.complaints.remove(place);
        let age = age.unwrap_or_default();
        let sex = match papers.resident.sex {
            Sex::Female => Some(guide::Sex::Female),
            Sex::Male => Some(guide::Sex::Male),
            Sex::Unknown(_) => None,
        };
        let history: Vec<String> = conditions.iter().map(|condition| condition.name.clone()).collect();
        visit.assessment = Some(self.assess(complaint, visit, age, sex, &history)?);
        visit.prescription = Some(self.prescribe(complaint, age, sex, &history)?);
        let record = Record { conditions: conditions.to_vec(), ..Record::default() };
        if let Some(case) = PrescriptionCase::of(visit, &papers.resident, &record) {
            let review = complaint.review.as_ref().map(|review| {
                let at = Timestamp::of(case.at.date().add_days(review.after), 15, 40);
                let (verdict, by) = (ReviewVerdict::from(review.verdict.as_str()), StaffId::new(&review.by));
                let id = format!("{}.{by}.{}", case.id, at.0).into();
                Review { id, case: case.id.clone(), verdict, reason: review.reason.clone(), by, at }
            });
            self.cases.push((case, review));
        }
        Ok(())
    }

    fn assess(
        &self,
        complaint: &Complaint,
        visit: &Visit,
        age: u16,
        sex: Option<guide::Sex>,
        history: &[String],
    ) -> Result<Assessment> {
        let pressure = visit.pressure();
        let vitals = Vitals {
            sbp: pressure.map(|pressure| pressure.sbp),
            dbp: pressure.map(|pressure| pressure.dbp),
            pulse: visit.pulse,
            ..Vitals::default()
        };
        let case = Case {
            age_months: Some(u32::from(age) * 12),
            sex,
            month: Some(visit.on().month()),
            vitals,
            texts: vec![complaint.text.clone()],
            history: history.to_vec(),
            ..Case::default()
        };
        let Reply::Advice(advice) = self.guide.answer(&Request::Advise(case.clone())) else {
            bail!("no advice on {}", complaint.text);
        };
        let request = Request::Condition { id: complaint.diagnosis.clone(), case };
        let Reply::Condition(Some(condition)) = self.guide.answer(&request) else {
            bail!("nobody knows the condition {}", complaint.diagnosis);
        };
        let seen = advice.chips.iter().filter_map(|chip| {
            let state = match chip.state {
                State::Present => FindingState::Present,
                State::Absent => FindingState::Absent,
                State::Unknown => return None,
            };
            Some(FindingSeen { id: chip.finding.clone(), name: chip.name.clone(), state })
        });
        let causes = advice.causes.iter().take(CAUSES);
        Ok(Assessment {
            complaint: complaint.text.clone(),
            findings: seen.collect(),
            level: Urgency::from(advice.level.word()),
            red_flags: advice
                .red_flags
                .iter()
                .map(|flag| Shown { id: flag.id.clone(), name: flag.name.clone(), permille: None })
                .collect(),
            causes: causes
                .map(|cause| Shown {
                    id: cause.id.clone(),
                    name: cause.name.clone(),
                    permille: Some(cause.permille),
                })
                .collect(),
            diagnoses: vec![Diagnosis {
                id: condition.id,
                name: condition.name,
                icd10: condition.icd10.first().cloned().unwrap_or_default(),
            }],
            handling: "here".to_owned(),
            override_reason: String::new(),
            knowledge: advice.knowledge,
        })
    }

    fn prescribe(
        &self,
        complaint: &Complaint,
        age: u16,
        sex: Option<guide::Sex>,
        history: &[String],
    ) -> Result<Prescription> {
        let lines = complaint.lines.iter().map(|line| self.line(line)).collect::<Result<Vec<_>>>()?;
        let patient = Patient {
            age_days: u32::from(age) * 366,
            sex,
            conditions: history.to_vec(),
            ..Patient::default()
        };
        let asked = lines.iter().map(|line| Line {
            medicine: line.medicine.clone(),
            dose: line.dose.parse().ok(),
            unit: line.unit.clone(),
            times_per_day: line.times_per_day.parse().ok(),
            days: line.days.parse().ok(),
            route: line.route.clone(),
            taken: false,
        });
        let request = Request::Check { patient, lines: asked.collect() };
        let Reply::Flags { medicines, flags } = self.guide.answer(&request) else {
            bail!("no check of {}", complaint.text);
        };
        let heaviest = flags.iter().map(|flag| flag.level).max();
        let expected = complaint.level.as_deref();
        let found = heaviest.filter(|level| *level > FlagLevel::Inform).map(|level| word(&level));
        if found.as_deref() != expected {
            bail!("{}: the check says {found:?}, xtask/data/county.toml {expected:?}", complaint.text);
        }
        let warnings = flags.into_iter().map(|flag| warning(flag, &complaint.reason)).collect();
        Ok(Prescription { lines, warnings, medicines, ..Prescription::default() })
    }

    fn line(&self, line: &Prescribing) -> Result<Prescribed> {
        let Reply::Medicines(found) = self.guide.answer(&Request::Medicines { text: line.medicine.clone() })
        else {
            bail!("no medicines");
        };
        let medicine = found.into_iter().find(|found| found.name == line.medicine);
        let medicine = medicine.with_context(|| format!("nobody knows the medicine {}", line.medicine))?;
        Ok(Prescribed {
            medicine: medicine.id,
            name: medicine.name,
            form: line.form.clone(),
            dose: line.dose.clone(),
            unit: line.unit.clone(),
            times_per_day: line.times_per_day.clone(),
            days: line.days.clone(),
            route: line.route.clone(),
            note: line.note.clone(),
        })
    }

    /// Returns who submitted or is reviewed in which year, each once, in order.
    pub fn years(&self) -> Vec<(StaffId, i32)> {
        let mut years: Vec<_> =
            self.cases.iter().map(|(case, _)| (case.by.clone(), case.at.date().year())).collect();
        years.sort();
        years.dedup();
        years
    }

    /// Writes the prescriptions that `staff` submitted in a year.
    pub fn prescriptions(&self, staff: &StaffId, year: i32) -> Result<Automerge> {
        let mut document = open(Kind::Prescriptions)?;
        for (case, _) in self.of(staff, year) {
            write(&mut document, &author(staff.as_str()), case.at, |tx| tx.submit_prescription(case))?;
        }
        Ok(document)
    }

    /// Writes the reviews of them, each as its pharmacist; returns the last pharmacist too, nothing without reviews.
    pub fn reviews(&self, staff: &StaffId, year: i32) -> Result<Option<(StaffId, Automerge)>> {
        let mut found = None;
        for review in self.of(staff, year).filter_map(|(_, review)| review.as_ref()) {
            let (_, mut document) = match found.take() {
                Some(begun) => begun,
                None => (review.by.clone(), open(Kind::Reviews)?),
            };
            write(&mut document, &author(review.by.as_str()), review.at, |tx| tx.review(review))?;
            found = Some((review.by.clone(), document));
        }
        Ok(found)
    }

    fn of(&self, staff: &StaffId, year: i32) -> impl Iterator<Item = &(PrescriptionCase, Option<Review>)> {
        self.cases.iter().filter(move |(case, _)| case.by == *staff && case.at.date().year() == year)
    }

    /// Returns how many complaints found no visit.
    pub fn left(&self) -> usize {
        self.complaints.len()
    }
}

/// Returns the word that an enum of the guide is written as.
fn word(value: &impl serde::Serialize) -> String {
    let word = serde_json::to_value(value).ok();
    word.as_ref().and_then(|word| word.as_str()).unwrap_or_default().to_owned()
}

fn warning(flag: Flag, reason: &str) -> Warning {
    let answered = flag.level > FlagLevel::Inform;
    Warning {
        level: WarningLevel::from(word(&flag.level).as_str()),
        kind: word(&flag.kind),
        lines: flag.lines.iter().filter_map(|place| u16::try_from(*place).ok()).collect(),
        what: flag.what,
        why: flag.why,
        instead: flag.instead,
        source: flag.source.map(|source| source.line).unwrap_or_default(),
        reason: if answered { reason.to_owned() } else { String::new() },
    }
}
