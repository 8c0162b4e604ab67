//! Whose device sends what, in order.

use super::dice::Dice;
use super::papers::{Desk, Papers, carer};
use super::persons::{self, Person, invent};
use super::places::{Account, County};
use super::points::year;
use super::publish::{MANAGER, Published, publish};
use super::rewards;
use super::story::{self, plan};
use super::ward::Ward;
use anyhow::{Context, Result};
use automerge::Automerge;
use documents::visit::Visit;
use documents::{Kind, document_id, rewards_id, year_key};
use domain::base::{Date, ResidentId, StaffId};
use domain::people::Team;
use sync::{About, DocumentId};

/// A document on its way to the server.
pub struct Upload {
    pub id: DocumentId,
    pub about: About,
    pub document: Automerge,
}

/// What one account's device sends in one go.
pub struct Round {
    pub account: String,
    pub uploads: Vec<Upload>,
}

/// The whole county: rounds in order, and the residents that accounts are bound to.
pub struct Whole {
    pub rounds: Vec<Round>,
    pub diary: ResidentId,
    pub tour: ResidentId,
}

/// Residents of the other team.
const OTHERS: usize = 20;
/// Who cares for the residents of the first team, in per cent. The family doctor comes last, who also
/// writes into records that the others began.
const CARERS: [(&str, i64); 3] = [("doctor1", 60), ("nurse1", 15), ("family1", 25)];
const RESIDENT: &str = "resident1";
const RULING: &str = "manager1";

/// Writes every document of the county.
pub fn write_county(county: &County, residents: usize, today: Date) -> Result<Whole> {
    let published = publish(county, today)?;
    let office = Office { county, published: &published, today };
    let mut writer = Writer { office, dice: Dice::new(2026), rounds: Vec::new() };
    let county_document = |kind: Kind, document: &Automerge| Upload {
        id: DocumentId::new(document_id(&published.county_key, kind, "")),
        about: About { kind: kind.as_str().to_owned(), ..About::default() },
        document: document.clone(),
    };
    let uploads = vec![
        county_document(Kind::Catalog, &published.catalog),
        county_document(Kind::Rules, &published.rules),
    ];
    writer.round(MANAGER, uploads);

    let [team, other, ..] = county.teams.as_slice() else {
        anyhow::bail!("the demo county needs two teams");
    };
    let (diary, tour) = writer.first_team(team, residents)?;
    writer.other_team(other, residents)?;
    Ok(Whole { rounds: writer.rounds, diary, tour })
}

struct Writer<'a> {
    office: Office<'a>,
    dice: Dice,
    rounds: Vec<Round>,
}

impl<'a> Writer<'a> {
    fn first_team(&mut self, team: &'a Team, residents: usize) -> Result<(ResidentId, ResidentId)> {
        let office = self.office;
        let mut people = invent(office.county, &team.villages, residents.saturating_sub(1), 0, office.today)?;
        let mut ward = Ward::open(&office.county.complaints, office.today)?;
        let mut everyone = Vec::new();
        let mut high = Vec::new();
        for (at, person) in people.iter().enumerate() {
            let carer = carer(&office.county.accounts, &CARERS, &mut self.dice)?;
            let story = plan(person, &office.county.shares, office.today, &mut self.dice);
            let papers = office.desk(team, carer).papers(person, &story, Some(&mut ward), &mut self.dice)?;
            if story.high_at_home {
                high.push(at);
            }
            everyone.push((carer.account.as_str(), papers));
        }
        let tour = persons::of_the_tour(office.county, residents.saturating_sub(1), office.today)?;
        let story = story::of_the_tour(office.today, &mut self.dice);
        let carer = office.account(&office.county.tour.carer)?;
        everyone.push((
            carer.account.as_str(),
            office.desk(team, carer).papers(&tour, &story, None, &mut self.dice)?,
        ));
        people.push(tour);

        for (carer, _) in CARERS {
            let own = everyone.iter().zip(&people).filter(|((by, _), _)| *by == carer);
            let uploads = own.flat_map(|((_, papers), person)| office.both(team, papers, person)).collect();
            self.round(carer, uploads);
        }
        self.prescriptions(team, &mut everyone, &people)?;
        let bound = self.diaries(team, &everyone, &people, &high)?;
        let visits: Vec<&Visit> = everyone.iter().flat_map(|(_, papers)| &papers.visits).collect();
        self.points(&visits, &CARERS.map(|(name, _)| name))?;
        self.overridden(&ward)?;
        let tour = everyone.last().map(|(_, papers)| papers.resident.subject.clone());
        Ok((bound, tour.context("the resident of the tour")?))
    }

