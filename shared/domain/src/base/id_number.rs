//! Resident identity numbers (GB 11643, 18 digits) and their check.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::Date;

crate::open_enum! {
    /// A person's sex as the identity card states it.
    pub enum Sex {
        /// Female.
        Female = "female",
        /// Male.
        Male = "male",
    }
}

/// An identity number that passed the check. Its `Debug` is masked so that it reaches no log.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct IdNumber(String);

/// Why a text is no identity number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum IdNumberError {
    /// It has not 17 digits and a digit or X.
    #[error("an identity number has 17 digits and a digit or X")]
    Shape,
    /// The first two digits are no province.
    #[error("the identity number names no province")]
    Region,
    /// Digits 7 to 14 are no date of a living person.
    #[error("the identity number names no possible date of birth")]
    BirthDate,
    /// The last character does not fit the others; carries what it should be.
    #[error("the last character of the identity number does not fit")]
    CheckDigit(char),
}

const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const CHECK: [char; 11] = ['1', '0', 'X', '9', '8', '7', '6', '5', '4', '3', '2'];
/// Province codes of GB/T 2260; 83 is used for residence permits of people from Taiwan.
const PROVINCES: [&str; 35] = [
    "11", "12", "13", "14", "15", "21", "22", "23", "31", "32", "33", "34", "35", "36", "37", "41", "42",
    "43", "44", "45", "46", "50", "51", "52", "53", "54", "61", "62", "63", "64", "65", "71", "81", "82",
    "83",
];

impl IdNumber {
    /// Checks `text` (spaces around it and a small x are forgiven) on `today`.
    pub fn parse(text: &str, today: Date) -> Result<Self, IdNumberError> {
        let number = Self::checked(text)?;
        let plausible = number.birth_date().is_some_and(|birth| birth <= today);
        if plausible { Ok(number) } else { Err(IdNumberError::BirthDate) }
    }

    fn checked(text: &str) -> Result<Self, IdNumberError> {
        let text = text.trim().to_ascii_uppercase();
        let (digits, last) = text.split_at_checked(17).ok_or(IdNumberError::Shape)?;
        let last = match last.as_bytes() {
            [c @ (b'0'..=b'9' | b'X')] => char::from(*c),
            _ => return Err(IdNumberError::Shape),
        };
        let expected = check_character(digits).ok_or(IdNumberError::Shape)?;
        if !digits.get(..2).is_some_and(|region| PROVINCES.contains(&region)) {
            return Err(IdNumberError::Region);
        }
        let number = Self(text);
        if number.birth_date().is_none_or(|birth| birth.year() < 1880) {
            return Err(IdNumberError::BirthDate);
        }
        if last == expected { Ok(number) } else { Err(IdNumberError::CheckDigit(expected)) }
    }

    /// Returns the eighteen characters.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Returns the date of birth of digits 7 to 14.
    #[must_use]
    pub fn birth_date(&self) -> Option<Date> {
        let part = |range: std::ops::Range<usize>| self.0.get(range)?.parse::<u16>().ok();
        let month = u8::try_from(part(10..12)?).ok()?;
        let day = u8::try_from(part(12..14)?).ok()?;
        Date::new(i32::from(part(6..10)?), month, day).ok()
    }

    /// Returns the sex of digit 17: odd is male.
    #[must_use]
    pub fn sex(&self) -> Sex {
        match self.0.as_bytes().get(16) {
            Some(digit) if digit % 2 == 1 => Sex::Male,
            _ => Sex::Female,
        }
    }

    /// Returns the last four characters.
    #[must_use]
    pub fn tail(&self) -> &str {
        self.0.get(14..).unwrap_or_default()
    }

    /// Returns the six digits of the place of first registration.
    #[must_use]
    pub fn region(&self) -> &str {
        self.0.get(..6).unwrap_or_default()
    }
}

/// Returns the check character of 17 digits, or nothing when they are not 17 digits.
#[must_use]
pub fn check_character(digits: &str) -> Option<char> {
    if digits.len() != 17 {
        return None;
    }
    let mut sum = 0;
    for (digit, weight) in digits.chars().zip(WEIGHTS) {
        sum += digit.to_digit(10)? * weight;
    }
    CHECK.get((sum % 11) as usize).copied()
}

impl TryFrom<String> for IdNumber {
    type Error = IdNumberError;
    fn try_from(text: String) -> Result<Self, IdNumberError> {
        Self::checked(&text)
    }
}

impl From<IdNumber> for String {
    fn from(number: IdNumber) -> String {
        number.0
    }
}

impl fmt::Debug for IdNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("IdNumber(masked)")
    }
}
