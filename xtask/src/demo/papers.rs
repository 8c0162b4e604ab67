//! A resident's documents, written with the verbs the app writes them with.

use super::dice::Dice;
use super::persons::Person;
use super::places::{Account, Texts};
use super::publish::Published;
use super::story::{Planned, Story};
use super::ward::Ward;
use anyhow::{Context, Result};
use automerge::Automerge;
use documents::visit::{Visit, VisitPlace};
use documents::{Condition, Kind, Medication, Reading, ServiceUsed, author, open, write};
use domain::base::{Date, EntryId, Glucose, Signature, Signer, StaffId, Timestamp, VisitId};
use domain::care::{CareRules, Disease, FollowUpInput, diabetes_follow_up, follow_up};
use domain::contracts::signing::one_year;
use domain::contracts::{Contract, PackageRef, SigningPlace};
use domain::measurements::{Findings, GlucoseFindings, GlucoseReading, GlucoseTiming, Pressure};
use domain::people::{Address, Identity, KeyGroup, Resident, Team};

/// Everything a resident's papers are written from.
pub struct Desk<'a> {
    pub published: &'a Published,
    pub team: &'a Team,
    pub carer: &'a Account,
    pub texts: &'a Texts,
    pub today: Date,
}

/// A resident with their documents.
pub struct Papers {
    pub resident: Resident,
    pub person: Automerge,
    pub record: Automerge,
    pub visits: Vec<Visit>,
    pub contract: Option<Contract>,
}

