//! Masked display of what identifies a person.

/// Hides the middle of an identity number: `510421********1234`.
#[must_use]
pub fn mask_id_number(number: &str) -> String {
    mask(number, 6, 4)
}

/// Hides the middle of a telephone number: `138****8000`.
#[must_use]
pub fn mask_phone(number: &str) -> String {
    mask(number, 3, 4)
}

fn mask(text: &str, head: usize, tail: usize) -> String {
    let count = text.chars().count();
    let hidden = |i: usize| count <= head + tail || (i >= head && i + tail < count);
    text.chars().enumerate().map(|(i, c)| if hidden(i) { '*' } else { c }).collect()
}
