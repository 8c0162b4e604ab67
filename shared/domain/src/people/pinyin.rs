//! Pinyin initials of names. The build script lays `data/pinyin.txt` out by code point, which is half the weight.

/// The letter of every character from U+4E00 on, a space where there is none.
const COMMON: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/pinyin-common.txt"));
/// The characters with another reading as a surname, each followed by its letter.
const SURNAMES: &str = include_str!(concat!(env!("OUT_DIR"), "/pinyin-surnames.txt"));

/// Returns the pinyin initials of `name` in small letters.
///
/// The first character is read as a surname; Latin letters and digits stay, marks and unknown characters fall out.
///
/// ```
/// assert_eq!(domain::people::initials("张伟"), "zw");
/// assert_eq!(domain::people::initials("单小雨"), "sxy");
/// ```
#[must_use]
pub fn initials(name: &str) -> String {
    name.chars()
        .enumerate()
        .filter_map(|(index, character)| {
            if character.is_ascii_alphanumeric() {
                return Some(character.to_ascii_lowercase());
            }
            let surname = if index == 0 { surname(character) } else { None };
            surname.or_else(|| common(character))
        })
        .collect()
}

fn common(character: char) -> Option<char> {
    let place = u32::from(character).checked_sub(0x4e00)?;
    COMMON.get(usize::try_from(place).ok()?).map(|letter| char::from(*letter)).filter(|letter| *letter != ' ')
}

fn surname(character: char) -> Option<char> {
    let mut rest = SURNAMES.chars();
    rest.find(|other| *other == character)?;
    rest.next()
}
