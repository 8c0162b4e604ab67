//! Sorts residents into what a doctor asks of a morning.

use crate::replica::rows::Row;
use domain::base::Order;
use domain::{
    base::{Date, Timestamp},
    care::{Disease, DueKind, DueState},
    contracts::state::EXPIRING_DAYS,
    measurements::{GlucoseReading, Pressure, Urgency},
    rules::Reason,
};

/// A follow-up is listed from so many days before it is due.
const AHEAD: i64 = 14;

/// What is beside the name.
#[derive(Clone, Debug, PartialEq)]
pub enum When {
    /// Late by so many days.
    Overdue(u32),
    /// Due today.
    Today,
    /// Due by this date.
    By(Date),
    /// Measured at home at this moment.
    AtHome(Timestamp),
    /// The contract's last day.
    Ends(Date),
}

/// The last figure of a disease.
#[derive(Clone, Debug, PartialEq)]
pub enum Last {
    /// Of hypertension.
    Pressure(Date, Pressure),
    /// Of diabetes.
    Glucose(Date, GlucoseReading),
}

/// Why somebody is listed.
#[derive(Clone, Debug, PartialEq)]
pub enum Because {
    /// A rule asks for it.
    Rule {
        /// What is due.
        kind: DueKind,
        /// Why then.
        reason: Box<Reason>,
        /// What was measured last of the disease it is due for.
        last: Option<Last>,
    },
    /// A reading from home is dangerous.
    Reading(Pressure),
    /// Two people wrote something apart.
    Conflict,
    /// So many services are left of a contract that ends.
    Left(u32),
}

/// Somebody to see.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Whom.
    pub row: Row,
    /// When.
    pub when: When,
    /// Why.
    pub because: Because,
}

/// The page.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TodayPage {
    /// To be seen first.
    pub urgent: Vec<Item>,
    /// To be seen in the coming days, the most overdue first.
    pub due: Vec<Item>,
    /// Contracts that end within 30 days.
    pub expiring: Vec<Item>,
    /// Visits already made today by the team.
    pub done_today: usize,
}

/// Returns the page as of `today`.
pub fn today_page<'a>(rows: impl Iterator<Item = &'a Row>, today: Date) -> TodayPage {
    let mut page = TodayPage::default();
    for row in rows {
        page.done_today += usize::from(row.last_visit.as_ref().is_some_and(|(date, ..)| *date == today));
        if let Some((when, because)) = urgent(row, today) {
            page.urgent.push(Item { row: row.clone(), when, because });
        } else if let Some((when, because)) = due(row, today) {
            page.due.push(Item { row: row.clone(), when, because });
        }
        if let Some((when, because)) = expiring(row, today) {
            page.expiring.push(Item { row: row.clone(), when, because });
        }
    }
    let due_date = |item: &Item| item.row.due.as_ref().map(|due| due.date);
    page.urgent.order_by_key(|item| {
        (matches!(item.because, Because::Rule { .. }), due_date(item), item.row.subject.clone())
    });
    page.due.order_by_key(|item| (due_date(item), item.row.subject.clone()));
    page.expiring.order_by_key(|item| {
        (item.row.contract.as_ref().map(|contract| contract.until), item.row.subject.clone())
    });
    page
}

/// Dangerous readings from home that no visit has answered, conflicts, and referrals to be checked by now.
fn urgent(row: &Row, today: Date) -> Option<(When, Because)> {
    if let Some(home) = &row.home {
        let answered = row.last_visit.as_ref().is_some_and(|(date, ..)| *date >= home.at.date());
        if home.urgency >= Urgency::Day && !answered {
            return Some((When::AtHome(home.at), Because::Reading(home.pressure)));
        }
    }
    if row.conflicts > 0 {
        return Some((When::Today, Because::Conflict));
    }
    let due = row.due.as_ref().filter(|due| due.kind == DueKind::ReferralCheck && due.date <= today)?;
    Some((when(due.date, today), rule(row)?))
}

fn due(row: &Row, today: Date) -> Option<(When, Because)> {
    let due = row.due.as_ref()?;
    let near = today.days_until(due.date) <= AHEAD;
    // Somebody new under care is listed until the first visit.
    (near || due.kind == DueKind::First).then_some(())?;
    Some((when(due.date, today), rule(row)?))
}

