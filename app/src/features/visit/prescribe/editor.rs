//! The figures of one medicine: usual doses to take with one tap, and everything to change by hand.

use super::{
    Desk,
    offers::{Offer, figures, offers},
    patient::kilograms,
};
use crate::decimal::Decimal;
use crate::features::visit::prescribing::Line;
use crate::language::*;
use crate::reactive::{derived, effect, loaded, memo, on_change};
use crate::ui::{Chip, Chips, Segments, TextField, Why};
use crate::words::prescription::{content, days, notes, often, routes};
use guide::{Dose, Medicine, Piece};
use leptos::prelude::*;

/// More pieces than this at once are not what anybody means.
const MOST_PIECES: &str = "12";

/// What is known of the medicine of a line.
#[derive(Clone, Default, PartialEq)]
struct Facts {
    medicine: Option<Medicine>,
    doses: Vec<Dose>,
}

/// The open line, for its parts.
#[derive(Clone, Copy)]
struct Open {
    desk: Desk,
    id: StoredValue<String>,
    line: Memo<Line>,
    facts: Memo<Facts>,
}

impl Open {
    fn change(self, change: impl FnOnce(&mut Line)) {
        self.id.with_value(|id| self.desk.change(id, change));
    }

    /// Returns a field's text, which follows the line and is written to it.
    fn text(self, of: fn(&mut Line) -> &mut String) -> RwSignal<String> {
        let read = move |line: &Line| of(&mut line.clone()).clone();
        let text = RwSignal::new(self.line.with_untracked(read));
        effect(move || {
            let now = self.line.with(read);
            if text.with_untracked(|text| *text != now) {
                text.set(now);
            }
        });
        on_change(move || text.get(), move |now| self.change(|line| *of(line) = now.clone()));
        text
    }
}

/// The fields.
#[component]
pub(super) fn Editor(desk: Desk, id: String) -> impl IntoView {
    let i18n = use_i18n();
    let id = StoredValue::new(id);
    let line = memo(move || id.with_value(|id| desk.line(id)).unwrap_or_default());
    let medicine = memo(move || line.with(|line| line.medicine.clone()));
    let found = loaded(move || {
        let (id, patient) = (medicine.get(), desk.flow.check.patient());
        async move {
            let (Some(patient), false) = (patient, id.is_empty()) else { return Facts::default() };
            let found = desk.flow.check.medicines(id.clone()).await.unwrap_or_default();
            let medicine = found.into_iter().find(|medicine| medicine.id == id);
            Facts { doses: desk.flow.check.doses(id, patient).await, medicine }
        }
    });
    let facts = memo(move || found.get().unwrap_or_default());
    let open = Open { desk, id, line, facts };
    let key = id.get_value();
    let remark = open.text(|line| &mut line.remark);
    let chosen = derived(move || if line.with(|line| line.lasting) { "yes" } else { "no" }.to_owned());
    let lasting = vec![
        ("no".to_owned(), td_string!(i18n, prescribe.keep_no).to_owned()),
        ("yes".to_owned(), td_string!(i18n, prescribe.keep_yes).to_owned()),
    ];
    let renews = line.with_untracked(|line| !line.renews.is_empty());
    let noted = derived(move || line.with(|line| line.notes.clone()));
    let note_chips: Vec<Chip> = notes(i18n).into_iter().map(|note| Chip::new(note.clone(), note)).collect();
    // Whoever takes a usual dose sees its figures only when they want to; who has none to take fills them in.
    let by_hand = memo(move || {
        let none = found.get().is_some_and(|facts: Facts| facts.doses.is_empty());
        none || line.with(|line| !line.dose.is_empty() && line.times.is_empty())
    });
    // Never closed under the hands of whoever fills them in.
    let opened = RwSignal::new(false);
    effect(move || {
        if by_hand.get() {
            opened.set(true);
        }
    });
    view! {
        <Usual open/>
        <Days open/>
        <details class="reason" prop:open=opened data-testid="figures">
            <summary>{td_string!(i18n, prescribe.figures)}</summary>
            <div class="stack">
                <Amount open/>
                <HowOften open/>
                <Route open/>
            </div>
        </details>
        <Chips label=td_string!(i18n, prescribe.note) options=note_chips chosen=noted
            on_toggle=move |note: String| open.change(|line| line.toggle(&note))/>
        <TextField id=format!("remark-{key}") label=td_string!(i18n, prescribe.remark) value=remark/>
        {(!renews).then(|| view! {
            <Segments label=td_string!(i18n, prescribe.keep_choice) options=lasting.clone() chosen
                on_choose=move |value: String| open.change(|line| line.lasting = value == "yes")/>
        })}
    }
}

