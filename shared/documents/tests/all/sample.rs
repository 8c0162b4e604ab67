//! A resident with a history, written as the app writes it. Nobody's name or number.

use automerge::Automerge;
use documents::{
    Allergy, Attachment, AttachmentKind, Closed, Condition, Kind, Medication, MedicineTaken, Plan, Salt,
    ServiceUsed, Visit, VisitPlace, Voided, WriteError, author, open, write,
};
use documents::{
    Assessment, Diagnosis, FindingSeen, FindingState, Prescribed, Prescription, PrescriptionCase, Review,
    ReviewRead, ReviewVerdict, Shown, Warning, WarningLevel,
};
use domain::base::{IdNumber, Period, Sex, Signature, Timestamp};
use domain::care::{AdverseReaction, FollowUpInput, follow_up};
use domain::contracts::{Contract, Proposal, Termination, package_templates, sign, signing::one_year};
use domain::measurements::{BodyFact, ChildPugh, Findings, Pressure, hypertension_rules};
use domain::people::{Address, Identity, Institution, KeyGroup, Resident, Staff, Team};
use domain::rules::Published;
use domain::work_points::{
    Circumstance, Claim, Close, Correction, Dispute, Frozen, FrozenLine, LineState, Ruling, Verdict,
    Withdrawal, claim_id, points_templates,
};

// The fixtures' writer takes this file by its path, too.
#[path = "sample_health.rs"]
mod health;
pub use health::*;

pub const DOCTOR: &str = "zhang.wei";
pub const KEY: [u8; 32] = [7; 32];

/// 22 November 2026, nine o'clock, and `minutes` later.
pub fn at(minutes: i64) -> Timestamp {
    Timestamp(Timestamp::of("2026-11-22".parse().unwrap(), 9, 0).0 + minutes * 60_000)
}

pub fn put<T>(
    doc: &mut Automerge,
    minutes: i64,
    verbs: impl FnOnce(&mut documents::Tx<'_, '_>) -> Result<T, WriteError>,
) -> T {
    write(doc, &author(DOCTOR), at(minutes), verbs).unwrap().result
}

pub fn resident() -> Resident {
    let number = IdNumber::parse("11010519491231002X", at(0).date()).unwrap();
    Resident {
        subject: documents::subject(&KEY, number.as_str()),
        name: "杨秀英".into(),
        sex: Sex::Female,
        birth_date: number.birth_date(),
        identity: Identity::Card { number },
        phone: Some("13800138000".into()),
        address: Address { village: "白马村".into(), detail: "三组12号".into() },
        key_groups: vec![KeyGroup::Hypertension, KeyGroup::Over65],
        team: Some("team1".into()),
    }
}

pub fn person() -> Automerge {
    let mut doc = open(Kind::Person).unwrap();
    put(&mut doc, 0, |tx| tx.create_person(&resident()));
    doc
}

pub fn signature(name: &str) -> Signature {
    let signer = if name == "杨秀英" { "resident" } else { "staff" };
    Signature {
        signer: signer.into(),
        name: name.into(),
        path: "M 10 20 L 300 180 L 640 90".into(),
        at: at(5),
    }
}

pub fn contract() -> Contract {
    let package = &package_templates().unwrap().rules.packages[1];
    let hash = Published::freeze(package.clone()).unwrap().hash;
    let proposal = Proposal {
        id: "contract1".into(),
        resident: &resident(),
        team: "team1".into(),
        signed_by: DOCTOR.into(),
        packages: vec![(hash, package)],
        from: at(0).date(),
        until: one_year(at(0).date()),
        place: "home".into(),
        renews: None,
    };
    sign(&proposal, &[], at(5)).unwrap()
}

pub fn assessment() -> Assessment {
    let seen = |id: &str, name: &str, state| FindingSeen { id: id.into(), name: name.into(), state };
    let shown = |id: &str, name: &str, permille| Shown { id: id.into(), name: name.into(), permille };
    Assessment {
        complaint: "咳嗽三天，没有胸痛".into(),
        findings: vec![
            seen("cough", "咳嗽", FindingState::Present),
            seen("chest_pain", "胸痛", FindingState::Absent),
        ],
        level: domain::measurements::Urgency::Day,
        red_flags: vec![shown("fever_in_old_age", "老人发热", None)],
        causes: vec![
            shown("acute_bronchitis", "急性支气管炎", Some(610)),
            shown("pneumonia", "肺炎", Some(120)),
        ],
        diagnoses: vec![Diagnosis {
            id: "acute_bronchitis".into(),
            name: "急性支气管炎".into(),
            icd10: "J20".into(),
        }],
        handling: "here".into(),
        override_reason: "明早复诊".into(),
        knowledge: "aa".repeat(32),
    }
}

