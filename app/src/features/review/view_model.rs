//! Which claims wait for a ruling, and what should be looked at before one is made.

use crate::features::points::Entry;
use crate::replica::files::StaffYear;
use domain::base::Order;
use domain::{
    base::{ClaimId, Date, InstitutionId, Period, StaffId, Timestamp, WorkPoints},
    people::Staff,
    rules::{RuleError, Shelf},
    work_points::{Claim, FlagKind, Limits, LineState, PointsRules, Post, Ruling, Verdict, flags, statement},
};
use std::{
    cmp::Reverse,
    collections::{BTreeMap, BTreeSet},
};

/// The page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Queue {
    /// Whoever has something waiting, or had before this page was opened; the longest waiting first.
    pub groups: Vec<Group>,
    /// What was ruled lately, the latest ruling first.
    pub ruled: Vec<Entry>,
}

impl Queue {
    /// Returns how many claims wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.groups.iter().map(Group::waiting).sum()
    }
}

/// The claims of one member of staff.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Who claimed.
    pub staff: StaffId,
    /// The claims, the oldest work first; those just ruled keep their place.
    pub items: Vec<Item>,
    /// Whether a claim was made under a version this device lacks, so that none can be scored.
    pub needs_update: bool,
}

impl Group {
    /// Returns how many claims wait.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.items.iter().filter(|item| item.open()).count()
    }

    /// Returns the points that wait.
    #[must_use]
    pub fn points(&self) -> WorkPoints {
        self.items.iter().filter(|item| item.open()).map(|item| item.entry.line.points).sum()
    }

    /// Returns the claims that can be accepted together: those that wait and have nothing to look at.
    #[must_use]
    pub fn plain(&self) -> Vec<Claim> {
        let plain = self.items.iter().filter(|item| item.open() && item.hints.is_empty());
        plain.map(|item| item.entry.line.claim.clone()).collect()
    }
}

/// One claim.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The line, with its rule.
    pub entry: Entry,
    /// What to look at.
    pub hints: Vec<Hint>,
    /// Whether it was decided since the page was opened.
    pub decided: bool,
}

impl Item {
    /// Tells whether it still waits for this person.
    #[must_use]
    pub fn open(&self) -> bool {
        !self.decided && (self.entry.line.state == LineState::Pending || self.entry.dispute.is_some())
    }

    /// Tells whether a ruling can be made here: not over one this version cannot read.
    #[must_use]
    pub fn can_accept(&self) -> bool {
        self.open() && !self.hints.contains(&Hint::NewerRuling)
    }
}

/// Something to look at before ruling; never a fault by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Hint {
    /// Entered so many days after the work.
    Late {
        /// Days.
        days: i64,
        /// The day it was entered.
        entered: Date,
    },
    /// The same item for the same resident on the same day was claimed so many times.
    Same {
        /// Claims.
        claims: u32,
    },
    /// The same person worked at so many institutions on one day.
    TwoPlaces {
        /// Institutions.
        places: u32,
    },
    /// Whoever claimed does not agree with the ruling before.
    Disputed,
    /// A newer version has ruled in a way this one cannot read.
    NewerRuling,
}

/// For how many days a ruling stays in the list below the queue.
pub const RECENT: i64 = 30;

/// Makes the queue of `manager`. Nobody rules on their own work. `staff` is the consortium's, `limits` say what looks odd.
#[must_use]
pub fn queue(
    years: &[(i32, StaffYear)],
    shelf: &Shelf<PointsRules>,
    staff: &BTreeMap<StaffId, Staff>,
    manager: &StaffId,
    decided: &BTreeSet<ClaimId>,
    limits: &Limits,
    today: Date,
) -> Queue {
    let (mut groups, mut ruled) = (BTreeMap::new(), Vec::new());
    for (year, file) in years.iter().filter(|(_, file)| file.staff != *manager) {
        let group = staff.get(&file.staff).map_or("", |staff| staff.role.as_str());
        match entries(*year, file, shelf, group) {
            Ok(entries) => ruled.extend(sort_in(&mut groups, file, entries, decided, limits)),
            Err(_) => group_of(&mut groups, &file.staff).needs_update = true,
        }
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    for group in &mut groups {
        group.items.order_by_key(|item| item.entry.line.claim.on);
    }
    groups.order_by_key(|group| {
        // What was just decided counts too: nobody's card jumps away under the finger.
        let oldest = group.items.iter().map(|item| item.entry.line.claim.on).min();
        (oldest.is_none(), oldest, group.staff.clone())
    });
    let lately = |entry: &Entry| {
        entry.line.ruling.as_ref().is_some_and(|ruling| ruling.at.date() >= today.add_days(-RECENT))
    };
    ruled.retain(lately);
    ruled.order_by_key(|entry| Reverse(entry.line.ruling.as_ref().map(|ruling| ruling.at)));
    Queue { groups, ruled }
}

fn entries(
    year: i32,
    file: &StaffYear,
    shelf: &Shelf<PointsRules>,
    group: &str,
) -> Result<Vec<Entry>, RuleError> {
    let Ok(first) = Date::new(year, 1, 1) else { return Ok(Vec::new()) };
    // The threshold of a post plays no part in a ruling.
    let nowhere = InstitutionId::default();
    let post = Post { institution: &nowhere, name: "", group };
    let (claims, rulings) = (&file.activity.claims, &file.rulings);
    let all = statement(claims, rulings, &[], shelf, &file.staff, Period::year_of(first), post)?;
    Ok(all.lines.into_iter().filter_map(|line| Entry::of(line, shelf, &file.activity.disputes)).collect())
}

/// Puts what waits, or was just decided, into the groups; returns what was ruled earlier.
fn sort_in(
    groups: &mut BTreeMap<StaffId, Group>,
    file: &StaffYear,
    entries: Vec<Entry>,
    decided: &BTreeSet<ClaimId>,
    limits: &Limits,
) -> Vec<Entry> {
    let odd = odd(&file.activity.claims, limits);
    let mut ruled = Vec::new();
    for entry in entries {
        let decided = decided.contains(&entry.line.claim.id);
        match entry.line.state {
            LineState::Accepted | LineState::Adjusted | LineState::Rejected
                if !decided && entry.dispute.is_none() =>
            {
                ruled.push(entry);
            }
            state if decided || state == LineState::Pending || entry.dispute.is_some() => {
                let hints = hints(&entry, &odd);
                group_of(groups, &file.staff).items.push(Item { entry, hints, decided });
            }
            _ => {}
        }
    }
    ruled
}

fn group_of<'a>(groups: &'a mut BTreeMap<StaffId, Group>, staff: &StaffId) -> &'a mut Group {
    let empty = || Group { staff: staff.clone(), items: Vec::new(), needs_update: false };
    groups.entry(staff.clone()).or_insert_with(empty)
}

