//! Health points of residents.

use domain::base::{Date, EntryId, HealthPoints, Timestamp};
use domain::health_points::{
    Answer, Deed, DeedKind, EntryDispute, HealthRules, Outcome, Papers, Redemption, RedemptionRequest,
    TakenBack, health_templates, ledger,
};
use domain::rules::{Published, Shelf, VersionHash};
use serde::Deserialize;

use super::{check_all, same};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(default)]
    deeds: Vec<Done>,
    #[serde(default)]
    disputes: Vec<Disputed>,
    #[serde(default)]
    requests: Vec<Wanted>,
    #[serde(default)]
    redemptions: Vec<Given>,
    #[serde(default)]
    answers: Vec<Answered>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Done {
    kind: DeedKind,
    #[serde(default)]
    of: String,
    on: Date,
    out: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Disputed {
    entry: Option<EntryId>,
    on: Date,
    #[serde(default)]
    withdrawn: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    reward: String,
    on: Date,
    #[serde(default)]
    withdrawn: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    reward: String,
    on: Date,
    request: Option<usize>,
    #[serde(default)]
    back: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Answered {
    dispute: Option<usize>,
    request: Option<usize>,
    outcome: String,
    points: Option<HealthPoints>,
    on: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    entries: Option<Vec<String>>,
    given: Option<Vec<String>>,
    earned: Option<String>,
    reversed: Option<String>,
    redeemed: Option<String>,
    available: Option<String>,
    overdrawn: Option<String>,
    reserved: Option<String>,
    free: Option<String>,
    waiting: Option<usize>,
}

fn noon(on: Date) -> Timestamp {
    Timestamp::of(on, 12, 0)
}

fn back(on: Date) -> TakenBack {
    TakenBack { reason: "理由".into(), at: noon(on) }
}

fn versions() -> (Shelf<HealthRules>, VersionHash) {
    let rules = health_templates().unwrap().rules.rules.clone();
    let published: Vec<_> = rules.into_iter().map(|rules| Published::freeze(rules).unwrap()).collect();
    let newest = published.last().unwrap().hash.clone();
    (published.into_iter().collect(), newest)
}

fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).unwrap().as_str().unwrap().to_owned()
}

#[test]
fn health_points_are_what_the_cases_say() {
    let text = include_str!("../../data/cases/health_points.toml");
    let (versions, newest) = versions();
    check_all(text, |today, input: Input, expected: Expected| {
        let deeds = input.deeds.into_iter().enumerate().map(|(index, done)| Deed {
            kind: done.kind,
            of: done.of,
            on: done.on,
            evidence: format!("d{index}"),
            taken_out: done.out.map(back),
        });
        let deeds: Vec<Deed> = deeds.collect();
        let disputes = input.disputes.into_iter().enumerate().map(|(index, disputed)| EntryDispute {
            id: format!("dispute{index}").into(),
            entry: disputed.entry,
            reason: "理由".into(),
            by: "resident1".into(),
            at: noon(disputed.on),
            withdrawn: disputed.withdrawn.then(|| back(disputed.on)),
        });
        let disputes: Vec<EntryDispute> = disputes.collect();
        let requests = input.requests.into_iter().enumerate().map(|(index, wanted)| RedemptionRequest {
            id: format!("request{index}").into(),
            reward: wanted.reward.into(),
            rules: newest.clone(),
            by: "resident1".into(),
            at: noon(wanted.on),
            withdrawn: wanted.withdrawn.then(|| back(wanted.on)),
        });
        let requests: Vec<RedemptionRequest> = requests.collect();
        let redemptions = input.redemptions.into_iter().enumerate().map(|(index, given)| Redemption {
            id: format!("redemption{index}").into(),
            request: given.request.map(|request| format!("request{request}").into()),
            reward: given.reward.into(),
            rules: newest.clone(),
            on: given.on,
            by: "zhang.wei".into(),
            at: noon(given.on),
            taken_back: given.back.then(|| back(given.on)),
        });
        let redemptions: Vec<Redemption> = redemptions.collect();
        let answers = input.answers.into_iter().enumerate().map(|(index, answered)| {
            let dispute = answered.dispute.map(|number| format!("dispute{number}"));
            let request = answered.request.map(|number| format!("request{number}"));
            let written = serde_json::json!({
                "id": format!("answer{index}"), "to": dispute.or(request).unwrap(), "outcome": answered.outcome,
                "points": answered.points, "reason": "理由", "by": "zhang.wei", "at": noon(answered.on),
            });
            serde_json::from_value(written).unwrap()
        });
        let answers: Vec<Answer> = answers.collect();
        let papers = Papers {
            deeds: &deeds,
            requests: &requests,
            disputes: &disputes,
            redemptions: &redemptions,
            answers: &answers,
        };
        let found = ledger(papers, &versions, today).unwrap();
        let entries = found.entries.iter().map(|entry| {
            let cap = entry.capped_by.map(|(span, _)| format!(" {}", word(&span))).unwrap_or_default();
            format!("{} {} {} {}{cap}", entry.item, entry.on, entry.points, word(&entry.state))
        });
        same(entries.collect(), expected.entries, "entries");
        let given = found.redeemed_for.iter().map(|redeemed| {
            let short = (redeemed.short > HealthPoints::ZERO).then(|| format!(" short {}", redeemed.short));
            let Redemption { reward, .. } = &redeemed.redemption;
            format!("{reward} {} {}{}", redeemed.price, word(&redeemed.state), short.unwrap_or_default())
        });
        same(given.collect(), expected.given, "given");
        same(found.earned.to_string(), expected.earned, "earned");
        same(found.reversed.to_string(), expected.reversed, "reversed");
        same(found.redeemed.to_string(), expected.redeemed, "redeemed");
        same(found.available.to_string(), expected.available, "available");
        same(found.overdrawn.to_string(), expected.overdrawn, "overdrawn");
        same(found.reserved.to_string(), expected.reserved, "reserved");
        same(found.free().to_string(), expected.free, "free");
        same(found.waits(), expected.waiting, "waiting");
    });
}

