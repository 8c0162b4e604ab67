//! From curated classes to a model that is computed with.

use super::{Condition, Finding, FrequencyClass, Kind, Knowledge, PriorRow, Season};
use crate::model::{Applies, Builder, Finding as ModelFinding, Model, ModelError, Prior};
use std::collections::{BTreeMap, BTreeSet};

/// The model of the knowledge; conditions and findings have the indices they have in [`Knowledge`].
#[derive(Debug, Clone)]
pub struct KnowledgeModel {
    model: Model,
    /// By finding: whether a condition lists it, so that it counts itself.
    listed: Vec<bool>,
    /// By condition: the findings it lists.
    findings: Vec<Vec<usize>>,
    /// By condition: what it lists that people complain of or that is seen in them now.
    explains: Vec<Vec<usize>>,
    /// By finding: what explains it, and what is more than that explains.
    explained: Vec<Option<(usize, usize)>>,
}

impl KnowledgeModel {
    /// Returns the model.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Tells whether a condition lists the finding; others count only through what they imply.
    #[must_use]
    pub fn is_listed(&self, finding: usize) -> bool {
        self.listed.get(finding).copied().unwrap_or_default()
    }

    /// Tells whether a condition lists any of what is present and can be complained of.
    #[must_use]
    pub fn explains(&self, condition: usize, complaints: &[bool]) -> bool {
        let listed = self.explains.get(condition).into_iter().flatten();
        listed.copied().any(|finding| complaints.get(finding) == Some(&true))
    }

    /// Tells whether something known of the person explains a finding, so that it says nothing of why they came.
    #[must_use]
    pub fn is_explained(&self, finding: usize, is_present: impl Fn(usize) -> bool) -> bool {
        let explained = self.explained.get(finding).copied().flatten();
        explained.is_some_and(|(by, unless)| is_present(by) && !is_present(unless))
    }

