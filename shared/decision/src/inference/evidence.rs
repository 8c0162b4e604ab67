//! What was found out so far.

use crate::model::{Model, State};

/// The state of every finding, by index; all unknown at first. The order in which they were set leaves no trace.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    states: Vec<State>,
}

impl Evidence {
    /// Returns evidence in which nothing is known.
    #[must_use]
    pub fn new(model: &Model) -> Self {
        Self { states: vec![State::Unknown; model.findings().len()] }
    }

    /// Sets the state of a finding, also back to unknown; an index out of range is ignored.
    pub fn set(&mut self, finding: usize, state: State) {
        if let Some(of) = self.states.get_mut(finding) {
            *of = state;
        }
    }

    /// Returns the state as it was set.
    #[must_use]
    pub fn state(&self, finding: usize) -> State {
        self.states.get(finding).copied().unwrap_or_default()
    }

    /// Returns the findings that are present or absent, by index.
    pub fn known(&self) -> impl Iterator<Item = (usize, State)> + '_ {
        self.states.iter().copied().enumerate().filter(|(_, state)| *state != State::Unknown)
    }

    /// Returns the state as set or as implied: a narrower finding that is present makes this one present, a broader one
    /// that is absent makes it absent; present wins where the two contradict each other.
    #[must_use]
    pub fn implied(&self, model: &Model) -> Vec<State> {
        let mut states = self.states.clone();
        imply(model, &mut states);
        states
    }
}

/// Spreads present to what is broader and then absent to what is narrower.
fn imply(model: &Model, states: &mut [State]) {
    for index in model.broad_first().iter().rev() {
        if states.get(*index) == Some(&State::Present) {
            for broader in model.findings().get(*index).into_iter().flat_map(|finding| &finding.is_a) {
                if let Some(state) = states.get_mut(*broader) {
                    *state = State::Present;
                }
            }
        }
    }
    for index in model.broad_first() {
        let broader = model.findings().get(*index).map(|finding| finding.is_a.as_slice()).unwrap_or_default();
        let is_absent = broader.iter().any(|broader| states.get(*broader) == Some(&State::Absent));
        if is_absent && let Some(state) = states.get_mut(*index) {
            *state = State::Absent;
        }
    }
}
