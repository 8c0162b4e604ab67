//! Text cut into words, figures and breaks.

use super::lexicon::Lexicon;
use super::normal::Normal;
use super::number::{Quantity, quantity};
use super::words::Counting;

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

/// The best way to cut the text from a place on.
#[derive(Debug, Clone, Copy)]
struct Cut {
    score: usize,
    end: usize,
    kind: Kind,
}

/// Cuts the text so that the words found are the longest together: each counts the square of its length.
pub(super) fn tokenise(lexicon: &Lexicon, counting: &Counting, text: &Normal) -> Vec<Token> {
    let length = text.chars.len();
    let mut cuts: Vec<Option<Cut>> = vec![None; length + 1];
    for at in (0..length).rev() {
        let score_from = |end: usize| cuts.get(end).copied().flatten().map_or(0, |cut| cut.score);
        let Some(sign) = text.get(at) else { continue };
        let rest = text.chars.get(at..).unwrap_or_default();
        let mut best = Cut { score: score_from(at + 1), end: at + 1, kind: plain(sign) };
        let figure = quantity(counting, rest)
            .filter(|(of, taken)| !is_rate(counting, of, rest.get(*taken..).unwrap_or_default()));
        if let Some((of, taken)) = figure {
            let score = taken * taken * WEIGHT + score_from(at + taken);
            if score > best.score {
                best = Cut { score, end: at + taken, kind: Kind::Quantity(of) };
            }
        }
        for found in lexicon.words_at(text, at) {
            if is_part_of_latin(text, at, found.end) {
                continue;
            }
            // A stretch with fill words inside counts a little less than the same word in one piece.
            let fill = found.end - at - found.matched;
            let own = (found.matched * found.matched * WEIGHT).saturating_sub(fill);
            let score = own + score_from(found.end);
            if score > best.score || (score == best.score && found.end > best.end) {
                best = Cut { score, end: found.end, kind: Kind::Word(found.roles) };
            }
        }
        if let Some(cut) = cuts.get_mut(at) {
            *cut = Some(best);
        }
    }
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(cut) = cuts.get(at).copied().flatten() {
        tokens.push(Token { start: at, end: cut.end, kind: cut.kind });
        at = cut.end;
    }
    tokens
}

/// What a character squared counts, so that fill words can count less.
const WEIGHT: usize = 8;

fn plain(sign: char) -> Kind {
    match sign {
        ',' | ' ' => Kind::Comma,
        '\n' | '.' => Kind::Stop,
        sign => Kind::Text(sign),
    }
}

/// "Once a day" is no duration.
fn is_rate(counting: &Counting, of: &Quantity, rest: &[char]) -> bool {
    let Quantity::Span(span) = of else { return false };
    span.hours <= 24.0 && !span.ago && rest.iter().take(5).any(|sign| *sign == counting.times)
}

/// A letter inside a Latin word is no word.
fn is_part_of_latin(text: &Normal, start: usize, end: usize) -> bool {
    let letter =
        |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|sign| sign.is_ascii_alphabetic());
    let is_latin = (start..end).all(|at| letter(Some(at)));
    is_latin && (letter(start.checked_sub(1)) || letter(Some(end)))
}
