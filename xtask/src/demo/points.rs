//! Claims of work points for the visits, and the rulings on the older ones.

use super::publish::{COUNTED, Published};
use anyhow::Result;
use automerge::Automerge;
use documents::visit::Visit;
use documents::{Kind, author, open, write};
use domain::base::{Date, StaffId, Timestamp};
use domain::work_points::{Claim, Ruling, Verdict, claim_id};

/// Claims of visits held within so many days still wait for a ruling.
const WAITING: i64 = 9;

/// A member of staff's claims of this year and the rulings on them.
pub struct Year {
    pub activity: Automerge,
    pub rulings: Automerge,
}

/// Writes the claims of `staff` for visits of this year, and what `manager` ruled on the older ones.
pub fn year(
    published: &Published,
    staff: &str,
    manager: &str,
    visits: &[&Visit],
    today: Date,
) -> Result<Year> {
    let claims: Vec<Claim> = visits
        .iter()
        .filter(|visit| visit.staff.as_str() == staff && visit.on().year() == today.year())
        .filter(|visit| visit.on() >= today.add_days(-COUNTED))
        .map(|visit| claim(published, visit))
        .collect();
    let mut activity = open(Kind::Activity)?;
    let entered = claims.iter().map(|claim| claim.recorded_at).max().unwrap_or_default();
    write(&mut activity, &author(staff), entered, |tx| claims.iter().try_for_each(|claim| tx.claim(claim)))?;

    let ruled = Timestamp::of(today.add_days(-1), 17, 0);
    let mut rulings = open(Kind::Rulings)?;
    write(&mut rulings, &author(manager), ruled, |tx| {
        let old = claims.iter().filter(|claim| claim.on.days_until(today) > WAITING);
        old.map(|claim| accepted(claim, manager)).try_for_each(|ruling| tx.rule(&ruling))
    })?;
    Ok(Year { activity, rulings })
}

fn claim(published: &Published, visit: &Visit) -> Claim {
    Claim {
        id: claim_id(&visit.id, &"follow_up".into()),
        staff: visit.staff.clone(),
        item: "follow_up".into(),
        on: visit.on(),
        quantity: 1,
        institution: visit.institution.clone(),
        circumstances: Vec::new(),
        rules: published.points.1.clone(),
        visit: Some(visit.id.clone()),
        resident: Some(visit.resident.clone()),
        note: String::new(),
        recorded_at: visit.recorded_at,
        withdrawn: None,
    }
}

fn accepted(claim: &Claim, manager: &str) -> Ruling {
    Ruling {
        id: format!("{}.1", claim.id).into(),
        claim: claim.id.clone(),
        verdict: Verdict::Accepted,
        reason: String::new(),
        by: StaffId::new(manager),
        at: Timestamp::of(claim.on.add_days(6), 17, 0),
    }
}
