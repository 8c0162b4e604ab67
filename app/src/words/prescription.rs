//! How a prescription is said: on the screen, in the record, on paper.
//!
//! What can be chosen (how often, which way, for how many days) are lists in the locale files, `value=words|value=words`,
//! so that both languages offer the same; a test compares them.

use crate::decimal::Decimal;
use crate::language::*;
use documents::Prescribed;

/// A way to say how often: so many times a day, and perhaps a note that belongs to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Often {
    /// Times a day, a decimal figure or a fraction.
    pub times: String,
    /// What is noted with it, `at bedtime`; may be empty.
    pub note: String,
    /// The words.
    pub words: String,
}

fn entries(list: &str) -> impl Iterator<Item = &str> {
    list.split('|').filter(|entry| !entry.is_empty())
}

fn pair(entry: &str) -> (&str, &str) {
    entry.split_once('=').unwrap_or((entry, entry))
}

/// Returns how often a medicine can be taken.
#[must_use]
pub fn often(i18n: Language) -> Vec<Often> {
    entries(td_string!(i18n, prescribe.often_list)).map(read_often).collect()
}

fn read_often(entry: &str) -> Often {
    let (value, words) = pair(entry);
    let (times, note) = value.split_once('+').unwrap_or((value, ""));
    Often { times: times.to_owned(), note: note.to_owned(), words: words.to_owned() }
}

/// Returns the same with other words that records use for it, which nobody is offered.
#[must_use]
pub fn often_known(i18n: Language) -> Vec<Often> {
    let also = entries(td_string!(i18n, prescribe.often_also)).map(read_often);
    often(i18n).into_iter().chain(also).collect()
}

/// Returns the routes: code and words.
#[must_use]
pub fn routes(i18n: Language) -> Vec<(String, String)> {
    let route = |entry| {
        let (code, words) = pair(entry);
        (code.to_owned(), words.to_owned())
    };
    entries(td_string!(i18n, prescribe.route_list)).map(route).collect()
}

/// Returns what is often to be kept in mind.
#[must_use]
pub fn notes(i18n: Language) -> Vec<String> {
    entries(td_string!(i18n, prescribe.note_list)).map(str::to_owned).collect()
}

/// Returns usual numbers of days.
#[must_use]
pub fn days(i18n: Language) -> Vec<String> {
    entries(td_string!(i18n, prescribe.days_list)).map(str::to_owned).collect()
}

/// Returns usual reasons to prescribe in spite of a warning.
#[must_use]
pub fn reasons(i18n: Language) -> Vec<String> {
    entries(td_string!(i18n, prescribe.reason_list)).map(str::to_owned).collect()
}

/// Says a route; the code itself where nobody knows it.
#[must_use]
pub fn route(i18n: Language, code: &str) -> String {
    let known = routes(i18n).into_iter().find(|(known, _)| known == code);
    known.map_or_else(|| code.to_owned(), |(_, words)| words)
}

/// Says how often, and returns the note that was said with it.
fn how_often(i18n: Language, times: &str, notes: &[&str]) -> (String, String) {
    let figure = Decimal::read(times);
    let mut known = often(i18n);
    known.retain(|often| figure.is_some() && Decimal::read(&often.times) == figure);
    let noted = known.iter().find(|often| !often.note.is_empty() && notes.contains(&often.note.as_str()));
    match noted.or_else(|| known.iter().find(|often| often.note.is_empty())) {
        Some(often) => (often.words.clone(), often.note.clone()),
        None if times.is_empty() => (String::new(), String::new()),
        None => (td_string!(i18n, prescribe.times_a_day, times = times.to_owned()), String::new()),
    }
}

/// Says how often a medicine is taken.
#[must_use]
pub fn frequency(i18n: Language, line: &Prescribed) -> String {
    let notes: Vec<&str> = line.note.split(';').map(str::trim).collect();
    how_often(i18n, &line.times_per_day, &notes).0
}

/// Says what so many pieces of a form hold: 2 of `胶囊 0.25g` are `0.5 g`; nothing where it cannot be told.
#[must_use]
pub fn content(form: &str, dose: &str, unit: &str) -> Option<String> {
    // What is measured needs no telling; the words of pieces are Chinese.
    if unit.is_empty() || unit.starts_with(|first: char| first.is_ascii()) {
        return None;
    }
    let (_, strength) = form.rsplit_once(' ')?;
    let at = strength.find(|letter: char| !letter.is_ascii_digit() && letter != '.')?;
    let (figure, of) = strength.split_at_checked(at)?;
    if !of.chars().all(char::is_alphabetic) {
        return None;
    }
    let amount = Decimal::read(dose)?.times(Decimal::read(figure)?)?;
    Some(format!("{amount} {of}"))
}

