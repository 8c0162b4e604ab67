//! Medicines by name.

use super::Guide;
use crate::{Medicine, Piece};
use medicines::knowledge;

impl Guide {
    /// Returns the medicines that a text may mean, the best first.
    pub(super) fn medicines(&self, text: &str) -> Vec<Medicine> {
        let sought = plain(text);
        let found = self.medicines.lookup(text).into_iter();
        found
            .map(|of| Medicine {
                id: of.id.clone(),
                name: of.name.clone(),
                found_by: found_by(of, &sought),
                essential: of.essential,
                forms: of.forms.iter().map(|form| form.text.clone()).collect(),
                pieces: self.pieces(of),
                has_doses: !of.doses.is_empty(),
            })
            .collect()
    }

    fn pieces(&self, of: &knowledge::Medicine) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = Vec::new();
        for form in &of.forms {
            let (Some(word), Some((amount, unit))) = (self.medicines.piece_of(form), &form.piece) else {
                continue;
            };
            let piece =
                Piece { word: word.to_owned(), amount: *amount, unit: unit.clone(), form: form.text.clone() };
            if !pieces.contains(&piece) {
                pieces.push(piece);
            }
        }
        pieces
    }
}

/// Returns the word by which it was found: nothing for its name or their initials, else the outright one, else the
/// shortest that begins so or has it inside.
fn found_by(of: &knowledge::Medicine, sought: &str) -> String {
    if plain(&of.name).contains(sought) || of.initials.starts_with(sought) {
        return String::new();
    }
    let words = of.aliases.iter().chain([&of.english]).chain(&of.atc);
    let closeness = |word: &String| match plain(word) {
        word if word == sought => Some(0),
        word if word.starts_with(sought) => Some(1),
        word if word.contains(sought) => Some(2),
        // A brand with strength or form around it.
        word if word.chars().count() > 1 && sought.contains(&word) => Some(3),
        _ => None,
    };
    let found = words.filter_map(|word| Some((closeness(word)?, word.chars().count(), word)));
    found.min().map(|(_, _, word)| word.clone()).unwrap_or_default()
}

/// As medicines compare: small letters without marks and blanks.
fn plain(text: &str) -> String {
    let kept = text.chars().filter(|character| character.is_alphanumeric() || *character == '+');
    kept.flat_map(char::to_lowercase).collect()
}
