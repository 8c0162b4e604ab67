//! What a month of an institution comes to, what stands in the way of closing it, and whether it replays.

use crate::replica::closing::{KnownClose, Ledger};
use domain::{
    base::{Date, InstitutionId, Period, StaffId, WorkPoints},
    rules::{RuleError, Shelf, VersionHash},
    work_points::{
        Close, Correction, LineState, PointsRules, Post, Statement, close, disputed, outstanding, statement,
    },
};

/// How many months back can be chosen.
const BACK: i32 = 12;

/// Whose months, by which rules.
#[derive(Clone, Copy, Debug)]
pub struct Office<'a> {
    /// The institution.
    pub institution: &'a InstitutionId,
    /// The published rules.
    pub shelf: &'a Shelf<PointsRules>,
}

/// A person's month.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PersonMonth {
    /// Who.
    pub staff: StaffId,
    /// What counts of the month.
    pub counted: WorkPoints,
    /// What the month enters of earlier ones.
    pub entered: WorkPoints,
    /// How many claims wait for a ruling.
    pub open: usize,
    /// How many rulings are disputed.
    pub disputed: usize,
}

impl PersonMonth {
    /// Returns what the month comes to.
    #[must_use]
    pub fn sum(&self) -> WorkPoints {
        self.counted + self.entered
    }
}

/// A month.
#[derive(Clone, Debug, PartialEq)]
pub struct MonthPage {
    /// The month as it would be closed now.
    pub reckoned: Close,
    /// Its people, by name of account.
    pub people: Vec<PersonMonth>,
    /// The versions its claims were made under: name and hash.
    pub versions: Vec<(String, VersionHash)>,
    /// The month that has to be closed before this one.
    pub first: Option<Period>,
    /// Whether a later month is closed.
    pub too_late: bool,
}

/// Something to look at before closing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Check {
    /// Whether the month is over.
    Over(bool),
    /// The month that has to be closed before.
    First(Option<Period>),
    /// Whether a later month is closed.
    TooLate(bool),
    /// The versions of the rules.
    Rules(Vec<(String, VersionHash)>),
    /// So many claims wait.
    Open(usize),
    /// So many rulings are disputed.
    Disputed(usize),
    /// How many documents it rests on, and of how many the server lacks something.
    Confirmed(usize, usize),
    /// Whether there is a line.
    Online(bool),
}

/// What a check means for closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// As it should be.
    Good,
    /// It can be closed; what is open is entered later.
    Look,
    /// It cannot be closed.
    Stop,
}

impl Check {
    /// Returns what it means.
    #[must_use]
    pub fn weight(&self) -> Weight {
        let unless = |holds: bool, weight: Weight| if holds { Weight::Good } else { weight };
        match self {
            Self::Over(over) => unless(*over, Weight::Stop),
            Self::First(first) => unless(first.is_none(), Weight::Stop),
            Self::TooLate(late) => unless(!late, Weight::Stop),
            Self::Rules(_) => Weight::Good,
            Self::Open(count) | Self::Disputed(count) => unless(*count == 0, Weight::Look),
            Self::Confirmed(_, missing) => unless(*missing == 0, Weight::Stop),
            Self::Online(online) => unless(*online, Weight::Stop),
        }
    }
}

/// How device and server stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Line {
    /// Whether there is a line and the server answers.
    pub online: bool,
    /// Deeds that were not sent.
    pub waiting: usize,
}

impl MonthPage {
    /// Returns everything to look at before the month is closed.
    #[must_use]
    pub fn checks(&self, ledger: &Ledger, line: Line, today: Date) -> Vec<Check> {
        let sum = |of: fn(&PersonMonth) -> usize| self.people.iter().map(of).sum();
        let mut checks = vec![Check::Over(self.reckoned.month.until < today), Check::First(self.first)];
        checks.extend(self.too_late.then_some(Check::TooLate(true)));
        checks.extend([
            Check::Rules(self.versions.clone()),
            Check::Open(sum(|person| person.open)),
            Check::Disputed(sum(|person| person.disputed)),
            Check::Confirmed(ledger.named.len(), ledger.unconfirmed.max(line.waiting)),
            Check::Online(line.online),
        ]);
        // An order that nobody has broken is nothing to look at.
        checks.retain(|check| *check != Check::First(None));
        checks
    }
}

/// Returns the months that can be chosen, the newest first: this one, and those in which a version was in force.
#[must_use]
pub fn months(shelf: &Shelf<PointsRules>, today: Date) -> Vec<Period> {
    let first = shelf.iter().map(|(_, rules)| rules.from).min();
    let month = |back: i32| Period::month_of(Period::month_of(today).from.add_months(-back));
    (0..=BACK).map(month).filter(|month| first.is_none_or(|first| month.until >= first)).collect()
}

