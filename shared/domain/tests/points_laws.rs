//! Laws of work points that hold for every input.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use domain::base::{Date, Fen, Period, StaffId, Timestamp, WorkPoints};
use domain::rules::{Published, Shelf, VersionHash};
use domain::work_points::{
    Circumstance, Claim, Close, PointsRules, Post, Ruling, Simulator, Verdict, Worker, claim_id, close,
    corrections, outstanding, pay, points_templates, statement,
};
use proptest::prelude::*;

fn versions() -> (Shelf<PointsRules>, VersionHash) {
    let published = Published::freeze(points_templates().unwrap().rules.rules[0].clone()).unwrap();
    let hash = published.hash.clone();
    ([published].into_iter().collect(), hash)
}

type Work = (Vec<Claim>, Vec<Ruling>);

fn work() -> impl Strategy<Value = Work> {
    let items = ["follow_up", "clinic_session", "training", "unheard_of"];
    let claim = (0_usize..items.len(), 0_i64..365, 1_u32..12, any::<bool>(), any::<bool>());
    let ruling = (0_usize..12, 0_usize..3, 0_i64..4_000, 0_i64..50);
    (prop::collection::vec(claim, 0..12), prop::collection::vec(ruling, 0..16)).prop_map(
        move |(claims, rulings)| {
            let (_, hash) = versions();
            let claims = claims
                .into_iter()
                .enumerate()
                .map(|(n, (item, day, quantity, remote, shortage))| {
                    let on = Date::new(2026, 1, 1).unwrap().add_days(day);
                    Claim {
                        id: claim_id(&format!("v{n}").into(), &items[item].into()),
                        staff: "s".into(),
                        item: items[item].into(),
                        on,
                        quantity,
                        institution: "i".into(),
                        circumstances: [(remote, Circumstance::Remote), (shortage, Circumstance::Shortage)]
                            .into_iter()
                            .filter_map(|(holds, circumstance)| holds.then_some(circumstance))
                            .collect(),
                        rules: hash.clone(),
                        visit: None,
                        resident: None,
                        note: String::new(),
                        recorded_at: Timestamp::of(on, 12, 0),
                        withdrawn: None,
                    }
                })
                .collect::<Vec<_>>();
            let rulings = rulings
                .into_iter()
                .enumerate()
                .map(|(n, (claim, verdict, points, at))| Ruling {
                    id: format!("r{n}").into(),
                    claim: claims.get(claim).map(|claim| claim.id.clone()).unwrap_or_default(),
                    verdict: match verdict {
                        0 => Verdict::Accepted,
                        1 => Verdict::Adjusted { points: WorkPoints(points) },
                        _ => Verdict::Rejected,
                    },
                    reason: "r".into(),
                    by: "m".into(),
                    at: Timestamp(at),
                })
                .collect();
            (claims, rulings)
        },
    )
}

proptest! {
    #[test]
    fn a_statement_is_the_same_in_any_order_and_sums_up(
        (claims, rulings) in work(), turn in 0_usize..20,
    ) {
        let (versions, _) = versions();
        let period = Period::year_of(Date::new(2026, 6, 1).unwrap());
        let post = Post { institution: &"i".into(), name: "", group: "" };
        let state = |claims: &[Claim], rulings: &[Ruling]| {
            statement(claims, rulings, &[], &versions, &"s".into(), period, post).unwrap()
        };
        let whole = state(&claims, &rulings);
        let (mut claims2, mut rulings2) = (claims.clone(), rulings.clone());
        claims2.reverse();
        rulings2.rotate_left(turn.checked_rem(rulings.len()).unwrap_or(0));
        // The same ruling received twice is still one.
        rulings2.extend(rulings.first().cloned());
        prop_assert_eq!(&state(&claims2, &rulings2), &whole);
        let counted = whole.lines.iter().filter(|line| line.state.counts()).map(|line| line.points).sum();
        prop_assert_eq!(whole.counted, counted);
        prop_assert_eq!(whole.lines.len(), claims.len(), "every claim is explained");
        for line in &whole.lines {
            prop_assert!(line.points <= line.before_caps && line.points.0 >= 0);
            prop_assert_eq!(line.points < line.before_caps, line.capped_by.is_some());
        }
        let rules = &points_templates().unwrap().rules.rules[0];
        for item in &rules.items {
            for month in 1..=12 {
                let sum: WorkPoints = whole.lines.iter()
                    .filter(|line| line.claim.item == item.id && line.claim.on.month() == month && line.state.counts())
                    .map(|line| line.points).sum();
                prop_assert!(item.cap_month.is_none_or(|cap| sum <= cap));
            }
        }
    }
}