    /// The family doctor prescribes for those whom the others follow up: a second author in their records.
    fn prescriptions(&mut self, team: &'a Team, all: &mut [(&str, Papers)], people: &[Person]) -> Result<()> {
        let office = self.office;
        let family = office.account("family1")?;
        let mut uploads = Vec::new();
        for ((_, papers), person) in all.iter_mut().zip(people).filter(|(_, person)| person.hypertension) {
            if self.dice.chance(80) {
                office.desk(team, family).prescribe(papers, &mut self.dice)?;
                uploads.push(office.upload(team, Kind::Record, papers, person, &papers.record));
            }
        }
        self.round("family1", uploads);
        Ok(())
    }

    /// The bound resident keeps a diary; the nurse enters what a few others told by telephone.
    fn diaries(
        &mut self,
        team: &'a Team,
        all: &[(&str, Papers)],
        people: &[Person],
        high: &[usize],
    ) -> Result<ResidentId> {
        let office = self.office;
        let suits = |(_, papers): &&(&str, Papers)| {
            let age = papers.resident.age(office.today).unwrap_or(0);
            (66..80).contains(&age)
                && papers.contract.is_some()
                && papers.visits.len() > 2
                && papers.resident.phone.is_some()
        };
        let chosen =
            all.iter().position(|entry| suits(&entry)).context("no resident suits the demo's account")?;
        let mut told = Vec::new();
        for (at, ((carer, papers), person)) in all.iter().zip(people).enumerate() {
            let carer = office.account(carer)?;
            let desk = office.desk(team, carer);
            if at == chosen {
                let mut diary = desk.diary(RESIDENT, 14, false, &mut self.dice)?;
                let visits = papers.visits.iter().rev().map(|visit| visit.id.as_str());
                rewards::wishes(
                    &mut diary,
                    office.published,
                    &office.county.health,
                    RESIDENT,
                    visits,
                    office.today,
                )?;
                let upload = office.upload(team, Kind::Diary, papers, person, &diary);
                self.round(RESIDENT, vec![upload]);
                let given =
                    rewards::given(office.published, &office.county.health, &carer.account, office.today)?;
                let upload = office.beside(team, papers, person, &given);
                self.round(&carer.account, vec![upload]);
            } else if high.contains(&at) {
                let diary = desk.diary("nurse1", 3, true, &mut self.dice)?;
                told.push(office.upload(team, Kind::Diary, papers, person, &diary));
            }
        }
        self.round("nurse1", told);
        all.get(chosen).map(|(_, papers)| papers.resident.subject.clone()).context("the chosen resident")
    }

    /// What was prescribed in spite of a warning goes to the pharmacist, whose reviews come back.
    fn overridden(&mut self, ward: &Ward<'_>) -> Result<()> {
        for (staff, year) in ward.years() {
            let prescriptions =
                self.office.of_staff(Kind::Prescriptions, &staff, year, ward.prescriptions(&staff, year)?)?;
            self.round(staff.as_str(), vec![prescriptions]);
            if let Some((pharmacist, reviews)) = ward.reviews(&staff, year)? {
                let reviews = self.office.of_staff(Kind::Reviews, &staff, year, reviews)?;
                self.round(pharmacist.as_str(), vec![reviews]);
            }
        }
        println!("complaints that found no visit: {}", ward.left());
        Ok(())
    }

