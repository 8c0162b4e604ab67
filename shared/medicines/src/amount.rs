//! Amounts and their units.

use crate::Medicines;
use crate::knowledge::{Form, Medicine, Words};
use crate::line::Route;
use std::collections::BTreeSet;

/// What a unit counts or measures.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Unit {
    /// A measure of a family, so many base units in one.
    Measure(String, f64),
    /// A counted piece.
    Piece(String),
}

impl Unit {
    /// Reads a unit; `None` for one nobody knows.
    pub fn read(words: &Words, text: &str) -> Option<Self> {
        let text = text.trim().to_lowercase();
        let said = |word: &String| word.to_lowercase() == text;
        let measure = words.measures.iter().find(|measure| measure.words.iter().any(said));
        if let Some(measure) = measure {
            return Some(Self::Measure(measure.family.clone(), measure.factor));
        }
        let piece = words.pieces.iter().find(|(piece, words)| said(piece) || words.iter().any(said));
        piece.map(|(piece, _)| Self::Piece(piece.clone()))
    }
}

/// The least and the most an amount can be, in the unit asked for: two where the strength was not said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Amount {
    /// With the weakest form.
    pub low: f64,
    /// With the strongest form.
    pub high: f64,
}

/// Says an amount of `unit` in the unit `wanted`; `None` where no form of the medicine tells how.
pub(crate) fn convert(
    medicines: &Medicines,
    medicine: &Medicine,
    (dose, unit): (f64, &str),
    wanted: &str,
    (name, route): (&str, Route),
) -> Option<Amount> {
    let words = &medicines.pack.words;
    let (from, to) = (Unit::read(words, unit)?, Unit::read(words, wanted)?);
    if let Some(factor) = straight(&from, &to) {
        return Some(Amount { low: dose * factor, high: dose * factor });
    }
    if let Some(amount) = medicine.iu_per_mg.and_then(|potency| by_activity(dose, potency, &from, &to)) {
        return Some(Amount { low: amount, high: amount });
    }
    let forms = fitting(words, medicine, name, route, &from);
    let amounts: Vec<f64> = forms.iter().filter_map(|form| through(words, form, dose, &from, &to)).collect();
    let low = amounts.iter().copied().reduce(f64::min)?;
    let high = amounts.iter().copied().reduce(f64::max)?;
    Some(Amount { low, high })
}

/// Returns by what to multiply, where no form is needed.
fn straight(from: &Unit, to: &Unit) -> Option<f64> {
    match (from, to) {
        (Unit::Measure(one, by), Unit::Measure(other, to)) if one == other => Some(by / to),
        // A count is a count: where doses are counted, one piece is as good as another.
        (Unit::Piece(_), Unit::Piece(_)) => Some(1.0),
        _ => None,
    }
}

/// Goes between milligrams and units of activity.
fn by_activity(dose: f64, potency: f64, from: &Unit, to: &Unit) -> Option<f64> {
    let (Unit::Measure(from, by), Unit::Measure(to, into)) = (from, to) else { return None };
    match (from.as_str(), to.as_str()) {
        ("iu", "mass") => Some(dose * by / potency / into),
        ("mass", "iu") => Some(dose * by * potency / into),
        _ => None,
    }
}

/// Goes through the strength of a form.
fn through(words: &Words, form: &Form, dose: f64, from: &Unit, to: &Unit) -> Option<f64> {
    let content = |content: &Option<(f64, String)>| -> Option<(f64, Unit)> {
        let (amount, unit) = content.as_ref()?;
        Some((*amount, Unit::read(words, unit)?))
    };
    match (from, to) {
        (Unit::Piece(_), _) => {
            let (amount, unit) = content(&form.piece)?;
            Some(dose * amount * straight(&unit, to)?)
        }
        (Unit::Measure(family, factor), _) if family == "volume" => {
            let (amount, unit) = content(&form.per_ml)?;
            Some(dose * factor * amount * straight(&unit, to)?)
        }
        (_, Unit::Piece(_)) => {
            let (amount, unit) = content(&form.piece)?;
            (amount > 0.0).then_some(dose * straight(from, &unit)? / amount)
        }
        (_, Unit::Measure(family, factor)) if family == "volume" => {
            let (amount, unit) = content(&form.per_ml)?;
            (amount > 0.0).then_some(dose * straight(from, &unit)? / amount / factor)
        }
        _ => None,
    }
}

/// Returns the forms that may be meant: of the strength in the name, else of the route and the piece, else all.
fn fitting<'a>(
    words: &Words,
    medicine: &'a Medicine,
    name: &str,
    route: Route,
    from: &Unit,
) -> Vec<&'a Form> {
    let injected = |form: &Form| words.injected.iter().any(|word| form.word.contains(word.as_str()));
    let all: Vec<&Form> =
        medicine.forms.iter().filter(|form| injected(form) == route.is_injected()).collect();
    let all = if all.is_empty() { medicine.forms.iter().collect() } else { all };
    let narrowed = |keep: &dyn Fn(&Form) -> bool, from: Vec<&'a Form>| -> Vec<&'a Form> {
        let kept: Vec<&Form> = from.iter().copied().filter(|form| keep(form)).collect();
        if kept.is_empty() { from } else { kept }
    };
    let said = name.to_lowercase();
    let said_strength = |form: &Form| {
        form.piece.as_ref().is_some_and(|(amount, unit)| {
            strengths(&said).contains(&format!("{amount}{}", unit.to_lowercase()))
        })
    };
    // 混悬滴剂 says more than 混悬.
    let longest =
        all.iter().map(|form| form.word.as_str()).filter(|word| name.contains(word)).map(str::len).max();
    let said_form = |form: &Form| name.contains(form.word.as_str()) && Some(form.word.len()) == longest;
    let piece = |form: &Form| match from {
        Unit::Piece(piece) => piece_of(words, form) == Some(piece.as_str()),
        Unit::Measure(..) => true,
    };
    narrowed(&said_strength, narrowed(&said_form, narrowed(&piece, all)))
}

/// Returns the piece in which a form is counted.
pub(crate) fn piece_of<'a>(words: &'a Words, form: &Form) -> Option<&'a str> {
    let ends = words.form_pieces.iter().filter(|(word, _)| form.word.ends_with(word.as_str()));
    ends.max_by_key(|(word, _)| word.len()).map(|(_, piece)| piece.as_str())
}

/// Returns every `FIGUREunit` in a text.
fn strengths(text: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let mut figure = String::new();
    let mut unit = String::new();
    for character in text.chars().chain([' ']) {
        let digit = character.is_ascii_digit() || character == '.';
        if digit && unit.is_empty() {
            figure.push(character);
        } else if !digit && !figure.is_empty() && character.is_alphabetic() && character.is_ascii() {
            unit.push(character);
        } else {
            if !figure.is_empty() && !unit.is_empty() {
                found.insert(format!("{figure}{unit}"));
            }
            (figure, unit) = (if digit { character.to_string() } else { String::new() }, String::new());
        }
    }
    found
}

/// Writes a figure with at most three places, without trailing noughts.
pub(crate) fn figure(value: f64) -> String {
    let text = format!("{value:.3}");
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}
