//! Closed months and their corrections, pay, and flags.

use domain::base::{Date, Fen, Period, WorkPoints};
use domain::rules::{Published, Shelf};
use domain::work_points::{
    Claim, Close, Correction, Limits, Post, Ruling, close, corrections, end_digit, flags, outstanding, pay,
    points_templates, statement,
};
use serde::Deserialize;

use super::check_all;
use super::points_rules::{Claimed, Ruled, claims, rulings, set};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Month {
    rules: String,
    closed: Date,
    claims: Vec<Claimed>,
    rulings: Vec<Ruled>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Corrected {
    frozen: String,
    corrections: Vec<String>,
}

#[test]
fn a_closed_month_stays_and_is_corrected_as_the_cases_say() {
    let text = include_str!("../../data/cases/points_close.toml");
    check_all(text, |today, input: Month, expected: Corrected| {
        let published = set(&input.rules);
        let all = claims(input.claims, &published);
        let versions: Shelf<_> = published.into_iter().collect();
        let ruled = rulings(input.rulings, today);
        let month = Period::month_of(today);
        let state = |claims: &[Claim], rulings: &[Ruling]| {
            let post = Post { institution: &"i1".into(), name: "", group: "" };
            statement(claims, rulings, &[], &versions, &"zhang.wei".into(), month, post).unwrap()
        };
        // What was known on the evening of closing.
        let known = |at: domain::base::Timestamp| at.date() <= input.closed;
        let mut then: Vec<Claim> = all.iter().filter(|claim| known(claim.recorded_at)).cloned().collect();
        for claim in &mut then {
            claim.withdrawn = claim.withdrawn.take().filter(|withdrawn| known(withdrawn.at));
        }
        let ruled_then: Vec<Ruling> = ruled.iter().filter(|ruling| known(ruling.at)).cloned().collect();
        let closed = close("i1".into(), month, Vec::new(), &[state(&then, &ruled_then)]);
        assert_eq!(closed.people[0].counted.to_string(), expected.frozen, "frozen");
        let now = state(&all, &ruled);
        let found = corrections(&closed, std::slice::from_ref(&now));
        let said: Vec<String> =
            found.iter().map(|c| format!("{} {} -> {} {}", c.claim, c.was, c.is, c.at.date())).collect();
        assert_eq!(said, expected.corrections);
        let added: WorkPoints = found.iter().map(domain::work_points::Correction::difference).sum();
        assert_eq!(
            closed.people[0].counted + added,
            now.counted,
            "frozen and corrections make what counts now"
        );
        let again = close("i1".into(), month, Vec::new(), &[state(&then, &ruled_then)]);
        let text = Published::freeze(closed).unwrap().text;
        assert_eq!(text, Published::freeze(again).unwrap().text, "replayed to the byte");
    });
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Closing {
    month: Date,
    on: Date,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Months {
    rules: String,
    closed: Vec<Closing>,
    claims: Vec<Claimed>,
    rulings: Vec<Ruled>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Entered {
    months: Vec<String>,
    earned: Vec<String>,
    waiting: Vec<String>,
}

#[test]
fn what_becomes_known_later_is_entered_once_as_the_cases_say() {
    let text = include_str!("../../data/cases/points_entered.toml");
    check_all(text, |today, input: Months, expected: Entered| {
        let published = set(&input.rules);
        let all = claims(input.claims, &published);
        let versions: Shelf<_> = published.into_iter().collect();
        let ruled = rulings(input.rulings, today);
        let post = Post { institution: &"i1".into(), name: "", group: "" };
        let state = |month: Date, known: Date| {
            let rulings: Vec<Ruling> = ruled.iter().filter(|r| r.at.date() <= known).cloned().collect();
            let month = Period::month_of(month);
            statement(&all, &rulings, &[], &versions, &"zhang.wei".into(), month, post).unwrap()
        };
        let months: Vec<Date> = input.closed.iter().map(|closing| closing.month).collect();
        let every = |known: Date| -> Vec<_> { months.iter().map(|month| state(*month, known)).collect() };
        let say = |entry: &Correction| format!("{} {} -> {}", entry.claim, entry.was, entry.is);
        let mut closes: Vec<Close> = Vec::new();
        for Closing { month, on } in &input.closed {
            let entered = outstanding(&closes, &every(*on));
            let now = state(*month, *on);
            closes.push(close("i1".into(), now.period, Vec::new(), &[now]).entering(entered));
        }
        let said = closes.iter().map(|close| {
            let entered: Vec<String> = close.corrections.iter().map(say).collect();
            let month = close.month.from.to_string();
            let counted = close.people[0].counted;
            format!("{} {counted} [{}]", &month[..7], entered.join(", "))
        });
        assert_eq!(said.collect::<Vec<_>>(), expected.months);
        let earned = closes.iter().map(|close| close.earned()[0].1.to_string());
        assert_eq!(earned.collect::<Vec<_>>(), expected.earned);
        let waiting = outstanding(&closes, &every(today));
        assert_eq!(waiting.iter().map(say).collect::<Vec<_>>(), expected.waiting);
    });
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pool {
    pool: Fen,
    earned: Vec<(String, i64)>,
}

#[test]
fn a_pool_is_paid_as_the_cases_say() {
    let text = include_str!("../../data/cases/pay.toml");
    check_all(text, |_, input: Pool, expected: Vec<String>| {
        let earned: Vec<_> = input.earned.into_iter().map(|(who, p)| (who.into(), WorkPoints(p))).collect();
        let shares = pay(input.pool, &earned);
        let said: Vec<String> =
            shares.iter().map(|share| format!("{} {}", share.staff, share.amount)).collect();
        assert_eq!(said, expected);
        if !shares.is_empty() {
            assert_eq!(shares.iter().map(|share| share.amount).sum::<Fen>(), input.pool);
        }
    });
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Looked {
    #[serde(default)]
    claims: Vec<Claimed>,
    #[serde(default)]
    readings: Vec<(u16, u16)>,
}

#[test]
fn what_looks_odd_is_flagged_as_the_cases_say() {
    let text = include_str!("../../data/cases/plausibility.toml");
    check_all(text, |_, input: Looked, expected: Vec<String>| {
        let limits: &Limits = &points_templates().unwrap().rules.plausibility;
        let claims = claims(input.claims, &set("plain"));
        let mut readings = Vec::new();
        for (reading, times) in input.readings {
            readings.extend(std::iter::repeat_n(reading, usize::from(times)));
        }
        let found = flags(&claims, limits).into_iter().chain(end_digit(&readings, limits));
        let said: Vec<String> = found
            .map(|flag| {
                let claims: Vec<&str> = flag.claims.iter().map(domain::base::ClaimId::as_str).collect();
                format!("{} {} {}", flag.kind, flag.figure, claims.join(" ")).trim_end().to_owned()
            })
            .collect();
        assert_eq!(said, expected);
    });
}