pub fn prescription() -> Prescription {
    let line = |medicine: &str, name: &str, dose: &str| Prescribed {
        medicine: medicine.into(),
        name: name.into(),
        form: "片剂 0.25g".into(),
        dose: dose.into(),
        unit: "g".into(),
        times_per_day: "2".into(),
        days: "5".into(),
        route: "po".into(),
        note: "饭后".into(),
    };
    Prescription {
        lines: vec![line("clarithromycin", "克拉霉素", "0.25"), line("simvastatin", "辛伐他汀", "0.02")],
        warnings: vec![Warning {
            level: WarningLevel::Stop,
            kind: "interaction".into(),
            lines: vec![0, 1],
            what: "克拉霉素与辛伐他汀".into(),
            why: "横纹肌溶解".into(),
            instead: "停用辛伐他汀".into(),
            source: "临床用药须知 2020".into(),
            reason: "辛伐他汀停服5天".into(),
        }],
        long_reason: String::new(),
        medicines: "bb".repeat(32),
        pregnant_weeks: None,
        lactating: false,
        egfr: Some(55),
        child_pugh: "A".into(),
        creatinine: Some(1_020),
        egfr_on: Some(at(0).date()),
        dated: true,
    }
}

pub fn visit(id: &str, minutes: i64, pressure: (u16, u16)) -> Visit {
    let date = at(minutes).date();
    let pressure = Pressure::new(pressure.0, pressure.1).unwrap();
    let input = FollowUpInput {
        findings: Findings { age: resident().age(date), pressure: Some(pressure), ..Findings::default() },
        adverse_reaction: AdverseReaction::None,
        complication: false,
        previous: None,
    };
    let follow_up = follow_up(&input, hypertension_rules().unwrap(), date).unwrap();
    Visit {
        id: id.into(),
        resident: resident().subject,
        date: Some(date),
        recorded_at: at(minutes),
        staff: DOCTOR.into(),
        team: "team1".into(),
        institution: "clinic1".into(),
        place: VisitPlace::Home,
        pressures: vec![pressure],
        pulse: Some(76),
        weight: Some(61_500),
        temperature: Some(385),
        respiration: Some(20),
        spo2: Some(97),
        symptoms: vec!["headache_dizziness".into()],
        asked: true,
        smoking: Some(0),
        salt: Some(Salt::Medium),
        medicines: vec![MedicineTaken {
            name: "氨氯地平".into(),
            dose: "5mg".into(),
            frequency: "每日1次".into(),
        }],
        adherence: Some("regular".into()),
        adverse_reaction: Some(AdverseReaction::None),
        plan: Plan { next: Some(follow_up.next_due.add_days(-1)), ..Plan::default() },
        follow_up: Some(follow_up),
        assessment: Some(assessment()),
        prescription: Some(prescription()),
        services: vec![ServiceUsed {
            contract: "contract1".into(),
            package: "hypertension".into(),
            item: "follow_up".into(),
        }],
        claim: Some(claim_id(&id.into(), &"follow_up".into())),
        signatures: vec![signature("张伟")],
        ..Visit::default()
    }
}

pub fn record() -> Automerge {
    let mut doc = open(Kind::Record).unwrap();
    put(&mut doc, 5, |tx| tx.sign_contract(&contract(), &[signature("杨秀英"), signature("张伟")]));
    put(&mut doc, 10, |tx| {
        let entered = |id: &str| (id.into(), DOCTOR.into());
        let (id, by) = entered("condition1");
        tx.add_condition(&Condition { id, by, name: "高血压".into(), since: None })?;
        let (id, by) = entered("allergy1");
        let recorded_on = Some(at(0).date());
        tx.add_allergy(&Allergy {
            id,
            by,
            substance: "青霉素".into(),
            reaction: "皮疹".into(),
            recorded_on,
        })?;
        let (id, by) = entered("medication1");
        tx.add_medication(&Medication { id, by, name: "氨氯地平".into(), ..Medication::default() })
    });
    put(&mut doc, 15, |tx| tx.record_visit(&visit("visit1", 15, (152, 96))));
    put(&mut doc, 20, |tx| tx.record_visit(&visit("visit2", 20, (128, 80))));
    let void = Voided { reason: "选错了人".into(), by: DOCTOR.into(), at: at(25) };
    put(&mut doc, 25, |tx| tx.void_visit("visit2", &void));
    let mut old = contract();
    old.id = "contract0".into();
    (old.from, old.until) = (old.from.add_months(-12), old.from.add_days(-1));
    put(&mut doc, 26, |tx| tx.sign_contract(&old, &[]));
    let end = Termination { reason: "换团队".into(), on: old.until, by: DOCTOR.into(), at: at(27) };
    put(&mut doc, 27, |tx| tx.terminate_contract("contract0", &end));
    documents::make_room(&mut doc, Kind::Record, "attachments").unwrap();
    put(&mut doc, 28, |tx| {
        tx.attach(&attachment("attachment1"))?;
        tx.attach(&Attachment { kind: AttachmentKind::Ecg, ..attachment("attachment2") })
    });
    let void = Voided { reason: "拍错了人".into(), by: DOCTOR.into(), at: at(29) };
    put(&mut doc, 29, |tx| tx.void_attachment("attachment2", &void));
    documents::make_room(&mut doc, Kind::Record, "body").unwrap();
    let void = Voided { reason: "记错了".into(), by: DOCTOR.into(), at: at(31) };
    put(&mut doc, 30, |tx| {
        tx.add_body_fact(&body_fact("body1"))?;
        tx.add_body_fact(&BodyFact { visit: Some("visit2".into()), ..body_fact("body2") })?;
        tx.add_body_fact(&body_fact("body3"))
    });
    put(&mut doc, 31, |tx| tx.void_body_fact("body3", &void));
    doc
}