    /// Returns the findings that a condition lists, by index.
    #[must_use]
    pub fn findings_of(&self, condition: usize) -> &[usize] {
        self.findings.get(condition).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Compiles the knowledge into a model. Ids that do not exist are left out; [`super::check`] refuses them.
///
/// # Errors
/// [`ModelError`] where the knowledge does not hold together.
pub fn compile(knowledge: &Knowledge) -> Result<KnowledgeModel, ModelError> {
    let index: BTreeMap<&str, usize> =
        knowledge.findings.iter().enumerate().map(|(index, finding)| (finding.id.as_str(), index)).collect();
    let findings: Vec<Vec<usize>> = knowledge
        .conditions
        .iter()
        .map(|of| of.findings.iter().filter_map(|listed| index.get(listed.id.as_str()).copied()).collect())
        .collect();
    let explains = knowledge.conditions.iter().map(|of| {
        let listed = of.findings.iter().filter(|listed| listed.frequency != FrequencyClass::Never);
        let places = listed.filter_map(|listed| index.get(listed.id.as_str()).copied());
        places.filter(|place| knowledge.findings.get(*place).is_some_and(Finding::is_complaint)).collect()
    });
    let explains: Vec<Vec<usize>> = explains.collect();
    let place = |id: &String| index.get(id.as_str()).copied();
    let explained = |of: &Finding| of.explained.as_ref().and_then(|of| place(&of.by).zip(place(&of.unless)));
    let explained = knowledge.findings.iter().map(explained).collect();
    let table = Table::new(knowledge, &index);
    let flagged: BTreeSet<&str> = knowledge.red_flags.iter().flat_map(|flag| flag.findings()).collect();
    let mut builder = Builder::new();
    builder.unlisted(knowledge.figures.unlisted);
    for (finding, of) in knowledge.findings.iter().enumerate() {
        builder.finding(ModelFinding {
            id: of.id.clone(),
            cost: f64::from(of.cost.max(1)),
            is_a: of.is_a.iter().filter_map(|id| index.get(id.as_str()).copied()).collect(),
            background: table.background(finding),
            applies: of.whom().into(),
            red_flag: flagged.contains(of.id.as_str()),
        });
    }
    let mut own = vec![None; knowledge.findings.len()];
    for (condition, of) in knowledge.conditions.iter().enumerate() {
        builder.condition(crate::model::Condition {
            id: of.id.clone(),
            must_not_miss: of.must_not_miss,
            priors: priors(of, knowledge),
        });
        own.fill(None);
        for (finding, probability) in table.own.get(condition).into_iter().flatten() {
            if let Some(place) = own.get_mut(*finding) {
                *place = Some(*probability);
            }
        }
        for finding in 0..knowledge.findings.len() {
            builder.probability(condition, finding, table.probability(&own, finding));
        }
    }
    Ok(KnowledgeModel { model: builder.build()?, listed: table.listed, findings, explains, explained })
}

/// Returns the priors, the most particular first; the general row comes last and holds for everybody else.
fn priors(condition: &Condition, knowledge: &Knowledge) -> Vec<Prior> {
    let mut rows: Vec<&PriorRow> = condition.priors.iter().collect();
    let particular = |row: &PriorRow| {
        usize::from(row.pregnant.is_some()) * 4
            + usize::from(row.season.is_some()) * 2
            + usize::from(row.ages.is_some())
            + usize::from(row.sex.is_some())
    };
    rows.sort_by_key(|row| std::cmp::Reverse(particular(row)));
    rows.into_iter()
        .map(|row| Prior {
            applies: Applies { months: row.season.map(months), ..row.whom().into() },
            weight: knowledge.figures.prior(row.class),
        })
        .collect()
}

/// Returns the months of a season, bit 0 for January.
fn months(season: Season) -> u16 {
    match season {
        Season::Spring => 0b0000_0001_1100,
        Season::Summer => 0b0000_1110_0000,
        Season::Autumn => 0b0111_0000_0000,
        Season::Winter => 0b1000_0000_0011,
    }
}

/// P(finding | condition) with what is not listed filled in.
struct Table {
    /// Listed probabilities by condition, then finding.
    own: Vec<BTreeMap<usize, f64>>,
    background: Vec<f64>,
    /// By finding: the broader one it is counted with, and its share of it.
    broader: Vec<Option<(usize, f64)>>,
    listed: Vec<bool>,
}

impl Table {
    fn new(knowledge: &Knowledge, index: &BTreeMap<&str, usize>) -> Self {
        let figures = &knowledge.figures;
        let mut own: Vec<BTreeMap<usize, f64>> = Vec::new();
        for condition in &knowledge.conditions {
            let mut row = BTreeMap::new();
            for listed in &condition.findings {
                if let Some(finding) = index.get(listed.id.as_str()) {
                    row.insert(*finding, figures.frequency(listed.frequency));
                }
            }
            own.push(row);
        }
        let mut listed = vec![false; knowledge.findings.len()];
        for finding in own.iter().flat_map(BTreeMap::keys) {
            if let Some(listed) = listed.get_mut(*finding) {
                *listed = true;
            }
        }
        let is_a: Vec<Option<usize>> = knowledge
            .findings
            .iter()
            .map(|finding| finding.is_a.first().and_then(|id| index.get(id.as_str()).copied()))
            .collect();
        // A broader finding comes at least as often as what implies it.
        for row in &mut own {
            for finding in row.keys().copied().collect::<Vec<_>>() {
                let probability = row.get(&finding).copied().unwrap_or_default();
                let mut at = is_a.get(finding).copied().flatten();
                for _ in 0..is_a.len() {
                    let Some(broader) = at else { break };
                    let cell = row.entry(broader).or_insert(probability);
                    *cell = cell.max(probability);
                    at = is_a.get(broader).copied().flatten();
                }
            }
        }
        let weights: Vec<f64> = knowledge
            .conditions
            .iter()
            .map(|condition| {
                let general =
                    condition.priors.iter().find(|row| row.is_general()).or(condition.priors.first());
                general.map_or(0.0, |row| figures.prior(row.class))
            })
            .collect();
        let total: f64 = weights.iter().sum();
        let background = (0..knowledge.findings.len())
            .map(|finding| {
                let of = own.iter().zip(&weights);
                let sum: f64 =
                    of.map(|(row, weight)| row.get(&finding).copied().unwrap_or_default() * weight).sum();
                let frequencies = |class| figures.frequency(class);
                let figures = &figures.background;
                let is_exposure = knowledge.findings.get(finding).is_some_and(|of| of.kind == Kind::Exposure);
                let usual = knowledge.findings.get(finding).and_then(|of| of.usual.as_ref());
                if let Some(usual) = usual {
                    return frequencies(usual.frequency);
                }
                let lowest = if is_exposure { figures.lowest_exposure } else { figures.lowest };
                (figures.share * sum / total.max(f64::MIN_POSITIVE)).clamp(lowest, figures.highest)
            })
            .collect();
        let broader = is_a.iter().enumerate().map(|(finding, broader)| {
            broader.map(|broader| (broader, share(&own, finding, broader, figures.background.narrower)))
        });
        Self { broader: broader.collect(), own, background, listed }
    }

    fn background(&self, finding: usize) -> f64 {
        self.background.get(finding).copied().unwrap_or_default()
    }

    /// Returns P(finding | condition) of a condition with these listed probabilities.
    fn probability(&self, own: &[Option<f64>], finding: usize) -> f64 {
        let own = |finding: usize| own.get(finding).copied().flatten();
        if let Some(probability) = own(finding) {
            return probability;
        }
        let (mut at, mut factor) = (finding, 1.0);
        for _ in 0..self.broader.len() {
            let Some((broader, share)) = self.broader.get(at).copied().flatten() else { break };
            factor *= share;
            if let Some(probability) = own(broader) {
                return (probability * factor).max(self.background(finding));
            }
            at = broader;
        }
        self.background(finding)
    }
}

/// Returns how often the narrower finding comes of the broader one, as conditions that list both have it, halved since
/// those that list it do so because it is frequent there.
fn share(own: &[BTreeMap<usize, f64>], finding: usize, broader: usize, unknown: f64) -> f64 {
    let both: Vec<f64> = own
        .iter()
        .filter_map(|row| row.get(&finding).zip(row.get(&broader)))
        .map(|(narrow, broad)| narrow / broad)
        .collect();
    if both.is_empty() { unknown } else { unknown.min(both.iter().sum::<f64>() / both.len() as f64 / 2.0) }
}

impl Knowledge {
    /// Tells whether a finding only puts a threshold to a measured figure.
    #[must_use]
    pub fn is_vital(&self, finding: usize) -> bool {
        self.findings.get(finding).is_some_and(|finding| finding.kind == Kind::Vital)
    }
}
