//! Makes a model of conditions, findings and probabilities, and refuses what does not hold together.

use std::collections::BTreeSet;

use super::{Condition, Finding, Group, Model, tables::Tables};

/// Why a model cannot be made.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ModelError {
    /// An index is out of range.
    #[error("there is no {kind} {index}")]
    NoSuch {
        /// Condition or finding.
        kind: &'static str,
        /// The index.
        index: usize,
    },
    /// Two conditions or two findings have the same id.
    #[error("{0} is there twice")]
    Twice(String),
    /// A probability is not between 0 and 1, or a weight, cost or correlation is out of range.
    #[error("a figure of {0} is out of range")]
    OutOfRange(String),
    /// A finding implies itself, directly or through others.
    #[error("{0} implies itself")]
    Circle(String),
    /// There is no condition.
    #[error("there is no condition")]
    Empty,
}

/// Collects what a [`Model`] is made of.
#[derive(Debug, Clone, Default)]
pub struct Builder {
    conditions: Vec<Condition>,
    findings: Vec<Finding>,
    groups: Vec<Group>,
    probabilities: Vec<(usize, usize, f64)>,
    given: Vec<(usize, usize, f64)>,
    unlisted: f64,
}

/// How near a probability may come to 0 or 1: nothing excludes or proves a condition alone.
const NEAREST: f64 = 1e-4;

/// The largest share of a broader finding that a narrower one is taken to make up when only how often each comes was
/// given: such figures are too coarse to conclude from the broader without the narrower.
const MOST_OF_BROADER: f64 = 0.95;

impl Builder {
    /// Returns an empty builder.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a condition and returns its index.
    pub fn condition(&mut self, condition: Condition) -> usize {
        self.conditions.push(condition);
        self.conditions.len() - 1
    }

    /// Adds a finding and returns its index. What it implies may be added later.
    pub fn finding(&mut self, finding: Finding) -> usize {
        self.findings.push(finding);
        self.findings.len() - 1
    }

    /// Sets P(finding | condition), 0 to 1. The last one given counts.
    pub fn probability(&mut self, condition: usize, finding: usize, probability: f64) {
        self.probabilities.push((condition, finding, probability));
    }

    /// Sets P(finding | condition and the finding it is counted with is present), 0 to 1, for a finding that implies
    /// another. Takes the place of [`Builder::probability`]. The last one given counts.
    pub fn probability_given(&mut self, condition: usize, finding: usize, probability: f64) {
        self.given.push((condition, finding, probability));
    }

    /// Says that findings tend to come together.
    pub fn group(&mut self, group: Group) {
        self.groups.push(group);
    }

    /// Sets the share of people, 0 to below 1, who come with something that is not listed. Its findings come at their
    /// background.
    pub fn unlisted(&mut self, share: f64) {
        self.unlisted = share;
    }

    /// Makes the model. A broader finding comes at least as often as what implies it. Where nothing was said of a
    /// finding and a condition, it comes at its background, in proportion to the finding it is counted with.
    ///
    /// # Errors
    /// [`ModelError`], naming the first thing that does not hold.
    pub fn build(self) -> Result<Model, ModelError> {
        self.check()?;
        let broad_first = broad_first(&self.findings)?;
        let tables = self.tables(&broad_first);
        let Self { conditions, findings, groups, unlisted, .. } = self;
        let mut group_of = vec![None; findings.len()];
        for (index, group) in groups.iter().enumerate() {
            for finding in &group.findings {
                if let Some(of) = group_of.get_mut(*finding) {
                    *of = Some(index);
                }
            }
        }
        let ancestors = ancestors(&findings, &broad_first);
        Ok(Model { conditions, findings, group_of, groups, broad_first, ancestors, unlisted, tables })
    }

