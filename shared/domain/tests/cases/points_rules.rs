use domain::base::{Date, Period, Timestamp, WorkPoints};
use domain::rules::{Published, Shelf, Source};
use domain::work_points::{
    Band, Cap, Circumstance, Claim, Coefficient, Combine, Indicator, Item, Measure, Measured, PointsRules,
    Post, Rounding, Ruling, Statement, Threshold, Verdict, Withdrawal, in_force, points_templates, statement,
};
use serde::Deserialize;

use super::{check_all, same};

/// Rules as a case writes them: what it is silent about is nothing.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Rules {
    from: Date,
    items: Vec<ItemRule>,
    #[serde(default)]
    coefficients: Vec<Factor>,
    combine: Option<Combine>,
    rounding: Option<Rounding>,
    #[serde(default)]
    indicators: Vec<Figure>,
    #[serde(default)]
    thresholds: Vec<Goal>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ItemRule {
    id: String,
    points: i64,
    #[serde(default)]
    groups: Vec<String>,
    cap_claim: Option<WorkPoints>,
    cap_day: Option<WorkPoints>,
    cap_month: Option<WorkPoints>,
    cap_year: Option<WorkPoints>,
    needs_ruling: Option<bool>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Factor {
    id: String,
    when: Circumstance,
    #[serde(default)]
    items: Vec<String>,
    factor: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Figure {
    id: String,
    measure: Measure,
    #[serde(default)]
    groups: Vec<String>,
    #[serde(default)]
    at_least: u32,
    bands: Vec<Band>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Goal {
    #[serde(default)]
    names: Vec<String>,
    points: WorkPoints,
}

#[derive(Deserialize)]
struct Set {
    name: String,
    versions: Vec<Rules>,
}

#[derive(Deserialize)]
struct Sets {
    sets: Vec<Set>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Claimed {
    item: String,
    on: Date,
    quantity: u32,
    #[serde(default)]
    circumstances: Vec<Circumstance>,
    entered: Option<Date>,
    withdrawn: Option<String>,
    version: Option<usize>,
    institution: Option<String>,
    resident: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Ruled {
    claim: usize,
    verdict: String,
    points: Option<WorkPoints>,
    at: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct MeasuredFigure {
    measure: Measure,
    from: Date,
    until: Date,
    value: i64,
    of: u32,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    rules: String,
    #[serde(default)]
    month: bool,
    #[serde(default)]
    institution: String,
    #[serde(default)]
    group: String,
    claims: Vec<Claimed>,
    rulings: Vec<Ruled>,
    #[serde(default)]
    measured: Vec<MeasuredFigure>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    counted: String,
    pending: String,
    lines: Vec<String>,
    indicators: Option<Vec<String>>,
    threshold: Option<String>,
    missing: Option<String>,
    reached: Option<u32>,
}

pub(super) const TEXT: &str = include_str!("../../data/cases/points_rules.toml");

/// Returns the published versions of a set of rules of this file, the earliest first.
pub(super) fn set(name: &str) -> Vec<Published<PointsRules>> {
    let sets: Sets = toml::from_str(TEXT).unwrap();
    let set = sets.sets.into_iter().find(|set| set.name == name).expect(name);
    set.versions.into_iter().map(|rules| Published::freeze(full(rules)).unwrap()).collect()
}

fn source() -> Source {
    points_templates().unwrap().rules.rules[0].source.clone()
}

fn full(rules: Rules) -> PointsRules {
    let item = |item: ItemRule| Item {
        title: item.id.clone(),
        id: item.id.into(),
        unit: "次".into(),
        points: WorkPoints(item.points),
        groups: item.groups,
        cap_claim: item.cap_claim,
        cap_day: item.cap_day,
        cap_month: item.cap_month,
        cap_year: item.cap_year,
        needs_ruling: item.needs_ruling.unwrap_or(true),
        evidence: String::new(),
        source: source(),
    };
    let coefficient = |factor: Factor| Coefficient {
        title: factor.id.clone(),
        id: factor.id.into(),
        when: factor.when,
        items: factor.items.into_iter().map(Into::into).collect(),
        factor: factor.factor,
        source: source(),
    };
    let indicator = |figure: Figure| Indicator {
        title: figure.id.clone(),
        id: figure.id,
        measure: figure.measure,
        groups: figure.groups,
        at_least: figure.at_least,
        bands: figure.bands,
        source: source(),
    };
    let threshold = |goal: Goal| Threshold {
        institutions: Vec::new(),
        names: goal.names,
        points: goal.points,
        source: source(),
    };
    PointsRules {
        id: "case".into(),
        title: "case".into(),
        from: rules.from,
        items: rules.items.into_iter().map(item).collect(),
        coefficients: rules.coefficients.into_iter().map(coefficient).collect(),
        combine: rules.combine.unwrap_or(Combine::Multiply),
        rounding: rules.rounding.unwrap_or(Rounding::HalfUp),
        indicators: rules.indicators.into_iter().map(indicator).collect(),
        thresholds: rules.thresholds.into_iter().map(threshold).collect(),
        consequences: Vec::new(),
        source: source(),
    }
}

/// Claims as they would be made: pinned to the version in force on the day of work.
pub(super) fn claims(claimed: Vec<Claimed>, versions: &[Published<PointsRules>]) -> Vec<Claim> {
    let shelf: Shelf<_> = versions.iter().cloned().collect();
    let claim = |(index, claimed): (usize, Claimed)| {
        let own = claimed.version.map(|version| &versions[version].hash);
        let rules = own.or_else(|| Some(in_force(&shelf, claimed.on)?.0)).expect("a version in force");
        let entered = claimed.entered.unwrap_or(claimed.on);
        Claim {
            id: format!("claim{index:02}").into(),
            staff: "zhang.wei".into(),
            item: claimed.item.into(),
            on: claimed.on,
            quantity: claimed.quantity,
            institution: claimed.institution.unwrap_or_else(|| "i1".into()).into(),
            circumstances: claimed.circumstances,
            rules: rules.clone(),
            visit: None,
            resident: claimed.resident.map(Into::into),
            note: String::new(),
            recorded_at: Timestamp::of(entered, 18, 0),
            withdrawn: claimed
                .withdrawn
                .map(|reason| Withdrawal { reason, at: Timestamp::of(entered, 19, 0) }),
        }
    };
    claimed.into_iter().enumerate().map(claim).collect()
}

pub(super) fn rulings(ruled: Vec<Ruled>, today: Date) -> Vec<Ruling> {
    let ruling = |(index, ruled): (usize, Ruled)| Ruling {
        id: format!("ruling{index}").into(),
        claim: format!("claim{:02}", ruled.claim).into(),
        verdict: Verdict::named(&ruled.verdict, ruled.points),
        reason: "理由".into(),
        by: "manager1".into(),
        at: Timestamp(Timestamp::of(ruled.at.unwrap_or(today), 20, 0).0 + i64::try_from(index).unwrap()),
    };
    ruled.into_iter().enumerate().map(ruling).collect()
}

fn lines(statement: &Statement) -> Vec<String> {
    let line = |line: &domain::work_points::Line| {
        let state = serde_json::to_value(line.state).unwrap();
        let cap = match line.capped_by {
            None => "",
            Some(Cap::Claim(_)) => " claim",
            Some(Cap::Day(_)) => " day",
            Some(Cap::Month(_)) => " month",
            Some(Cap::Year(_)) => " year",
        };
        format!("{} {}{cap}", state.as_str().unwrap(), line.points)
    };
    statement.lines.iter().map(line).collect()
}

#[test]
fn every_element_of_the_rules_counts_as_the_cases_say() {
    check_all(TEXT, |today, input: Input, expected: Expected| {
        let published = set(&input.rules);
        let claims = claims(input.claims, &published);
        let versions: Shelf<_> = published.into_iter().collect();
        let rulings = rulings(input.rulings, today);
        let measured: Vec<Measured> = input
            .measured
            .into_iter()
            .map(|m| Measured {
                measure: m.measure,
                period: Period { from: m.from, until: m.until },
                value: m.value,
                of: m.of,
            })
            .collect();
        let period = if input.month { Period::month_of(today) } else { Period::year_of(today) };
        let post = Post { institution: &"i1".into(), name: &input.institution, group: &input.group };
        let staff = "zhang.wei".into();
        let result = statement(&claims, &rulings, &measured, &versions, &staff, period, post).unwrap();
        assert_eq!(lines(&result), expected.lines);
        assert_eq!(result.counted.to_string(), expected.counted, "counted");
        assert_eq!(result.pending.to_string(), expected.pending, "pending");
        let indicators = result.indicators.iter().map(|line| line.points.to_string()).collect();
        same(indicators, expected.indicators, "indicators");
        assert_eq!(result.gauge.is_some(), expected.threshold.is_some(), "a goal");
        if let Some(gauge) = result.gauge {
            same(gauge.threshold.to_string(), expected.threshold, "threshold");
            same(gauge.missing.to_string(), expected.missing, "missing");
            same(gauge.reached, expected.reached, "reached");
        }
    });
}