/// What looks odd, by claim.
fn odd(claims: &[Claim], limits: &Limits) -> BTreeMap<ClaimId, Vec<Hint>> {
    let mut odd: BTreeMap<ClaimId, Vec<Hint>> = BTreeMap::new();
    for flag in flags(claims, limits) {
        for claim in claims.iter().filter(|claim| flag.claims.contains(&claim.id)) {
            let hint = match flag.kind {
                FlagKind::LateEntry => {
                    let entered = claim.recorded_at.date();
                    Hint::Late { days: claim.on.days_until(entered), entered }
                }
                FlagKind::Duplicate => Hint::Same { claims: flag.figure },
                FlagKind::TwoPlaces => Hint::TwoPlaces { places: flag.figure },
                // Those on readings name no claim, and a newer one has no words here.
                FlagKind::EndDigit | FlagKind::Unknown(_) => continue,
            };
            odd.entry(claim.id.clone()).or_default().push(hint);
        }
    }
    odd
}

fn hints(entry: &Entry, odd: &BTreeMap<ClaimId, Vec<Hint>>) -> Vec<Hint> {
    let mut hints = odd.get(&entry.line.claim.id).cloned().unwrap_or_default();
    if entry.dispute.is_some() {
        hints.push(Hint::Disputed);
    }
    if entry.line.state == LineState::Pending && entry.line.ruling.is_some() {
        hints.push(Hint::NewerRuling);
    }
    hints
}

/// What was decided on a claim: the verdict, and why where it is not as claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decision {
    /// The verdict.
    pub verdict: Verdict,
    /// The reason, which whoever claimed reads.
    pub reason: String,
}

impl Decision {
    /// As claimed.
    #[must_use]
    pub const fn accept() -> Self {
        Self { verdict: Verdict::Accepted, reason: String::new() }
    }

    /// Makes the ruling of `manager`; two managers who both rule write two rulings, and both stay.
    #[must_use]
    pub fn ruling(&self, claim: &ClaimId, manager: &StaffId, at: Timestamp) -> Ruling {
        Ruling {
            id: format!("{claim}.{manager}.{}", at.0).into(),
            claim: claim.clone(),
            verdict: self.verdict.clone(),
            reason: self.reason.clone(),
            by: manager.clone(),
            at,
        }
    }
}

/// What a manager typed who does not accept a claim as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Objection<'a> {
    /// Nothing is granted; else the points typed.
    pub reject: bool,
    /// The points as typed.
    pub points: &'a str,
    /// The reason as typed.
    pub reason: &'a str,
}

/// What an objection lacks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Lacking {
    /// The points are no number.
    pub points: bool,
    /// The points are those claimed: that is an acceptance.
    pub same: bool,
    /// There is no reason.
    pub reason: bool,
}

impl Objection<'_> {
    /// Returns the decision, given what the claim would bring.
    ///
    /// # Errors
    /// When something is lacking.
    pub fn decide(self, claimed: Option<WorkPoints>) -> Result<Decision, Lacking> {
        let typed = self.points.parse::<WorkPoints>();
        let lacking = Lacking {
            points: !self.reject && typed.is_err(),
            same: !self.reject && typed.is_ok() && typed.ok() == claimed,
            reason: self.reason.trim().is_empty(),
        };
        let verdict = match typed {
            _ if lacking != Lacking::default() => return Err(lacking),
            Ok(points) if !self.reject => Verdict::Adjusted { points },
            _ => Verdict::Rejected,
        };
        Ok(Decision { verdict, reason: self.reason.trim().to_owned() })
    }
}

#[cfg(test)]
mod tests;
