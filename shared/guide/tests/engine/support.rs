//! A guide of the packs as they are shipped.

use super::pack::knowledge;
use guide::{Advice, Case, Chip, Guide, Reply, Request, Sex, State, Told};
use std::sync::LazyLock;

static GUIDE: LazyLock<Guide> =
    LazyLock::new(|| Guide::new(&knowledge(), medicines::Medicines::pack()).unwrap());

pub fn guide() -> &'static Guide {
    &GUIDE
}

pub fn case(age_years: u32, sex: Sex, text: &str) -> Case {
    Case { age_months: Some(age_years * 12), sex: Some(sex), texts: vec![text.to_owned()], ..Case::default() }
}

pub fn told(finding: &str, state: State) -> Told {
    Told { finding: finding.to_owned(), state }
}

pub fn advise(case: &Case) -> Advice {
    match guide().answer(&Request::Advise(case.clone())) {
        Reply::Advice(advice) => advice,
        other => panic!("{other:?}"),
    }
}

pub fn chip<'a>(advice: &'a Advice, finding: &str) -> Option<&'a Chip> {
    advice.chips.iter().find(|chip| chip.finding == finding)
}

/// Returns complaints as people write them.
pub fn complaints() -> Vec<String> {
    super::pack::texts("vignettes.jsonl")
}
