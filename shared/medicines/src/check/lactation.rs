//! Breast-feeding.

use super::{Case, cautions};
use crate::knowledge::When;
use crate::{Finding, Kind};

/// The worst of each line.
pub(crate) fn check(case: &Case) -> Vec<Finding> {
    let held = cautions::held(case, |when| matches!(when, When::Lactation));
    cautions::worst(held, case, Kind::Lactation, "lactation")
}