#[test]
fn every_entry_names_its_rule_its_version_and_what_shows_it() {
    let (versions, newest) = versions();
    let on = "2026-11-03".parse().unwrap();
    let (kind, of) = (DeedKind::FollowUp, "home".into());
    let deed = Deed { kind, of, on, evidence: "visit1".into(), taken_out: None };
    let papers = Papers { deeds: std::slice::from_ref(&deed), ..Papers::default() };
    let entry = ledger(papers, &versions, on).unwrap().entries.remove(0);
    let rule = entry.rule.unwrap();
    assert_eq!((rule.rule.as_str(), &rule.version), ("health_points.follow_up", &newest));
    assert_eq!((rule.from.to_string().as_str(), rule.source.kind.as_str()), ("2026-07-01", "example"));
    assert_eq!((entry.evidence, entry.evidence_words.as_str()), (vec!["visit1".into()], "随访记录"));
    assert_eq!((entry.base, entry.points), (HealthPoints::whole(20), HealthPoints::whole(20)));
}

#[test]
fn a_redemption_of_rules_that_are_not_here_asks_for_an_update_and_counts_nothing() {
    let (versions, _) = versions();
    let on: Date = "2026-11-03".parse().unwrap();
    let rules = VersionHash::of(b"newer");
    let redemption = Redemption {
        id: "r".into(),
        request: None,
        reward: "glucose".into(),
        rules: rules.clone(),
        on,
        by: "d".into(),
        at: noon(on),
        taken_back: None,
    };
    let papers = Papers { redemptions: std::slice::from_ref(&redemption), ..Papers::default() };
    assert_eq!(ledger(papers, &versions, on), Err(domain::rules::RuleError::UnknownVersion(rules)));
}

#[test]
fn an_answer_survives_its_text_and_a_newer_outcome_is_kept_unknown() {
    let outcome = Outcome::Corrected { points: HealthPoints(1_500) };
    let (id, to, at) = ("a".into(), "d".into(), Timestamp(1));
    let answer = Answer { id, to, outcome, reason: "说明".into(), by: "zhang.wei".into(), at };
    let text = serde_json::to_string(&answer).unwrap();
    assert_eq!(serde_json::from_str::<Answer>(&text).unwrap(), answer);
    let newer = text.replace("corrected", "halved");
    assert_eq!(serde_json::from_str::<Answer>(&newer).unwrap().outcome, Outcome::Unknown);
}