impl Desk<'_> {
    /// Writes who a person is and what happened to them; a complaint of `ward` may fall on the last visit.
    pub fn papers(
        &self,
        person: &Person,
        story: &Story,
        ward: Option<&mut Ward<'_>>,
        dice: &mut Dice,
    ) -> Result<Papers> {
        let resident = self.resident(person);
        let by = author(&self.carer.account);
        let registered = Timestamp::of(self.today.add_days(-500), 9, 0);
        let mut papers = Papers {
            person: open(Kind::Person)?,
            record: open(Kind::Record)?,
            contract: story.signed.map(|on| self.contract(&resident, on, dice)),
            visits: Vec::new(),
            resident,
        };
        write(&mut papers.person, &by, registered, |tx| tx.create_person(&papers.resident))?;

        for planned in &story.visits {
            let visit = self.visit(&papers, planned, dice)?;
            papers.visits.push(visit);
        }
        let known =
            [(person.hypertension, &self.texts.hypertension), (person.diabetes, &self.texts.diabetes)];
        let known = known.into_iter().filter(|(holds, _)| *holds);
        let conditions: Vec<Condition> = known.map(|(_, name)| self.condition(name, dice)).collect();
        if let Some(ward) = ward {
            ward.attend(&mut papers, &conditions)?;
        }
        let entered = self.last_entry(&papers);
        write(&mut papers.record, &by, entered, |tx| {
            conditions.iter().try_for_each(|condition| tx.add_condition(condition))?;
            if let Some(contract) = &papers.contract {
                tx.sign_contract(contract, &self.signatures(&papers.resident, contract))?;
            }
            papers.visits.iter().try_for_each(|visit| tx.record_visit(visit))
        })?;
        Ok(papers)
    }

    /// Adds the medicines a family doctor prescribed, as that doctor.
    pub fn prescribe(&self, papers: &mut Papers, dice: &mut Dice) -> Result<()> {
        let Some(medicine) = dice.pick(&self.texts.medicines) else { return Ok(()) };
        let medication = Medication {
            id: EntryId::new(hex::encode(dice.bytes::<8>())),
            name: medicine.name.clone(),
            dose: medicine.dose.clone(),
            frequency: medicine.frequency.clone(),
            from: Some(self.today.add_days(-dice.between(60, 700))),
            by: StaffId::new(&self.carer.account),
            ..Medication::default()
        };
        let at = Timestamp::of(self.today.add_days(-2), 16, 20);
        write(&mut papers.record, &author(&self.carer.account), at, |tx| tx.add_medication(&medication))?;
        Ok(())
    }

    /// Writes a diary of the last days; the newest reading is of yesterday, high or not.
    pub fn diary(&self, account: &str, days: i64, high: bool, dice: &mut Dice) -> Result<Automerge> {
        let mut diary = open(Kind::Diary)?;
        for ago in (1..=days).rev() {
            let raised = u16::from(high && ago == 1) * 36;
            let mut figure = |low, high| u16::try_from(dice.between(low, high)).unwrap_or(120);
            let pressure = Pressure::new(figure(124, 142) + raised, figure(74, 88) + raised / 2)?;
            let pulse = Some(figure(62, 84));
            let at = Timestamp::of(self.today.add_days(-ago), 7, 40);
            let reading = Reading {
                id: EntryId::new(hex::encode(dice.bytes::<8>())),
                at,
                pressure,
                pulse,
                danger_signs: Vec::new(),
                note: String::new(),
                by: account.to_owned(),
            };
            write(&mut diary, &author(account), at, |tx| tx.record_reading(&reading))?;
        }
        Ok(diary)
    }

    fn resident(&self, person: &Person) -> Resident {
        let age = self.today.age_of(person.birth);
        let mut key_groups = Vec::new();
        let groups = [
            (age >= 65, KeyGroup::Over65),
            (age <= 6, KeyGroup::Child),
            (person.hypertension, KeyGroup::Hypertension),
            (person.diabetes, KeyGroup::Diabetes),
        ];
        key_groups.extend(groups.into_iter().filter(|(holds, _)| *holds).map(|(_, group)| group));
        Resident {
            subject: documents::subject(&self.published.county_key, person.number.as_str()),
            name: person.name.clone(),
            sex: person.sex.clone(),
            birth_date: Some(person.birth),
            identity: Identity::Card { number: person.number.clone() },
            phone: person.phone.clone(),
            address: Address {
                village: person.village.clone(),
                detail: self.texts.group.replace("{}", &person.group.to_string()),
            },
            key_groups,
            team: Some(self.team.id.clone()),
        }
    }

    fn contract(&self, resident: &Resident, on: Date, dice: &mut Dice) -> Contract {
        let diseases = [(KeyGroup::Hypertension, "hypertension"), (KeyGroup::Diabetes, "diabetes")];
        let diseases = diseases.into_iter().filter(|(group, _)| resident.is_in(group));
        let mut suitable: Vec<&str> = diseases.map(|(_, package)| package).collect();
        if suitable.is_empty() {
            suitable.push("basic");
        }
        let packages =
            self.published.packages.iter().filter(|(package, _)| suitable.contains(&package.id.as_str()));
        Contract {
            id: hex::encode(dice.bytes::<8>()).into(),
            resident: resident.subject.clone(),
            team: self.team.id.clone(),
            signed_by: StaffId::new(&self.carer.account),
            signed_at: Some(Timestamp::of(on, 10, 30)),
            from: on,
            until: one_year(on),
            packages: packages
                .map(|(package, hash)| PackageRef { id: package.id.clone(), hash: hash.clone() })
                .collect(),
            place: SigningPlace::Home,
            renews: None,
            terminated: None,
        }
    }

    fn visit(&self, papers: &Papers, planned: &Planned, dice: &mut Dice) -> Result<Visit> {
        let rules = CareRules::shipped()?;
        let pressure = Pressure::new(planned.sbp, planned.dbp)?;
        let timing = GlucoseTiming::Fasting;
        let glucose = planned.glucose.map(|figure| GlucoseReading { glucose: Glucose(figure), timing });
        let findings = Findings {
            age: papers.resident.age(planned.on),
            pressure: Some(pressure),
            ..Findings::default()
        };
        let hypertension =
            Disease::followed_up(&papers.resident).contains(&Disease::Hypertension).then(|| {
                follow_up(&input(papers, findings, &Disease::Hypertension), rules.hypertension, planned.on)
            });
        let diabetes = glucose.clone().map(|glucose| {
            let findings = GlucoseFindings {
                glucose: Some(glucose),
                pressure: Some(pressure),
                ..GlucoseFindings::default()
            };
            diabetes_follow_up(&input(papers, findings, &Disease::Diabetes), rules.diabetes, planned.on)
        });
        let id = VisitId::new(hex::encode(dice.bytes::<8>()));
        let symptoms = if planned.headache { vec!["headache_dizziness".into()] } else { Vec::new() };
        let claim = domain::work_points::claim_id(&id, &"follow_up".into());
        Ok(Visit {
            resident: papers.resident.subject.clone(),
            date: Some(planned.on),
            recorded_at: Timestamp::of(planned.on, u8::try_from(dice.between(8, 17)).unwrap_or(9), 15),
            staff: StaffId::new(&self.carer.account),
            team: self.team.id.clone(),
            institution: self.team.institution.clone(),
            place: VisitPlace::Home,
            pressures: vec![pressure],
            pulse: u16::try_from(dice.between(62, 88)).ok(),
            symptoms,
            asked: true,
            follow_up: hypertension.transpose()?,
            diabetes: diabetes.transpose()?,
            glucose,
            services: self.services(papers, planned.on),
            claim: (planned.on >= self.published.points.0.from).then_some(claim),
            id,
            ..Visit::default()
        })
    }

    fn services(&self, papers: &Papers, on: Date) -> Vec<ServiceUsed> {
        let contract = papers.contract.as_ref().filter(|contract| contract.term().contains(on));
        contract
            .into_iter()
            .flat_map(|contract| {
                contract.packages.iter().map(|package| ServiceUsed {
                    contract: contract.id.clone(),
                    package: package.id.clone(),
                    item: "follow_up".into(),
                })
            })
            .collect()
    }

    fn condition(&self, name: &str, dice: &mut Dice) -> Condition {
        Condition {
            id: hex::encode(dice.bytes::<8>()).into(),
            name: name.to_owned(),
            since: Some(self.today.add_days(-dice.between(400, 5000))),
            by: StaffId::new(&self.carer.account),
        }
    }

    fn signatures(&self, resident: &Resident, contract: &Contract) -> Vec<Signature> {
        let at = contract.signed_at.unwrap_or_default();
        [(Signer::Resident, &resident.name), (Signer::Staff, &self.carer.name)]
            .map(|(signer, name)| Signature {
                signer,
                name: name.clone(),
                path: "M80 240 L180 120 L240 260 L340 140 L420 250 L560 180 L700 220".to_owned(),
                at,
            })
            .into()
    }

    fn last_entry(&self, papers: &Papers) -> Timestamp {
        let visits = papers.visits.iter().map(|visit| visit.recorded_at);
        let signed = papers.contract.iter().filter_map(|contract| contract.signed_at);
        visits.chain(signed).max().unwrap_or_else(|| Timestamp::of(self.today.add_days(-400), 9, 0))
    }
}

/// What a follow-up starts from, after those before it.
fn input<F>(papers: &Papers, findings: F, disease: &Disease) -> FollowUpInput<F> {
    FollowUpInput {
        findings,
        adverse_reaction: domain::care::AdverseReaction::None,
        complication: false,
        previous: papers.visits.iter().rev().find_map(|visit| visit.as_previous(disease)),
    }
}

/// Picks who cares for a resident: the village doctor mostly.
pub fn carer<'a>(accounts: &'a [Account], names: &[(&str, i64)], dice: &mut Dice) -> Result<&'a Account> {
    let mut roll = dice.between(1, 100);
    let mut chosen = names.first().map(|(name, _)| *name);
    for (name, percent) in names {
        if roll <= *percent {
            chosen = Some(name);
            break;
        }
        roll -= percent;
    }
    accounts.iter().find(|account| Some(account.account.as_str()) == chosen).context("a carer's account")
}
