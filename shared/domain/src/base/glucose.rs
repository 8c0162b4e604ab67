//! Blood glucose in hundredths of a millimole per litre.

use std::{fmt, str::FromStr};

use serde::{Deserialize, Serialize};

use super::fen::read_hundredths;

/// A blood glucose in hundredths of mmol/L, so that a laboratory's `6.98` is not rounded up to the goal;
/// displays with as many decimals as it needs, at least one.
///
/// ```
/// use domain::base::Glucose;
/// assert_eq!(Glucose(1670).to_string(), "16.7");
/// assert_eq!(Glucose(698).to_string(), "6.98");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Glucose(pub u16);

/// A text is no glucose with at most two decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a glucose in mmol/L with at most two decimals")]
pub struct NotGlucose;

impl FromStr for Glucose {
    type Err = NotGlucose;

    /// Reads what a person types: `7`, `7.0`, `6.98`.
    fn from_str(text: &str) -> Result<Self, NotGlucose> {
        let hundredths = read_hundredths(text).ok_or(NotGlucose)?;
        u16::try_from(hundredths).map(Self).map_err(|_| NotGlucose)
    }
}

impl fmt::Display for Glucose {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, self.0 % 100);
        if part % 10 == 0 { write!(f, "{whole}.{}", part / 10) } else { write!(f, "{whole}.{part:02}") }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn glucose_is_read_and_shown_as_people_write_it() {
        let cases = [
            ("7", 700, "7.0"),
            ("7.0", 700, "7.0"),
            ("6.98", 698, "6.98"),
            (" 3.90 ", 390, "3.9"),
            ("0.05", 5, "0.05"),
        ];
        for (text, hundredths, shown) in cases {
            assert_eq!(text.parse(), Ok(Glucose(hundredths)), "{text}");
            assert_eq!(Glucose(hundredths).to_string(), shown);
        }
        for text in ["", ".", "7.", ".7", "-7", "7,0", "7.123", "700", "高"] {
            assert_eq!(text.parse::<Glucose>(), Err(NotGlucose), "{text}");
        }
    }
}