/// The usual doses.
#[component]
fn Usual(open: Open) -> impl IntoView {
    let i18n = use_i18n();
    let take = move |offer: Offer, route: String| {
        let known = offer.times.and_then(|times| {
            let plain = often(i18n).into_iter().filter(|often| often.note.is_empty());
            plain
                .into_iter()
                .find(|often| Decimal::read(&often.times).is_some_and(|known| times.is_near(known)))
        });
        let notes: Vec<String> = often(i18n).into_iter().map(|often| often.note).collect();
        open.change(|line| {
            (line.dose, line.unit, line.form, line.route) =
                (offer.dose.to_string(), offer.unit, offer.form, route);
            match (known, offer.times) {
                (Some(often), _) => line.often(&often.times, &often.note, &notes),
                (None, Some(times)) => line.often(&times.to_string(), "", &notes),
                (None, None) => {}
            }
        });
    };
    let offer_chip = move |offer: Offer, route: String| {
        let words = say(i18n, &offer);
        let (form, also) = (offer.form.clone(), offer.clone());
        let taken = memo(move || {
            open.line.with(|line| {
                line.dose == also.dose.to_string() && line.unit == also.unit && line.form == also.form
            })
        });
        view! {
            <button type="button" aria-pressed=move || if taken.get() { "true" } else { "false" }
                on:click=move |_| take(offer.clone(), route.clone())>
                {words}
                {(!form.is_empty()).then(|| view! { <span class="soft">{form}</span> })}
            </button>
        }
    };
    let row = move |dose: Dose, medicine: &Medicine| {
        let ((from, to), times) = (figures(dose.single), figures(dose.times));
        let span = |(from, to): (String, String)| match from == to {
            true => from,
            false => td_string!(i18n, prescribe.range, from = from, to = to),
        };
        let unit = dose.unit.clone();
        let usual = td_string!(
            i18n,
            prescribe.usual_range,
            single = span((from, to)),
            unit = unit.clone(),
            times = span(times),
            most = figures((dose.most_day, dose.most_day)).0
        );
        let purpose = (!dose.purpose.is_empty())
            .then(|| td_string!(i18n, prescribe.usual_for, purpose = dose.purpose.clone()));
        let weight = dose.weight.map(|grams| match dose.weight_guessed {
            true => td_string!(i18n, prescribe.usual_guessed, weight = kilograms(grams)),
            false => td_string!(i18n, prescribe.usual_weight, weight = kilograms(grams)),
        });
        let guessed = dose.weight_guessed.then(|| weight.clone()).flatten();
        let reasons: Vec<String> = [usual].into_iter().chain(weight.filter(|_| guessed.is_none())).collect();
        let source = source(i18n, dose.source.as_ref());
        let route = dose.route.clone();
        let chips =
            offers(&dose, medicine).into_iter().map(|offer| offer_chip(offer, route.clone())).collect_view();
        let label = purpose.clone().unwrap_or_else(|| td_string!(i18n, prescribe.usual).to_owned());
        let ways =
            open.facts.with_untracked(|facts| facts.doses.iter().any(|other| other.route != dose.route));
        let name = ways.then(|| crate::words::prescription::route(i18n, &dose.route));
        let head = [name, purpose].into_iter().flatten().collect::<Vec<_>>().join(" · ");
        view! {
            <div class="stack close">
                {(!head.is_empty()).then(|| view! { <p>{head}</p> })}
                <div class="chips doses" role="group" aria-label=label>{chips}</div>
                {guessed.map(|words| view! { <p class="guessed">{words}</p> })}
                <Why ask=td_string!(i18n, common.why) reasons source/>
            </div>
        }
    };
    let rows = move || {
        let Facts { medicine, doses } = open.facts.get();
        let Some(medicine) = medicine else { return ().into_any() };
        if doses.is_empty() {
            return view! { <p class="soft">{td_string!(i18n, prescribe.usual_none)}</p> }.into_any();
        }
        view! {
            <h3>{td_string!(i18n, prescribe.usual)}</h3>
            {doses.into_iter().map(|dose| row(dose, &medicine)).collect_view()}
        }
        .into_any()
    };
    view! { <div class="stack close" data-testid="usual">{rows}</div> }
}

