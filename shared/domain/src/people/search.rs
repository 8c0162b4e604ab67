//! Finding a person by name, pinyin initials, telephone or the end of the identity number.

use super::Resident;

/// What search looks at, prepared once per resident.
#[derive(Debug, Clone, Copy)]
pub struct SearchRow<'a> {
    /// The name.
    pub name: &'a str,
    /// The pinyin initials of the name, in small letters.
    pub initials: &'a str,
    /// The telephone number.
    pub phone: &'a str,
    /// The last characters of the identity number.
    pub id_tail: &'a str,
}

/// Tells whether `query` finds `row`: every word of it must match name, initials, telephone or ID end.
///
/// Digits match anywhere in the telephone number, and the ID end from its end.
///
/// ```
/// use domain::people::{SearchRow, matches};
/// let row = SearchRow { name: "张伟", initials: "zw", phone: "13800138000", id_tail: "123X" };
/// assert!(matches("zw", &row) && matches("张", &row) && matches("8000", &row) && matches("23x", &row));
/// assert!(!matches("李", &row));
/// ```
#[must_use]
pub fn matches(query: &str, row: &SearchRow<'_>) -> bool {
    query.split_whitespace().all(|word| matches_word(word, row))
}

fn matches_word(word: &str, row: &SearchRow<'_>) -> bool {
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    if word.is_ascii() {
        let lower = word.to_ascii_lowercase();
        let tail = row.id_tail.to_ascii_lowercase();
        let ends = !tail.is_empty() && (tail.ends_with(&lower) || lower.ends_with(&tail));
        // Two characters alone would find half the county.
        let numeric = digits >= 2 && lower.len() >= 3 && (row.phone.contains(&lower) || ends);
        return numeric || (digits == 0 && row.initials.contains(&lower)) || row.name.contains(word);
    }
    row.name.contains(word)
}

/// Returns how well a match is: lower comes first in a list.
#[must_use]
pub fn rank(query: &str, row: &SearchRow<'_>) -> u8 {
    let lower = query.trim().to_ascii_lowercase();
    if row.name == query.trim() || row.initials == lower {
        0
    } else if row.name.starts_with(query.trim()) || row.initials.starts_with(&lower) {
        1
    } else {
        2
    }
}

impl Resident {
    /// Returns the pinyin initials of the name.
    #[must_use]
    pub fn initials(&self) -> String {
        super::initials(&self.name)
    }
}
