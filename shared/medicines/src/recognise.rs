//! Recognises conditions and allergies in what people wrote.

use crate::Medicines;
use crate::knowledge::{Allergen, Condition, Medicine, Pack};
use crate::lookup::{names_of, normalise};
use std::collections::BTreeSet;

/// The shortest Chinese or English name of a medicine that is sought inside a longer text, in characters.
const SHORTEST: usize = 2;

/// What a resident is allergic to, as far as it was understood.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Allergy<'a> {
    /// As it was written.
    pub text: &'a str,
    /// Allergens it names.
    pub allergens: Vec<&'a Allergen>,
    /// Medicines it names.
    pub medicines: Vec<&'a Medicine>,
    /// Whether the reaction was severe.
    pub severe: bool,
}

/// Returns the conditions that the texts name, with all they imply.
pub(crate) fn conditions<'a>(pack: &'a Pack, texts: &[String]) -> BTreeSet<&'a str> {
    let mut found = BTreeSet::new();
    let mut next: Vec<&str> =
        texts.iter().flat_map(|text| named(pack, text)).map(|condition| condition.id.as_str()).collect();
    while let Some(id) = next.pop() {
        if found.insert(id)
            && let Some(condition) = pack.conditions.iter().find(|condition| condition.id == id)
        {
            next.extend(condition.is_a.iter().map(String::as_str));
        }
    }
    found
}

/// Returns the conditions one text names: by exactly its words, else those whose words stand inside it.
fn named<'a>(pack: &'a Pack, text: &str) -> Vec<&'a Condition> {
    let whole = normalise(text);
    let words = |condition: &'a Condition| {
        [condition.id.as_str(), condition.name.as_str()]
            .into_iter()
            .chain(condition.words.iter().map(String::as_str))
    };
    let exact: Vec<_> = pack
        .conditions
        .iter()
        .filter(|condition| words(condition).any(|word| normalise(word) == whole))
        .collect();
    if !exact.is_empty() {
        return exact;
    }
    let inside = |condition: &&Condition| {
        [&condition.name].into_iter().chain(&condition.words).any(|word| says(pack, text, word))
    };
    pack.conditions.iter().filter(inside).collect()
}

/// Recognises one allergy; `None` where it says that there is none.
pub(crate) fn allergy<'a>(medicines: &'a Medicines, text: &'a str) -> Allergy<'a> {
    let pack = &medicines.pack;
    let allergens = pack
        .allergens
        .iter()
        .filter(|allergen| {
            [&allergen.name].into_iter().chain(&allergen.words).any(|word| says(pack, text, word))
        })
        .collect();
    let known = medicines.named(text).into_iter();
    let inside = medicines.all().iter().filter(|medicine| {
        names_of(medicine).any(|name| name.chars().count() >= SHORTEST && says(pack, text, name))
    });
    let mut named: Vec<&Medicine> = known.chain(inside).collect();
    named.sort_by(|one, other| one.id.cmp(&other.id));
    named.dedup_by(|one, other| one.id == other.id);
    // "amoxicillin" stands inside "amoxicillin and clavulanate"; the longer name is the one meant.
    let longest = named.clone();
    named.retain(|medicine| {
        !longest.iter().any(|other| {
            other.name.len() > medicine.name.len()
                && other.name.contains(&medicine.name)
                && text.contains(&other.name)
        })
    });
    let severe = pack.words.severe.iter().any(|word| says(pack, text, word));
    Allergy { text, allergens, medicines: named, severe }
}

/// Tells whether a text says a word: whole words in Latin letters, not denied, and not only as a part of a denial.
fn says(pack: &Pack, text: &str, word: &str) -> bool {
    let (text, word) = (text.to_lowercase(), word.to_lowercase());
    let latin =
        |character: Option<char>| character.is_some_and(|character| character.is_ascii_alphanumeric());
    text.match_indices(word.as_str()).any(|(at, _)| {
        let (before, rest) = text.split_at(at);
        let after = rest.get(word.len()..).unwrap_or_default();
        let bounded = !(latin(word.chars().next()) && latin(before.chars().next_back())
            || latin(word.chars().next_back())
                && latin(after.chars().next())
                && !after.starts_with(['s', 'S']));
        let denied = pack.words.denied.iter().any(|denial| {
            let clause = before.rsplit(|end| pack.words.clause_ends.contains(end)).next().unwrap_or(before);
            clause.contains(denial.as_str()) && !word.contains(denial.as_str())
        });
        bounded && !denied && !foreign(pack, after)
    })
}

/// Tells whether what follows makes it somebody else's.
fn foreign(pack: &Pack, after: &str) -> bool {
    pack.words.family.iter().any(|word| after.trim_start().starts_with(word.as_str()))
}
