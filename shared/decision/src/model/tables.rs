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

/// The rows of all findings: present and absent, and given the broader one where there is one.
#[derive(Debug, Clone)]
pub(crate) struct Tables {
    columns: usize,
    /// By finding: where its rows begin.
    starts: Vec<usize>,
    rows: Vec<f64>,
    probabilities: Vec<f64>,
    /// By finding: the broader one it is counted with.
    broader: Vec<Option<usize>>,
}

impl Tables {
    /// Takes P(finding | column), row by row, and for each finding the one it is counted with.
    pub fn new(columns: usize, probabilities: Vec<f64>, broader: Vec<Option<usize>>) -> Self {
        let mut tables = Self { columns, starts: Vec::new(), rows: Vec::new(), probabilities, broader };
        let mut rows = Vec::new();
        for finding in 0..tables.broader.len() {
            tables.starts.push(rows.len());
            logs(&mut rows, tables.own(finding), |p| p);
            logs(&mut rows, tables.own(finding), |p| 1.0 - p);
            if let Some(of) = tables.broader_row(finding) {
                let given: Vec<f64> = tables.own(finding).iter().zip(of).map(|(p, of)| p / of).collect();
                logs(&mut rows, &given, |p| p);
                logs(&mut rows, &given, |p| 1.0 - p);
            }
        }
        tables.rows = rows;
        tables
    }

    fn own(&self, finding: usize) -> &[f64] {
        let start = finding * self.columns;
        self.probabilities.get(start..start + self.columns).unwrap_or_default()
    }

    fn broader_row(&self, finding: usize) -> Option<&[f64]> {
        self.broader.get(finding).copied().flatten().map(|broader| self.own(broader))
    }

    /// Returns one row of logarithms: a value for each condition and the last for what is not listed.
    pub fn row(&self, finding: usize, row: Row) -> &[f64] {
        let is_kind = self.broader.get(finding).is_some_and(Option::is_some);
        let place = if is_kind { row as usize } else { row as usize % 2 };
        let start = self.starts.get(finding).map_or(self.rows.len(), |start| start + place * self.columns);
        self.rows.get(start..start + self.columns).unwrap_or_default()
    }

    /// Multiplies each of `into` with the likelihood of its column, what [`Tables::row`] is the logarithm of, or divides.
    pub fn weigh(&self, into: &mut [f64], finding: usize, row: Row, divide: bool) {
        let own = self.own(finding);
        match (row, self.broader_row(finding)) {
            (Row::Present, _) | (Row::PresentGivenBroader, None) => weigh(into, own.iter().copied(), divide),
            (Row::Absent, _) | (Row::AbsentGivenBroader, None) => {
                weigh(into, own.iter().map(|p| 1.0 - p), divide);
            }
            (Row::PresentGivenBroader, Some(of)) => {
                weigh(into, own.iter().zip(of).map(|(p, of)| p / of), divide);
            }
            (Row::AbsentGivenBroader, Some(of)) => {
                weigh(into, own.iter().zip(of).map(|(p, of)| 1.0 - p / of), divide);
            }
        }
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

fn weigh(into: &mut [f64], by: impl Iterator<Item = f64>, divide: bool) {
    if divide {
        into.iter_mut().zip(by).for_each(|(of, by)| *of /= by);
    } else {
        into.iter_mut().zip(by).for_each(|(of, by)| *of *= by);
    }
}

/// Adds the logarithm of what `of` makes of each; most of a row are alike, so that the last one is kept.
fn logs(rows: &mut Vec<f64>, all: &[f64], of: impl Fn(f64) -> f64) {
    let mut last = (f64::NAN, f64::NAN);
    rows.extend(all.iter().map(|p| {
        if p.to_bits() != last.0.to_bits() {
            last = (*p, libm::log(of(*p)));
        }
        last.1
    }));
}
