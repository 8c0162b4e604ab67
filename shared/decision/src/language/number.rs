//! Numerals and the units of time behind them.

/// A span of time as it was said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Span {
    pub hours: f64,
    /// It is an age: the unit was years or months of age.
    pub age: bool,
    /// It ends in "ago".
    pub ago: bool,
    /// The unit was weeks, months or days, for pregnancy.
    pub weeks: f64,
}

/// What was read, and how many characters it took.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Quantity {
    Number(f64),
    Span(Span),
}

const HOUR: f64 = 1.0;
const DAY: f64 = 24.0;
const MONTH: f64 = 730.0;
const YEAR: f64 = 8766.0;
const UNITS: [(&str, f64); 28] = [
    ("个多小时", HOUR),
    ("个小时", HOUR),
    ("小时", HOUR),
    ("个钟头", HOUR),
    ("钟头", HOUR),
    ("个钟", HOUR),
    ("h", HOUR),
    ("分钟", HOUR / 60.0),
    ("min", HOUR / 60.0),
    ("秒钟", HOUR / 3600.0),
    ("秒", HOUR / 3600.0),
    ("个星期", 7.0 * DAY),
    ("个礼拜", 7.0 * DAY),
    ("星期", 7.0 * DAY),
    ("礼拜", 7.0 * DAY),
    ("周", 7.0 * DAY),
    ("w", 7.0 * DAY),
    ("个多月", MONTH * 1.3),
    ("个来月", MONTH),
    ("个月", MONTH),
    ("月", MONTH),
    ("天", DAY),
    ("日", DAY),
    ("d", DAY),
    ("年", YEAR),
    ("个年头", YEAR),
    ("载", YEAR),
    ("宿", DAY),
];
/// Written before a unit or behind it: about.
const ABOUT: [char; 6] = ['余', '多', '来', '几', '许', '约'];

fn starts_with(text: &[char], word: &str) -> bool {
    let mut rest = text.iter();
    word.chars().all(|expected| rest.next() == Some(&expected))
}

/// Reads a quantity at the start of `text`; returns it with its length in characters.
pub(super) fn quantity(text: &[char]) -> Option<(Quantity, usize)> {
    let (mut value, mut at, digits) = numeral(text)?;
    let tail = |at: usize| text.get(at..).unwrap_or_default();
    // A range: the first figure counts.
    if let Some(after) = tail(at).first().filter(|sign| matches!(sign, '-' | '至' | '到' | '、'))
        && let Some((_, length, _)) = numeral(tail(at + 1))
        && (*after == '-' || unit(tail(at + 1 + length)).is_some())
        && unit(tail(at + 1 + length)).is_some()
    {
        at += 1 + length;
    }
    while tail(at).first().is_some_and(|sign| ABOUT.contains(sign)) {
        at += 1;
    }
    if starts_with(tail(at), "个半") {
        value += 0.5;
        at += 2;
        if let Some((hours, length)) = unit(tail(at)).or_else(|| unit_after_piece(tail(at))) {
            return Some(span(value * hours, hours, text, at + length));
        }
        return None;
    }
    if starts_with(tail(at), "岁") || starts_with(tail(at), "周岁") {
        at += if starts_with(tail(at), "岁") { 1 } else { 2 };
        if tail(at).first() == Some(&'半') {
            value += 0.5;
            at += 1;
        }
        let age = Span { hours: value * YEAR, age: true, ago: false, weeks: 0.0 };
        return Some((Quantity::Span(age), at));
    }
    if let Some((hours, length)) = unit(tail(at)) {
        return Some(span(value * hours, hours, text, at + length));
    }
    digits.then_some((Quantity::Number(value), at))
}

fn span(mut hours: f64, unit: f64, text: &[char], mut at: usize) -> (Quantity, usize) {
    let tail = |at: usize| text.get(at..).unwrap_or_default();
    if tail(at).first() == Some(&'半') && !matches!(tail(at).get(1), Some('夜' | '边' | '身')) {
        hours += unit / 2.0;
        at += 1;
    }
    while tail(at).first().is_some_and(|sign| ABOUT.contains(sign)) || starts_with(tail(at), "左右") {
        at += if starts_with(tail(at), "左右") { 2 } else { 1 };
    }
    let mut age = false;
    for word in ["大", "龄"] {
        if starts_with(tail(at), word) {
            (age, at) = (true, at + 1);
        }
    }
    let mut ago = false;
    for word in ["以前", "之前", "前"] {
        if !ago && starts_with(tail(at), word) {
            (ago, at) = (true, at + word.chars().count());
        }
    }
    (Quantity::Span(Span { hours, age, ago, weeks: hours / (7.0 * DAY) }), at)
}

