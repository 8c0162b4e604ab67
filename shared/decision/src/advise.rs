//! Everything together: what it may be, what must not be missed, how urgent it is, why, and what to ask next.

mod answer;
mod case;

pub use answer::{Answer, Ranked};
pub use case::Case;

use crate::inference::{Evidence, Priors, contributions, infer};
use crate::knowledge::{Kind, Knowledge, KnowledgeModel, Level, compile};
use crate::language::{Reader, Reading};
use crate::model::{ModelError, State};
use crate::question::{Weights, rank_questions, verdict};
use crate::triage::{Facts, Known, fired, triage};

/// Advises; made once of the knowledge.
#[derive(Debug, Clone)]
pub struct Advisor {
    knowledge: Knowledge,
    model: KnowledgeModel,
    reader: Reader,
}

/// How many conditions are explained and named.
const NAMED: usize = 10;
/// Questions are looked for among the findings of conditions at least this likely.
const WORTH_ASKING: f64 = 0.005;
/// The most that asking may cost: looking or measuring in a farmhouse.
const DEAREST_QUESTION: u8 = 2;

impl Advisor {
    /// Makes an advisor of knowledge that holds together.
    ///
    /// # Errors
    /// [`ModelError`].
    pub fn new(knowledge: Knowledge) -> Result<Self, ModelError> {
        let model = compile(&knowledge)?;
        let reader = Reader::new(&knowledge);
        Ok(Self { knowledge, model, reader })
    }

    /// Returns the knowledge.
    #[must_use]
    pub fn knowledge(&self) -> &Knowledge {
        &self.knowledge
    }

    /// Reads free text.
    #[must_use]
    pub fn read(&self, text: &str) -> Reading {
        self.reader.read(&self.knowledge, text)
    }

    /// Advises on a case.
    #[must_use]
    pub fn advise(&self, case: &Case) -> Answer {
        let model = self.model.model();
        let told = self.told(case);
        let states = told.implied(model);
        let evidence = self.counted(&told);
        let priors = self.priors(case, &states);
        let calibration = &self.knowledge.figures.calibration;
        let posterior = infer(model, &priors, &evidence, calibration);
        let facts = Facts { states: &states, person: &case.person, pregnant_weeks: case.pregnant_weeks };
        let red_flags = fired(&self.knowledge, &facts);
        let levels = &self.knowledge.figures.levels;
        let present = told.known().filter(|(_, state)| *state == State::Present).count();
        let hardly = &levels.hardly_understood;
        let is_hardly = case.characters >= hardly.characters && present < hardly.findings;
        let enough = match posterior.top() {
            Some((_, p)) if p >= levels.sure && present > 0 && !is_hardly => Known::Enough,
            _ if present == 0 || is_hardly => Known::Nothing,
            _ => Known::Little,
        };
        let most = if self.is_alone(&told) { levels.alone.most } else { Level::Ambulance };
        let triage = triage(&self.knowledge, &red_flags, &posterior, enough, most);
        let order = posterior.ranked();
        let ranked = order
            .iter()
            .take(NAMED)
            .map(|condition| Ranked {
                condition: *condition,
                probability: posterior.probability(*condition),
                onset_fit: self.onset_fit(*condition, &case.durations),
                contributions: contributions(model, &priors, &evidence, calibration, *condition),
            })
            .collect();
        let mut must_not_miss: Vec<usize> = red_flags
            .iter()
            .filter_map(|one| self.knowledge.red_flags.get(one.red_flag))
            .flat_map(|flag| &flag.suspects)
            .filter_map(|id| model.condition(id))
            .collect();
        let from = self.knowledge.figures.levels.must_not_miss.from;
        must_not_miss.extend(order.iter().copied().filter(|condition| {
            let of = self.knowledge.conditions.get(*condition);
            of.is_some_and(|of| of.must_not_miss) && posterior.probability(*condition) >= from
        }));
        let mut seen = std::collections::BTreeSet::new();
        must_not_miss.retain(|condition| seen.insert(*condition));
        let mut candidates = self.candidates(&posterior, &states);
        let told_by_length = self.told_by_length(&case.durations, &states);
        candidates
            .retain(|finding| !case.asked_in_vain.contains(finding) && !told_by_length.contains(finding));
        let questions = rank_questions(
            model,
            &case.person,
            &priors,
            &evidence,
            calibration,
            &Weights::default(),
            candidates,
        );
        let question = questions.into_iter().next();
        let stop = self.knowledge.figures.stop.stop(model, &posterior, question.as_ref(), case.asked);
        Answer {
            verdict: verdict(&posterior, &self.knowledge.figures.stop),
            unlisted: posterior.unlisted(),
            probabilities: posterior.probabilities().to_vec(),
            ranked,
            must_not_miss,
            red_flags,
            triage,
            question: question.filter(|_| stop.is_none()),
            stop,
            states,
        }
    }