    fn points(&mut self, visits: &[&Visit], staff: &[&str]) -> Result<()> {
        let office = self.office;
        let mut rulings = Vec::new();
        for name in staff {
            let written = year(office.published, name, RULING, visits, office.today)?;
            let upload =
                |kind, document| office.of_staff(kind, &StaffId::new(*name), office.today.year(), document);
            rulings.push(upload(Kind::Rulings, written.rulings)?);
            let activity = upload(Kind::Activity, written.activity)?;
            self.round(name, vec![activity]);
        }
        self.round(RULING, rulings);
        Ok(())
    }

    fn other_team(&mut self, team: &'a Team, first: usize) -> Result<()> {
        let office = self.office;
        let lead = team.lead.as_ref().context("the other team has no lead")?.as_str().to_owned();
        let people = invent(office.county, &team.villages, OTHERS, first, office.today)?;
        let mut uploads = Vec::new();
        for person in &people {
            let story = plan(person, &office.county.shares, office.today, &mut self.dice);
            let carer = office.account(&lead)?;
            let papers = office.desk(team, carer).papers(person, &story, None, &mut self.dice)?;
            uploads.extend(office.both(team, &papers, person));
        }
        self.round(&lead, uploads);
        Ok(())
    }

    /// Adds to what an account sends; an account sends once.
    fn round(&mut self, account: &str, uploads: Vec<Upload>) {
        match self.rounds.iter_mut().find(|round| round.account == account) {
            Some(round) => round.uploads.extend(uploads),
            None => self.rounds.push(Round { account: account.to_owned(), uploads }),
        }
    }
}

/// What everybody who writes has at hand.
#[derive(Clone, Copy)]
struct Office<'a> {
    county: &'a County,
    published: &'a Published,
    today: Date,
}

impl<'a> Office<'a> {
    fn both(self, team: &Team, papers: &Papers, person: &Person) -> [Upload; 2] {
        [
            self.upload(team, Kind::Person, papers, person, &papers.person),
            self.upload(team, Kind::Record, papers, person, &papers.record),
        ]
    }

    fn upload(
        self,
        team: &Team,
        kind: Kind,
        papers: &Papers,
        person: &Person,
        document: &Automerge,
    ) -> Upload {
        Upload {
            id: DocumentId::new(document_id(&self.published.county_key, kind, person.number.as_str())),
            about: About {
                kind: kind.as_str().to_owned(),
                subject: papers.resident.subject.to_string(),
                team: team.id.to_string(),
                institution: team.institution.to_string(),
            },
            document: document.clone(),
        }
    }

    /// The team's side of a resident's health points.
    fn beside(self, team: &Team, papers: &Papers, person: &Person, document: &Automerge) -> Upload {
        let record = document_id(&self.published.county_key, Kind::Record, person.number.as_str());
        let upload = self.upload(team, Kind::Rewards, papers, person, document);
        Upload { id: DocumentId::new(rewards_id(&record)), ..upload }
    }

    /// A document of a member of staff and a year.
    fn of_staff(self, kind: Kind, staff: &StaffId, year: i32, document: Automerge) -> Result<Upload> {
        let key = year_key(staff, year);
        let about = About {
            kind: kind.as_str().to_owned(),
            subject: staff.to_string(),
            institution: self.account(staff.as_str())?.institution.clone().unwrap_or_default(),
            ..About::default()
        };
        Ok(Upload {
            id: DocumentId::new(document_id(&self.published.county_key, kind, &key)),
            about,
            document,
        })
    }

    fn desk(self, team: &'a Team, carer: &'a Account) -> Desk<'a> {
        Desk { published: self.published, team, carer, texts: &self.county.texts, today: self.today }
    }

    fn account(self, name: &str) -> Result<&'a Account> {
        let found = self.county.accounts.iter().find(|account| account.account == name);
        found.with_context(|| format!("xtask/data/county.toml lacks the account {name}"))
    }
}