fn unit(text: &[char]) -> Option<(f64, usize)> {
    let found = UNITS.iter().filter(|(word, _)| starts_with(text, word));
    let (word, hours) = found.max_by_key(|(word, _)| word.chars().count())?;
    let length = word.chars().count();
    // A letter may begin another word.
    let letter = word.is_ascii() && text.get(length).is_some_and(char::is_ascii_alphabetic);
    (!letter).then_some((*hours, length))
}

/// "一个半月" has its measure word before the half.
fn unit_after_piece(text: &[char]) -> Option<(f64, usize)> {
    ["月", "小时", "钟头", "星期", "礼拜"]
        .iter()
        .find(|word| starts_with(text, word))
        .and_then(|_| unit(text))
}

/// Reads a numeral: its value, its length, and whether it was written in digits.
fn numeral(text: &[char]) -> Option<(f64, usize, bool)> {
    let digits = text.iter().take_while(|sign| sign.is_ascii_digit() || **sign == '.').count();
    if digits > 0 && text.first().is_some_and(char::is_ascii_digit) {
        let mut written: String = text.get(..digits)?.iter().collect();
        let mut length = digits;
        while written.ends_with('.') {
            written.pop();
            length -= 1;
        }
        return written.parse().ok().map(|value| (value, length, true));
    }
    chinese(text).map(|(value, length)| (value, length, false))
}

fn chinese(text: &[char]) -> Option<(f64, usize)> {
    let (mut total, mut current, mut length) = (0.0, None::<f64>, 0);
    for sign in text {
        match sign {
            '半' if length == 0 => return Some((0.5, 1)),
            '几' | '数' if length == 0 => return Some((3.0, 1)),
            '十' => total += current.take().unwrap_or(1.0) * 10.0,
            '百' => total += current.take().unwrap_or(1.0) * 100.0,
            sign => match "零一二三四五六七八九".chars().position(|digit| digit == *sign) {
                // "三四天": the first counts.
                Some(_) if current.is_some() => {}
                Some(value) => current = Some(value as f64),
                None if *sign == '两' && current.is_none() => current = Some(2.0),
                None => break,
            },
        }
        length += 1;
    }
    (length > 0).then_some((total + current.unwrap_or(0.0), length))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hours(text: &str) -> Option<(f64, bool)> {
        let chars: Vec<char> = text.chars().collect();
        match quantity(&chars) {
            Some((Quantity::Span(span), _)) => Some((span.hours, span.ago)),
            _ => None,
        }
    }

    #[test]
    fn durations_are_read_in_digits_and_in_chinese() {
        assert_eq!(hours("三天"), Some((72.0, false)));
        assert_eq!(hours("半个月"), Some((365.0, false)));
        assert_eq!(hours("2小时前"), Some((2.0, true)));
        assert_eq!(hours("一周余"), Some((168.0, false)));
        assert_eq!(hours("十来天"), Some((240.0, false)));
        assert_eq!(hours("两三天"), Some((48.0, false)));
        assert_eq!(hours("一个半月"), Some((1095.0, false)));
        assert_eq!(hours("两年多"), Some((2.0 * YEAR, false)));
        assert_eq!(hours("3-4天"), Some((72.0, false)));
        assert_eq!(hours("半年"), Some((YEAR / 2.0, false)));
        assert_eq!(hours("1天半"), Some((36.0, false)));
    }

    #[test]
    fn ages_and_plain_numbers_are_not_durations() {
        let chars: Vec<char> = "3岁半".chars().collect();
        assert!(matches!(quantity(&chars), Some((Quantity::Span(Span { age: true, .. }), 3))));
        let chars: Vec<char> = "38.5度".chars().collect();
        assert_eq!(quantity(&chars), Some((Quantity::Number(38.5), 4)));
        let chars: Vec<char> = "一直咳".chars().collect();
        assert_eq!(quantity(&chars), None);
    }
}