    /// Returns what was told and measured, without what cannot concern the person.
    fn told(&self, case: &Case) -> Evidence {
        let model = self.model.model();
        let mut evidence = Evidence::new(model);
        let person = &case.person;
        let concerns = |finding: usize| {
            self.knowledge.findings.get(finding).is_some_and(|of| of.concerns(person.age_months, person.sex))
        };
        let mut set = |finding: usize, state: State| {
            if concerns(finding) && (state == State::Present || evidence.state(finding) == State::Unknown) {
                evidence.set(finding, state);
            }
        };
        for (finding, state) in &case.findings {
            set(*finding, *state);
        }
        for (finding, of) in self.knowledge.findings.iter().enumerate() {
            if let Some(holds) = of.vital.and_then(|rule| rule.holds(&case.vitals)) {
                set(finding, if holds { State::Present } else { State::Absent });
            }
        }
        self.measured_absent(&mut evidence);
        for rule in &self.knowledge.words.of_person {
            let pregnant = !rule.pregnant || person.pregnant == Some(true);
            let age =
                rule.ages.is_none_or(|ages| person.age_months.is_some() && ages.holds(person.age_months));
            let from = rule.from == "*"
                || self
                    .knowledge
                    .place(&rule.from)
                    .is_some_and(|from| evidence.state(from) == State::Present);
            let week = |bound: Option<u32>, holds: fn(u32, u32) -> bool| {
                bound.is_none_or(|bound| case.pregnant_weeks.is_some_and(|weeks| holds(weeks, bound)))
            };
            let weeks = week(rule.from_week, |weeks, from| weeks >= from)
                && week(rule.to_week, |weeks, to| weeks <= to);
            if let Some(finding) =
                self.knowledge.place(&rule.finding).filter(|_| pregnant && age && from && weeks)
            {
                evidence.set(finding, State::Present);
            }
        }
        evidence
    }

    /// A broader finding of which every threshold was measured and not met is absent: no fever at 36.8 °C.
    fn measured_absent(&self, evidence: &mut Evidence) {
        let model = self.model.model();
        let mut met: std::collections::BTreeMap<usize, bool> = std::collections::BTreeMap::new();
        for (finding, of) in model.findings().iter().enumerate() {
            let state = evidence.state(finding);
            if !self.knowledge.is_vital(finding) || state == State::Unknown {
                continue;
            }
            for broader in &of.is_a {
                *met.entry(*broader).or_default() |= state == State::Present;
            }
        }
        for (broader, met) in met {
            let said = evidence.implied(model).get(broader).copied();
            if !met && said == Some(State::Unknown) {
                evidence.set(broader, State::Absent);
            }
        }
    }

    /// Returns what counts for probabilities: a finding that no condition lists counts as the broader ones it implies.
    fn counted(&self, told: &Evidence) -> Evidence {
        let model = self.model.model();
        let mut counted = Evidence::new(model);
        let is_present = |finding: usize| told.state(finding) == State::Present;
        for (finding, state) in told.known() {
            if self.model.is_listed(finding) && !self.model.is_explained(finding, is_present) {
                counted.set(finding, state);
            }
        }
        for (finding, state) in told.known() {
            if state == State::Present && !self.model.is_listed(finding) {
                let mut open = vec![finding];
                while let Some(at) = open.pop() {
                    for broader in model.findings().get(at).into_iter().flat_map(|of| &of.is_a) {
                        if self.model.is_listed(*broader) {
                            counted.set(*broader, State::Present);
                        } else {
                            open.push(*broader);
                        }
                    }
                }
            }
        }
        counted
    }