fn rule(row: &Row) -> Option<Because> {
    let due = row.due.as_ref()?;
    Some(Because::Rule { kind: due.kind.clone(), reason: Box::new(due.reason.clone()), last: last(row) })
}

fn last(row: &Row) -> Option<Last> {
    match row.due_for {
        Disease::Diabetes => row.glucose.clone().map(|(date, reading)| Last::Glucose(date, reading)),
        _ => row.pressures.first().map(|(date, pressure)| Last::Pressure(*date, *pressure)),
    }
}

fn expiring(row: &Row, today: Date) -> Option<(When, Because)> {
    let contract = row.contract.as_ref().filter(|contract| !contract.terminated)?;
    let left = today.days_until(contract.until);
    (0..=EXPIRING_DAYS).contains(&left).then_some(())?;
    Some((When::Ends(contract.until), Because::Left(contract.owed.saturating_sub(contract.given))))
}

fn when(date: Date, today: Date) -> When {
    match DueState::of(date, today) {
        DueState::Overdue { days } => When::Overdue(days),
        DueState::Today => When::Today,
        DueState::Upcoming { .. } => When::By(date),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::{ContractRow, HomeRow};
    use domain::{
        base::{ContractId, EntryId, ResidentId, StaffId, VisitId},
        care::{Due, due},
        measurements::hypertension_rules,
    };

    fn today() -> Date {
        "2026-11-22".parse().unwrap()
    }

    fn row(subject: &str) -> Row {
        Row { subject: ResidentId::new(subject), ..Row::default() }
    }

    fn with_due(mut row: Row, kind: DueKind, date: Date) -> Row {
        let first = due(None, today(), hypertension_rules().unwrap()).unwrap();
        row.due = Some(Due { kind, date, reason: first.reason });
        row
    }

    #[test]
    fn the_most_overdue_comes_first_and_the_distant_not_at_all() {
        let rows = [
            with_due(row("soon"), DueKind::FollowUp, today().add_days(5)),
            with_due(row("late"), DueKind::FollowUp, today().add_days(-9)),
            with_due(row("far"), DueKind::FollowUp, today().add_days(60)),
        ];
        let page = today_page(rows.iter(), today());
        let order: Vec<&str> = page.due.iter().map(|item| item.row.subject.as_str()).collect();
        assert_eq!(order, ["late", "soon"]);
        assert_eq!(page.due[0].when, When::Overdue(9));
    }

    #[test]
    fn a_referral_to_check_is_urgent_from_its_date_on() {
        let rows = [
            with_due(row("a"), DueKind::ReferralCheck, today()),
            with_due(row("b"), DueKind::ReferralCheck, today().add_days(3)),
        ];
        let page = today_page(rows.iter(), today());
        assert_eq!(page.urgent.len(), 1);
        assert_eq!(page.due.len(), 1);
    }

    #[test]
    fn a_dangerous_home_reading_is_urgent_until_a_visit_answers_it() {
        let at = Timestamp::of(today(), 8, 12);
        let pressure = Pressure { sbp: 182, dbp: 112 };
        let home = HomeRow { id: EntryId::new("r"), at, pressure, urgency: Urgency::Emergency };
        let mut unanswered = row("a");
        unanswered.home = Some(home);
        assert_eq!(
            today_page([&unanswered].into_iter(), today()).urgent[0].because,
            Because::Reading(pressure)
        );
        unanswered.last_visit = Some((today(), StaffId::new("d"), VisitId::new("v")));
        assert!(today_page([&unanswered].into_iter(), today()).urgent.is_empty());
    }

    #[test]
    fn contracts_show_thirty_days_before_they_end() {
        let until = |days| {
            let mut ending = row("a");
            ending.contract = Some(ContractRow {
                id: ContractId::new("c"),
                titles: vec![],
                from: today(),
                until: today().add_days(days),
                terminated: false,
                owed: 5,
                given: 3,
                next_due: None,
            });
            today_page([&ending].into_iter(), today()).expiring.len()
        };
        assert_eq!((until(30), until(31), until(-1)), (1, 0, 0));
    }
}