/// Returns the month to begin with: the first that is over, has work in it and is not closed; else the last one.
#[must_use]
pub fn next_month(ledger: &Ledger, closes: &[KnownClose], months: &[Period], today: Date) -> Option<Period> {
    let is_closed = |month: &Period| closes.iter().any(|known| known.closed.close.month == *month);
    let worked = |month: &Period| {
        ledger.people.iter().flat_map(|person| &person.activity.claims).any(|claim| month.contains(claim.on))
    };
    let over = || months.iter().filter(|month| month.until < today);
    let due = over().filter(|month| worked(month) && !is_closed(month)).min_by_key(|month| month.from);
    due.or_else(|| over().max_by_key(|month| month.from)).or(months.first()).copied()
}

fn statements(office: Office<'_>, ledger: &Ledger, month: Period) -> Result<Vec<Statement>, RuleError> {
    let of = |person: &crate::replica::files::StaffYear| {
        let group = ledger.staff.get(&person.staff).map_or("", |staff| staff.role.as_str());
        // The threshold of a post plays no part in a month.
        let post = Post { institution: office.institution, name: "", group };
        let (claims, rulings) = (&person.activity.claims, &person.rulings);
        statement(claims, rulings, &[], office.shelf, &person.staff, month, post)
    };
    ledger.people.iter().map(of).collect()
}

/// Returns what differs from the closed months and stands in none of them.
///
/// # Errors
/// When a claim was made under a version this device lacks.
pub fn waiting(office: Office<'_>, ledger: &Ledger, closes: &[Close]) -> Result<Vec<Correction>, RuleError> {
    let mut now = Vec::new();
    for close in closes {
        now.extend(statements(office, ledger, close.month)?);
    }
    Ok(outstanding(closes, &now))
}

/// Reckons a month: what counts in it, and what it enters of the months `closed` before it.
///
/// # Errors
/// When a claim was made under a version this device lacks.
pub fn reckon(
    office: Office<'_>,
    ledger: &Ledger,
    closed: &[Close],
    month: Period,
) -> Result<Close, RuleError> {
    let before: Vec<Close> = closed.iter().filter(|close| close.month.from < month.from).cloned().collect();
    let entered = waiting(office, ledger, &before)?;
    let now = statements(office, ledger, month)?;
    Ok(close(office.institution.clone(), month, ledger.named.clone(), &now).entering(entered))
}

/// Tells whether a closed month comes out again, figure for figure, from the documents as they were `then`.
#[must_use]
pub fn replays(office: Office<'_>, then: &Ledger, closed: &[Close], frozen: &Close) -> bool {
    let then = Ledger { named: frozen.heads.clone(), ..then.clone() };
    reckon(office, &then, closed, frozen.month).is_ok_and(|again| again == *frozen)
}

/// Makes the page of a month that is not closed.
///
/// # Errors
/// When a claim was made under a version this device lacks.
pub fn month_page(
    office: Office<'_>,
    ledger: &Ledger,
    closed: &[Close],
    month: Period,
) -> Result<MonthPage, RuleError> {
    let reckoned = reckon(office, ledger, closed, month)?;
    let mut versions: Vec<(String, VersionHash)> = Vec::new();
    let mut people = Vec::new();
    for (now, person) in statements(office, ledger, month)?.into_iter().zip(&ledger.people) {
        for line in &now.lines {
            if !versions.iter().any(|(_, hash)| *hash == line.rules) {
                versions.push((line.rules_title.clone(), line.rules.clone()));
            }
        }
        let count = |keep: &dyn Fn(&domain::work_points::Line) -> bool| {
            now.lines.iter().filter(|line| keep(line)).count()
        };
        let entered = reckoned.corrections.iter().filter(|entry| entry.staff == now.staff);
        people.push(PersonMonth {
            counted: now.counted,
            entered: entered.map(Correction::difference).sum(),
            open: count(&|line| line.state == LineState::Pending),
            disputed: count(&|line| disputed(&person.activity.disputes, line).is_some()),
            staff: now.staff.clone(),
        });
    }
    versions.sort();
    let closed_months: Vec<Period> = closed.iter().map(|close| close.month).collect();
    Ok(MonthPage {
        first: first_open(ledger, &closed_months, month),
        too_late: closed_months.iter().any(|other| other.from > month.from),
        reckoned,
        people,
        versions,
    })
}

/// Returns the first month before `month` in which somebody worked and that is not closed.
fn first_open(ledger: &Ledger, closed: &[Period], month: Period) -> Option<Period> {
    let claims = ledger.people.iter().flat_map(|person| &person.activity.claims);
    let worked = claims.filter(|claim| claim.withdrawn.is_none()).map(|claim| Period::month_of(claim.on));
    let open = worked.filter(|worked| worked.from < month.from && !closed.contains(worked));
    open.min_by_key(|month| month.from)
}

/// Returns the people of a closed month, by name of account.
#[must_use]
pub fn closed_people(close: &Close) -> Vec<PersonMonth> {
    let of = |(staff, sum): (StaffId, WorkPoints)| {
        let frozen = close.people.iter().find(|person| person.staff == staff);
        let counted = frozen.map(|person| person.counted).unwrap_or_default();
        PersonMonth { staff, counted, entered: sum - counted, open: 0, disputed: 0 }
    };
    close.earned().into_iter().map(of).collect()
}

#[cfg(test)]
mod tests;
