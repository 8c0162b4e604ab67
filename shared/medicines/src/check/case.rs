//! A prescription and a resident, understood.

use crate::knowledge::{Caution, Class, Medicine, Pack, When};
use crate::line::Route;
use crate::lookup::normalise;
use crate::recognise::{self, Allergy};
use crate::{ChildPugh, Line, Medicines, Patient};
use std::collections::BTreeSet;

/// A line, understood.
pub(crate) struct Item<'a> {
    /// Its place in the prescription.
    pub at: usize,
    pub line: &'a Line,
    /// The medicine; `None` for an unknown one.
    pub medicine: Option<&'a Medicine>,
    /// The medicine and everything inside it.
    pub substances: Vec<&'a Medicine>,
    pub route: Route,
    /// Whether it reaches the blood.
    pub systemic: bool,
    /// Every class, whatever the route.
    pub classes: BTreeSet<&'a str>,
    /// The classes and medicines it acts as, by this route.
    pub acts_as: BTreeSet<&'a str>,
}

/// What the checks ask.
pub(crate) struct Case<'a> {
    pub medicines: &'a Medicines,
    pub patient: &'a Patient,
    pub items: Vec<Item<'a>>,
    pub conditions: BTreeSet<&'a str>,
    pub allergies: Vec<Allergy<'a>>,
    /// Kidney function as measured, or the best that a named stage leaves.
    pub egfr: Option<f64>,
    pub child_pugh: Option<ChildPugh>,
    pub pregnant: bool,
    pub lactating: bool,
}

impl<'a> Case<'a> {
    /// Understands names, routes, conditions and allergies.
    pub fn new(medicines: &'a Medicines, patient: &'a Patient, lines: &'a [Line]) -> Self {
        let pack = &medicines.pack;
        let conditions = recognise::conditions(pack, &patient.conditions);
        let known = || pack.conditions.iter().filter(|condition| conditions.contains(condition.id.as_str()));
        let stage = known().filter_map(|condition| condition.egfr).reduce(f64::min);
        Self {
            egfr: patient.egfr.or(stage),
            child_pugh: patient.child_pugh.max(known().filter_map(|condition| condition.child_pugh).max()),
            pregnant: patient.pregnant == Some(true)
                || patient.pregnant_weeks.is_some()
                || known().any(|condition| condition.pregnant),
            lactating: patient.lactating || known().any(|condition| condition.lactating),
            items: lines.iter().enumerate().map(|(at, line)| Item::new(medicines, at, line)).collect(),
            allergies: patient.allergies.iter().map(|text| recognise::allergy(medicines, text)).collect(),
            conditions,
            medicines,
            patient,
        }
    }

    /// Returns the trimester; `None` when she is not pregnant or the week is unknown.
    pub fn trimester(&self) -> Option<u8> {
        let (second, third) = self.medicines.pack.policy.trimesters;
        let weeks = self.patient.pregnant_weeks?;
        Some(if weeks < second {
            1
        } else if weeks < third {
            2
        } else {
            3
        })
    }

    /// Tells whether the resident is as a caution asks; what is unknown is not so.
    pub fn holds(&self, when: &When) -> bool {
        match when {
            When::Condition(id) => self.conditions.contains(id.as_str()),
            When::Egfr(below) => self.egfr.is_some_and(|egfr| egfr < *below),
            When::ChildPugh(from) => self.child_pugh.is_some_and(|class| class >= *from),
            When::Pregnancy(trimester) => {
                let now = self.trimester();
                self.pregnant && (trimester.is_none() || now.is_none() || now == *trimester)
            }
            When::Lactation => self.lactating,
            When::Age(ages) => ages.contain(self.age()),
            When::Sex(sex) => self.patient.sex == *sex,
        }
    }

    /// Returns the age, the youngest that a condition like "newborn" allows.
    pub fn age(&self) -> crate::Age {
        let said = self
            .medicines
            .pack
            .conditions
            .iter()
            .filter(|condition| self.conditions.contains(condition.id.as_str()));
        said.filter_map(|condition| condition.age)
            .fold(self.patient.age, |age, other| if other < age { other } else { age })
    }
}

