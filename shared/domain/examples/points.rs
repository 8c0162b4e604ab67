//! How many claims a second one core weighs, and how long a simulation of a consortium's year takes. `cargo xtask bench points` runs it.

#![allow(clippy::unwrap_used, missing_docs, reason = "a measurement stops where it fails")]

use domain::base::{Date, Period, StaffId, Timestamp, WorkPoints};
use domain::rules::{Published, Shelf};
use domain::work_points::{
    Circumstance, Claim, Post, Ruling, Rulings, Simulation, Simulator, Verdict, Worker, points_templates,
    statement, weigh,
};
use std::time::{Duration, Instant};

/// A consortium: members of staff, and claims of each in a year.
const STAFF: usize = 300;
const CLAIMS: usize = 500;
const ROUNDS: usize = 5;
/// Claims a second that are wanted of one core.
const WANTED: f64 = 1_000_000.0;

struct Year {
    staff: StaffId,
    claims: Vec<Claim>,
    rulings: Vec<Ruling>,
}

fn main() {
    let rules = points_templates().unwrap().rules.rules.first().unwrap().clone();
    let published = Published::freeze(rules.clone()).unwrap();
    let years: Vec<Year> = (0..STAFF).map(|n| year(n, &published)).collect();
    let versions: Shelf<_> = [published].into_iter().collect();
    let mut draft = rules.clone();
    for coefficient in draft.coefficients.iter_mut().filter(|c| c.when == Circumstance::Remote) {
        coefficient.factor += 2_000;
    }
    let count = STAFF * CLAIMS;

    let weighing = fastest(|| {
        for year in &years {
            let rulings = Rulings::of(&year.rulings);
            let all = weigh(year.claims.iter(), &rulings, "", |_| Ok(&rules)).unwrap();
            std::hint::black_box(all);
        }
    });
    let rate = count as f64 / weighing.as_secs_f64();
    println!("weighed: {count} claims in {:.0} ms, {rate:.0} a second (wanted {WANTED:.0})", ms(weighing));

    let institution = "i".into();
    let post = Post { institution: &institution, name: "", group: "" };
    let whole = Period::year_of(Date::new(2026, 1, 1).unwrap());
    let mut simulation = Simulation::default();
    let simulating = fastest(|| {
        let mut simulator = Simulator::new(&draft, &versions, whole);
        for year in &years {
            let Year { staff, claims, rulings } = year;
            simulator.add(Worker { staff, post, claims, rulings }).unwrap();
        }
        simulation = simulator.finish();
    });
    println!("simulated: {count} claims of {STAFF} people in {:.0} ms", ms(simulating));

    let mut counted = WorkPoints::ZERO;
    let explaining = fastest(|| {
        let state = |year: &Year| {
            statement(&year.claims, &year.rulings, &[], &versions, &year.staff, whole, post).unwrap().counted
        };
        counted = years.iter().map(state).sum();
    });
    println!("explained, line by line: {:.0} ms", ms(explaining));
    assert_eq!(counted, simulation.total.before, "statements and simulation count the same");
    assert!(rate >= WANTED, "fewer claims a second than wanted");
}

/// Claims over the whole year, nine in ten of them ruled on.
fn year(n: usize, rules: &Published<domain::work_points::PointsRules>) -> Year {
    let staff = StaffId::new(format!("staff{n:03}"));
    let first = Date::new(2026, 1, 1).unwrap();
    let items = &rules.content.items;
    let claim = |k: usize| {
        let on = first.add_days(i64::try_from((k * 7 + n) % 365).unwrap());
        Claim {
            id: format!("{n:03}-{k:03}").into(),
            staff: staff.clone(),
            item: items.get((k + n) % items.len()).unwrap().id.clone(),
            on,
            quantity: 1,
            institution: "i".into(),
            circumstances: if k.is_multiple_of(3) { vec![Circumstance::Remote] } else { Vec::new() },
            rules: rules.hash.clone(),
            visit: None,
            resident: None,
            note: String::new(),
            recorded_at: Timestamp::of(on, 18, 0),
            withdrawn: None,
        }
    };
    let claims: Vec<Claim> = (0..CLAIMS).map(claim).collect();
    let ruling = |(k, claim): (usize, &Claim)| Ruling {
        id: format!("r-{}", claim.id).into(),
        claim: claim.id.clone(),
        verdict: if k % 10 == 1 { Verdict::Rejected } else { Verdict::Accepted },
        reason: "r".into(),
        by: "m".into(),
        at: Timestamp::of(claim.on, 20, 0),
    };
    let rulings = claims.iter().enumerate().filter(|(k, _)| k % 10 != 0).map(ruling).collect();
    Year { staff, claims, rulings }
}

fn fastest(mut what: impl FnMut()) -> Duration {
    let round = |_| {
        let started = Instant::now();
        what();
        started.elapsed()
    };
    (0..ROUNDS).map(round).min().unwrap_or_default()
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1000.0
}
