//! What the resident takes already, each with one tap to go on with it.

use super::{
    Desk,
    find::line_of,
    patient::{split_dose, times},
};
use crate::features::{residents, visit::prescribing::Line};
use crate::language::*;
use crate::reactive::{loaded, memo, spawn_local};
use crate::ui::{Button, Kind, Tag, Tone};
use crate::words::prescription::{Often, often_known};
use documents::Medication;
use guide::Medicine;
use leptos::prelude::*;

/// Returns the medicine that a record's words mean: one of those found by them whose name, or the word it was found by,
/// is in them.
fn meant(name: &str, found: Vec<Medicine>) -> Option<Medicine> {
    let is_in = |word: &str| !word.is_empty() && name.contains(word);
    found.into_iter().find(|medicine| is_in(&medicine.name) || is_in(&medicine.found_by))
}

/// Returns the id of the medication that a medicine goes on with; empty where it is new.
pub(super) async fn renewed_by(desk: Desk, medicine: &Medicine) -> String {
    for taken in taken(desk) {
        let found = desk.flow.check.medicines(taken.name.clone()).await.unwrap_or_default();
        if meant(&taken.name, found).is_some_and(|known| known.id == medicine.id) {
            return taken.id.to_string();
        }
    }
    String::new()
}

fn taken(desk: Desk) -> Vec<Medication> {
    let today = desk.flow.draft.with_untracked(|draft| draft.started.date());
    desk.flow.file.with_value(|file| residents::taken(file, today).cloned().collect())
}

/// Returns the form that a record's words name: with its strength, else the one form of its word.
fn form_of<'a>(taken: &Medication, medicine: &'a Medicine) -> Option<&'a String> {
    let plain = |text: &str| text.split_whitespace().collect::<String>();
    let said = plain(&taken.name) + &plain(&taken.dose);
    let word = |form: &str| form.split_once(' ').map_or(form, |(word, _)| word).to_owned();
    let exact = medicine.forms.iter().filter(|form| said.contains(&plain(form)));
    // A longer word says more: what is meant by one is not meant by its end.
    if let Some(form) = exact.max_by_key(|form| word(form).len()) {
        return Some(form);
    }
    let named = || medicine.forms.iter().filter(|form| said.contains(&word(form)));
    let longest = named().map(|form| word(form).len()).max()?;
    let mut named = named().filter(|form| word(form).len() == longest);
    named.next().filter(|_| named.next().is_none())
}

/// Fills a line with what the record says of a medication: its form, dose and frequency, as far as they can be read.
fn filled(mut line: Line, taken: &Medication, medicine: &Medicine, often: &[Often]) -> Line {
    line.renews = taken.id.to_string();
    if let Some((dose, unit)) = split_dose(&taken.dose) {
        (line.dose, line.unit) = (dose, unit);
    }
    let named = form_of(taken, medicine);
    let mut pieces = medicine.pieces.iter().filter(|piece| piece.word == line.unit);
    let only = pieces.next().filter(|_| pieces.next().is_none()).map(|piece| &piece.form);
    line.form = named.or(only).cloned().unwrap_or_default();
    if let Some(found) = times(&taken.frequency, often) {
        let notes: Vec<String> = often.iter().map(|often| often.note.clone()).collect();
        line.often(&found.times, &found.note, &notes);
    }
    line
}

