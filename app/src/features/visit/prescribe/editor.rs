//! The figures of one medicine: usual doses to take with one tap, and everything to change by hand.

mod amount;
mod rhythm;
mod usual;

use super::Desk;
use crate::decimal::Decimal;
use crate::features::visit::prescribing::Line;
use crate::language::*;
use crate::reactive::{derived, effect, loaded, memo, on_change};
use crate::ui::{Chip, Chips, Segments, TextField};
use crate::words::prescription::{notes, routes};
use amount::Amount;
use guide::{Dose, Medicine};
use leptos::prelude::*;
use rhythm::{Days, HowOften};
use usual::Usual;

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
        let none = found.get().is_some_and(|facts: Facts| facts.doses.iter().all(usual::is_stopped));
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

/// Says that a figure is none, where it is none.
fn wrong(i18n: Language, text: RwSignal<String>) -> Signal<String> {
    derived(move || {
        let is_wrong = text.with(|text| !text.trim().is_empty() && Decimal::read(text).is_none());
        if is_wrong { td_string!(i18n, prescribe.wrong_figure).to_owned() } else { String::new() }
    })
}
