//! Logarithms of the probabilities, one row a finding and one column a condition, the last for what is not listed.

/// Which row of a finding counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Row {
    /// It is present; nothing is known of what is broader.
    Present,
    /// It is absent; nothing is known of what is broader.
    Absent,
    /// It is present, and so is what is broader.
    PresentGivenBroader,
    /// It is absent though what is broader is present.
    AbsentGivenBroader,
}

/// The rows of all findings.
#[derive(Debug, Clone)]
pub(crate) struct Tables {
    columns: usize,
    rows: Vec<f64>,
    probabilities: Vec<f64>,
}

impl Tables {
    /// Takes P(finding | column), row by row, and for each finding the one it is counted with.
    pub fn new(columns: usize, probabilities: Vec<f64>, counted_with: &[Option<usize>]) -> Self {
        let row = |finding: usize| {
            let start = finding * columns;
            probabilities.get(start..start + columns).unwrap_or_default()
        };
        let mut rows = Vec::with_capacity(probabilities.len() * 4);
        for (finding, broader) in counted_with.iter().enumerate() {
            let own = row(finding);
            rows.extend(own.iter().map(|p| libm::log(*p)));
            rows.extend(own.iter().map(|p| libm::log(1.0 - *p)));
            let given: Vec<f64> = match broader {
                Some(broader) => own.iter().zip(row(*broader)).map(|(p, of)| p / of).collect(),
                None => own.to_vec(),
            };
            rows.extend(given.iter().map(|p| libm::log(*p)));
            rows.extend(given.iter().map(|p| libm::log(1.0 - *p)));
        }
        Self { columns, rows, probabilities }
    }

    /// Returns one row: a value for each condition and the last for what is not listed.
    pub fn row(&self, finding: usize, row: Row) -> &[f64] {
        let start = (finding * 4 + row as usize) * self.columns;
        self.rows.get(start..start + self.columns).unwrap_or_default()
    }

    /// Returns the number of conditions and one.
    pub fn columns(&self) -> usize {
        self.columns
    }

    pub fn probability(&self, condition: usize, finding: usize) -> Option<f64> {
        if condition + 1 >= self.columns {
            return None;
        }
        self.probabilities.get(finding * self.columns + condition).copied()
    }
}
