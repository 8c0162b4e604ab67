//! How much at once: a figure and its unit, and what that is the other way.

use super::{Facts, Open, wrong};
use crate::decimal::Decimal;
use crate::features::visit::{prescribe::offers, prescribing::Line};
use crate::language::*;
use crate::reactive::{derived, memo};
use crate::ui::{Chip, Chips, TextField};
use crate::words::prescription::content;
use guide::Piece;
use leptos::prelude::*;

/// More pieces than this at once are not what anybody means.
const MOST_PIECES: &str = "12";

/// Dose and unit.
#[component]
pub fn Amount(open: Open) -> impl IntoView {
    let i18n = use_i18n();
    let key = open.id.get_value();
    let dose = open.text(|line| &mut line.dose);
    let unit = open.text(|line| &mut line.unit);
    let wrong = wrong(i18n, dose);
    // The pieces by their forms, then the units that doses and pieces are measured in.
    let units = memo(move || {
        open.facts.with(|facts| {
            let pieces = facts.medicine.iter().flat_map(|medicine| &medicine.pieces);
            let counted = pieces.clone().map(|piece| (piece.word.clone(), piece.form.clone()));
            let mut all: Vec<(String, String)> = counted.collect();
            let measured = facts.doses.iter().map(|dose| &dose.unit).chain(pieces.map(|piece| &piece.unit));
            for unit in measured {
                if !all.iter().any(|(known, _)| known == unit) {
                    all.push((unit.clone(), String::new()));
                }
            }
            all
        })
    });
    let options = derived(move || {
        let option = |(place, (unit, form)): (usize, (String, String))| {
            let label = match form.is_empty() {
                true => td_string!(i18n, prescribe.unit_plain, unit = unit),
                false => td_string!(i18n, prescribe.unit_content, unit = unit, form = form),
            };
            Chip::new(place.to_string(), label)
        };
        units.get().into_iter().enumerate().map(option).collect::<Vec<_>>()
    });
    let chosen = derived(move || {
        open.line.with(|line| {
            let is = |(unit, form): &(String, String)| {
                *unit == line.unit && (form.is_empty() || *form == line.form)
            };
            units
                .with(|units| units.iter().position(is))
                .map(|place| place.to_string())
                .into_iter()
                .collect::<Vec<_>>()
        })
    });
    let choose = move |place: String| {
        let found = place
            .parse::<usize>()
            .ok()
            .and_then(|place| units.with_untracked(|units| units.get(place).cloned()));
        if let Some((unit, form)) = found {
            open.change(|line| {
                line.unit = unit;
                // What is measured is still of some form.
                if !form.is_empty() {
                    line.form = form;
                }
            });
        }
    };
    let equals = move || {
        let amounts = open.line.with(|line| open.facts.with(|facts| equal(i18n, line, facts)));
        (!amounts.is_empty())
            .then(|| td_string!(i18n, prescribe.equals, amount = crate::words::list(i18n, amounts)))
    };
    view! {
        <div class="stack close">
            <TextField id=format!("dose-{key}") label=td_string!(i18n, prescribe.dose) value=dose error=wrong inputmode="decimal" short=true/>
            {move || match units.with(Vec::is_empty) {
                true => view! { <TextField id=format!("unit-{}", open.id.get_value()) label=td_string!(i18n, prescribe.unit) value=unit short=true/> }.into_any(),
                false => view! { <Chips label=td_string!(i18n, prescribe.unit) options chosen on_toggle=choose/> }.into_any(),
            }}
            <p class="soft" data-testid="equals">{equals}</p>
        </div>
    }
}

/// Says a dose the other way: pieces in what is in them, what is measured in whole and half pieces.
fn equal(i18n: Language, line: &Line, facts: &Facts) -> Vec<String> {
    if let Some(content) = content(&line.form, &line.dose, &line.unit) {
        return vec![content];
    }
    let Some(dose) = Decimal::read(&line.dose) else { return Vec::new() };
    let (two, most) = (Decimal::read("2"), Decimal::read(MOST_PIECES));
    let halves = |count: &Decimal| {
        let whole = two.and_then(|two| count.times(two)).is_some_and(|twice| twice == twice.whole());
        whole && !count.is_zero() && most.is_some_and(|most| *count <= most)
    };
    let pieces = facts.medicine.iter().flat_map(|medicine| &medicine.pieces);
    let counted = pieces.filter(|piece| piece.word != line.unit).filter_map(|piece: &Piece| {
        let count = dose.by(offers::in_piece(piece, &line.unit)?)?;
        halves(&count).then(|| {
            let unit = td_string!(
                i18n,
                prescribe.unit_content,
                unit = piece.word.clone(),
                form = piece.form.clone()
            );
            format!("{count} {unit}")
        })
    });
    counted.collect()
}