pub fn body_fact(id: &str) -> BodyFact {
    let day = at(0).date();
    BodyFact {
        id: id.into(),
        on: Some(day),
        recorded_at: at(30),
        creatinine: Some(1_020),
        egfr: Some(55),
        child_pugh: Some(ChildPugh::A),
        pregnant: Some(false),
        weeks: Some(12),
        due: Some(day.add_days(196)),
        breast_feeding: Some(false),
        visit: Some("visit1".into()),
        by: DOCTOR.into(),
    }
}

pub fn attachment(id: &str) -> Attachment {
    Attachment {
        id: id.into(),
        kind: AttachmentKind::Photo,
        media_type: "image/jpeg".into(),
        size: 2_345_678,
        hash: "cc".repeat(32),
        key: "dd".repeat(32),
        taken_at: at(28),
        by: DOCTOR.into(),
        note: "左足背溃疡".into(),
        visit: Some("visit1".into()),
        voided: None,
    }
}

pub fn claim(visit: &str) -> Claim {
    let rules = points_templates().unwrap().rules.rules[0].clone();
    Claim {
        id: claim_id(&visit.into(), &"follow_up".into()),
        staff: DOCTOR.into(),
        item: "follow_up".into(),
        on: at(15).date(),
        quantity: 1,
        institution: "clinic1".into(),
        circumstances: vec![Circumstance::Remote],
        rules: Published::freeze(rules).unwrap().hash,
        visit: Some(visit.into()),
        resident: Some(resident().subject),
        note: String::new(),
        recorded_at: at(15),
        withdrawn: None,
    }
}

pub fn activity() -> Automerge {
    let mut doc = open(Kind::Activity).unwrap();
    put(&mut doc, 15, |tx| tx.claim(&claim("visit1")));
    put(&mut doc, 20, |tx| tx.claim(&claim("visit2")));
    let withdrawal = Withdrawal { reason: "选错了人".into(), at: at(25) };
    put(&mut doc, 25, |tx| tx.withdraw_claim("visit2.follow_up", &withdrawal));
    documents::make_room(&mut doc, Kind::Activity, "disputes").unwrap();
    put(&mut doc, 720, |tx| {
        tx.dispute(&dispute("dispute1"))?;
        tx.dispute(&dispute("dispute2"))
    });
    let withdrawal = Withdrawal { reason: "说清楚了".into(), at: at(725) };
    put(&mut doc, 725, |tx| tx.withdraw_dispute("dispute2", &withdrawal));
    doc
}

pub fn dispute(id: &str) -> Dispute {
    Dispute {
        id: id.into(),
        claim: "visit1.follow_up".into(),
        ruling: "ruling1".into(),
        reason: "路上走了三个小时".into(),
        at: at(720),
        withdrawn: None,
    }
}

pub fn closed() -> Closed {
    let month = Period::month_of(at(0).date());
    let claim = claim("visit1");
    let (institution, rules) = (claim.institution.clone(), claim.rules.clone());
    let points = domain::base::WorkPoints(260);
    let line = FrozenLine {
        claim: claim.id.clone(),
        item: claim.item,
        on: claim.on,
        state: LineState::Accepted,
        points,
        rules,
        ruling: Some("ruling2".into()),
    };
    let person =
        Frozen { staff: DOCTOR.into(), lines: vec![line], indicators: Default::default(), counted: points };
    let late = Correction {
        staff: DOCTOR.into(),
        claim: "visit0.follow_up".into(),
        on: month.from.add_days(-1),
        was: Default::default(),
        is: points,
        at: at(700),
    };
    let heads = vec![("2VQ".to_owned(), vec!["ab".repeat(32)])];
    let close = Close { institution, month, heads, people: vec![person], corrections: vec![late] };
    Closed { close, by: "manager1".into(), at: at(900) }
}

