//! A blood pressure typed in one go: `15296`, `152/96` or `152`, next, `96`.

use super::Key;
use serde::{Deserialize, Serialize};

/// Which of the two figures is being typed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PressurePart {
    /// The first, higher one.
    #[default]
    Upper,
    /// The second, lower one.
    Lower,
}

/// What has been typed of a pressure so far.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PressureKeys {
    upper: String,
    lower: String,
    part: PressurePart,
}

impl PressureKeys {
    /// Starts from figures that are already known.
    pub fn of(upper: u16, lower: u16) -> Self {
        Self { upper: upper.to_string(), lower: lower.to_string(), part: PressurePart::Lower }
    }

    /// Takes a key. An upper figure ends by itself when no further digit could belong to it: after three
    /// digits, or after two of 31 or more, since nobody measures 310.
    pub fn press(&mut self, key: Key) {
        match key {
            Key::Digit(digit) => self.write(digit),
            Key::Slash | Key::Next if self.upper.len() >= 2 => self.part = PressurePart::Lower,
            Key::Back => self.take_back(),
            Key::Slash | Key::Next | Key::X | Key::Point => {}
        }
    }

    fn write(&mut self, digit: u8) {
        if self.part == PressurePart::Upper {
            append(&mut self.upper, digit);
            if is_whole(&self.upper) {
                self.part = PressurePart::Lower;
            }
        } else if !self.is_full() {
            append(&mut self.lower, digit);
        }
    }

    fn take_back(&mut self) {
        if self.part == PressurePart::Upper || self.lower.pop().is_none() {
            self.part = PressurePart::Upper;
            self.upper.pop();
        }
    }

    /// Goes to one of the figures and clears it, to type it again.
    pub fn retype(&mut self, part: PressurePart) {
        self.part = part;
        match part {
            PressurePart::Upper => self.upper.clear(),
            PressurePart::Lower => self.lower.clear(),
        }
    }

    /// Returns what stands for the upper figure.
    pub fn upper(&self) -> &str {
        &self.upper
    }

    /// Returns what stands for the lower figure.
    pub fn lower(&self) -> &str {
        &self.lower
    }

    /// Returns which figure the next digit goes to.
    pub fn part(&self) -> PressurePart {
        self.part
    }

    /// Returns whether nothing has been typed.
    pub fn is_empty(&self) -> bool {
        self.upper.is_empty() && self.lower.is_empty()
    }

    /// Returns both figures once each has at least two digits; whether they are likely is not asked here.
    pub fn figures(&self) -> Option<(u16, u16)> {
        let whole = |text: &str| text.parse().ok().filter(|_| text.len() >= 2);
        Some((whole(&self.upper)?, whole(&self.lower)?))
    }

    /// Returns whether nothing more can be typed: a lower figure of three digits begins with 1 or 2.
    pub fn is_full(&self) -> bool {
        self.lower.len() == 3 || (self.lower.len() == 2 && !self.lower.starts_with(['1', '2']))
    }
}

fn append(text: &mut String, digit: u8) {
    let fits = text.len() < 3 && !(text.is_empty() && digit == 0);
    if let Some(character) = char::from_digit(u32::from(digit), 10).filter(|_| fits) {
        text.push(character);
    }
}

fn is_whole(upper: &str) -> bool {
    upper.len() == 3 || (upper.len() == 2 && upper > "30")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn typed(keys: &str) -> PressureKeys {
        let mut pressure = PressureKeys::default();
        for key in keys.chars() {
            pressure.press(match key {
                '<' => Key::Back,
                '>' => Key::Next,
                '/' => Key::Slash,
                digit => Key::Digit(u8::try_from(digit.to_digit(10).unwrap()).unwrap()),
            });
        }
        pressure
    }

    fn check(keys: &str, upper: &str, lower: &str) {
        let pressure = typed(keys);
        assert_eq!((pressure.upper(), pressure.lower()), (upper, lower), "typed {keys}");
    }

    #[test]
    fn a_pressure_is_typed_in_one_go() {
        check("15296", "152", "96");
        check("152/96", "152", "96");
        check("152>96", "152", "96");
        check("182112", "182", "112");
        check("9660", "96", "60");
        check("96/60", "96", "60");
    }

    #[test]
    fn an_early_separator_does_nothing() {
        check("/1>5296", "152", "96");
    }

    #[test]
    fn backspace_goes_back_into_the_upper_figure() {
        check("15296<<<", "15", "");
        check("15296<<<896", "158", "96");
        check("<<", "", "");
    }

    #[test]
    fn digits_beyond_the_last_are_ignored() {
        check("152967", "152", "96");
        check("1821123", "182", "112");
        check("012080", "120", "80");
    }

    #[test]
    fn figures_appear_when_both_are_typed() {
        assert_eq!(typed("1529").figures(), None);
        assert_eq!(typed("15296").figures(), Some((152, 96)));
        assert!(typed("15296").is_full() && !typed("15211").is_full());
    }

    #[test]
    fn a_figure_can_be_typed_again() {
        let mut pressure = PressureKeys::of(152, 96);
        pressure.retype(PressurePart::Upper);
        for digit in [1, 4, 8] {
            pressure.press(Key::Digit(digit));
        }
        assert_eq!(pressure.figures(), Some((148, 96)));
    }
}
