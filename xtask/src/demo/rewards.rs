//! Health points of the resident whom the demo's account stands for: something asked for, given, disputed and answered.

use super::places::HealthTexts;
use super::publish::Published;
use anyhow::Result;
use automerge::Automerge;
use documents::{Attendance, AttendanceKind, Kind, author, make_room, open, write};
use domain::base::{Date, EntryId, HealthPoints, StaffId, Timestamp};
use domain::health_points::{Answer, EntryDispute, Outcome, Redemption, RedemptionRequest};

fn at(today: Date, ago: i64, hour: u8) -> Timestamp {
    Timestamp::of(today.add_days(-ago), hour, 20)
}

/// Adds what the resident asked for and disputed: of two visits the older dispute is answered, the newer one waits.
pub fn wishes<'a>(
    diary: &mut Automerge,
    published: &Published,
    texts: &HealthTexts,
    account: &str,
    mut visits: impl Iterator<Item = &'a str>,
    today: Date,
) -> Result<()> {
    make_room(diary, Kind::Diary, "withdrawals")?;
    let request = RedemptionRequest {
        id: EntryId::new("request-demo"),
        reward: "glucose".into(),
        rules: published.health.clone(),
        by: account.to_owned(),
        at: at(today, 9, 8),
        withdrawn: None,
    };
    let dispute = |id: &str, entry: Option<&str>, reason: &str, ago| EntryDispute {
        id: id.into(),
        entry: entry.map(|visit| EntryId::new(format!("follow_up:{visit}"))),
        reason: reason.to_owned(),
        by: account.to_owned(),
        at: at(today, ago, 19),
        withdrawn: None,
    };
    let newest = visits.next();
    let answered = dispute("dispute-answered", None, &texts.missing, 12);
    let waiting = dispute("dispute-demo", newest, &texts.dispute, 2);
    write(diary, &author(account), at(today, 2, 19), |tx| {
        tx.request_reward(&request)?;
        tx.dispute_entry(&answered)?;
        tx.dispute_entry(&waiting)
    })?;
    Ok(())
}

/// Writes the team's side: a lecture, the reward that was asked for, the answer to what was missing.
pub fn given(published: &Published, texts: &HealthTexts, staff: &str, today: Date) -> Result<Automerge> {
    let mut rewards = open(Kind::Rewards)?;
    let by = StaffId::new(staff);
    let lecture = Attendance {
        id: EntryId::new("lecture-demo"),
        kind: AttendanceKind::Lecture,
        on: Some(today.add_days(-20)),
        note: texts.lecture.clone(),
        by: by.clone(),
        at: at(today, 20, 16),
        taken_back: None,
    };
    let answer = Answer {
        id: EntryId::new("answer-demo"),
        to: EntryId::new("dispute-answered"),
        outcome: Outcome::Corrected { points: HealthPoints::whole(10) },
        reason: texts.answer.clone(),
        by: by.clone(),
        at: at(today, 10, 16),
    };
    let redemption = Redemption {
        id: EntryId::new("redemption-demo"),
        request: Some(EntryId::new("request-demo")),
        reward: "glucose".into(),
        rules: published.health.clone(),
        on: today.add_days(-7),
        by,
        at: at(today, 7, 9),
        taken_back: None,
    };
    write(&mut rewards, &author(staff), at(today, 7, 9), |tx| {
        tx.attend(&lecture)?;
        tx.answer(&answer)?;
        tx.hand_out(&redemption)
    })?;
    Ok(rewards)
}