impl<'a> Item<'a> {
    fn new(medicines: &'a Medicines, at: usize, line: &'a Line) -> Self {
        let pack = &medicines.pack;
        let medicine = medicines.named(&line.medicine);
        let substances: Vec<&Medicine> =
            medicine.map(|medicine| inside(medicines, medicine)).unwrap_or_default();
        let route = route(pack, &line.route, medicine);
        let systemic = !route.is_local() || medicine.is_some_and(|medicine| medicine.absorbed);
        let code = normalise(&line.medicine).to_uppercase();
        let mut classes: BTreeSet<&str> = BTreeSet::new();
        let member = |class: &Class| match medicine {
            Some(_) => substances.iter().any(|substance| {
                substance.classes.contains(&class.id)
                    || class
                        .atc
                        .iter()
                        .any(|prefix| substance.atc.iter().any(|atc| atc.starts_with(prefix.as_str())))
            }),
            None => is_atc(&code) && class.atc.iter().any(|prefix| code.starts_with(prefix.as_str())),
        };
        let mut next: Vec<&Class> = pack.classes.iter().filter(|class| member(class)).collect();
        while let Some(class) = next.pop() {
            if classes.insert(class.id.as_str()) {
                next.extend(class.is_a.iter().filter_map(|parent| medicines.class(parent)));
            }
        }
        let reaches = |id: &&str| {
            let routes = medicines.class(id).map(|class| class.routes.as_slice()).unwrap_or_default();
            if routes.is_empty() { systemic } else { routes.contains(&route) }
        };
        let mut acts_as: BTreeSet<&str> = classes.iter().copied().filter(reaches).collect();
        if systemic {
            acts_as.extend(substances.iter().map(|substance| substance.id.as_str()));
        }
        Self { at, line, medicine, substances, route, systemic, classes, acts_as }
    }

    /// Returns the name to show.
    pub fn name(&self) -> &str {
        self.medicine.map_or(self.line.medicine.as_str(), |medicine| medicine.name.as_str())
    }

    /// Returns what is taken a day, in the unit of the line.
    pub fn a_day(&self) -> Option<f64> {
        Some(self.line.dose? * self.line.times_per_day?)
    }

    /// Returns the cautions that may hold, each with its source: the medicine's own, then those of what is inside it and
    /// of its classes on other questions.
    pub fn cautions(&self, medicines: &'a Medicines) -> Vec<(&'a Caution, &'a str)> {
        let mut found: Vec<(&Caution, &str)> = Vec::new();
        let mut answered: BTreeSet<String> = BTreeSet::new();
        let groups = self
            .substances
            .iter()
            .map(|substance| (substance.cautions.as_slice(), substance.source.as_str()))
            .chain(self.acts_as.iter().filter_map(|id| {
                medicines.class(id).map(|class| (class.cautions.as_slice(), class.source.as_str()))
            }));
        for (at, (cautions, source)) in groups.enumerate() {
            for caution in cautions {
                let by_route = caution.routes.is_empty() || caution.routes.contains(&self.route);
                let own = at < self.substances.len();
                if by_route && (own || !answered.contains(&caution.when.key())) {
                    found.push((caution, caution.source.as_deref().unwrap_or(source)));
                }
            }
            if at < self.substances.len() {
                answered.extend(cautions.iter().map(|caution| caution.when.key()));
            }
        }
        if self.systemic { found } else { Vec::new() }
    }
}

/// Returns a medicine and everything inside it, the medicine first.
fn inside<'a>(medicines: &'a Medicines, medicine: &'a Medicine) -> Vec<&'a Medicine> {
    let parts = medicine.contains.iter().filter_map(|part| medicines.medicine(&part.id));
    [medicine].into_iter().chain(parts).collect()
}

/// Reads a route; what is not said is the medicine's first, or by mouth.
fn route(pack: &Pack, text: &str, medicine: Option<&Medicine>) -> Route {
    let text = text.trim().to_lowercase();
    let said = |words: &&String| text == words.to_lowercase();
    let exact = pack.words.routes.iter().find(|(_, words)| words.iter().any(|word| said(&word)));
    // The longest word decides: 静脉滴注 is not the 静脉 of another.
    let within = || {
        let all =
            pack.words.routes.iter().flat_map(|(route, words)| words.iter().map(move |word| (route, word)));
        all.filter(|(_, word)| word.chars().count() > 1 && text.contains(&word.to_lowercase()))
            .max_by_key(|(_, word)| word.len())
    };
    if text.is_empty() {
        return medicine.and_then(|medicine| medicine.doses.first()).map_or(Route::Po, |row| row.route);
    }
    exact.map(|(route, _)| *route).or_else(|| within().map(|(route, _)| *route)).unwrap_or(Route::Po)
}

/// Tells whether a text has the form of a full ATC code.
pub(crate) fn is_atc(code: &str) -> bool {
    let form = |at: usize, character: char| match at {
        0 | 3 | 4 => character.is_ascii_uppercase(),
        _ => character.is_ascii_digit(),
    };
    code.len() == 7 && code.chars().enumerate().all(|(at, character)| form(at, character))
}
