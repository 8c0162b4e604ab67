//! Text cut into words, figures and breaks.

use super::lexicon::Lexicon;
use super::normal::Normal;
use super::number::{Quantity, quantity};

/// A piece of the text, in characters.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Token {
    pub start: usize,
    pub end: usize,
    pub kind: Kind,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Kind {
    /// A word, by its roles.
    Word(usize),
    Quantity(Quantity),
    /// A character without meaning.
    Text(char),
    /// A comma or a space: a clause ends.
    Comma,
    /// A sentence ends.
    Stop,
}

pub(super) fn tokenise(lexicon: &Lexicon, text: &Normal) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(sign) = text.get(at) {
        let rest = text.chars.get(at..).unwrap_or_default();
        let figure =
            quantity(rest).filter(|(of, length)| !is_rate(of, rest.get(*length..).unwrap_or_default()));
        let word = lexicon.longest(text, at).filter(|found| !is_part_of_latin(text, at, found.end));
        let (end, kind) = match (figure, word) {
            (Some((of, length)), word) if word.is_none_or(|word| word.end <= at + length) => {
                (at + length, Kind::Quantity(of))
            }
            (_, Some(word)) => (word.end, Kind::Word(word.roles)),
            _ => (at + 1, plain(sign)),
        };
        tokens.push(Token { start: at, end, kind });
        at = end;
    }
    tokens
}

fn plain(sign: char) -> Kind {
    match sign {
        ',' | ' ' => Kind::Comma,
        '.' => Kind::Stop,
        sign => Kind::Text(sign),
    }
}

/// "Once a day" is no duration.
fn is_rate(of: &Quantity, rest: &[char]) -> bool {
    let Quantity::Span(span) = of else { return false };
    span.hours <= 24.0 && !span.ago && rest.iter().take(5).any(|sign| *sign == '次')
}

/// A letter inside a Latin word is no word.
fn is_part_of_latin(text: &Normal, start: usize, end: usize) -> bool {
    let letter =
        |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|sign| sign.is_ascii_alphabetic());
    let is_latin = (start..end).all(|at| letter(Some(at)));
    is_latin && (letter(start.checked_sub(1)) || letter(Some(end)))
}
