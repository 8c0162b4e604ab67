//! Laws of health points that hold for every input.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use domain::base::{Date, EntryId, HealthPoints, Period, Timestamp};
use domain::health_points::{
    Answer, Deed, DeedKind, EntryDispute, HealthRules, Ledger, Outcome, Papers, RedeemedState, Redemption,
    RedemptionRequest, TakenBack, health_templates, ledger, participation,
};
use domain::rules::{Published, Shelf, VersionHash};
use proptest::prelude::*;

fn versions() -> (Shelf<HealthRules>, Vec<VersionHash>) {
    let rules = health_templates().unwrap().rules.rules.clone();
    let published: Vec<_> = rules.into_iter().map(|rules| Published::freeze(rules).unwrap()).collect();
    let hashes = published.iter().map(|entry| entry.hash.clone()).collect();
    (published.into_iter().collect(), hashes)
}

/// What both sides wrote, in any order.
#[derive(Debug, Clone, Default)]
struct All {
    deeds: Vec<Deed>,
    requests: Vec<RedemptionRequest>,
    disputes: Vec<EntryDispute>,
    redemptions: Vec<Redemption>,
    answers: Vec<Answer>,
}

impl All {
    fn ledger(&self) -> Ledger {
        let papers = Papers {
            deeds: &self.deeds,
            requests: &self.requests,
            disputes: &self.disputes,
            redemptions: &self.redemptions,
            answers: &self.answers,
        };
        ledger(papers, &versions().0, Date::new(2026, 12, 31).unwrap()).unwrap()
    }

    /// The same, received in another order, some of it twice.
    fn turned(&self, by: usize) -> Self {
        fn turn<T: Clone>(list: &[T], by: usize) -> Vec<T> {
            let mut list = list.to_vec();
            list.reverse();
            let middle = by.checked_rem(list.len()).unwrap_or(0);
            list.rotate_left(middle);
            list.extend(list.first().cloned());
            list
        }
        Self {
            deeds: turn(&self.deeds, by),
            requests: turn(&self.requests, by),
            disputes: turn(&self.disputes, by),
            redemptions: turn(&self.redemptions, by),
            answers: turn(&self.answers, by),
        }
    }
}

fn day(days: i64) -> Date {
    Date::new(2026, 5, 1).unwrap().add_days(days)
}

fn at(n: usize, days: i64) -> Timestamp {
    Timestamp(Timestamp::of(day(days), 9, 0).0 + i64::try_from(n).unwrap())
}

fn out(of: Option<i64>) -> Option<TakenBack> {
    of.map(|days| TakenBack { reason: "r".into(), at: at(0, days) })
}

fn everything() -> impl Strategy<Value = All> {
    let kinds = [
        (DeedKind::FollowUp, "home"),
        (DeedKind::FollowUp, "phone"),
        (DeedKind::Reading, ""),
        (DeedKind::Contract, ""),
        (DeedKind::Service, "examination"),
        (DeedKind::Attendance, "lecture"),
        ("newer".into(), ""),
    ];
    let deed = (0_usize..kinds.len(), 0_i64..220, prop::option::weighted(0.15, 0_i64..240));
    let dispute = (prop::option::weighted(0.8, 0_usize..12), 0_i64..240, any::<bool>());
    let request = (0_usize..5, 0_usize..2, 0_i64..240, any::<bool>());
    let given = (0_usize..6, 0_usize..2, prop::option::of(0_usize..4), 0_i64..240, 0_usize..6);
    let answer = (any::<bool>(), 0_usize..5, 0_usize..3, 0_i64..6_000, 0_i64..240);
    (
        prop::collection::vec(deed, 0..24),
        prop::collection::vec(dispute, 0..5),
        prop::collection::vec(request, 0..4),
        prop::collection::vec(given, 0..6),
        prop::collection::vec(answer, 0..8),
    )
        .prop_map(move |(deeds, disputes, requests, given, answers)| {
            let (_, hashes) = versions();
            let rewards = ["glucose", "registration", "salt_spoon", "home_visit", "priority", "bicycle"];
            let deeds: Vec<Deed> = deeds
                .into_iter()
                .enumerate()
                .map(|(n, (kind, days, taken))| Deed {
                    kind: kinds[kind].0.clone(),
                    of: kinds[kind].1.to_owned(),
                    on: day(days),
                    evidence: format!("e{n}"),
                    taken_out: out(taken),
                })
                .collect();
            let disputes = disputes.into_iter().enumerate().map(|(n, (entry, days, back))| EntryDispute {
                id: format!("dispute{n}").into(),
                entry: entry.map(|deed| EntryId::new(format!("follow_up:e{deed}"))),
                reason: "r".into(),
                by: "resident1".into(),
                at: at(n, days),
                withdrawn: out(back.then_some(days)),
            });
            let requests = requests.into_iter().enumerate().map(|(n, (reward, version, days, back))| {
                RedemptionRequest {
                    id: format!("request{n}").into(),
                    reward: rewards[reward].into(),
                    rules: hashes[version].clone(),
                    by: "resident1".into(),
                    at: at(n, days),
                    withdrawn: out(back.then_some(days)),
                }
            });
            let given =
                given.into_iter().enumerate().map(|(n, (reward, version, request, days, back))| Redemption {
                    id: format!("redemption{n}").into(),
                    request: request.map(|request| format!("request{request}").into()),
                    reward: rewards[reward].into(),
                    rules: hashes[version].clone(),
                    on: day(days),
                    by: "d".into(),
                    at: at(n, days),
                    taken_back: out((back == 0).then_some(days)),
                });
            let answers =
                answers.into_iter().enumerate().map(|(n, (to_request, to, outcome, points, days))| Answer {
                    id: format!("answer{n}").into(),
                    to: format!("{}{to}", if to_request { "request" } else { "dispute" }).into(),
                    outcome: match outcome {
                        0 => Outcome::Refused,
                        1 => Outcome::Corrected { points: HealthPoints(points) },
                        _ => Outcome::Unknown,
                    },
                    reason: "r".into(),
                    by: "d".into(),
                    at: at(n, days),
                });
            All {
                deeds,
                disputes: disputes.collect(),
                requests: requests.collect(),
                redemptions: given.collect(),
                answers: answers.collect(),
            }
        })
}

