//! What kidneys and liver leave of a usual dose.

use super::UsualDose;
use crate::check::{Case, cautions, hepatic, renal};
use crate::knowledge::{Medicine, When};
use crate::{Finding, Level, Line, Medicines, Patient};

/// Lowers a dose to what the kidneys and the liver allow a day, and adds what speaks against the medicine at all; what is not known
/// changes nothing.
pub(super) fn adjust(medicines: &Medicines, medicine: &Medicine, patient: &Patient, dose: &mut UsualDose) {
    let route = serde_json::to_value(dose.route).ok();
    let route = route.and_then(|route| route.as_str().map(str::to_owned)).unwrap_or_default();
    let line = Line { medicine: medicine.id.clone(), route, ..Line::default() };
    let lines = [line];
    let case = Case::new(medicines, patient, &lines);
    let mut found: Vec<Finding> = Vec::new();
    if case.egfr.is_some() {
        found.extend(renal::check(&case));
    }
    if case.child_pugh.is_some() {
        found.extend(hepatic::check(&case));
    }
    let unit = medicine.doses.first().map(|row| row.base_unit().0);
    let organs = |when: &When| matches!(when, When::Egfr(_) | When::ChildPugh(_)) && case.holds(when);
    let most = cautions::matching(&case, organs).into_iter().filter_map(|held| held.caution.day);
    if let Some(most) = most.reduce(f64::min).filter(|_| unit == Some(dose.unit.as_str())) {
        lower(dose, most);
    }
    dose.organs = found;
}

/// Lowers a dose to at most so much a day: first the amount at once, then how often, since halving tablets has an end.
fn lower(dose: &mut UsualDose, most: f64) {
    dose.max_day = dose.max_day.min(most);
    dose.max_single = dose.max_single.min(most);
    let (seldom, often) = dose.times;
    let at_once = |amount: f64| amount.min(most / seldom.max(f64::MIN_POSITIVE)).min(most);
    dose.single = (at_once(dose.single.0), at_once(dose.single.1));
    let fits = |times: f64| times * dose.single.0 <= most;
    dose.times = (seldom, if fits(often) { often } else { seldom });
}

impl UsualDose {
    /// Tells whether kidneys or liver forbid the medicine.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.organs.iter().any(|finding| finding.level == Level::Stop)
    }
}
