//! What happened to a resident before today, as a plan of dates and figures.

use super::dice::Dice;
use super::persons::Person;
use super::places::Shares;
use domain::base::Date;

/// What happened to a resident.
#[derive(Default)]
pub struct Story {
    /// The day a contract was signed, if one was.
    pub signed: Option<Date>,
    /// Follow-ups, oldest first.
    pub visits: Vec<Planned>,
    /// Whether a high reading came from home yesterday.
    pub high_at_home: bool,
}

/// A follow-up and what was measured.
pub struct Planned {
    pub on: Date,
    pub sbp: u16,
    pub dbp: u16,
    pub headache: bool,
    /// A fasting glucose in hundredths of mmol/L, of who has diabetes.
    pub glucose: Option<u16>,
}

/// Days from one routine follow-up to the next at the latest, and from an adjustment or referral to the check.
const ROUTINE: i64 = 90;
const CHECK: i64 = 14;

/// Plans a resident's history so that, over the whole team, Today has something of everything.
pub fn plan(person: &Person, shares: &Shares, today: Date, dice: &mut Dice) -> Story {
    let mut story = Story::default();
    if person.hypertension || person.diabetes {
        story.visits = visits(today, dice);
        story.high_at_home = person.hypertension && !story.visits.is_empty() && dice.chance(2);
    }
    if person.diabetes {
        story.visits.iter_mut().for_each(|visit| visit.glucose = Some(glucose(visit)));
    }
    if dice.chance(shares.signed_percent) {
        // A few contracts end within a month, the others at any time of the year that follows.
        let days_ago = if dice.chance(3) { dice.between(336, 363) } else { dice.between(5, 330) };
        story.signed = Some(today.add_days(-days_ago));
    }
    story
}

/// The history of the tour's resident: quiet visits, the next one three days overdue, no contract.
pub fn of_the_tour(today: Date, dice: &mut Dice) -> Story {
    let ago = |quarters: i64| quarters * ROUTINE + 3;
    Story { visits: [3, 2, 1].map(|q| planned(today, ago(q), false, dice)).into(), ..Story::default() }
}

fn visits(today: Date, dice: &mut Dice) -> Vec<Planned> {
    let mut newest_first = Vec::new();
    let last = match dice.between(1, 100) {
        1 => return newest_first,
        2..=9 => planned(today, ROUTINE + dice.between(1, 60), false, dice),
        10..=12 => planned(today, ROUTINE, false, dice),
        13..=20 => planned(today, ROUTINE - dice.between(1, 7), false, dice),
        21..=25 => planned(today, dice.between(3, CHECK), true, dice),
        26..=27 => planned(today, CHECK + dice.between(1, 9), true, dice),
        28..=30 => {
            let second = dice.between(4, CHECK + 4);
            newest_first.push(planned(today, second, true, dice));
            planned(today, second + dice.between(12, CHECK), true, dice)
        }
        _ => planned(today, dice.between(5, ROUTINE - 8), false, dice),
    };
    let mut days_ago = last.on.days_until(today);
    newest_first.push(last);
    // Two to three quarters before that, quietly.
    for _ in 0..dice.between(2, 3) {
        days_ago += dice.between(82, ROUTINE);
        newest_first.push(planned(today, days_ago, false, dice));
    }
    newest_first.reverse();
    newest_first
}

fn planned(today: Date, days_ago: i64, raised: bool, dice: &mut Dice) -> Planned {
    let (sbp, dbp) = if raised { ((152, 172), (92, 104)) } else { ((116, 137), (68, 87)) };
    let mut figure = |(low, high)| u16::try_from(dice.between(low, high)).unwrap_or(120);
    Planned {
        on: today.add_days(-days_ago),
        sbp: figure(sbp),
        dbp: figure(dbp),
        headache: raised && dice.chance(40),
        glucose: None,
    }
}

/// A fasting glucose of that day: seven in ten on target.
fn glucose(visit: &Planned) -> u16 {
    let mut dice = Dice::new(u64::from(visit.sbp) << 32 | u64::from(visit.dbp));
    let (low, high) = if dice.chance(70) { (52, 69) } else { (70, 104) };
    u16::try_from(dice.between(low, high) * 10).unwrap_or(650)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visits_run_forward_and_end_before_today() {
        let today = Date::new(2026, 11, 22).unwrap();
        let mut dice = Dice::new(1);
        for _ in 0..500 {
            let visits = visits(today, &mut dice);
            assert!(visits.windows(2).all(|pair| pair[0].on < pair[1].on));
            assert!(visits.iter().all(|visit| visit.on < today && visit.sbp > visit.dbp));
        }
    }
}
