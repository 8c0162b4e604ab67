//! What is known of a resident besides visits, as it is being written down.

use crate::features::body::Typed;
use serde::Serialize;

/// What has been typed and not saved; kept on the disk.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct FactsDraft {
    /// Telephone number; nothing while it was not touched.
    pub phone: Option<String>,
    /// Village; nothing while it was not touched.
    pub village: Option<String>,
    /// The rest of the address; nothing while it was not touched.
    pub detail: Option<String>,
    /// What the resident is allergic to.
    pub substance: String,
    /// What happened then.
    pub reaction: String,
    /// A condition.
    pub condition: String,
    /// A medicine.
    pub medicine: String,
    /// Its dose, with the unit.
    pub dose: String,
    /// How often it is taken.
    pub frequency: String,
    /// Kidneys, liver, pregnancy and breast-feeding.
    pub body: Typed,
}

domain::read_by_field! {
    FactsDraft {
        phone, village, detail, substance, reaction, condition, medicine, dose, frequency,
        body
    }
}

/// The shortest and the longest telephone number, in digits: a short one of a village to one with a country's code.
const DIGITS: std::ops::RangeInclusive<usize> = 5..=15;

/// Returns whether a text can be a telephone number; nothing at all means that there is none.
#[must_use]
pub fn is_phone(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let known = |letter: char| letter.is_ascii_digit() || matches!(letter, ' ' | '-' | '+');
    text.trim().is_empty() || (DIGITS.contains(&digits) && text.chars().all(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_telephone_number_may_be_missing_but_not_wrong() {
        for text in ["", " ", "13900139000", "0812-3338888", "+86 139 0013 9000"] {
            assert!(is_phone(text), "{text}");
        }
        for text in ["1390", "139001390001390013900", "一三九", "tel 13900139000"] {
            assert!(!is_phone(text), "{text}");
        }
    }
}