fn say(i18n: Language, offer: &Offer) -> String {
    let (dose, unit) = (offer.dose.to_string(), offer.unit.clone());
    let known = offer.times.and_then(|times| {
        let near = |known: &str| Decimal::read(known).is_some_and(|known| times.is_near(known));
        often(i18n).into_iter().find(|often| often.note.is_empty() && near(&often.times))
    });
    let rate = match (known, offer.times) {
        (Some(often), _) => often.words,
        (None, Some(times)) => td_string!(i18n, prescribe.times_a_day, times = times.to_string()),
        (None, None) => String::new(),
    };
    let once = match content(&offer.form, &dose, &unit) {
        Some(content) => {
            td_string!(i18n, prescribe.at_once_content, dose = dose, unit = unit, content = content)
        }
        None => td_string!(i18n, prescribe.at_once, dose = dose, unit = unit),
    };
    let parts = [once, rate].into_iter().filter(|part| !part.is_empty());
    parts.collect::<Vec<_>>().join(td_string!(i18n, prescribe.separator))
}

/// Says a source, and that it is general knowledge where there is none.
pub(super) fn source(i18n: Language, source: Option<&guide::Source>) -> String {
    match source {
        Some(source) if !source.example => source.line.clone(),
        _ => td_string!(i18n, prescribe.source_none).to_owned(),
    }
}

/// Dose and unit.
#[component]
fn Amount(open: Open) -> impl IntoView {
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
        let count = dose.by(super::offers::in_piece(piece, &line.unit)?)?;
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

fn wrong(i18n: Language, text: RwSignal<String>) -> Signal<String> {
    derived(move || {
        let is_wrong = text.with(|text| !text.trim().is_empty() && Decimal::read(text).is_none());
        if is_wrong { td_string!(i18n, prescribe.wrong_figure).to_owned() } else { String::new() }
    })
}

/// Times a day, in words.
#[component]
fn HowOften(open: Open) -> impl IntoView {
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
fn Days(open: Open) -> impl IntoView {
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

/// Which way: those there are doses for; all of them where there are none.
#[component]
fn Route(open: Open) -> impl IntoView {
    let i18n = use_i18n();
    let options = derived(move || {
        let used: Vec<String> =
            open.facts.with(|facts| facts.doses.iter().map(|dose| dose.route.clone()).collect());
        let now = open.line.with(|line| line.route.clone());
        let wanted = |code: &String| used.is_empty() || used.contains(code) || *code == now;
        let all = routes(i18n).into_iter().filter(|(code, _)| wanted(code));
        all.map(|(code, words)| Chip::new(code, words)).collect::<Vec<_>>()
    });
    let chosen = derived(move || open.line.with(|line| vec![line.route.clone()]));
    view! {
        <div class="stack close">
            <h3>{td_string!(i18n, prescribe.route)}</h3>
            <Chips label=td_string!(i18n, prescribe.route) options chosen
                on_toggle=move |route: String| open.change(|line| line.route = route)/>
        </div>
    }
}
