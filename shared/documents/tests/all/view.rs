//! What reading a document says, as JSON.

use automerge::Automerge;
use documents::{
    Kind, Problem, read_activity, read_catalog, read_close, read_diary, read_person, read_prescriptions,
    read_record, read_reviews, read_rewards, read_rules, read_rulings,
};
use serde_json::{Value, json};

pub fn view(kind: Kind, doc: &Automerge) -> (Value, Vec<Problem>) {
    match kind {
        Kind::Person => with(read_person(doc), |person| json!(person)),
        Kind::Record => with(read_record(doc), |record| {
            let voided: Vec<&str> = record
                .visits
                .iter()
                .filter_map(|visit| Some(visit.voided.as_ref()?.reason.as_str()))
                .collect();
            json!({ "record": record, "voided": voided, "services": record.services() })
        }),
        Kind::Diary => with(read_diary(doc), |diary| json!(diary)),
        Kind::Activity => with(read_activity(doc), |activity| json!(activity)),
        Kind::Rulings => with(read_rulings(doc), |rulings| json!(rulings)),
        Kind::Prescriptions => with(read_prescriptions(doc), |prescriptions| {
            let withdrawn: Vec<&str> = prescriptions
                .cases
                .iter()
                .filter_map(|case| Some(case.withdrawn.as_ref()?.reason.as_str()))
                .collect();
            json!({ "prescriptions": prescriptions, "withdrawn": withdrawn })
        }),
        Kind::Reviews => with(read_reviews(doc), |reviews| json!(reviews)),
        Kind::Rewards => with(read_rewards(doc), |rewards| {
            let attended = rewards.attendances.iter().filter_map(|seen| seen.taken_back.as_ref());
            let handed = rewards.redemptions.iter().filter_map(|given| given.taken_back.as_ref());
            let back: Vec<&str> = attended.chain(handed).map(|back| back.reason.as_str()).collect();
            json!({ "rewards": rewards, "taken_back": back })
        }),
        Kind::Close => with(read_close(doc), |closed| json!(closed)),
        Kind::Catalog => with(read_catalog(doc), |catalog| {
            let packages: Vec<_> = catalog.packages.iter().collect();
            let health_points: Vec<_> = catalog.health_points.iter().collect();
            json!({
                "institutions": catalog.institutions, "teams": catalog.teams,
                "staff": catalog.staff, "packages": packages, "health_points": health_points,
            })
        }),
        Kind::Rules => with(read_rules(doc), |rules| {
            let points: Vec<_> = rules.points.iter().collect();
            json!({ "key": rules.county_key.map(|key| key.len()), "points": points, "drafts": rules.drafts })
        }),
    }
}

fn with<T>(read: (T, Vec<Problem>), json: impl FnOnce(T) -> Value) -> (Value, Vec<Problem>) {
    (json(read.0), read.1)
}
