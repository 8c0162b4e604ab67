//! Both sides of health points.

use automerge::Automerge;
use documents::{Attendance, AttendanceKind, Kind, Reading, open};
use domain::base::HealthPoints;
use domain::health_points::{
    Answer, EntryDispute, HealthRules, Outcome, Redemption, RedemptionRequest, TakenBack, health_templates,
};
use domain::measurements::Pressure;
use domain::rules::Published;

use super::{DOCTOR, at, put};

pub fn diary() -> Automerge {
    let mut doc = open(Kind::Diary).unwrap();
    let reading = Reading {
        id: "reading1".into(),
        at: at(600),
        pressure: Pressure::new(141, 83).unwrap(),
        pulse: Some(72),
        danger_signs: vec![],
        note: "早饭前".into(),
        by: "resident1".into(),
    };
    put(&mut doc, 601, |tx| tx.record_reading(&reading));
    documents::make_room(&mut doc, Kind::Diary, "withdrawals").unwrap();
    put(&mut doc, 640, |tx| {
        tx.request_reward(&reward_request("request1"))?;
        tx.request_reward(&reward_request("request2"))?;
        tx.dispute_entry(&entry_dispute("dispute1"))?;
        tx.dispute_entry(&EntryDispute { entry: None, ..entry_dispute("dispute2") })
    });
    let back = TakenBack { reason: "taken_back".into(), at: at(641) };
    put(&mut doc, 641, |tx| tx.withdraw_entry("request2", &back));
    doc
}

pub fn health_rules() -> Published<HealthRules> {
    Published::freeze(health_templates().unwrap().rules.rules[1].clone()).unwrap()
}

pub fn reward_request(id: &str) -> RedemptionRequest {
    let (rules, by) = (health_rules().hash, "resident1".into());
    RedemptionRequest { id: id.into(), reward: "glucose".into(), rules, by, at: at(640), withdrawn: None }
}

pub fn entry_dispute(id: &str) -> EntryDispute {
    EntryDispute {
        id: id.into(),
        entry: Some("follow_up:visit1".into()),
        reason: "那天我等了一上午".into(),
        by: "resident1".into(),
        at: at(640),
        withdrawn: None,
    }
}

pub fn redemption(id: &str) -> Redemption {
    Redemption {
        id: id.into(),
        request: Some("request1".into()),
        reward: "glucose".into(),
        rules: health_rules().hash,
        on: at(700).date(),
        by: DOCTOR.into(),
        at: at(700),
        taken_back: None,
    }
}

pub fn attendance(id: &str) -> Attendance {
    Attendance {
        id: id.into(),
        kind: AttendanceKind::Lecture,
        on: Some(at(0).date()),
        note: "低盐饮食".into(),
        by: DOCTOR.into(),
        at: at(690),
        taken_back: None,
    }
}

pub fn rewards() -> Automerge {
    let mut doc = open(Kind::Rewards).unwrap();
    put(&mut doc, 690, |tx| {
        tx.attend(&attendance("attendance1"))?;
        tx.attend(&attendance("attendance2"))
    });
    put(&mut doc, 700, |tx| {
        tx.hand_out(&redemption("redemption1"))?;
        tx.hand_out(&redemption("redemption2"))?;
        tx.answer(&Answer {
            id: "answer1".into(),
            to: "dispute1".into(),
            outcome: Outcome::Corrected { points: HealthPoints(1_500) },
            reason: "按到场时间补记".into(),
            by: DOCTOR.into(),
            at: at(700),
        })
    });
    let back = TakenBack { reason: "录重了".into(), at: at(710) };
    put(&mut doc, 710, |tx| {
        tx.take_back("redemption2", &back)?;
        tx.take_back("attendance2", &back)
    });
    doc
}