/// Says a medicine with its form.
#[must_use]
pub fn medicine(i18n: Language, line: &Prescribed) -> String {
    match line.form.is_empty() {
        true => line.name.clone(),
        false => {
            td_string!(i18n, prescribe.form_of, name = line.name.clone(), form = line.form.clone())
        }
    }
}

/// Says how a medicine is to be used: how much, how often, which way, for how long, and what to keep in mind.
#[must_use]
pub fn usage(i18n: Language, line: &Prescribed) -> String {
    let (dose, unit) = (line.dose.clone(), line.unit.clone());
    let at_once = match (dose.is_empty(), content(&line.form, &dose, &unit)) {
        (true, _) => String::new(),
        (false, None) => td_string!(i18n, prescribe.at_once, dose = dose, unit = unit),
        (false, Some(content)) => {
            td_string!(i18n, prescribe.at_once_content, dose = dose, unit = unit, content = content)
        }
    };
    let notes: Vec<&str> = line.note.split(';').map(str::trim).collect();
    let (often, said) = how_often(i18n, &line.times_per_day, &notes);
    let days = match line.days.is_empty() {
        true => String::new(),
        false => td_string!(i18n, prescribe.days_of, days = line.days.clone()),
    };
    let route = if line.route.is_empty() { String::new() } else { route(i18n, &line.route) };
    let notes = notes.into_iter().filter(|note| *note != said).map(str::to_owned);
    let mut parts: Vec<String> = [at_once, often, route, days].into_iter().chain(notes).collect();
    parts.retain(|part| !part.is_empty());
    parts.join(td_string!(i18n, prescribe.separator))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(form: &str, dose: &str, unit: &str, times: &str, note: &str) -> Prescribed {
        let text = str::to_owned;
        let (name, route) = (text("阿莫西林"), text("po"));
        let (dose, unit, note, form) = (text(dose), text(unit), text(note), text(form));
        let (times_per_day, days) = (text(times), text("5"));
        Prescribed { name, form, dose, unit, times_per_day, days, route, note, ..Prescribed::default() }
    }

    #[test]
    fn pieces_are_said_with_what_is_in_them() {
        let said = usage(Language::zh_CN, &line("胶囊 0.25g", "2", "粒", "3", "饭后"));
        assert_eq!(said, "每次 2 粒（0.5 g），每日3次，口服，5 天，饭后");
        assert_eq!(
            usage(Language::zh_CN, &line("", "500", "mg", "2", "")),
            "每次 500 mg，每日2次，口服，5 天"
        );
        assert_eq!(content("混悬液 20mg/ml", "1", "瓶"), None);
        assert_eq!(content("注射液 2ml:40mg", "1", "支"), None);
        assert_eq!(content("片 0.1mg", "3", "片").as_deref(), Some("0.3 mg"));
    }

    #[test]
    fn once_at_night_is_said_once() {
        assert_eq!(
            usage(Language::zh_CN, &line("", "20", "mg", "1", "睡前")),
            "每次 20 mg，每晚1次，口服，5 天"
        );
        assert_eq!(
            usage(Language::zh_CN, &line("", "10", "mg", "1/7", "")),
            "每次 10 mg，每周1次，口服，5 天"
        );
        assert_eq!(
            usage(Language::zh_CN, &line("", "1", "ml", "5", "睡前")),
            "每次 1 ml，每日 5 次，口服，5 天，睡前"
        );
        assert_eq!(
            usage(Language::en, &line("", "20", "mg", "1", "")),
            "20 mg at a time, once a day, by mouth, 5 days"
        );
    }

    #[test]
    fn both_languages_offer_the_same() {
        let (zh, en) = (often(Language::zh_CN), often(Language::en));
        let times = |all: &[Often]| {
            all.iter().map(|often| (often.times.clone(), often.note.is_empty())).collect::<Vec<_>>()
        };
        assert_eq!(times(&zh), times(&en));
        assert!(zh.iter().all(|often| Decimal::read(&often.times).is_some_and(|times| !times.is_zero())));
        let codes = |all: Vec<(String, String)>| all.into_iter().map(|(code, _)| code).collect::<Vec<_>>();
        assert_eq!(codes(routes(Language::zh_CN)), codes(routes(Language::en)));
        assert_eq!(days(Language::zh_CN), days(Language::en));
        assert_eq!(notes(Language::zh_CN).len(), notes(Language::en).len());
        assert_eq!(reasons(Language::zh_CN).len(), reasons(Language::en).len());
    }
}
