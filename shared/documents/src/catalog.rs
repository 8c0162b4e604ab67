//! The catalog document: what everyone signed in may know of the county.

use std::collections::BTreeMap;

use automerge::Automerge;
use domain::base::{InstitutionId, StaffId, TeamId};
use domain::contracts::Package;
use domain::health_points::HealthRules;
use domain::people::{Institution, Staff, Team};
use domain::rules::{Published, Shelf, VersionHash};
use serde::de::DeserializeOwned;

use crate::read::Reader;
use crate::{Kind, Problem, ProblemKind, Tx, WriteError};

/// The county's catalog.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Catalog {
    /// Institutions.
    pub institutions: BTreeMap<InstitutionId, Institution>,
    /// Teams.
    pub teams: BTreeMap<TeamId, Team>,
    /// Staff.
    pub staff: BTreeMap<StaffId, Staff>,
    /// Published packages by hash.
    pub packages: Shelf<Package>,
    /// Published rules of health points by hash.
    pub health_points: Shelf<HealthRules>,
}

/// Reads the catalog.
#[must_use]
pub fn read_catalog(doc: &Automerge) -> (Catalog, Vec<Problem>) {
    let mut reader = Reader::new(doc, Kind::Catalog);
    let institutions =
        reader.entries("institutions").into_iter().map(|(id, entry)| (id.into(), entry)).collect();
    let teams = reader.entries("teams").into_iter().map(|(id, entry)| (id.into(), entry)).collect();
    let staff = reader.entries("staff").into_iter().map(|(id, entry)| (id.into(), entry)).collect();
    let packages = published(&mut reader, "packages");
    let rules = reader.has("health_points").then(|| published(&mut reader, "health_points"));
    let health_points = rules.unwrap_or_default();
    (Catalog { institutions, teams, staff, packages, health_points }, reader.problems)
}

impl Catalog {
    /// Returns the newest published version of each package, in the order of their ids.
    #[must_use]
    pub fn offered(&self) -> Vec<(&VersionHash, &Package)> {
        let mut newest: BTreeMap<&str, (&VersionHash, &Package)> = BTreeMap::new();
        for (hash, package) in self.packages.iter() {
            let known = newest.get(package.id.as_str());
            // Of two from the same day every device takes the same: the greater hash.
            if known.is_none_or(|(other, held)| (held.from, *other) < (package.from, hash)) {
                newest.insert(package.id.as_str(), (hash, package));
            }
        }
        newest.into_values().collect()
    }
}

/// Reads published entries: hash to frozen text. One that does not match its hash is left out and named.
pub(crate) fn published<T: DeserializeOwned>(reader: &mut Reader<'_>, map: &str) -> Shelf<T> {
    let mut shelf = Shelf::default();
    for (key, text) in reader.fields(map) {
        let hash = VersionHash(key);
        match Published::open(&hash, text.as_str().unwrap_or_default()) {
            Ok(entry) => shelf.insert(entry.hash, entry.content),
            Err(domain::rules::RuleError::Tampered(_)) => {
                reader.problem(&[map, &hash.0], ProblemKind::Tampered);
            }
            Err(_) => reader.problem(&[map, &hash.0], ProblemKind::EntryUnreadable),
        }
    }
    shelf
}

impl Tx<'_, '_> {
    /// Adds or changes an institution.
    pub fn set_institution(&mut self, institution: &Institution) -> Result<(), WriteError> {
        self.upsert("institutions", institution.id.as_str(), institution)
    }

    /// Adds or changes a team.
    pub fn set_team_entry(&mut self, team: &Team) -> Result<(), WriteError> {
        self.upsert("teams", team.id.as_str(), team)
    }

    /// Adds or changes a member of staff.
    pub fn set_staff(&mut self, staff: &Staff) -> Result<(), WriteError> {
        self.upsert("staff", staff.id.as_str(), staff)
    }

    /// Publishes a package: frozen under its hash, which is returned. Publishing the same again changes nothing.
    pub fn publish_package(&mut self, package: &Package) -> Result<VersionHash, WriteError> {
        let entry = Published::freeze(package.clone())?;
        let packages = self.map("packages")?;
        self.put(&packages, &entry.hash.0, &entry.text.into())?;
        Ok(entry.hash)
    }

    /// Publishes rules of health points: frozen under their hash, which is returned. The same again changes nothing. The
    /// document needs [`crate::make_room`] first.
    pub fn publish_health_rules(&mut self, rules: &HealthRules) -> Result<VersionHash, WriteError> {
        let entry = Published::freeze(rules.clone())?;
        let versions = self.map("health_points")?;
        self.put(&versions, &entry.hash.0, &entry.text.into())?;
        Ok(entry.hash)
    }
}
