use domain::base::{Date, Sex};
use domain::measurements::{BodyFact, ChildPugh, Whose, body_rules};
use serde::Deserialize;

use super::check_all;

#[derive(Deserialize)]
struct Input {
    sex: Sex,
    born: Option<Date>,
    facts: Vec<BodyFact>,
}

#[derive(Deserialize)]
struct Expected {
    egfr: Option<u16>,
    worked_out: Option<bool>,
    child_pugh: Option<ChildPugh>,
    pregnant: Option<bool>,
    weeks: Option<u16>,
    breast_feeding: Option<bool>,
}

#[test]
fn a_body_is_known_by_the_newest_facts_as_long_as_they_are_believed() {
    let text = include_str!("../../data/cases/body.toml");
    check_all(text, |date, input: Input, expected: Expected| {
        let whose = Whose { born: input.born, sex: &input.sex };
        let body = body_rules().unwrap().known(&input.facts, whose, date).unwrap();
        let egfr = body.egfr.map(|known| known.value);
        assert_eq!(egfr.as_ref().map(|egfr| egfr.rate), expected.egfr);
        assert_eq!(egfr.map(|egfr| egfr.from.is_some()), expected.worked_out);
        assert_eq!(body.child_pugh.map(|known| known.value), expected.child_pugh);
        let pregnancy = body.pregnancy.map(|known| known.value);
        assert_eq!(pregnancy.map(|known| known.pregnant), expected.pregnant);
        assert_eq!(pregnancy.and_then(|known| known.weeks), expected.weeks);
        assert_eq!(body.breast_feeding.map(|known| known.value), expected.breast_feeding);
    });
}
