//! What claims are worth after rulings and caps, before anything is said of why.
//!
//! Statements, closed months and simulations all rest on [`weigh`], so that they cannot differ.

use std::collections::HashMap;

use super::score::worth;
use super::{Cap, Claim, Item, LineState, PointsRules, Ruling, Verdict};
use crate::base::{Date, Order, WorkPoints};
use crate::rules::{Caps, RuleError, Shelf, Span, Used, VersionHash};

/// Rulings by claim, each claim's in the order in which they were made.
#[derive(Debug, Default)]
pub struct Rulings<'a>(HashMap<&'a str, Vec<&'a Ruling>>);

impl<'a> Rulings<'a> {
    /// Sorts `rulings` by claim; the same ruling twice is one.
    #[must_use]
    pub fn of(rulings: &'a [Ruling]) -> Self {
        let mut by_claim: HashMap<&str, Vec<&Ruling>> = HashMap::with_capacity(rulings.len());
        for ruling in rulings {
            by_claim.entry(ruling.claim.as_str()).or_default().push(ruling);
        }
        for own in by_claim.values_mut().filter(|own| own.len() > 1) {
            own.order_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
            own.dedup_by(|a, b| a.id == b.id);
        }
        Self(by_claim)
    }

    /// Returns the rulings on a claim; the last one counts.
    #[must_use]
    pub fn on(&self, claim: &Claim) -> &[&'a Ruling] {
        self.0.get(claim.id.as_str()).map_or(&[], Vec::as_slice)
    }
}

/// What a claim is worth.
#[derive(Debug, Clone)]
pub struct Weighed<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// The rules it was weighed by.
    pub rules: &'a PointsRules,
    /// Their item, if they have it.
    pub item: Option<&'a Item>,
    /// The ruling that counts.
    pub ruling: Option<&'a Ruling>,
    /// Where it stands.
    pub state: LineState,
    /// The points before caps: the score, or what a ruling put in its place.
    pub before_caps: WorkPoints,
    /// The points after caps: counted when the state counts, else what it would bring.
    pub points: WorkPoints,
    /// The cap that cut it.
    pub capped_by: Option<Cap>,
}

/// Weighs claims of one member of staff, who belongs to `group`; returns them by date of work, then by id.
///
/// Claims of the whole year are to be passed, since yearly caps count from its first day. Counted claims use up caps
/// first, by date; pending ones what is then left.
///
/// # Errors
/// What `version` says of a claim whose rules it does not have.
pub fn weigh<'a>(
    claims: impl Iterator<Item = &'a Claim>,
    rulings: &Rulings<'a>,
    group: &str,
    mut version: impl FnMut(&Claim) -> Result<&'a PointsRules, RuleError>,
) -> Result<Vec<Weighed<'a>>, RuleError> {
    let mut all = Vec::with_capacity(claims.size_hint().0);
    for claim in claims {
        all.push(one(claim, rulings.on(claim).last().copied(), group, version(claim)?));
    }
    all.order_by(|a: &Weighed<'_>, b| order(a).cmp(&order(b)));
    let mut used = Used::default();
    for counting in [true, false] {
        for weighed in all.iter_mut().filter(|weighed| weighed.state.counts() == counting) {
            cap(weighed, &mut used);
        }
    }
    Ok(all)
}

/// By date of work, then by id.
fn order<'a>(weighed: &Weighed<'a>) -> (Date, &'a str) {
    (weighed.claim.on, weighed.claim.id.as_str())
}

/// Returns the version each claim names; claims of one version often follow each other.
pub(super) fn pinned<'a>(
    versions: &'a Shelf<PointsRules>,
) -> impl FnMut(&Claim) -> Result<&'a PointsRules, RuleError> {
    let mut last: Option<(VersionHash, &'a PointsRules)> = None;
    move |claim| match &last {
        Some((hash, rules)) if *hash == claim.rules => Ok(rules),
        _ => {
            let rules = versions.get(&claim.rules)?;
            last = Some((claim.rules.clone(), rules));
            Ok(rules)
        }
    }
}

fn one<'a>(claim: &'a Claim, ruling: Option<&'a Ruling>, group: &str, rules: &'a PointsRules) -> Weighed<'a> {
    let item = rules.item(&claim.item);
    let scored = item.map_or(WorkPoints::ZERO, |item| worth(claim, item, rules));
    let of_group = |item: &Item| item.groups.is_empty() || item.groups.iter().any(|own| own == group);
    let (state, before_caps) = match (&claim.withdrawn, item, ruling.map(|ruling| &ruling.verdict)) {
        (Some(_), ..) => (LineState::Withdrawn, WorkPoints::ZERO),
        (_, None, _) => (LineState::NoSuchItem, WorkPoints::ZERO),
        (_, Some(item), _) if !of_group(item) => (LineState::OtherGroup, WorkPoints::ZERO),
        (.., Some(Verdict::Accepted)) => (LineState::Accepted, scored),
        (.., Some(Verdict::Adjusted { points })) => (LineState::Adjusted, *points),
        (.., Some(Verdict::Rejected)) => (LineState::Rejected, WorkPoints::ZERO),
        (.., Some(Verdict::Unknown)) => (LineState::Pending, scored),
        (_, Some(item), None) if item.needs_ruling => (LineState::Pending, scored),
        (.., None) => (LineState::Counted, scored),
    };
    Weighed { claim, rules, item, ruling, state, before_caps, points: before_caps, capped_by: None }
}

/// Cuts a claim to what the caps of its item leave, and uses that up.
fn cap<'a>(weighed: &mut Weighed<'a>, used: &mut Used<'a>) {
    let Some(item) = weighed.item else { return };
    let of = |cap: Option<WorkPoints>| cap.map(|cap| cap.0);
    let caps = Caps {
        entry: of(item.cap_claim),
        day: of(item.cap_day),
        month: of(item.cap_month),
        year: of(item.cap_year),
    };
    let (points, cut_by) = used.take(item.id.as_str(), weighed.claim.on, weighed.before_caps.0, caps);
    weighed.points = WorkPoints(points);
    weighed.capped_by = cut_by.map(|(span, cap)| match span {
        Span::Entry => Cap::Claim(WorkPoints(cap)),
        Span::Day => Cap::Day(WorkPoints(cap)),
        Span::Month => Cap::Month(WorkPoints(cap)),
        Span::Year => Cap::Year(WorkPoints(cap)),
    });
}
