//! What a resident did that health points count, from the record and the diary.

use automerge::Automerge;
use domain::base::Date;
use domain::health_points::{Deed, DeedKind, Papers, TakenBack, waiting};

use crate::{Diary, Record, Rewards, Visit};

/// Returns what a resident did, in no order.
#[must_use]
pub fn deeds(record: &Record, diary: &Diary, rewards: &Rewards) -> Vec<Deed> {
    let visits = record.visits.iter().flat_map(of_visit);
    let contracts = record.contracts.iter().map(|signed| {
        let contract = &signed.contract;
        let on = contract.signed_at.map_or(contract.from, |at| at.date());
        deed(DeedKind::Contract, "", on, contract.id.as_str())
    });
    let readings = diary
        .readings
        .iter()
        .map(|reading| deed(DeedKind::Reading, "", reading.at.date(), reading.id.as_str()));
    let seen = rewards.attendances.iter().map(crate::rewards::Attendance::deed);
    visits.chain(contracts).chain(readings).chain(seen).collect()
}

fn of_visit(visit: &Visit) -> Vec<Deed> {
    let void = visit.voided.as_ref();
    let taken_out = void.map(|void| TakenBack { reason: void.reason.clone(), at: void.at });
    let (on, id) = (visit.on(), visit.id.as_str());
    let follow_up = (visit.follow_up.is_some() || visit.diabetes.is_some())
        .then(|| deed(DeedKind::FollowUp, visit.place.as_str(), on, id));
    let mut services: Vec<&str> = visit.services.iter().map(|used| used.item.as_str()).collect();
    // Two packages of one contract may have the same item; it was done once.
    services.sort_unstable();
    services.dedup();
    let services = services.into_iter().map(|item| deed(DeedKind::Service, item, on, id));
    follow_up.into_iter().chain(services).map(|deed| Deed { taken_out: taken_out.clone(), ..deed }).collect()
}

fn deed(kind: DeedKind, of: &str, on: Date, evidence: &str) -> Deed {
    Deed { kind, of: of.to_owned(), on, evidence: evidence.to_owned(), taken_out: None }
}

impl Diary {
    /// Returns what health points are worked out from: what was done, and what both sides wrote.
    #[must_use]
    pub fn papers<'a>(&'a self, deeds: &'a [Deed], rewards: &'a Rewards) -> Papers<'a> {
        Papers {
            deeds,
            requests: &self.requests,
            disputes: &self.disputes,
            redemptions: &rewards.redemptions,
            answers: &rewards.answers,
        }
    }

    /// Returns how many requests and disputes wait for the team; no rules are needed for that.
    #[must_use]
    pub fn waiting(&self, rewards: &Rewards) -> usize {
        let disputes = self.disputes.iter().filter(|dispute| waiting(dispute, &rewards.answers));
        let requests = self.requests.iter().filter(|request| {
            let given = |redemption: &domain::health_points::Redemption| {
                redemption.request.as_ref() == Some(&request.id) && redemption.taken_back.is_none()
            };
            request.waits(&rewards.answers) && !rewards.redemptions.iter().any(given)
        });
        disputes.count() + requests.count()
    }
}

/// Reads the rewards document of a resident; one that was never needed is empty.
#[must_use]
pub fn rewards_of(doc: Option<&Automerge>) -> (Rewards, Vec<crate::Problem>) {
    doc.map(crate::read_rewards).unwrap_or_default()
}
