//! Figures: vital signs, age, weeks of pregnancy, sex.

use super::lexicon::{Lexicon, flag};
use super::normal::Normal;
use super::number::{Quantity, Span, quantity};
use super::reading::Reading;
use super::tokens::{Kind, Token};
use crate::knowledge::{Knowledge, Measure};

/// How many characters or words may stand between a measure and its figure.
const REACH: usize = 5;
/// Figures that are a temperature wherever a degree sign follows.
const BODY: std::ops::RangeInclusive<f64> = 34.0..=42.5;
const HOURS_A_MONTH: f64 = 8766.0 / 12.0;
const HOURS_A_WEEK: f64 = 168.0;

pub(super) fn collect(
    knowledge: &Knowledge,
    lexicon: &Lexicon,
    text: &Normal,
    tokens: &[Token],
    reading: &mut Reading,
) {
    let measures = &knowledge.words.measures;
    let mut awaited: Option<(usize, usize)> = None;
    let mut pregnancy: Option<usize> = None;
    for (at, token) in tokens.iter().enumerate() {
        match token.kind {
            Kind::Word(roles) => {
                let of = lexicon.roles(roles);
                if let Some(measure) = of.measure {
                    awaited = Some((measure, at));
                }
                if of.flags & flag::PREGNANCY != 0 {
                    pregnancy = Some(at);
                }
                // A term may hold the weeks itself.
                let begins = || lexicon.words_at(text, token.start).into_iter();
                if let Some(word) =
                    begins().find(|found| lexicon.roles(found.roles).flags & flag::PREGNANCY != 0)
                    && let Some((Quantity::Span(span), _)) = quantity(
                        &knowledge.words.figures,
                        text.chars.get(word.end..token.end).unwrap_or_default(),
                    )
                {
                    reading.pregnant_weeks.get_or_insert((span.hours / HOURS_A_WEEK) as u32);
                }
            }
            Kind::Stop => (awaited, pregnancy) = (None, None),
            Kind::Quantity(Quantity::Number(value)) => {
                if let Some(pressure) = pressure(tokens, at, value) {
                    reading.vitals.fill(Measure::Sbp, value);
                    reading.vitals.fill(Measure::Dbp, pressure);
                    awaited = None;
                } else if is_degree(knowledge, tokens, at + 1) && BODY.contains(&value) {
                    // "39度2" is 39.2.
                    let tenth = match tokens.get(at + 2).map(|token| token.kind) {
                        Some(Kind::Quantity(Quantity::Number(tenth)))
                            if tenth < 10.0 && tenth.fract() == 0.0 =>
                        {
                            tenth / 10.0
                        }
                        _ => 0.0,
                    };
                    reading.vitals.fill_highest(value + tenth);
                    awaited = None;
                } else if let Some((measure, since)) = awaited
                    && at - since <= REACH
                    && let Some(of) = measures.get(measure)
                    && (of.lowest..=of.highest).contains(&value)
                {
                    if of.of == Measure::Temperature {
                        reading.vitals.fill_highest(value);
                    } else {
                        reading.vitals.fill(of.of, value);
                    }
                    awaited = None;
                } else if pregnancy.is_some_and(|since| at - since <= 2) && plus_weeks(tokens, at) {
                    reading.pregnant_weeks.get_or_insert(value as u32);
                }
            }
            Kind::Quantity(Quantity::Span(span)) => {
                if pregnancy.is_some_and(|since| at - since <= 2)
                    && !span.ago
                    && !span.age
                    && span.hours >= 24.0
                {
                    reading.pregnant_weeks.get_or_insert((span.hours / HOURS_A_WEEK) as u32);
                } else if span.age {
                    age(reading, &span);
                }
            }
            Kind::Text(_) | Kind::Comma => {}
        }
    }
}

/// Tells whether degrees of temperature stand there; a bare sign may be an angle.
fn is_degree(knowledge: &Knowledge, tokens: &[Token], at: usize) -> bool {
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    let figures = &knowledge.words.figures;
    kind(at) == Some(Kind::Text(figures.degree))
        || (kind(at) == Some(Kind::Text(figures.degree_sign)) && kind(at + 1) == Some(Kind::Text('c')))
}

fn age(reading: &mut Reading, span: &Span) {
    reading.age_months.get_or_insert((span.hours / HOURS_A_MONTH) as u32);
}

/// "180/110": returns the second figure.
fn pressure(tokens: &[Token], at: usize, high: f64) -> Option<f64> {
    let slash = tokens.get(at + 1)?;
    let Kind::Quantity(Quantity::Number(low)) = tokens.get(at + 2)?.kind else { return None };
    let is_slash = slash.end - slash.start == 1 && !matches!(slash.kind, Kind::Quantity(_) | Kind::Stop);
    let plausible = (50.0..=300.0).contains(&high) && (20.0..=200.0).contains(&low) && low < high;
    (is_slash && plausible).then_some(low)
}

/// "32+2周".
fn plus_weeks(tokens: &[Token], at: usize) -> bool {
    let plus = tokens.get(at + 1).map(|token| token.kind) == Some(Kind::Text('+'));
    plus && matches!(tokens.get(at + 2).map(|token| token.kind), Some(Kind::Quantity(_)))
}
