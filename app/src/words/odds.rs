//! How likely and how strongly: figures of decision support as people read them.

/// How likely something is, in words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Likelihood {
    /// Under a twentieth.
    Unlikely,
    /// Under a fifth.
    Possible,
    /// Under a half.
    Rather,
    /// A half or more.
    Very,
}

/// Returns the word for thousandths.
#[must_use]
pub const fn likelihood(permille: u16) -> Likelihood {
    match permille {
        500.. => Likelihood::Very,
        200.. => Likelihood::Rather,
        50.. => Likelihood::Possible,
        _ => Likelihood::Unlikely,
    }
}

/// Returns whole per cent; what is above none is never called none, what is short of certain never certain.
#[must_use]
pub const fn percent(permille: u16) -> u16 {
    match permille {
        0 => 0,
        1..=14 => 1,
        985..=999 => 99,
        _ => (permille + 5) / 10,
    }
}

/// How strongly a finding speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pull {
    /// Strongly for it.
    StronglyFor,
    /// For it.
    For,
    /// Hardly either way.
    Neither,
    /// Against it.
    Against,
    /// Strongly against it.
    StronglyAgainst,
}

/// Returns the word for a weight: hundredths of a natural logarithm. Fivefold odds are strong, less than a quarter
/// more or less is hardly anything.
#[must_use]
pub const fn pull(weight: i32) -> Pull {
    match weight {
        161.. => Pull::StronglyFor,
        22.. => Pull::For,
        -21..=21 => Pull::Neither,
        -160..=-22 => Pull::Against,
        _ => Pull::StronglyAgainst,
    }
}

/// Returns how many times a weight multiplies the odds (divides them, where negative), with one decimal under ten.
#[must_use]
pub fn factor(weight: i32) -> String {
    let times = (f64::from(weight.abs()) / 100.0).exp();
    // Tenths, held where nobody compares any more.
    let tenths = (times * 10.0).round().min(9990.0) as u32;
    let mut text = (tenths / 10).to_string();
    if tenths < 100 && !tenths.is_multiple_of(10) {
        text.push('.');
        text.push_str(&(tenths % 10).to_string());
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_read_as_people_say_them() {
        assert_eq!([0, 3, 14, 15, 337, 996, 1000].map(percent), [0, 1, 1, 2, 34, 99, 100]);
        assert_eq!(
            [620, 200, 60, 4].map(likelihood),
            [Likelihood::Very, Likelihood::Rather, Likelihood::Possible, Likelihood::Unlikely,]
        );
        assert_eq!([200, 69, -110, 0, 300, 2000].map(factor), ["7.4", "2", "3", "1", "20", "999"]);
        assert_eq!(
            [200, 69, 3, -69, -300].map(pull),
            [Pull::StronglyFor, Pull::For, Pull::Neither, Pull::Against, Pull::StronglyAgainst,]
        );
    }
}