fn template() -> PointsRules {
    points_templates().unwrap().rules.rules[0].clone()
}

/// A draft that differs in what a manager would change: points, coefficients, caps, how they combine.
fn draft() -> impl Strategy<Value = PointsRules> {
    (0_i64..500, 5_000_u32..30_000, 0_usize..4, any::<bool>(), prop::option::of(0_i64..2_000)).prop_map(
        |(points, factor, item, highest, cap)| {
            let mut rules = template();
            rules.items[item].points = WorkPoints(points);
            rules.items[0].cap_day = cap.map(WorkPoints);
            rules.coefficients[0].factor = factor;
            if highest {
                rules.combine = domain::work_points::Combine::Highest;
            }
            rules
        },
    )
}

proptest! {
    #[test]
    fn a_pool_is_paid_out_to_the_fen_whatever_the_order(
        pool in 0_i64..1_000_000_000, points in prop::collection::vec(0_i64..10_000_000, 0..40),
    ) {
        let mut earned: Vec<(StaffId, WorkPoints)> =
            points.iter().enumerate().map(|(n, points)| (format!("s{n:02}").into(), WorkPoints(*points))).collect();
        let shares = pay(Fen(pool), &earned);
        earned.reverse();
        prop_assert_eq!(&pay(Fen(pool), &earned), &shares);
        let paid: Fen = shares.iter().map(|share| share.amount).sum();
        prop_assert_eq!(paid, if points.iter().any(|points| *points > 0) { Fen(pool) } else { Fen(0) });
        for (one, other) in shares.iter().zip(shares.iter().skip(1)) {
            prop_assert!(one.points < other.points || one.amount.0 + 1 >= other.amount.0, "more points, no less pay");
        }
    }

    #[test]
    fn publishing_a_version_changes_no_figure_before_it(
        (claims, rulings) in work(), later in draft(), from in 1_i64..365,
    ) {
        let (mut versions, _) = versions();
        let until = Date::new(2026, 1, 1).unwrap().add_days(from - 1);
        let period = Period { from: Date::new(2026, 1, 1).unwrap(), until };
        let post = Post { institution: &"i".into(), name: "得石", group: "" };
        let state = |versions: &Shelf<PointsRules>| {
            statement(&claims, &rulings, &[], versions, &"s".into(), period, post).unwrap()
        };
        let before = state(&versions);
        let published = Published::freeze(PointsRules { from: until.add_days(1), ..later }).unwrap();
        versions.insert(published.hash, published.content);
        prop_assert_eq!(state(&versions), before);
    }

    #[test]
    fn a_simulation_is_a_full_recomputation(
        (claims, rulings) in work(), draft in draft(), from in 0_i64..360, days in 0_i64..120,
    ) {
        let (mut versions, _) = versions();
        let from = Date::new(2026, 1, 1).unwrap().add_days(from);
        let period = Period { from, until: from.add_days(days).min(Date::new(2026, 12, 31).unwrap()) };
        let post = Post { institution: &"i".into(), name: "", group: "" };
        let staff: StaffId = "s".into();
        let state = |claims: &[Claim], versions: &Shelf<PointsRules>| {
            statement(claims, &rulings, &[], versions, &staff, period, post).unwrap()
        };
        let mut simulator = Simulator::new(&draft, &versions, period);
        simulator.add(Worker { staff: &staff, post, claims: &claims, rulings: &rulings }).unwrap();
        let simulated = simulator.finish();
        prop_assert_eq!(simulated.total.before, state(&claims, &versions).counted);
        // The draft as if it had been published, and every claim of the period as if it had been made under it.
        let published = Published::freeze(draft.clone()).unwrap();
        let mut moved = claims.clone();
        for claim in moved.iter_mut().filter(|claim| period.contains(claim.on)) {
            claim.rules = published.hash.clone();
        }
        versions.insert(published.hash, published.content);
        prop_assert_eq!(simulated.total.after, state(&moved, &versions).counted);
        let of_items: WorkPoints = simulated.items.values().map(|(_, shift)| shift.after).sum();
        prop_assert_eq!(of_items, simulated.total.after, "the items sum to the whole");
        let of_people: WorkPoints = simulated.people.iter().map(|change| change.points.after).sum();
        prop_assert_eq!(of_people, simulated.total.after, "the people sum to the whole");
    }

    #[test]
    fn a_closed_month_is_replayed_to_the_byte_and_corrections_lead_to_what_counts_now(
        (claims, rulings) in work(), known in 0_usize..16, turn in 0_usize..20,
    ) {
        let (versions, _) = versions();
        let month = Period::month_of(Date::new(2026, 6, 1).unwrap());
        let post = Post { institution: &"i".into(), name: "", group: "" };
        let state = |claims: &[Claim], rulings: &[Ruling]| {
            statement(claims, rulings, &[], &versions, &"s".into(), month, post).unwrap()
        };
        let then = rulings.get(..known.min(rulings.len())).unwrap();
        let closed = close("i".into(), month, Vec::new(), &[state(&claims, then)]);
        let (mut shuffled, mut other) = (claims.clone(), then.to_vec());
        shuffled.reverse();
        other.rotate_left(turn.checked_rem(then.len()).unwrap_or(0));
        let again = close("i".into(), month, Vec::new(), &[state(&shuffled, &other)]);
        prop_assert_eq!(Published::freeze(again).unwrap().text, Published::freeze(closed.clone()).unwrap().text);
        let now = state(&claims, &rulings);
        let added: WorkPoints =
            corrections(&closed, std::slice::from_ref(&now)).iter().map(|c| c.difference()).sum();
        prop_assert_eq!(closed.people[0].counted + added, now.counted);
    }

    #[test]
    fn months_closed_one_after_another_enter_every_point_once_whenever_it_becomes_known(
        (claims, rulings) in work(), cuts in (0_usize..16, 0_usize..16, 0_usize..16),
    ) {
        let (versions, _) = versions();
        let post = Post { institution: &"i".into(), name: "", group: "" };
        let state = |month: Period, known: usize| {
            let rulings = rulings.get(..known.min(rulings.len())).unwrap();
            statement(&claims, rulings, &[], &versions, &"s".into(), month, post).unwrap()
        };
        let mut known = [cuts.0, cuts.1, cuts.2];
        known.sort_unstable();
        let months = [5, 6, 7].map(|month| Period::month_of(Date::new(2026, month, 1).unwrap()));
        let all = |known: usize| months.map(|month| state(month, known));
        let mut closes: Vec<Close> = Vec::new();
        for (month, known) in months.into_iter().zip(known) {
            let entered = outstanding(&closes, &all(known));
            closes.push(close("i".into(), month, Vec::new(), &[state(month, known)]).entering(entered));
        }
        let paid: WorkPoints = closes.iter().flat_map(Close::earned).map(|(_, points)| points).sum();
        let open: WorkPoints = outstanding(&closes, &all(rulings.len())).iter().map(|c| c.difference()).sum();
        let counted: WorkPoints = all(rulings.len()).iter().map(|now| now.counted).sum();
        prop_assert_eq!(paid + open, counted);
        let last = known[2].min(rulings.len());
        prop_assert_eq!(outstanding(&closes, &all(last)), Vec::new(), "what was entered is not entered again");
        let mut turned = closes.clone();
        turned.reverse();
        prop_assert_eq!(outstanding(&turned, &all(rulings.len())), outstanding(&closes, &all(rulings.len())));
    }
}
