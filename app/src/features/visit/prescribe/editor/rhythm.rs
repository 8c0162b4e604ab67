//! How often, and for how many days.

use super::{Open, wrong};
use crate::decimal::Decimal;
use crate::language::*;
use crate::reactive::derived;
use crate::ui::{Chip, Chips, TextField};
use crate::words::prescription::{days, often};
use leptos::prelude::*;

/// Times a day, in words.
#[component]
pub fn HowOften(open: Open) -> impl IntoView {
    let i18n = use_i18n();
    let all = often(i18n);
    let notes: Vec<String> = all.iter().map(|often| often.note.clone()).collect();
    let options: Vec<Chip> = all
        .iter()
        .enumerate()
        .map(|(place, often)| Chip::new(place.to_string(), often.words.clone()))
        .collect();
    let known = all.clone();
    let chosen = derived(move || {
        open.line.with(|line| {
            let times = Decimal::read(&line.times);
            let fits = |often: &crate::words::prescription::Often| {
                times.is_some() && Decimal::read(&often.times) == times
            };
            let noted = known.iter().position(|often| fits(often) && line.notes.contains(&often.note));
            let plain = || known.iter().position(|often| fits(often) && often.note.is_empty());
            noted.or_else(plain).map(|place| place.to_string()).into_iter().collect::<Vec<_>>()
        })
    });
    let choose = move |place: String| {
        if let Some(often) = place.parse::<usize>().ok().and_then(|place| all.get(place)) {
            open.change(|line| line.often(&often.times, &often.note, &notes));
        }
    };
    view! {
        <div class="stack close">
            <h3>{td_string!(i18n, prescribe.often)}</h3>
            <Chips label=td_string!(i18n, prescribe.often) options chosen on_toggle=choose/>
        </div>
    }
}

/// For how many days.
#[component]
pub fn Days(open: Open) -> impl IntoView {
    let i18n = use_i18n();
    let key = open.id.get_value();
    let text = open.text(|line| &mut line.days);
    let option = |days: String| Chip::new(days.clone(), td_string!(i18n, prescribe.days_of, days = days));
    let options: Vec<Chip> = days(i18n).into_iter().map(option).collect();
    let chosen = derived(move || open.line.with(|line| vec![line.days.trim().to_owned()]));
    view! {
        <div class="stack close">
            <TextField id=format!("days-{key}") label=td_string!(i18n, prescribe.days) value=text error=wrong(i18n, text)
                inputmode="numeric" short=true/>
            <Chips label=td_string!(i18n, prescribe.days) options chosen
                on_toggle=move |days: String| open.change(|line| line.days = days)/>
        </div>
    }
}
