//! Bands of age.

use serde::{Deserialize, Serialize};

/// A band of age in completed months, both ends included. Written "0-4" (years), "0m-11m" (months), "2m-4" or "65-".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Ages {
    /// The lowest age.
    pub from_months: u32,
    /// The highest; `None` is open.
    pub to_months: Option<u32>,
}

/// A band of age that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a band of age")]
pub struct AgesError(String);

impl Ages {
    /// Tells whether the age is in the band; an unknown age is in every band.
    #[must_use]
    pub fn holds(&self, age_months: Option<u32>) -> bool {
        age_months
            .is_none_or(|age| age >= self.from_months && self.to_months.is_none_or(|highest| age <= highest))
    }
}

impl TryFrom<String> for Ages {
    type Error = AgesError;

    fn try_from(text: String) -> Result<Self, AgesError> {
        let wrong = || AgesError(text.clone());
        let (from, to) = text.split_once('-').ok_or_else(wrong)?;
        // An upper end in years holds all its months.
        let months = |end: &str, last: u32| match end.strip_suffix('m') {
            Some(months) => months.parse::<u32>().ok(),
            None => end.parse::<u32>().ok().map(|years| years * 12 + last),
        };
        let from_months = months(from, 0).ok_or_else(wrong)?;
        let to_months = if to.is_empty() { None } else { Some(months(to, 11).ok_or_else(wrong)?) };
        if to_months.is_some_and(|to| to < from_months) {
            return Err(wrong());
        }
        Ok(Self { from_months, to_months })
    }
}

impl From<Ages> for String {
    fn from(ages: Ages) -> Self {
        let to = ages.to_months.map(|months| format!("{months}m")).unwrap_or_default();
        format!("{}m-{to}", ages.from_months)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ages(text: &str) -> Result<Ages, AgesError> {
        Ages::try_from(text.to_owned())
    }

    #[test]
    fn years_hold_their_months_and_survive_being_written() {
        let band = ages("0-4").unwrap();
        assert_eq!(band, Ages { from_months: 0, to_months: Some(59) });
        assert_eq!(ages(&String::from(band)).unwrap(), band);
        assert_eq!(ages("0m-11m").unwrap().to_months, Some(11));
        assert_eq!(ages("65-").unwrap(), Ages { from_months: 780, to_months: None });
    }

    #[test]
    fn what_is_no_band_is_refused() {
        for text in ["", "4", "a-b", "9-3", "-4"] {
            assert!(ages(text).is_err(), "{text}");
        }
    }

    #[test]
    fn an_unknown_age_excludes_nothing() {
        let band = ages("2-3").unwrap();
        assert!(band.holds(None) && band.holds(Some(24)) && band.holds(Some(47)) && !band.holds(Some(48)));
    }
}