/// The list.
#[component]
pub(super) fn Taken(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let all = taken(desk);
    let row = move |taken: Medication| {
        let words = [taken.name.clone(), taken.dose.clone(), taken.frequency.clone()].join(" ");
        let name = StoredValue::new(taken.name.clone());
        let known = loaded(move || async move {
            let name = name.get_value();
            let found = desk.flow.check.medicines(name.clone()).await;
            found.map(|found| meant(&name, found))
        });
        let id = taken.id.to_string();
        let renewed = memo(move || {
            desk.flow.draft.with(|draft| draft.prescribing.lines.iter().any(|line| line.renews == id))
        });
        let renew = move |medicine: Medicine| {
            let taken = taken.clone();
            spawn_local(async move {
                let line = line_of(desk, &medicine).await;
                desk.add(filled(line, &taken, &medicine, &often_known(i18n)));
            });
        };
        let label = name.with_value(|name| format!("{} {name}", td_string!(i18n, prescribe.renew)));
        view! {
            <div>
                <div class="who"><b>{words}</b></div>
                {move || match (renewed.get(), known.get()) {
                    (true, _) => view! { <Tag tone=Tone::Good text=td_string!(i18n, prescribe.renewed)/> }.into_any(),
                    (false, Some(Some(Some(medicine)))) => {
                        let renew = renew.clone();
                        view! {
                            <Button kind=Kind::Quiet label=label.clone() on_press=move |()| renew(medicine.clone())>
                                {td_string!(i18n, prescribe.renew)}
                            </Button>
                        }.into_any()
                    }
                    (false, Some(Some(None))) => view! { <span class="why">{td_string!(i18n, prescribe.not_found)}</span> }.into_any(),
                    (false, _) => ().into_any(),
                }}
            </div>
        }
    };
    view! {
        <section class="sheet pad stack" data-testid="taken">
            <h2>{td_string!(i18n, prescribe.taking)}</h2>
            {all.is_empty().then(|| view! { <p class="soft">{td_string!(i18n, prescribe.taking_none)}</p> })}
            <div class="rows flat plain">{all.into_iter().map(row).collect_view()}</div>
        </section>
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use guide::Piece;

    fn medicine(name: &str, found_by: &str, forms: &[&str]) -> Medicine {
        let piece =
            |form: &&str| Piece { word: "片".into(), amount: 5.0, unit: "mg".into(), form: (*form).into() };
        Medicine {
            id: name.into(),
            name: name.into(),
            found_by: found_by.into(),
            essential: true,
            forms: forms.iter().map(|form| (*form).to_owned()).collect(),
            pieces: forms.iter().map(piece).collect(),
            has_doses: true,
        }
    }

    fn medication(name: &str, dose: &str, frequency: &str) -> Medication {
        let (name, dose, frequency) = (name.to_owned(), dose.to_owned(), frequency.to_owned());
        Medication { id: "m1".into(), name, dose, frequency, ..Medication::default() }
    }

    #[test]
    fn a_record_means_a_medicine_only_where_it_names_it() {
        let found = || vec![medicine("氨氯地平", "络活喜", &[])];
        assert!(meant("苯磺酸氨氯地平片", found()).is_some());
        assert!(meant("络活喜 5mg", found()).is_some());
        assert!(meant("降压药", found()).is_none());
        assert!(meant("降压药", vec![medicine("利血平", "", &[])]).is_none());
    }

    #[test]
    fn going_on_takes_dose_frequency_and_the_form_that_is_meant() {
        let often = [
            Often { times: "1".into(), note: String::new(), words: "每日1次".into() },
            Often { times: "1".into(), note: "睡前".into(), words: "每晚1次".into() },
        ];
        let of = medicine("氨氯地平", "", &["片 5mg", "片 2.5mg"]);
        let line = filled(Line::default(), &medication("氨氯地平 片 2.5mg", "1片", "每晚1次"), &of, &often);
        assert_eq!((line.dose.as_str(), line.unit.as_str(), line.form.as_str()), ("1", "片", "片 2.5mg"));
        assert_eq!(
            (line.times.as_str(), line.notes.as_slice(), line.renews.as_str()),
            ("1", ["睡前".to_owned()].as_slice(), "m1")
        );
        let unsaid = filled(Line::default(), &medication("氨氯地平", "1片", "早上吃"), &of, &often);
        assert_eq!((unsaid.form.as_str(), unsaid.times.as_str()), ("", ""));
        let slow = medicine("硝苯地平", "", &["片 10mg", "缓释片 10mg", "控释片 30mg", "控释片 60mg"]);
        let form =
            |name: &str, dose: &str| filled(Line::default(), &medication(name, dose, ""), &slow, &often).form;
        assert_eq!(form("硝苯地平控释片", "30mg"), "控释片 30mg");
        assert_eq!(
            (form("硝苯地平缓释片", "20mg"), form("硝苯地平控释片", "")),
            ("缓释片 10mg".into(), String::new())
        );
        let only = medicine("氨氯地平", "", &["片 5mg"]);
        assert_eq!(filled(Line::default(), &medication("氨氯地平", "1片", ""), &only, &often).form, "片 5mg");
    }
}
