//! Doses to take with one tap: what the usual dose of this resident is in pieces there are, or else in its own unit. Pure.

use crate::decimal::Decimal;
use guide::{Dose, Medicine, Piece};

/// As many as can be taken in at a glance.
const MOST: usize = 6;
/// A day has no more hours to take a medicine at by habit; what is given oftener is given by somebody who counts.
const MOST_TIMES: u32 = 4;
/// Beyond, nobody takes so many of a piece at once: a larger one is meant.
const MOST_PIECES: u32 = 4;

/// A dose to take with one tap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Amount at once.
    pub dose: Decimal,
    /// Its unit, or the word of the piece.
    pub unit: String,
    /// The form, where pieces are counted.
    pub form: String,
    /// Times a day; nothing where that is for the doctor to say.
    pub times: Option<Decimal>,
}

/// Returns how many micrograms are in a unit of mass.
fn micrograms(unit: &str) -> Option<Decimal> {
    Decimal::read(match unit {
        "g" => "1000000",
        "mg" => "1000",
        "ug" | "mcg" | "μg" => "1",
        _ => return None,
    })
}

/// Says an amount in another unit of the same kind.
fn convert(amount: Decimal, from: &str, to: &str) -> Option<Decimal> {
    if from == to { Some(amount) } else { amount.times(micrograms(from)?)?.by(micrograms(to)?) }
}

/// Returns what is in a piece, in the unit of a dose.
pub fn in_piece(piece: &Piece, unit: &str) -> Option<Decimal> {
    if piece.word == unit {
        return Decimal::read("1");
    }
    convert(Decimal::of(piece.amount)?, &piece.unit, unit).filter(|amount| !amount.is_zero())
}

/// Returns how often a day: the middle of the usual times, less where that would be more than the most a day. Nothing
/// where the amount is too much however rarely, or where the times say neither: from now and then to daily.
fn often(amount: Decimal, dose: &Dose) -> Option<Option<Decimal>> {
    let (fewest, limit) = (Decimal::of(dose.times.0)?, Decimal::of(dose.most_day)?);
    if amount.times(fewest)? > limit.rounded(3, true) || fewest.is_zero() {
        return None;
    }
    let (from, to) = dose.times;
    if from >= to {
        return Some(Some(fewest));
    }
    if from < 1.0 {
        return Some(None);
    }
    let (fewest, middle) = (from.ceil() as u32, ((from + to) / 2.0) as u32);
    let mut times = (fewest..=middle.min(MOST_TIMES).max(fewest)).rev();
    let fits = |times: &u32| {
        let daily = Decimal::of(f64::from(*times)).and_then(|times| amount.times(times));
        daily.is_some_and(|daily| daily <= limit)
    };
    Some(times.find(fits).and_then(|times| Decimal::of(f64::from(times))))
}

/// Returns the doses to offer.
#[must_use]
pub fn offers(dose: &Dose, medicine: &Medicine) -> Vec<Offer> {
    let (Some(low), Some(high)) = (Decimal::of(dose.single.0), Decimal::of(dose.single.1)) else {
        return Vec::new();
    };
    let in_pieces = medicine.pieces.iter().filter_map(|piece| {
        let one = in_piece(piece, &dose.unit)?;
        let count = (1..=MOST_PIECES).filter_map(|count| Decimal::of(f64::from(count)));
        let (count, amount) = count
            .filter_map(|count| Some((count, one.times(count)?)))
            .find(|(_, amount)| (low..=high).contains(amount))?;
        let times = often(amount, dose)?;
        Some(Offer { dose: count, unit: piece.word.clone(), form: piece.form.clone(), times })
    });
    let mut found: Vec<Offer> = in_pieces.take(MOST).collect();
    if found.is_empty() && !low.is_zero() {
        let round = |amount: Decimal, up| {
            Some(amount.rounded(2, up)).filter(|round| (low..=high).contains(round)).unwrap_or(amount)
        };
        for amount in [round(low, true), round(high, false)] {
            let times = often(amount, dose);
            found.extend(times.map(|times| Offer {
                dose: amount,
                unit: dose.unit.clone(),
                form: String::new(),
                times,
            }));
        }
        found.dedup();
    }
    found
}

