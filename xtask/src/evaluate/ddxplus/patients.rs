//! The table of patients.

use anyhow::{Context, Result, bail, ensure};
use std::{fs, path::Path};

use super::literal::Literal;
use super::release::Release;

/// A patient.
#[derive(Clone, PartialEq)]
pub struct Patient {
    pub age: u32,
    pub male: bool,
    /// The condition, by index.
    pub diagnosis: usize,
    /// The differential: conditions and their probabilities, the likeliest first.
    pub differential: Vec<(usize, f64)>,
    /// By evidence: whether it is there.
    pub present: Vec<bool>,
    /// By evidence: the values given, by index.
    pub values: Vec<Vec<usize>>,
    /// What the patient comes with, by evidence.
    pub initial: Option<usize>,
}

/// Names of a column in the files we know, in lower case.
const AGE: &[&str] = &["age"];
const SEX: &[&str] = &["sex", "gender"];
const DIAGNOSIS: &[&str] = &["diagnosis", "pathology", "condition"];
const DIFFERENTIAL: &[&str] = &["top5_diagnoses", "differential_diagnosis", "differential"];
const EVIDENCES: &[&str] = &["features", "evidences", "evidence"];
const INITIAL: &[&str] = &["feature_id", "initial_evidence", "initial"];
/// What each column is called, in the order of the files we know.
const COLUMNS: [&[&str]; 6] = [AGE, DIFFERENTIAL, SEX, DIAGNOSIS, EVIDENCES, INITIAL];

/// Reads a table of patients: comma-separated, with a header in any of the known spellings; a column whose name is not
/// known is taken by its place.
pub fn read(path: &Path, release: &Release) -> Result<Vec<Patient>> {
    let text = fs::read_to_string(path).with_context(|| format!("could not read {}", path.display()))?;
    let mut rows = rows(text.trim_start_matches('\u{feff}')).into_iter();
    let header = rows.next().with_context(|| format!("{} is empty", path.display()))?;
    let places: Vec<usize> = COLUMNS
        .iter()
        .enumerate()
        .map(|(place, names)| {
            let known = |name: &String| names.contains(&name.trim().to_lowercase().as_str());
            header.iter().position(known).unwrap_or(place)
        })
        .collect();
    let patients: Vec<Patient> = rows
        .enumerate()
        .map(|(number, row)| {
            let cells: Vec<&str> =
                places.iter().map(|place| row.get(*place).map_or("", String::as_str)).collect();
            patient(&cells, release).with_context(|| format!("patient {} of {}", number + 1, path.display()))
        })
        .collect::<Result<_>>()?;
    ensure!(!patients.is_empty(), "{} has no patient", path.display());
    Ok(patients)
}

fn patient(cells: &[&str], release: &Release) -> Result<Patient> {
    let [age, differential, sex, diagnosis, evidences, initial] = cells else {
        bail!("a row has too few columns");
    };
    let condition = |name: &str| release.condition(name).with_context(|| format!("condition {name:?}"));
    let item = |name: &str| release.items.iter().position(|item| item.name == name);
    let mut present = vec![false; release.items.len()];
    let mut values = vec![Vec::new(); release.items.len()];
    for element in Literal::parse(evidences)?.elements() {
        let text = element.text().context("an evidence is no text")?;
        let (name, value) = text.split_once("_@_").map_or((text, None), |(name, value)| (name, Some(value)));
        let index = item(name).with_context(|| format!("evidence {name:?}"))?;
        if let Some(present) = present.get_mut(index) {
            *present = true;
        }
        if let Some(value) = value {
            let known =
                release.items.get(index).and_then(|item| item.values.iter().position(|of| of == value));
            let place = known.with_context(|| format!("value {value:?} of {name}"))?;
            if let Some(values) = values.get_mut(index) {
                values.push(place);
            }
        }
    }
    let mut ranked = Vec::new();
    if !differential.trim().is_empty() {
        for pair in Literal::parse(differential)?.elements() {
            let [name, p] = pair.elements() else { bail!("a differential is not made of pairs") };
            let named = name.text().context("a differential has no name")?;
            ranked.push((condition(named)?, p.number().context("a differential has no probability")?));
        }
    }
    // Equal ones keep their order.
    ranked.sort_by(|a, b| b.1.total_cmp(&a.1));
    let initial = initial.trim().trim_matches(['\'', '"']);
    Ok(Patient {
        age: age.trim().parse::<f64>().context("the age")? as u32,
        male: sex.trim().to_lowercase().starts_with('m'),
        diagnosis: condition(diagnosis)?,
        differential: ranked,
        present,
        values,
        initial: item(initial.split("_@_").next().unwrap_or_default()),
    })
}

/// Splits comma-separated text with quoted fields into rows.
fn rows(text: &str) -> Vec<Vec<String>> {
    let (mut rows, mut row, mut field, mut quoted) = (Vec::new(), Vec::new(), String::new(), false);
    let mut chars = text.chars().peekable();
    while let Some(next) = chars.next() {
        match next {
            '"' if quoted && chars.next_if_eq(&'"').is_some() => field.push('"'),
            '"' => quoted = !quoted,
            ',' if !quoted => row.push(std::mem::take(&mut field)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                row.push(std::mem::take(&mut field));
                rows.push(std::mem::take(&mut row));
            }
            next => field.push(next),
        }
    }
    if !field.is_empty() || !row.is_empty() {
        row.push(field);
        rows.push(row);
    }
    rows.retain(|row: &Vec<String>| row.iter().any(|field| !field.trim().is_empty()));
    rows
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_fields_keep_commas_quotes_and_lines() {
        let rows = rows("a,b\r\n1,\"x, \"\"y\"\"\nz\"\n\n2,w");
        assert_eq!(rows, vec![vec!["a", "b"], vec!["1", "x, \"y\"\nz"], vec!["2", "w"]]);
    }
}