pub fn closed_month() -> Automerge {
    let mut doc = open(Kind::Close).unwrap();
    put(&mut doc, 900, |tx| tx.close_month(&closed()));
    doc
}

pub fn ruling(id: &str, verdict: Verdict, minutes: i64) -> Ruling {
    Ruling {
        id: id.into(),
        claim: "visit1.follow_up".into(),
        verdict,
        reason: "记录完整".into(),
        by: "manager1".into(),
        at: at(minutes),
    }
}

pub fn rulings() -> Automerge {
    let mut doc = open(Kind::Rulings).unwrap();
    let points = domain::base::WorkPoints(200);
    put(&mut doc, 700, |tx| tx.rule(&ruling("ruling1", Verdict::Adjusted { points }, 700)));
    put(&mut doc, 710, |tx| tx.rule(&ruling("ruling2", Verdict::Accepted, 710)));
    doc
}

pub fn case(id: &str, minutes: i64) -> PrescriptionCase {
    PrescriptionCase {
        id: id.into(),
        by: DOCTOR.into(),
        institution: "clinic1".into(),
        at: at(minutes),
        age_months: Some(922),
        sex: "female".into(),
        weight: Some(61_500),
        pregnant_or_lactating: false,
        groups: vec![KeyGroup::Hypertension],
        conditions: vec!["高血压".into(), "急性支气管炎".into()],
        allergies: vec!["青霉素 皮疹".into()],
        taken: vec!["氨氯地平 5mg 每日1次".into()],
        prescription: prescription(),
        withdrawn: None,
    }
}

pub fn prescriptions() -> Automerge {
    let mut doc = open(Kind::Prescriptions).unwrap();
    put(&mut doc, 15, |tx| tx.submit_prescription(&case("visit1", 15)));
    put(&mut doc, 20, |tx| tx.submit_prescription(&case("visit2", 20)));
    let withdrawal = Withdrawal { reason: "选错了人".into(), at: at(25) };
    put(&mut doc, 25, |tx| tx.withdraw_prescription("visit2", &withdrawal));
    put(&mut doc, 720, |tx| tx.mark_review_read(&ReviewRead { review: "review1".into(), at: at(720) }));
    doc
}

pub fn review(id: &str, verdict: ReviewVerdict, minutes: i64) -> Review {
    let (reason, by) = ("换用阿奇霉素".into(), "pharmacist1".into());
    Review { id: id.into(), case: "visit1".into(), verdict, reason, by, at: at(minutes) }
}

pub fn reviews() -> Automerge {
    let mut doc = open(Kind::Reviews).unwrap();
    put(&mut doc, 700, |tx| tx.review(&review("review1", ReviewVerdict::Refused, 700)));
    put(&mut doc, 710, |tx| tx.review(&review("review2", ReviewVerdict::Advised, 710)));
    doc
}

pub fn catalog() -> Automerge {
    let mut doc = open(Kind::Catalog).unwrap();
    put(&mut doc, 0, |tx| {
        tx.set_institution(&Institution {
            id: "clinic1".into(),
            name: "白马村卫生室".into(),
            tier: "village_clinic".into(),
            parent: Some("centre1".into()),
            remote: true,
        })?;
        tx.set_team_entry(&Team {
            id: "team1".into(),
            name: "白马一队".into(),
            institution: "centre1".into(),
            lead: Some(DOCTOR.into()),
            phone: Some("0812-0000000".into()),
            villages: vec!["白马村".into()],
        })?;
        tx.set_staff(&Staff {
            id: DOCTOR.into(),
            name: "张伟".into(),
            role: "village_doctor".into(),
            institution: "clinic1".into(),
            team: Some("team1".into()),
            phone: None,
            shortage: false,
        })?;
        for package in &package_templates().unwrap().rules.packages {
            tx.publish_package(package)?;
        }
        Ok(())
    });
    documents::make_room(&mut doc, Kind::Catalog, "health_points").unwrap();
    put(&mut doc, 1, |tx| tx.publish_health_rules(&health_rules().content));
    doc
}

pub fn rules() -> Automerge {
    let mut doc = open(Kind::Rules).unwrap();
    put(&mut doc, 0, |tx| {
        tx.set_county_key(&KEY)?;
        tx.publish_points_rules(&points_templates().unwrap().rules.rules[0])
    });
    doc
}

/// Every sample by its kind.
pub fn all() -> Vec<(Kind, Automerge)> {
    vec![
        (Kind::Catalog, catalog()),
        (Kind::Rules, rules()),
        (Kind::Person, person()),
        (Kind::Record, record()),
        (Kind::Diary, diary()),
        (Kind::Activity, activity()),
        (Kind::Rulings, rulings()),
        (Kind::Prescriptions, prescriptions()),
        (Kind::Reviews, reviews()),
        (Kind::Close, closed_month()),
        (Kind::Rewards, rewards()),
    ]
}
