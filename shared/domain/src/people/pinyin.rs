//! Pinyin initials of names, from a table of letters.

use std::{collections::HashMap, sync::OnceLock};

/// Lines of a letter, a tab and the characters read with it; `surname` lines override for the first character.
const TABLE: &str = include_str!("../../data/pinyin.txt");

#[derive(Default)]
struct Readings {
    common: HashMap<char, char>,
    surname: HashMap<char, char>,
}

fn readings() -> &'static Readings {
    static READINGS: OnceLock<Readings> = OnceLock::new();
    READINGS.get_or_init(|| {
        let mut readings = Readings::default();
        for line in TABLE.lines().filter(|line| !line.starts_with('#')) {
            let Some((key, characters)) = line.split_once('\t') else { continue };
            let Some(letter) = key.chars().last() else { continue };
            let map = if key.len() > 1 { &mut readings.surname } else { &mut readings.common };
            map.extend(characters.chars().map(|character| (character, letter)));
        }
        readings
    })
}

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
    let readings = readings();
    name.chars()
        .enumerate()
        .filter_map(|(index, character)| {
            let surname = if index == 0 { readings.surname.get(&character) } else { None };
            if character.is_ascii_alphanumeric() {
                return Some(character.to_ascii_lowercase());
            }
            surname.or_else(|| readings.common.get(&character)).copied()
        })
        .collect()
}