proptest! {
    #[test]
    fn both_sides_find_the_same_in_whatever_order_it_came(all in everything(), turn in 0_usize..20) {
        prop_assert_eq!(all.turned(turn).ledger(), all.ledger());
    }

    #[test]
    fn parts_sum_to_the_whole_and_nothing_is_less_than_nothing(all in everything()) {
        let whole = all.ledger();
        let sum = |points: &mut dyn Iterator<Item = HealthPoints>| points.sum::<HealthPoints>();
        let mut earned = whole.entries.iter().map(|entry| entry.points);
        prop_assert_eq!(sum(&mut earned), whole.earned);
        let gone = whole.entries.iter().filter(|entry| !entry.counts());
        prop_assert_eq!(sum(&mut gone.map(|entry| entry.points)), whole.reversed);
        let given = || whole.redeemed_for.iter().filter(|given| given.state == RedeemedState::Given);
        prop_assert_eq!(sum(&mut given().map(|given| given.price)), whole.redeemed);
        prop_assert_eq!(
            whole.earned - whole.reversed - whole.redeemed, whole.available - whole.overdrawn, "used and left",
        );
        prop_assert!(whole.available >= HealthPoints::ZERO && whole.overdrawn >= HealthPoints::ZERO);
        prop_assert!(whole.available.0 == 0 || whole.overdrawn.0 == 0);
        prop_assert_eq!(sum(&mut whole.redeemed_for.iter().map(|given| given.short)), whole.overdrawn);
        let wholes = HealthPoints::ZERO..=whole.available;
        prop_assert!(wholes.contains(&whole.free()));
        for (n, month) in (1..=12).enumerate() {
            let month = Period::month_of(Date::new(2026, month, 1).unwrap());
            let of_month = whole.entries.iter().filter(|entry| entry.counts() && month.contains(entry.on));
            prop_assert_eq!(sum(&mut of_month.map(|entry| entry.points)), whole.earned_in(month), "{}", n);
        }
    }

    #[test]
    fn no_item_brings_more_than_its_caps(all in everything()) {
        let whole = all.ledger();
        let rules = &health_templates().unwrap().rules.rules[1];
        for entry in &whole.entries {
            prop_assert!(entry.points >= HealthPoints::ZERO && entry.points <= entry.before_caps);
            prop_assert_eq!(entry.points < entry.before_caps, entry.capped_by.is_some());
            let Some(item) = rules.items.iter().find(|item| item.id == entry.item) else { continue };
            let with = |days: Period| -> HealthPoints {
                let own = whole.entries.iter().filter(|other| other.item == item.id && days.contains(other.on));
                own.filter(|other| other.counts()).map(|other| other.points).sum()
            };
            let caps = [
                (item.cap_day, Period { from: entry.on, until: entry.on }),
                (item.cap_month, Period::month_of(entry.on)),
                (item.cap_year, Period::year_of(entry.on)),
            ];
            for (cap, days) in caps {
                prop_assert!(cap.is_none_or(|cap| with(days) <= cap), "{} {}", item.id, entry.on);
            }
        }
    }

    #[test]
    fn publishing_a_later_version_changes_no_earlier_entry(all in everything()) {
        let (mut shelf, hashes) = versions();
        let mut later = shelf.get(&hashes[1]).unwrap().clone();
        later.from = day(200);
        later.items.iter_mut().for_each(|item| item.points = HealthPoints::whole(7));
        let before = all.ledger();
        let later = Published::freeze(later).unwrap();
        shelf.insert(later.hash, later.content);
        let papers = Papers { deeds: &all.deeds, ..Papers::default() };
        let until = Date::new(2026, 12, 31).unwrap();
        let with = ledger(papers, &shelf, until).unwrap();
        let without = ledger(papers, &versions().0, until).unwrap();
        // A series is of one month and version: the month of the change is left out for it.
        let earlier = |ledger: &Ledger| -> Vec<_> {
            let own = ledger.entries.iter().filter(|entry| entry.on < Period::month_of(day(200)).from);
            own.cloned().collect()
        };
        prop_assert_eq!(earlier(&with), earlier(&without));
        prop_assert!(before.entries.len() >= without.entries.len());
    }

    #[test]
    fn participation_counts_everybody_once(days in prop::collection::vec(prop::option::of(0_i64..400), 0..40)) {
        let period = Period::year_of(day(0));
        let found = participation(days.iter().map(|days| days.map(day)), period);
        prop_assert_eq!(usize::try_from(found.residents).unwrap(), days.len());
        prop_assert!(found.took_part <= found.residents);
        prop_assert_eq!(found.share.is_none(), days.is_empty());
        prop_assert!(found.share.is_none_or(|share| share <= 10_000));
    }
}