    /// Tells whether one symptom alone was told, besides the record and how it began: a poison is none.
    fn is_alone(&self, told: &Evidence) -> bool {
        let beside = &self.knowledge.figures.levels.alone.beside;
        let present = told.known().filter(|(_, state)| *state == State::Present);
        let findings = present.filter_map(|(place, _)| self.knowledge.findings.get(place));
        let mut own = findings.filter(|of| of.kind != Kind::History && !beside.contains(&of.id));
        own.next().is_some_and(|of| of.kind == Kind::Symptom) && own.next().is_none()
    }

    /// Returns how often each condition is met in such a person with an illness of that length. What explains nothing of what
    /// they complain of counts little, however much the record speaks for it.
    fn priors(&self, case: &Case, states: &[State]) -> Priors {
        let model = self.model.model();
        let findings = self.knowledge.findings.iter().zip(states);
        let complaints: Vec<bool> =
            findings.map(|(of, state)| *state == State::Present && of.is_complaint()).collect();
        let complains = complaints.contains(&true);
        let uncomplained = self.knowledge.figures.background.uncomplained;
        let weights = model.conditions().iter().enumerate().map(|(index, condition)| {
            // Without an age nobody is too old for anything.
            let can = |weight: f64| weight > 0.0 || case.person.age_months.is_some();
            let mut priors = condition.priors.iter();
            let prior = priors.find(|prior| prior.applies.to(&case.person) && can(prior.weight));
            let explains = !complains || self.model.explains(index, &complaints);
            prior.map_or(0.0, |prior| prior.weight)
                * self.onset_fit(index, &case.durations).unwrap_or(1.0)
                * if explains { 1.0 } else { uncomplained }
        });
        Priors::from_weights(model, weights)
    }

    /// Returns how the lengths of the illness fit the onset of a condition, the best of them; `None` if none was told.
    fn onset_fit(&self, condition: usize, durations: &[f64]) -> Option<f64> {
        let onset = self.knowledge.conditions.get(condition)?.onset;
        let fits = durations.iter().map(|hours| self.knowledge.figures.onset(onset, *hours));
        fits.fold(None, |best: Option<f64>, fit| Some(best.map_or(fit, |best| best.max(fit))))
    }

    /// Returns the findings that only a longer illness is: who coughs for three days is not asked whether it is months.
    fn told_by_length(&self, durations: &[f64], states: &[State]) -> Vec<usize> {
        let Some(longest) = durations.iter().copied().reduce(f64::max) else { return Vec::new() };
        let is_present =
            |id: &str| self.knowledge.place(id).and_then(|at| states.get(at)) == Some(&State::Present);
        let rules = self.knowledge.words.derives.iter().filter(|rule| {
            rule.hours_from.is_some_and(|from| longest < from) && (rule.from == "*" || is_present(&rule.from))
        });
        rules.filter_map(|rule| self.knowledge.place(&rule.finding)).collect()
    }

    /// Returns the findings worth asking for: unknown, askable, and listed by what is likely at all.
    fn candidates(&self, posterior: &crate::inference::Posterior, states: &[State]) -> Vec<usize> {
        let mut listed = vec![false; states.len()];
        for (condition, p) in posterior.probabilities().iter().enumerate() {
            for finding in self.model.findings_of(condition).iter().filter(|_| *p >= WORTH_ASKING) {
                if let Some(listed) = listed.get_mut(*finding) {
                    *listed = true;
                }
            }
        }
        let all = self.knowledge.findings.iter().enumerate();
        all.filter(|(index, of)| {
            of.cost <= DEAREST_QUESTION
                && !matches!(of.kind, Kind::Vital | Kind::Test)
                && states.get(*index) == Some(&State::Unknown)
                && listed.get(*index) == Some(&true)
        })
        .map(|(index, _)| index)
        .collect()
    }
}
