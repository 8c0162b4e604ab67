//! From what people write to findings: synonyms and everyday words, parts and complaints, negation and its reach,
//! doubt, time, whose illness it is, durations and figures.
//!
//! The words are data ([`Words`] and the vocabulary); this module knows only how they work together.

mod compose;
mod lexicon;
mod normal;
mod number;
mod quantities;
mod reading;
mod scope;
mod tokens;
mod words;

pub use reading::{Degree, Mention, Reading, Side};
pub use words::Words;

use crate::knowledge::Knowledge;
use lexicon::Lexicon;

/// Reads free text; made once of the knowledge.
#[derive(Debug, Clone)]
pub struct Reader {
    lexicon: Lexicon,
}

impl Reader {
    /// Returns a reader of the vocabulary and the words of the knowledge.
    #[must_use]
    pub fn new(knowledge: &Knowledge) -> Self {
        Self { lexicon: Lexicon::new(knowledge) }
    }

    /// Reads text. Findings are given by their index in the knowledge, in the order of the text.
    #[must_use]
    pub fn read(&self, knowledge: &Knowledge, text: &str) -> Reading {
        let normal = normal::Normal::new(text, &knowledge.words.normal);
        let tokens = tokens::tokenise(&self.lexicon, &knowledge.words.figures, &normal);
        let mut items = compose::compose(&self.lexicon, &normal, &tokens);
        scope::apply(knowledge, &mut items);
        let mut reading = Reading::default();
        quantities::collect(knowledge, &self.lexicon, &normal, &tokens, &mut reading);
        reading.take(knowledge, &normal, items);
        reading
    }
}
