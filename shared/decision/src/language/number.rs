//! Numerals and the units of time behind them.

use super::words::Counting;

/// A span of time as it was said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    pub hours: f64,
    /// It is an age.
    pub age: bool,
    /// It ends in "ago".
    pub ago: bool,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Quantity {
    Number(f64),
    Span(Span),
}

fn starts_with(text: &[char], word: &str) -> bool {
    let mut rest = text.iter();
    word.chars().all(|expected| rest.next() == Some(&expected))
}

/// Returns the length of the longest of the words that the text starts with, 0 if none.
fn one_of(text: &[char], words: &[String]) -> usize {
    let found = words.iter().filter(|word| starts_with(text, word));
    found.map(|word| word.chars().count()).max().unwrap_or_default()
}

/// Reads a quantity at the start of `text`; returns it with its length in characters.
pub(super) fn quantity(of: &Counting, text: &[char]) -> Option<(Quantity, usize)> {
    let tail = |at: usize| text.get(at..).unwrap_or_default();
    let (mut value, mut at, digits) = numeral(of, text)?;
    // A range: the first figure counts.
    if tail(at).first().is_some_and(|sign| of.ranges.contains(*sign))
        && let Some((_, length, _)) = numeral(of, tail(at + 1))
        && unit(of, tail(at + 1 + length)).is_some()
    {
        at += 1 + length;
    }
    at += about(of, tail(at));
    let years = one_of(tail(at), &of.years_of_age);
    if years > 0 {
        at += years;
        if tail(at).first() == Some(&of.half) {
            value += 0.5;
            at += 1;
        }
        let hours = value * of.hours.values().copied().fold(0.0, f64::max);
        return Some((Quantity::Span(Span { hours, age: true, ago: false }), at));
    }
    if starts_with(tail(at), &of.piece_and_half) {
        let (hours, length) = unit(of, tail(at + of.piece_and_half.chars().count()))?;
        let end = at + of.piece_and_half.chars().count() + length;
        return Some(span(of, (value + 0.5) * hours, hours, text, end));
    }
    if let Some((hours, length)) = unit(of, tail(at)) {
        return Some(span(of, value * hours, hours, text, at + length));
    }
    digits.then_some((Quantity::Number(value), at))
}

fn about(of: &Counting, text: &[char]) -> usize {
    let mut length = 0;
    loop {
        match one_of(text.get(length..).unwrap_or_default(), &of.about) {
            0 => return length,
            more => length += more,
        }
    }
}

/// Takes what stands behind a unit.
fn span(of: &Counting, mut hours: f64, unit: f64, text: &[char], mut at: usize) -> (Quantity, usize) {
    let tail = |at: usize| text.get(at..).unwrap_or_default();
    let belongs_on = tail(at).get(1).is_some_and(|sign| of.not_half.contains(*sign));
    if tail(at).first() == Some(&of.half) && !belongs_on {
        hours += unit / 2.0;
        at += 1;
    }
    at += about(of, tail(at));
    let age = one_of(tail(at), &of.of_age);
    at += age;
    let ago = one_of(tail(at), &of.ago);
    at += ago;
    (Quantity::Span(Span { hours, age: age > 0, ago: ago > 0 }), at)
}

fn unit(of: &Counting, text: &[char]) -> Option<(f64, usize)> {
    let found = of.hours.iter().filter(|(word, _)| starts_with(text, word));
    let (word, hours) = found.max_by_key(|(word, _)| word.chars().count())?;
    let length = word.chars().count();
    // A letter may begin another word.
    let letter = word.is_ascii() && text.get(length).is_some_and(char::is_ascii_alphabetic);
    (!letter).then_some((*hours, length))
}

/// Reads a numeral: its value, its length, and whether it was written in digits.
fn numeral(of: &Counting, text: &[char]) -> Option<(f64, usize, bool)> {
    let digits = text.iter().take_while(|sign| sign.is_ascii_digit() || **sign == '.').count();
    if digits > 0 && text.first().is_some_and(char::is_ascii_digit) {
        let written: String = text.get(..digits)?.iter().collect();
        let number = written.trim_end_matches('.');
        return number.parse().ok().map(|value| (value, number.len(), true));
    }
    chinese(of, text).map(|(value, length)| (value, length, false))
}

fn chinese(of: &Counting, text: &[char]) -> Option<(f64, usize)> {
    let (mut total, mut current, mut length) = (0.0, None::<f64>, 0);
    for sign in text {
        let digit = of.digits.chars().position(|digit| digit == *sign).map(|place| place as f64);
        let digit = digit.or((*sign == of.two).then_some(2.0));
        if length == 0 && *sign == of.half {
            return Some((0.5, 1));
        }
        if length == 0 && of.some.contains(*sign) {
            return Some((of.some_is, 1));
        }
        match digit {
            // "Three, four days": the first counts.
            Some(value) => current = current.or(Some(value)),
            None if *sign == of.ten => total += current.take().unwrap_or(1.0) * 10.0,
            None if *sign == of.hundred => total += current.take().unwrap_or(1.0) * 100.0,
            None => break,
        }
        length += 1;
    }
    (length > 0).then_some((total + current.unwrap_or_default(), length))
}