    fn tables(&self, broad_first: &[usize]) -> Tables {
        let columns = self.conditions.len() + 1;
        let cell = |finding: usize, column: usize| finding * columns + column;
        let mut said: Vec<Option<f64>> = vec![None; self.findings.len() * columns];
        let mut given = said.clone();
        for (table, list) in [(&mut said, &self.probabilities), (&mut given, &self.given)] {
            for (condition, finding, probability) in list {
                if let Some(cell) = table.get_mut(cell(*finding, *condition)) {
                    *cell = Some(*probability);
                }
            }
        }
        let background = |finding: usize| {
            self.findings.get(finding).map_or(0.0, |finding| finding.background.max(NEAREST))
        };
        for finding in broad_first.iter().rev() {
            for of in self.findings.get(*finding).into_iter().flat_map(|finding| &finding.is_a).copied() {
                for column in 0..columns {
                    let own = said.get(cell(*finding, column)).copied().flatten();
                    if let Some((own, broader)) = own.zip(said.get_mut(cell(of, column))) {
                        *broader = Some(broader.unwrap_or(background(of)).max(own));
                    }
                }
            }
        }
        let mut probabilities: Vec<f64> = vec![0.0; said.len()];
        for finding in broad_first {
            let first = self.findings.get(*finding).and_then(|finding| finding.is_a.first().copied());
            for column in 0..columns {
                let broader = first.and_then(|first| probabilities.get(cell(first, column)).copied());
                let place = cell(*finding, column);
                let given = given.get(place).copied().flatten();
                let value = match (said.get(place).copied().flatten(), broader, first) {
                    (_, Some(broader), _) if given.is_some() => broader * given.unwrap_or_default(),
                    (Some(said), _, _) => said,
                    (None, Some(broader), Some(first)) => {
                        broader * (background(*finding) / background(first)).min(1.0)
                    }
                    (None, _, _) => background(*finding),
                };
                // A share of what is broader is kept from 0 and 1, and from nearly all where nobody measured it.
                let of = broader.unwrap_or(1.0);
                let most = if broader.is_some() && given.is_none() { MOST_OF_BROADER } else { 1.0 - NEAREST };
                let value = value.clamp(of * NEAREST, of * most);
                if let Some(cell) = probabilities.get_mut(place) {
                    *cell = value;
                }
            }
        }
        let counted_with = self.findings.iter().map(|finding| finding.is_a.first().copied()).collect();
        Tables::new(columns, probabilities, counted_with)
    }

    fn check(&self) -> Result<(), ModelError> {
        if self.conditions.is_empty() {
            return Err(ModelError::Empty);
        }
        let out_of_range = |id: &str| Err(ModelError::OutOfRange(id.to_owned()));
        let mut ids = BTreeSet::new();
        for condition in &self.conditions {
            if !ids.insert(&condition.id) {
                return Err(ModelError::Twice(condition.id.clone()));
            }
            if condition.priors.iter().any(|prior| !(prior.weight.is_finite() && prior.weight >= 0.0)) {
                return out_of_range(&condition.id);
            }
        }
        let finding_exists = |index: usize| {
            self.findings.get(index).map(|_| ()).ok_or(ModelError::NoSuch { kind: "finding", index })
        };
        let mut ids = BTreeSet::new();
        for finding in &self.findings {
            if !ids.insert(&finding.id) {
                return Err(ModelError::Twice(finding.id.clone()));
            }
            let cost = finding.cost > 0.0 && finding.cost.is_finite();
            if !(cost && (0.0..=1.0).contains(&finding.background)) {
                return out_of_range(&finding.id);
            }
            finding.is_a.iter().try_for_each(|index| finding_exists(*index))?;
        }
        for (condition, finding, probability) in self.probabilities.iter().chain(&self.given) {
            let index = *condition;
            let of = self.conditions.get(index).ok_or(ModelError::NoSuch { kind: "condition", index })?;
            finding_exists(*finding)?;
            if !(0.0..=1.0).contains(probability) {
                return out_of_range(&of.id);
            }
        }
        let mut grouped = BTreeSet::new();
        for group in &self.groups {
            for index in &group.findings {
                finding_exists(*index)?;
                if !grouped.insert(*index) {
                    return Err(ModelError::Twice(format!("finding {index} in groups")));
                }
            }
            if !(0.0..=1.0).contains(&group.correlation) {
                return out_of_range("a group");
            }
        }
        if !(0.0..1.0).contains(&self.unlisted) {
            return out_of_range("what is not listed");
        }
        Ok(())
    }
}

/// Returns all that each finding implies, directly or through others.
fn ancestors(findings: &[Finding], broad_first: &[usize]) -> Vec<Vec<usize>> {
    let mut all: Vec<Vec<usize>> = vec![Vec::new(); findings.len()];
    for finding in broad_first {
        let direct = findings.get(*finding).map(|of| of.is_a.as_slice()).unwrap_or_default();
        let further = direct.iter().filter_map(|broader| all.get(*broader)).flatten();
        let of: BTreeSet<usize> = direct.iter().chain(further).copied().collect();
        if let Some(place) = all.get_mut(*finding) {
            *place = of.into_iter().collect();
        }
    }
    all
}

/// Orders findings so that each comes after all that are broader.
fn broad_first(findings: &[Finding]) -> Result<Vec<usize>, ModelError> {
    let mut order = Vec::with_capacity(findings.len());
    let mut placed = vec![false; findings.len()];
    loop {
        let before = order.len();
        for (index, finding) in findings.iter().enumerate() {
            let is_placed = |index: usize| placed.get(index).copied().unwrap_or(true);
            if !is_placed(index) && finding.is_a.iter().all(|broader| is_placed(*broader)) {
                order.push(index);
                if let Some(placed) = placed.get_mut(index) {
                    *placed = true;
                }
            }
        }
        if order.len() == findings.len() {
            return Ok(order);
        }
        if order.len() == before {
            let stuck = findings.iter().zip(&placed).find(|(_, placed)| !**placed);
            return Err(ModelError::Circle(stuck.map(|(finding, _)| finding.id.clone()).unwrap_or_default()));
        }
    }
}
