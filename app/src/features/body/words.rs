//! What is known of a body, in words, with its day and where it comes from.

use crate::decimal::Decimal;
use crate::language::*;
use crate::words;
use documents::Prescription;
use domain::base::Date;
use domain::measurements::{Body, BodyFact, Egfr, Known, Pregnancy};
use guide::FlagKind;

/// One thing that is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// What a check has to ask to be concerned by it.
    pub kind: FlagKind,
    /// What.
    pub question: String,
    /// How it is, and since when it is known.
    pub answer: String,
    /// How it was worked out; nothing where it was found as it is.
    pub why: Option<(String, String)>,
}

/// Says all that is known.
#[must_use]
pub fn lines(i18n: Language, body: &Body) -> Vec<Line> {
    let line = |kind, question: &str, answer| Line { kind, question: question.to_owned(), answer, why: None };
    let egfr = body.egfr.as_ref().map(|known| egfr(i18n, known));
    let class = body.child_pugh.as_ref().map(|known| {
        let answer =
            td_string!(i18n, body.as_of, value = known.value.to_string(), date = words::date(i18n, known.on));
        line(FlagKind::Hepatic, td_string!(i18n, body.child_pugh), answer)
    });
    let pregnancy = body
        .pregnancy
        .as_ref()
        .map(|known| line(FlagKind::Pregnancy, td_string!(i18n, body.pregnancy), pregnancy(i18n, known)));
    let feeds = body.breast_feeding.as_ref().map(|known| {
        let yes = if known.value { td_string!(i18n, body.yes) } else { td_string!(i18n, body.no) };
        let answer = td_string!(i18n, body.as_of, value = yes, date = words::date(i18n, known.on));
        line(FlagKind::Lactation, td_string!(i18n, body.lactating), answer)
    });
    [egfr, class, pregnancy, feeds].into_iter().flatten().collect()
}

/// Says what was found on a day, as it was entered.
#[must_use]
pub fn entry(i18n: Language, fact: &BodyFact) -> String {
    let said = |question: &str, answer: String| {
        td_string!(i18n, body.known_line, question = question.to_owned(), answer = answer)
    };
    let truth =
        |yes: bool| if yes { td_string!(i18n, body.yes) } else { td_string!(i18n, body.no) }.to_owned();
    let all = [
        fact.creatinine.map(|found| said(td_string!(i18n, body.creatinine), micromoles(found))),
        fact.egfr.map(|found| said(td_string!(i18n, body.egfr), found.to_string())),
        fact.child_pugh.as_ref().map(|found| said(td_string!(i18n, body.child_pugh), found.to_string())),
        fact.pregnant.map(|found| said(td_string!(i18n, body.pregnancy), truth(found))),
        fact.weeks.map(|found| said(td_string!(i18n, body.weeks), found.to_string())),
        fact.due.map(|found| said(td_string!(i18n, body.due), words::date(i18n, found))),
        fact.breast_feeding.map(|found| said(td_string!(i18n, body.lactating), truth(found))),
    ];
    words::list(i18n, all.into_iter().flatten())
}

fn egfr(i18n: Language, known: &Known<Egfr>) -> Line {
    let from = known.value.from.as_ref();
    let answer = rate_of(i18n, known.value.rate, from.map(|(creatinine, _)| *creatinine), known.on);
    let why = from.map(|(_, rule)| (td_string!(i18n, body.egfr_why).to_owned(), words::rule(i18n, rule)));
    Line { kind: FlagKind::Renal, question: td_string!(i18n, body.known_egfr).to_owned(), answer, why }
}

/// Says the rate that a prescription was checked with, and its day where it is known.
#[must_use]
pub fn frozen_rate(i18n: Language, prescription: &Prescription) -> Option<String> {
    let rate = prescription.egfr?;
    let Some(on) = prescription.egfr_on else { return Some(rate.to_string()) };
    Some(rate_of(i18n, rate, prescription.creatinine, on))
}

fn rate_of(i18n: Language, rate: u16, creatinine: Option<u16>, on: Date) -> String {
    let date = words::date(i18n, on);
    match creatinine {
        None => td_string!(i18n, body.egfr_given, egfr = rate, date = date),
        Some(found) => {
            td_string!(i18n, body.egfr_from, egfr = rate, creatinine = micromoles(found), date = date)
        }
    }
}

/// Says tenths of µmol/L.
fn micromoles(tenths: u16) -> String {
    Decimal::of(f64::from(tenths) / 10.0).map(|figure| figure.to_string()).unwrap_or_default()
}

fn pregnancy(i18n: Language, known: &Known<Pregnancy>) -> String {
    let date = |date: Date| words::date(i18n, date);
    let Pregnancy { pregnant, weeks, due } = known.value;
    match (pregnant, weeks, due) {
        (false, ..) => td_string!(i18n, body.as_of, value = td_string!(i18n, body.no), date = date(known.on)),
        (true, Some(weeks), Some(due)) => td_string!(i18n, body.weeks_due, weeks = weeks, date = date(due)),
        (true, Some(weeks), None) => td_string!(i18n, body.weeks_from, weeks = weeks, date = date(known.on)),
        (true, None, _) => td_string!(i18n, body.weeks_unknown, date = date(known.on)),
    }
}
