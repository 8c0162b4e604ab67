//! The data file of the demo county.

use anyhow::{Context, Result};
use domain::base::{Date, Sex};
use domain::people::{Institution, Team};
use serde::Deserialize;

/// What `xtask/data/county.toml` says.
#[derive(Deserialize)]
pub struct County {
    pub region: String,
    pub phone_prefix: String,
    pub password: String,
    pub institutions: Vec<Institution>,
    pub teams: Vec<Team>,
    pub accounts: Vec<Account>,
    pub tour: Tour,
    pub names: Names,
    pub shares: Shares,
    pub texts: Texts,
    pub health: HealthTexts,
    pub complaints: Vec<Complaint>,
    pub points_title: String,
    pub follow_up_cap_month: i64,
}

/// An account that anybody may sign in with in the demo.
#[derive(Deserialize)]
pub struct Account {
    pub account: String,
    pub role: String,
    pub label: String,
    #[serde(default)]
    pub name: String,
    #[serde(default)]
    pub institution: Option<String>,
    #[serde(default)]
    pub team: Option<String>,
    #[serde(default)]
    pub resident: Option<Bound>,
}

/// Which resident an account belongs to.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// The one with a contract who keeps a diary.
    Diary,
    /// The one of the tour.
    Tour,
}

/// The resident whom the tour visits.
#[derive(Deserialize)]
pub struct Tour {
    pub name: String,
    pub sex: Sex,
    pub birth: Date,
    pub village: String,
    pub carer: String,
}

/// Characters that names are made of.
#[derive(Deserialize)]
pub struct Names {
    pub surnames: String,
    pub male: String,
    pub female: String,
}

/// How many have what.
#[derive(Deserialize)]
pub struct Shares {
    pub hypertension: Vec<Share>,
    pub diabetes: Vec<Share>,
    pub signed_percent: i64,
}

/// Words that stand in documents.
#[derive(Deserialize)]
pub struct Texts {
    pub group: String,
    pub hypertension: String,
    pub diabetes: String,
    pub medicines: Vec<Medicine>,
}

/// What a resident and the team wrote about health points.
#[derive(Deserialize)]
pub struct HealthTexts {
    pub lecture: String,
    pub missing: String,
    pub answer: String,
    pub dispute: String,
}

/// A medicine as a form has it.
#[derive(Deserialize)]
pub struct Medicine {
    pub name: String,
    pub dose: String,
    pub frequency: String,
}

/// A complaint that somebody had at a visit, and what was prescribed.
#[derive(Deserialize)]
pub struct Complaint {
    pub carer: String,
    /// The visit was held so many days ago: from, to.
    pub days_ago: [i64; 2],
    pub from_age: u16,
    pub text: String,
    /// The condition's id in the knowledge.
    pub diagnosis: String,
    pub lines: Vec<Prescribing>,
    /// The weightiest warning above a note that the check must find; nothing where it must find none.
    #[serde(default)]
    pub level: Option<String>,
    /// Why the doctor prescribed all the same.
    #[serde(default)]
    pub reason: String,
    #[serde(default)]
    pub review: Option<Reviewed>,
}

/// A line of a prescription, figures as text.
#[derive(Deserialize)]
pub struct Prescribing {
    pub medicine: String,
    pub form: String,
    pub dose: String,
    pub unit: String,
    pub times_per_day: String,
    pub days: String,
    pub route: String,
    #[serde(default)]
    pub note: String,
}

/// What a pharmacist said to it so many days later.
#[derive(Deserialize)]
pub struct Reviewed {
    pub by: String,
    pub after: i64,
    pub verdict: String,
    pub reason: String,
}

/// A share that holds from an age on.
#[derive(Deserialize)]
pub struct Share {
    pub from_age: u16,
    pub percent: i64,
}

/// Reads the data file.
pub fn county() -> Result<County> {
    toml::from_str(include_str!("../../data/county.toml")).context("xtask/data/county.toml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_team_and_account_names_an_institution_that_is_there() {
        let county = county().unwrap();
        let ids: Vec<&str> = county.institutions.iter().map(|place| place.id.as_str()).collect();
        for team in &county.teams {
            assert!(ids.contains(&team.institution.as_str()));
        }
        for account in &county.accounts {
            assert!(account.institution.as_deref().is_none_or(|id| ids.contains(&id)));
        }
    }
}
