use domain::base::{Date, Period, Timestamp, WorkPoints};
use domain::rules::{Published, Shelf};
use domain::work_points::{
    Circumstance, Claim, Combine, Post, Ruling, Verdict, Withdrawal, points_templates, statement,
};
use serde::Deserialize;

use super::{check_all, same};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    combine: Option<Combine>,
    #[serde(default)]
    month: bool,
    #[serde(default)]
    institution: String,
    claims: Vec<Claimed>,
    rulings: Vec<Ruled>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Claimed {
    item: String,
    on: Date,
    quantity: u32,
    #[serde(default)]
    circumstances: Vec<Circumstance>,
    withdrawn: Option<String>,
}

#[derive(Deserialize)]
struct Ruled {
    claim: usize,
    verdict: String,
    points: Option<WorkPoints>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    counted: Option<String>,
    pending: Option<String>,
    lines: Option<Vec<String>>,
    threshold: Option<String>,
    missing: Option<String>,
    reached: Option<u32>,
}

#[test]
fn statements_count_what_the_cases_say() {
    let text = include_str!("../../data/cases/points.toml");
    check_all(text, |today, input: Input, expected: Expected| {
        let mut rules = points_templates().unwrap().rules.rules[0].clone();
        rules.combine = input.combine.unwrap_or(rules.combine);
        let published = Published::freeze(rules).unwrap();
        let hash = published.hash.clone();
        let versions: Shelf<_> = [published].into_iter().collect();
        let claims: Vec<Claim> = input
            .claims
            .into_iter()
            .enumerate()
            .map(|(index, claimed)| Claim {
                id: format!("claim{index}").into(),
                staff: "zhang.wei".into(),
                item: claimed.item.into(),
                on: claimed.on,
                quantity: claimed.quantity,
                institution: "i1".into(),
                circumstances: claimed.circumstances,
                rules: hash.clone(),
                visit: None,
                resident: None,
                note: String::new(),
                recorded_at: Timestamp::of(claimed.on, 18, 0),
                withdrawn: claimed
                    .withdrawn
                    .map(|reason| Withdrawal { reason, at: Timestamp::of(claimed.on, 19, 0) }),
            })
            .collect();
        let rulings: Vec<Ruling> = input
            .rulings
            .into_iter()
            .enumerate()
            .map(|(index, ruled)| Ruling {
                id: format!("ruling{index}").into(),
                claim: format!("claim{}", ruled.claim).into(),
                verdict: Verdict::named(&ruled.verdict, ruled.points),
                reason: "理由".into(),
                by: "manager1".into(),
                at: Timestamp(Timestamp::of(today, 20, 0).0 + i64::try_from(index).unwrap()),
            })
            .collect();
        let period = if input.month { Period::month_of(today) } else { Period::year_of(today) };
        let post = Post { institution: &"i1".into(), name: &input.institution, group: "" };
        let result = statement(&claims, &rulings, &[], &versions, &"zhang.wei".into(), period, post).unwrap();
        same(result.counted.to_string(), expected.counted, "counted");
        same(result.pending.to_string(), expected.pending, "pending");
        let lines: Vec<String> = result
            .lines
            .iter()
            .map(|line| {
                let state = serde_json::to_value(line.state).unwrap();
                let capped = if line.capped_by.is_some() { " capped" } else { "" };
                format!("{} {}{capped}", state.as_str().unwrap(), line.points)
            })
            .collect();
        same(lines, expected.lines, "lines");
        let gauge = result.gauge.unwrap();
        same(gauge.threshold.to_string(), expected.threshold, "threshold");
        same(gauge.missing.to_string(), expected.missing, "missing");
        same(gauge.reached, expected.reached, "reached");
        let counted: WorkPoints =
            result.lines.iter().filter(|line| line.state.counts()).map(|line| line.points).sum();
        assert_eq!(counted, result.counted, "the lines sum to the total");
    });
}

#[test]
fn a_statement_without_its_rules_asks_for_an_update_and_counts_nothing() {
    let date: Date = "2026-11-22".parse().unwrap();
    let hash = domain::rules::VersionHash::of(b"newer");
    let claim = Claim {
        id: "c".into(),
        staff: "zhang.wei".into(),
        item: "follow_up".into(),
        on: date,
        quantity: 1,
        institution: "i1".into(),
        circumstances: vec![],
        rules: hash.clone(),
        visit: None,
        resident: None,
        note: String::new(),
        recorded_at: Timestamp::of(date, 18, 0),
        withdrawn: None,
    };
    let state = |staff: &str| {
        let post = Post { institution: &"i1".into(), name: "", group: "" };
        statement(
            std::slice::from_ref(&claim),
            &[],
            &[],
            &Shelf::default(),
            &staff.into(),
            Period::year_of(date),
            post,
        )
    };
    assert_eq!(state("zhang.wei"), Err(domain::rules::RuleError::UnknownVersion(hash)));
    assert_eq!(state("li.na").unwrap().lines, [], "another's claim is none of theirs");
}
