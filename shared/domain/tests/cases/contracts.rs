use domain::base::{Date, ItemId, PackageId, Timestamp};
use domain::contracts::{
    Contract, PackageRef, Service, Termination, fulfilment, package_templates, signing, state,
};
use domain::rules::Published;
use serde::Deserialize;

use super::{check_all, same, tag};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Input {
    #[serde(default = "hypertension")]
    package: PackageId,
    from: Date,
    /// The item that is looked at, and that visits use up unless they say so.
    #[serde(default = "follow_up")]
    item: ItemId,
    visits: Vec<Given>,
    terminated: Option<Date>,
}

fn hypertension() -> PackageId {
    "hypertension".into()
}

fn follow_up() -> ItemId {
    "follow_up".into()
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Given {
    item: Option<ItemId>,
    on: Date,
    recorded: Date,
    #[serde(default)]
    voided: bool,
}

/// `owed` is of the whole contract, the others of the item that is looked at.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Expected {
    state: Option<String>,
    owed: Option<u32>,
    given: Option<u32>,
    left: Option<u32>,
    missed: Option<u32>,
    extra: Option<u32>,
    late_entries: Option<u32>,
    next_due: Option<Date>,
}

#[test]
fn contracts_owe_give_and_leave_what_the_cases_say() {
    let text = include_str!("../../data/cases/contracts.toml");
    check_all(text, |today, input: Input, expected: Expected| {
        let templates = &package_templates().unwrap().rules.packages;
        let package = templates.iter().find(|package| package.id == input.package).unwrap();
        let hash = Published::freeze(package.clone()).unwrap().hash;
        let contract = Contract {
            id: "c1".into(),
            resident: "r1".into(),
            team: "t1".into(),
            signed_by: "zhang.wei".into(),
            signed_at: Some(Timestamp::of(input.from, 9, 0)),
            from: input.from,
            until: signing::one_year(input.from),
            packages: vec![PackageRef { id: package.id.clone(), hash }],
            place: "home".into(),
            renews: None,
            terminated: input.terminated.map(|on| Termination {
                reason: "搬走".into(),
                on,
                by: "zhang.wei".into(),
                at: Timestamp::of(on, 9, 0),
            }),
        };
        let services: Vec<Service> = input
            .visits
            .iter()
            .enumerate()
            .map(|(index, given)| Service {
                visit: format!("v{index}").into(),
                contract: "c1".into(),
                package: package.id.clone(),
                item: given.item.clone().unwrap_or_else(|| input.item.clone()),
                on: given.on,
                recorded_on: given.recorded,
                by: "zhang.wei".into(),
                voided: given.voided,
            })
            .collect();
        let result = fulfilment(&contract, &[package], &services, today);
        let item = result.items.iter().find(|item| item.item == input.item).unwrap();
        same(
            tag(&state(&contract, std::slice::from_ref(&contract), today), "state"),
            expected.state,
            "state",
        );
        same(result.owed, expected.owed, "owed");
        same(item.given, expected.given, "given");
        same(item.left, expected.left, "left");
        same(item.missed, expected.missed, "missed");
        same(item.extra, expected.extra, "extra");
        same(item.late_entries, expected.late_entries, "late entries");
        same(item.next_due, expected.next_due.map(Some), "next due");
    });
}
