//! Finds medicines by name, code and initials.

use crate::Medicines;
use crate::knowledge::{Medicine, Pack, Words};
use std::collections::BTreeMap;

/// How many a lookup returns.
const MOST: usize = 20;

/// Lowers, and drops blanks and what stands between the characters of a name.
pub(crate) fn normalise(text: &str) -> String {
    text.chars()
        .filter(|character| character.is_alphanumeric() || *character == '+')
        .flat_map(char::to_lowercase)
        .collect()
}

/// Indexes every name and code; the first medicine keeps a name that two have.
pub(crate) fn index(pack: &Pack) -> BTreeMap<String, usize> {
    let mut names = BTreeMap::new();
    for (at, medicine) in pack.medicines.iter().enumerate() {
        for name in names_of(medicine) {
            names.entry(normalise(name)).or_insert(at);
        }
    }
    names
}

/// Returns the names and codes of a medicine.
pub(crate) fn names_of(medicine: &Medicine) -> impl Iterator<Item = &str> {
    let own = [&medicine.id, &medicine.name, &medicine.english].into_iter();
    own.chain(&medicine.aliases).chain(&medicine.atc).map(String::as_str)
}

/// See [`Medicines::named`].
pub(crate) fn named<'a>(medicines: &'a Medicines, text: &str) -> Option<&'a Medicine> {
    let at = candidates(medicines, text).into_iter().find_map(|name| medicines.names.get(&name).copied())?;
    medicines.pack.medicines.get(at)
}

/// Returns the text with ever more of strength, salt and form taken off, each normalised.
fn candidates(medicines: &Medicines, text: &str) -> Vec<String> {
    let words = &medicines.pack.words;
    // What stands in brackets is a brand or a strength; without them first, and with them last.
    let whole = normalise(text);
    let bare = normalise(&without_brackets(words, text));
    let mut found: Vec<String> = Vec::new();
    let mut next = vec![whole, bare];
    while let Some(name) = next.pop() {
        if name.is_empty() || found.contains(&name) {
            continue;
        }
        let unfigured = without_strength(&name, medicines);
        let ends = words
            .forms
            .iter()
            .chain(&words.salts)
            .filter_map(|word| name.strip_suffix(normalise(word).as_str()));
        let starts = words.salts.iter().filter_map(|word| name.strip_prefix(normalise(word).as_str()));
        // A concentration stands before the name: 10%葡萄糖酸钙.
        let solute = name.trim_start_matches(|first: char| first.is_ascii_digit());
        let solute = Some(solute).filter(|rest| rest.starts_with(|first: char| !first.is_ascii()));
        next.extend(ends.chain(starts).chain(solute).chain(unfigured.as_deref()).map(str::to_owned));
        found.push(name);
    }
    // The longest remaining name says most.
    found.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
    found
}

fn without_brackets(words: &Words, text: &str) -> String {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for character in text.chars() {
        if words.opening.contains(character) {
            depth += 1;
        } else if words.closing.contains(character) {
            depth = depth.saturating_sub(1);
        } else if depth == 0 {
            kept.push(character);
        }
    }
    kept
}

/// Takes a strength like `5mg` off the end.
fn without_strength(name: &str, medicines: &Medicines) -> Option<String> {
    let measures = medicines.pack.words.measures.iter().flat_map(|measure| &measure.words);
    let rest = measures.filter_map(|word| name.strip_suffix(normalise(word).as_str()));
    rest.filter(|rest| rest.ends_with(|last: char| last.is_ascii_digit()))
        .map(|rest| rest.trim_end_matches(|last: char| last.is_ascii_digit()).to_owned())
        .min()
}

/// See [`Medicines::lookup`].
pub(crate) fn lookup<'a>(medicines: &'a Medicines, text: &str) -> Vec<&'a Medicine> {
    let sought = normalise(text);
    if sought.is_empty() {
        return Vec::new();
    }
    if let Some(medicine) = medicines.names.get(&sought).and_then(|at| medicines.pack.medicines.get(*at)) {
        return vec![medicine];
    }
    let rank = |medicine: &Medicine| -> Option<usize> {
        let starts = |name: &str| normalise(name).starts_with(&sought);
        match () {
            () if starts(&medicine.name) => Some(0),
            () if starts(&medicine.initials) => Some(1),
            () if names_of(medicine).any(starts) => Some(2),
            () if names_of(medicine).any(|name| normalise(name).contains(&sought)) => Some(3),
            () => None,
        }
    };
    let mut found: Vec<_> = medicines
        .all()
        .iter()
        .filter_map(|medicine| Some((rank(medicine)?, medicine.name.chars().count(), medicine)))
        .collect();
    found.sort_by(|one, other| (one.0, one.1, &one.2.id).cmp(&(other.0, other.1, &other.2.id)));
    if found.is_empty() {
        return named(medicines, text).into_iter().collect();
    }
    found.into_iter().take(MOST).map(|(_, _, medicine)| medicine).collect()
}