/// Says a span of figures: `13.3–45`, or `5` where both ends are one.
#[must_use]
pub fn figures(span: (f64, f64)) -> (String, String) {
    let say =
        |value| Decimal::of(value).map(|figure| figure.rounded(3, false).to_string()).unwrap_or_default();
    (say(span.0), say(span.1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn piece(word: &str, amount: f64, unit: &str, form: &str) -> Piece {
        Piece { word: word.into(), amount, unit: unit.into(), form: form.into() }
    }

    fn medicine(pieces: Vec<Piece>) -> Medicine {
        Medicine {
            id: "m".into(),
            name: "某药".into(),
            found_by: String::new(),
            essential: true,
            forms: Vec::new(),
            pieces,
            has_doses: true,
        }
    }

    fn dose(unit: &str, single: (f64, f64), times: (f64, f64), most_day: f64) -> Dose {
        Dose {
            route: "po".into(),
            route_name: "口服".into(),
            unit: unit.into(),
            single,
            times,
            most_single: single.1,
            most_day,
            weight: None,
            weight_guessed: false,
            purpose: String::new(),
            source: None,
            organs: Vec::new(),
        }
    }

    fn said(offers: Vec<Offer>) -> Vec<String> {
        offers
            .into_iter()
            .map(|offer| {
                format!(
                    "{}{}×{}",
                    offer.dose,
                    offer.unit,
                    offer.times.map_or("?".into(), |times| times.to_string())
                )
            })
            .collect()
    }

    #[test]
    fn a_child_of_14_kg_gets_pieces_that_exist_and_stays_below_the_most_a_day() {
        let pieces = vec![
            piece("粒", 0.25, "g", "胶囊 0.25g"),
            piece("粒", 0.5, "g", "胶囊 0.5g"),
            piece("袋", 0.125, "g", "颗粒 0.125g"),
        ];
        // 13.3–45 mg/kg, 90 mg/kg a day.
        let usual = dose("mg", (186.2, 630.0), (2.0, 4.0), 1260.0);
        assert_eq!(said(offers(&usual, &medicine(pieces))), ["1粒×3", "1粒×2", "2袋×3"]);
    }

    #[test]
    fn where_no_piece_fits_the_span_itself_is_offered_in_round_figures() {
        let usual = dose("mg", (186.2, 634.0), (2.0, 4.0), 1260.0);
        assert_eq!(said(offers(&usual, &medicine(Vec::new()))), ["190mg×3", "630mg×2"]);
        let one = dose("mg", (5.0, 5.0), (1.0, 1.0), 5.0);
        assert_eq!(said(offers(&one, &medicine(vec![piece("片", 10.0, "mg", "片 10mg")]))), ["5mg×1"]);
    }

    #[test]
    fn what_is_weekly_is_offered_weekly_and_what_may_be_either_is_left_to_the_doctor() {
        let pieces = vec![piece("片", 2.5, "mg", "片 2.5mg")];
        let weekly = dose("mg", (7.5, 15.0), (0.142, 0.142), 3.6);
        assert_eq!(said(offers(&weekly, &medicine(pieces.clone()))), ["3片×0.142"]);
        let either = dose("mg", (7.5, 15.0), (0.142, 1.0), 10.0);
        assert_eq!(said(offers(&either, &medicine(pieces))), ["3片×?"]);
        let by_the_hour = dose("mg", (1.0, 1.0), (1.0, 24.0), 24.0);
        assert_eq!(said(offers(&by_the_hour, &medicine(Vec::new()))), ["1mg×4"]);
    }

    #[test]
    fn units_that_do_not_meet_are_not_offered_in_pieces() {
        let usual = dose("IU", (400.0, 800.0), (1.0, 1.0), 800.0);
        assert_eq!(
            said(offers(&usual, &medicine(vec![piece("粒", 0.25, "mg", "")]))),
            ["400IU×1", "800IU×1"]
        );
        let counted = dose("片", (1.0, 2.0), (3.0, 3.0), 6.0);
        assert_eq!(said(offers(&counted, &medicine(vec![piece("片", 0.3, "g", "片 0.3g")]))), ["1片×3"]);
    }

    #[test]
    fn a_usual_dose_that_exceeds_the_most_a_day_is_not_offered() {
        assert_eq!(offers(&dose("mg", (500.0, 500.0), (2.0, 2.0), 400.0), &medicine(Vec::new())), []);
    }
}
