//! What of a contract is owed, given and left.

use crate::base::Order;
use serde::{Deserialize, Serialize};

use super::{Cadence, Contract, Package, PackageItem, Service, ServiceKind};
use crate::base::{Date, ItemId, PackageId, Period, VisitId};
use crate::rules::{Reason, ReasonCode, RuleRef, VersionHash};

/// What is owed, given and left over the whole term.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fulfilment {
    /// Items in the order of the packages.
    pub items: Vec<ItemFulfilment>,
    /// Times owed over the term.
    pub owed: u32,
    /// Times given that count.
    pub given: u32,
    /// Times owed by today: windows that are over, and all given.
    pub due_so_far: u32,
    /// Services that found no item of this contract's packages.
    pub unmatched: Vec<VisitId>,
}

/// One item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ItemFulfilment {
    /// The package.
    pub package: PackageId,
    /// The item.
    pub item: ItemId,
    /// Its name.
    pub title: String,
    /// The kind of service that uses it.
    pub service: ServiceKind,
    /// How its times lie in the year.
    pub cadence: Cadence,
    /// Times owed over the term; zero when as needed.
    pub owed: u32,
    /// Times given that count against what is owed.
    pub given: u32,
    /// Times left: owed less given, windows that are over not counted.
    pub left: u32,
    /// Times missed: windows that are over without a service.
    pub missed: u32,
    /// Further times given beyond what was owed.
    pub extra: u32,
    /// How many of all were entered late.
    pub late_entries: u32,
    /// The windows.
    pub windows: Vec<Window>,
    /// By when the next time is owed.
    pub next_due: Option<Date>,
    /// Why that date.
    pub reason: Option<Reason>,
}

/// A window in which an item is owed once, or, for yearly items, so many times.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Window {
    /// Its days.
    pub period: Period,
    /// Times owed in it.
    pub owed: u32,
    /// Services given in it, the first ones counting.
    pub services: Vec<VisitId>,
    /// Where it stands.
    pub state: WindowState,
}

/// Where a window stands on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WindowState {
    /// All given.
    Given,
    /// Open now, something is owed.
    Open,
    /// Over, something was missed.
    Missed,
    /// Not begun.
    Future,
}

/// Returns what is due, used and left of every item of `contract` on `today`.
///
/// `packages` are those the contract pins, in its order. Each service counts in the window of its date of
/// service, however late it was entered; a second one in the same window is extra and uses up nothing.
#[must_use]
pub fn fulfilment(
    contract: &Contract,
    packages: &[&Package],
    services: &[Service],
    today: Date,
) -> Fulfilment {
    let term = contract.term();
    let mut own: Vec<&Service> =
        services.iter().filter(|service| service.contract == contract.id && !service.voided).collect();
    own.order_by(|a, b| (a.on, &a.visit).cmp(&(b.on, &b.visit)));
    let mut items = Vec::new();
    let mut matched: Vec<&VisitId> = Vec::new();
    for package in packages {
        let hash = contract.packages.iter().find(|pinned| pinned.id == package.id);
        let version = hash.map(|pinned| pinned.hash.clone()).unwrap_or_default();
        for item in &package.items {
            let of_item: Vec<&Service> = own
                .iter()
                .filter(|service| service.package == package.id && service.item == item.id)
                .filter(|service| term.contains(service.on))
                .copied()
                .collect();
            matched.extend(of_item.iter().map(|service| &service.visit));
            items.push(item_fulfilment(package, item, &version, &of_item, contract, today));
        }
    }
    let unmatched = own
        .iter()
        .filter(|service| !matched.contains(&&service.visit))
        .map(|service| service.visit.clone())
        .collect();
    let sum = |count: fn(&ItemFulfilment) -> u32| items.iter().map(count).sum();
    Fulfilment {
        owed: sum(|item| item.owed),
        given: sum(|item| item.given),
        due_so_far: sum(|item| item.given + item.missed),
        unmatched,
        items,
    }
}

fn item_fulfilment(
    package: &Package,
    item: &PackageItem,
    version: &VersionHash,
    services: &[&Service],
    contract: &Contract,
    today: Date,
) -> ItemFulfilment {
    let windows = windows(item, contract, services, today);
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    let owed = windows.iter().map(|window| window.owed).sum();
    let given: u32 = windows.iter().map(|w| count(w.services.len()).min(w.owed)).sum();
    let missed = windows
        .iter()
        .filter(|window| window.state == WindowState::Missed)
        .map(|window| window.owed - count(window.services.len()).min(window.owed))
        .sum();
    let next = windows.iter().find(|w| matches!(w.state, WindowState::Open | WindowState::Future));
    let reason = next.map(|window| Reason {
        code: ReasonCode::PackageItemDue { from: window.period.from, until: window.period.until },
        rule: RuleRef {
            rule: format!("{}.{}", package.id, item.id),
            version: version.clone(),
            from: package.from,
            source: item.source.clone(),
        },
    });
    ItemFulfilment {
        package: package.id.clone(),
        item: item.id.clone(),
        title: item.title.clone(),
        service: item.service.clone(),
        cadence: item.cadence.clone(),
        owed,
        given,
        left: owed - given - missed,
        missed,
        extra: count(services.len()) - given,
        late_entries: count(services.iter().filter(|service| service.is_late_entry()).count()),
        next_due: next.map(|window| window.period.until),
        reason,
        windows,
    }
}

fn windows(item: &PackageItem, contract: &Contract, services: &[&Service], today: Date) -> Vec<Window> {
    let (months, owed) = match item.cadence {
        Cadence::Quarterly => (3, 1),
        Cadence::Monthly => (1, 1),
        Cadence::Yearly => (12, u32::from(item.times_a_year)),
        Cadence::AsNeeded | Cadence::Unknown(_) => return Vec::new(),
    };
    let term = contract.term();
    let mut windows = Vec::new();
    for index in 0.. {
        // Counted from the first day each time, so that a contract of 31 January does not drift.
        let from = contract.from.add_months(index * months);
        let planned = contract.from.add_months((index + 1) * months).add_days(-1);
        // A contract that ended early owes what was owed by then; a begun window counts no more.
        let cut = contract.terminated.is_some() && planned > term.until;
        if from > term.until || cut {
            break;
        }
        let period = Period { from, until: planned.min(term.until) };
        let within: Vec<VisitId> = services
            .iter()
            .filter(|service| period.contains(service.on))
            .map(|service| service.visit.clone())
            .collect();
        let state = match within.len() {
            given if given >= owed as usize => WindowState::Given,
            _ if today > period.until => WindowState::Missed,
            _ if today >= period.from => WindowState::Open,
            _ => WindowState::Future,
        };
        windows.push(Window { period, owed, services: within, state });
    }
    windows
}
