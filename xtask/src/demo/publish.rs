//! What the consortium publishes: who is where, packages, points rules, the county key.

use super::places::County;
use anyhow::{Context, Result};
use automerge::Automerge;
use documents::{CountyKey, Kind, author, make_room, open, write};
use domain::base::{Date, Period, Timestamp, WorkPoints};
use domain::contracts::{Package, package_templates};
use domain::health_points::health_templates;
use domain::people::{Role, Staff};
use domain::rules::VersionHash;
use domain::work_points::{PointsRules, points_templates};
use sha2::{Digest, Sha256};

/// The account that publishes.
pub const MANAGER: &str = "county1";

/// The county's people have claimed work points for so many days: long enough for a statement, too short to have reached
/// the year's threshold.
pub const COUNTED: i64 = 24;

/// What was published, and the two documents that say so.
pub struct Published {
    pub county_key: CountyKey,
    pub packages: Vec<(Package, VersionHash)>,
    pub points: (PointsRules, VersionHash),
    pub health: VersionHash,
    pub catalog: Automerge,
    pub rules: Automerge,
}

/// Publishes the shipped templates as the county's own, with the county's one change to them.
pub fn publish(county: &County, today: Date) -> Result<Published> {
    // A real county's key is random. This one is known to all, as is everybody in it.
    let county_key: CountyKey = Sha256::digest(b"xiangyi demo county").into();
    let by = author(MANAGER);
    let at = Timestamp::of(today.add_days(-420), 9, 0);

    let mut catalog = open(Kind::Catalog)?;
    let packages = write(&mut catalog, &by, at, |tx| {
        county.institutions.iter().try_for_each(|institution| tx.set_institution(institution))?;
        county.teams.iter().try_for_each(|team| tx.set_team_entry(team))?;
        staff(county).iter().try_for_each(|staff| tx.set_staff(staff))?;
        package_templates()?
            .rules
            .packages
            .iter()
            .map(|package| Ok((package.clone(), tx.publish_package(package)?)))
            .collect::<Result<Vec<_>, _>>()
    })?
    .result;

    // Both versions of the template: what was done before the second came into force keeps its figures.
    make_room(&mut catalog, Kind::Catalog, "health_points")?;
    let versions = &health_templates()?.rules.rules;
    let publish = |tx: &mut documents::Tx<'_, '_>| {
        versions.iter().map(|rules| tx.publish_health_rules(rules)).collect::<Result<Vec<_>, _>>()
    };
    let health = write(&mut catalog, &by, at, publish)?.result;
    let newest = versions.iter().zip(health).rfind(|(rules, _)| rules.from <= today);
    let (_, health) = newest.context("rules of health points in force")?;

    let mut points = points_templates()?.rules.rules.first().context("a template of points rules")?.clone();
    points.title = county.points_title.clone();
    // The rules are older than that: what was done last month can still be claimed, and last month closed.
    points.from = Period::month_of(today).from.add_months(-1);
    for item in points.items.iter_mut().filter(|item| item.id.as_str() == "follow_up") {
        item.cap_month = Some(WorkPoints(county.follow_up_cap_month));
    }
    let mut rules = open(Kind::Rules)?;
    let hash = write(&mut rules, &by, at, |tx| {
        tx.set_county_key(&county_key)?;
        tx.publish_points_rules(&points)
    })?
    .result;
    Ok(Published { county_key, packages, points: (points, hash), health, catalog, rules })
}

fn staff(county: &County) -> Vec<Staff> {
    let members = county.accounts.iter().filter(|account| !account.name.is_empty());
    members
        .map(|account| Staff {
            id: account.account.as_str().into(),
            name: account.name.clone(),
            role: Role::from(account.role.as_str()),
            institution: account.institution.clone().unwrap_or_default().into(),
            team: account.team.clone().map(Into::into),
            ..Staff::default()
        })
        .collect()
}
