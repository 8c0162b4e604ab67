//! What residents ask for and get for their points.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::dispute::answer_to;
use super::{Answer, HealthRules, Papers, TakenBack};
use crate::base::{Date, EntryId, HealthPoints, ItemId, Order, StaffId, Timestamp};
use crate::rules::{RuleError, RuleRef, Shelf, VersionHash};

/// A resident, or who acts for them, asks for a reward.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RedemptionRequest {
    /// The id.
    pub id: EntryId,
    /// The reward.
    pub reward: ItemId,
    /// The version of the rules whose price it is asked for.
    pub rules: VersionHash,
    /// The account that wrote it.
    #[serde(default)]
    pub by: String,
    /// When.
    pub at: Timestamp,
    /// Whether it was taken back.
    #[serde(default)]
    pub withdrawn: Option<TakenBack>,
}

impl RedemptionRequest {
    /// Tells whether it waits for the team, as long as nothing was handed out for it.
    #[must_use]
    pub fn waits(&self, answers: &[Answer]) -> bool {
        self.withdrawn.is_none() && answer_to(answers, &self.id).is_none()
    }
}

/// The team handed a reward out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Redemption {
    /// The id.
    pub id: EntryId,
    /// The request it answers; nothing where the resident asked on the spot.
    #[serde(default)]
    pub request: Option<EntryId>,
    /// The reward.
    pub reward: ItemId,
    /// The version of the rules whose price it has.
    pub rules: VersionHash,
    /// The day.
    pub on: Date,
    /// Who handed it out.
    pub by: StaffId,
    /// When it was entered.
    pub at: Timestamp,
    /// Whether it came back, or was entered by mistake; kept apart in the document.
    #[serde(skip)]
    pub taken_back: Option<TakenBack>,
}

/// Where a redemption stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RedeemedState {
    /// It counts.
    Given,
    /// Another one answers the same request and was entered earlier: one request counts once.
    Duplicate,
    /// It came back, or was entered by mistake.
    TakenBack,
    /// The version it names has no such reward.
    NoSuchReward,
}

/// A redemption, which explains its own figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Redeemed {
    /// What was entered.
    pub redemption: Redemption,
    /// The name of the reward.
    pub title: String,
    /// What it costs by its version; counted when it is given.
    pub price: HealthPoints,
    /// How much of it the points did not cover.
    pub short: HealthPoints,
    /// Where it stands.
    pub state: RedeemedState,
    /// The rule of the price; nothing when the version has no such reward.
    pub rule: Option<RuleRef>,
}

/// Where a request stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RequestState {
    /// It waits for the team.
    Waiting,
    /// It was handed out.
    Given,
    /// The team says no, and why.
    Refused(Answer),
    /// It was taken back.
    Withdrawn,
}

/// A request and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Requested {
    /// What was asked for.
    pub request: RedemptionRequest,
    /// The name of the reward.
    pub title: String,
    /// What it costs by its version.
    pub price: HealthPoints,
    /// Where it stands.
    pub state: RequestState,
}

/// Prices what was handed out, by the moment of entry, and says what `earned` does not cover.
pub(super) fn redeemed(
    papers: &Papers<'_>,
    versions: &Shelf<HealthRules>,
    earned: HealthPoints,
) -> Result<Vec<Redeemed>, RuleError> {
    let mut all: Vec<&Redemption> = papers.redemptions.iter().collect();
    all.order_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    all.dedup_by(|a, b| a.id == b.id);
    let mut answered: BTreeSet<&EntryId> = BTreeSet::new();
    let mut left = earned.or_zero();
    let mut found = Vec::with_capacity(all.len());
    for redemption in all {
        let rules = versions.get(&redemption.rules)?;
        let reward = rules.reward(&redemption.reward);
        let price = reward.map_or(HealthPoints::ZERO, |reward| reward.price);
        let state = if redemption.taken_back.is_some() {
            RedeemedState::TakenBack
        } else if reward.is_none() {
            RedeemedState::NoSuchReward
        } else if redemption.request.as_ref().is_some_and(|request| !answered.insert(request)) {
            RedeemedState::Duplicate
        } else {
            RedeemedState::Given
        };
        let counted = if state == RedeemedState::Given { price } else { HealthPoints::ZERO };
        let covered = counted.min(left);
        left = left - covered;
        found.push(Redeemed {
            redemption: redemption.clone(),
            title: reward.map(|reward| reward.title.clone()).unwrap_or_default(),
            price,
            short: counted - covered,
            state,
            rule: reward.map(|reward| rules.cite(&reward.id, &reward.source, &redemption.rules)),
        });
    }
    Ok(found)
}

/// Says where each request stands, by the moment it was made. What was handed out stays so, whatever else was said apart.
pub(super) fn requested(
    papers: &Papers<'_>,
    versions: &Shelf<HealthRules>,
    redeemed: &[Redeemed],
) -> Result<Vec<Requested>, RuleError> {
    let mut all: Vec<&RedemptionRequest> = papers.requests.iter().collect();
    all.order_by(|a, b| (a.at, &a.id).cmp(&(b.at, &b.id)));
    all.dedup_by(|a, b| a.id == b.id);
    let mut found = Vec::with_capacity(all.len());
    for request in all {
        let reward = versions.get(&request.rules)?.reward(&request.reward);
        let given = redeemed.iter().any(|redeemed| {
            redeemed.state == RedeemedState::Given
                && redeemed.redemption.request.as_ref() == Some(&request.id)
        });
        let state = match answer_to(papers.answers, &request.id) {
            _ if given => RequestState::Given,
            Some(answer) => RequestState::Refused(answer.clone()),
            None if request.withdrawn.is_some() => RequestState::Withdrawn,
            None => RequestState::Waiting,
        };
        found.push(Requested {
            request: request.clone(),
            title: reward.map(|reward| reward.title.clone()).unwrap_or_default(),
            price: reward.map_or(HealthPoints::ZERO, |reward| reward.price),
            state,
        });
    }
    Ok(found)
}
