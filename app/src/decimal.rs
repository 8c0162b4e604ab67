//! Decimal figures as people write them: kept as text, reckoned in whole millionths, so that a tenth is a tenth.

use std::fmt;

const PLACES: usize = 6;
const ONE: u64 = 1_000_000;
/// Larger figures are no doses, and would not survive the way through a float.
const MOST: u64 = 1_000_000 * ONE;

/// A figure of no less than nought, with at most six places.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decimal(u64);

impl Decimal {
    /// Reads `2`, `0.5`, `.5`, `1.` and fractions like `1/7`; nothing else, neither signs nor exponents.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((above, below)) = text.split_once('/') {
            let (above, below) = (Self::read(above)?, Self::read(below)?);
            return Self(above.0.checked_mul(ONE)?.checked_div(below.0)?).in_range();
        }
        let (whole, part) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if (whole.is_empty() && part.is_empty()) || !digits(whole) || !digits(part) || part.len() > PLACES {
            return None;
        }
        let whole: u64 = if whole.is_empty() { 0 } else { whole.parse().ok()? };
        let mut places: u64 = if part.is_empty() { 0 } else { part.parse().ok()? };
        for _ in part.len()..PLACES {
            places *= 10;
        }
        Self(whole.checked_mul(ONE)?.checked_add(places)?).in_range()
    }

    /// Takes the nearest figure to a float; nothing for one that is none.
    #[must_use]
    pub fn of(value: f64) -> Option<Self> {
        let scaled = (value * ONE as f64).round();
        // Beyond the range the cast would be cut off, and what is no number fails the comparison.
        (scaled >= 0.0 && scaled <= MOST as f64).then_some(Self(scaled as u64))
    }

    fn in_range(self) -> Option<Self> {
        (self.0 <= MOST).then_some(self)
    }

    /// Returns the float nearest to it.
    #[must_use]
    pub fn value(self) -> f64 {
        self.0 as f64 / ONE as f64
    }

    /// Tells whether it is nought.
    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// Tells whether they are the same but for the rounding of whoever wrote one of them, as 0.14 is a seventh.
    #[must_use]
    pub fn is_near(self, other: Self) -> bool {
        self.0.abs_diff(other.0).saturating_mul(40) <= other.0
    }

    /// Returns the whole of it.
    #[must_use]
    pub fn whole(self) -> Self {
        Self(self.0 / ONE * ONE)
    }

    /// Returns the product, to six places.
    #[must_use]
    pub fn times(self, other: Self) -> Option<Self> {
        let product = u128::from(self.0) * u128::from(other.0) / u128::from(ONE);
        Self(u64::try_from(product).ok()?).in_range()
    }

    /// Returns how many of `other` it holds, to six places; nothing where `other` is nought.
    #[must_use]
    pub fn by(self, other: Self) -> Option<Self> {
        let share = (u128::from(self.0) * u128::from(ONE)).checked_div(u128::from(other.0))?;
        Self(u64::try_from(share).ok()?).in_range()
    }

    /// Returns what is left when `other` is taken away; nothing where it is more.
    #[must_use]
    pub fn less(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// Returns the figure with so many leading digits, the rest cut off or filled up.
    #[must_use]
    pub fn rounded(self, digits: u32, up: bool) -> Self {
        let step = 10_u64.pow(self.0.checked_ilog10().unwrap_or(0).saturating_sub(digits.saturating_sub(1)));
        let steps = if up { self.0.div_ceil(step) } else { self.0 / step };
        Self(steps * step)
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:06}", self.0 / ONE, self.0 % ONE);
        formatter.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    fn read(text: &str) -> Decimal {
        Decimal::read(text).unwrap()
    }

    #[test]
    fn figures_are_read_as_people_write_them_and_nothing_else_is() {
        for (text, said) in [
            ("2", "2"),
            ("0.50", "0.5"),
            (".25", "0.25"),
            ("1.", "1"),
            (" 0.0625 ", "0.0625"),
            ("1/2", "0.5"),
        ] {
            assert_eq!(read(text).to_string(), said, "{text}");
        }
        for text in [
            "",
            ".",
            "-1",
            "+1",
            "1e3",
            "NaN",
            "inf",
            "1,5",
            "0.1.2",
            "0.0000001",
            "1/0",
            "1/",
            "2000000",
            "一",
        ] {
            assert_eq!(Decimal::read(text), None, "{text}");
        }
    }

    #[test]
    fn a_tenth_taken_three_times_is_three_tenths() {
        assert_eq!(read("0.1").times(read("3")).unwrap(), read("0.3"));
        assert_eq!(read("0.1").times(read("3")).unwrap().value(), 0.3);
        assert_eq!(read("0.7").by(read("0.1")).unwrap().to_string(), "7");
        assert_eq!((read("1").by(read("0")), read("2.75").whole()), (None, read("2")));
        assert_eq!((read("3").less(read("1")), read("1").less(read("3"))), (Some(read("2")), None));
    }

    #[test]
    fn a_seventh_is_near_however_it_was_rounded() {
        for text in ["0.14", "0.142", "0.143", "1/7"] {
            assert!(read(text).is_near(read("1/7")), "{text}");
        }
        assert!(!read("0.15").is_near(read("1/7")) && !read("3").is_near(read("4")));
    }

    #[test]
    fn a_float_comes_back_as_it_was_written() {
        for text in ["0.1", "0.3", "13.3", "0.0625", "2.675", "750000"] {
            assert_eq!(Decimal::of(text.parse().unwrap()).unwrap().to_string(), text);
            assert_eq!(read(text).value(), text.parse::<f64>().unwrap());
        }
        assert_eq!(
            (Decimal::of(f64::NAN), Decimal::of(-1.0), Decimal::of(f64::INFINITY)),
            (None, None, None)
        );
    }

    #[test]
    fn a_figure_is_rounded_to_its_leading_digits() {
        assert_eq!(read("186.2").rounded(2, true).to_string(), "190");
        assert_eq!(read("634").rounded(2, false).to_string(), "630");
        assert_eq!(read("0.1234").rounded(2, false).to_string(), "0.12");
        assert_eq!(read("0").rounded(2, true).to_string(), "0");
        assert_eq!(read("5").rounded(2, true).to_string(), "5");
    }
}
