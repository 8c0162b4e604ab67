//! Recording a pressure: type it, say what one feels when it is not fine, see what it means.

use super::{
    chosen::use_chosen,
    reading::{Draft, Event, Step, Stop, can_tell},
    view_model::{Doctor, doctor, home_page, judge},
    words::meaning,
};
use crate::clock;
use crate::features::sync::SyncStatus;
use crate::language::*;
use crate::reactive::{derived, effect, loaded, memo, spawn_local};
use crate::replica::{
    Replica,
    drafts::{DraftWriter, draft},
    files::ResidentFile,
    outbox::Deed,
    use_replica,
};
use crate::ui::{
    Advice, Button, ButtonLink, Chip, Chips, Empty, ErrorSummary, Glyph, Icon, Key, Keypad, Kind, Meter,
    Notice, Show, Tone, Why,
};
use crate::words;
use documents::Reading;
use domain::{
    base::{EntryId, SignId},
    care::CareRules,
    measurements::{Pressure, Urgency, hypertension_rules},
    people::KeyGroup,
    rules::Reason,
};
use leptos::prelude::*;
use std::rc::Rc;

/// The page.
#[component]
pub fn NewReading() -> impl IntoView {
    let i18n = use_i18n();
    let (replica, chosen) = (use_replica(), use_chosen());
    // Read once: the page does not change under the hands that fill it in.
    let found = loaded(move || {
        let subject = chosen.subject();
        async move {
            let file = replica.resident(&subject?).await.ok().flatten()?;
            let unfinished = draft::<Draft>(replica, &key(&file)).await.ok().flatten();
            Some((file, unfinished))
        }
    });
    view! {
        <div class="resident-home stack wide">
            <header class="bar"><h1 class="grow">{td_string!(i18n, home.reading)}</h1><SyncStatus/></header>
            {move || match found.get() {
                None => view! { <p class="soft">{td_string!(i18n, common.loading)}</p> }.into_any(),
                Some(None) => view! {
                    <Empty icon=Glyph::Sync title=td_string!(i18n, home.not_here)><p>{td_string!(i18n, home.not_here_hint)}</p></Empty>
                }.into_any(),
                Some(Some((file, unfinished))) => view! { <Flow file unfinished/> }.into_any(),
            }}
        </div>
    }
}

fn key(file: &ResidentFile) -> String {
    format!("reading/{}", file.person.subject)
}

/// The flow's state.
#[derive(Clone, Copy)]
struct Desk {
    replica: Replica,
    file: StoredValue<Rc<ResidentFile>, LocalStorage>,
    draft: RwSignal<Draft>,
    writer: StoredValue<DraftWriter, LocalStorage>,
    stop: RwSignal<Option<Stop>>,
    failed: RwSignal<bool>,
    saving: RwSignal<bool>,
    saved: RwSignal<Option<(Pressure, Urgency, Vec<Reason>)>>,
}

impl Desk {
    fn send(self, event: Event) {
        self.draft.update(|draft| draft.update(event));
        self.draft.with_untracked(|draft| self.writer.with_value(|writer| writer.keep(draft)));
    }

    fn judged(self, pressure: Pressure) -> (Urgency, Vec<Reason>) {
        let signs = self.draft.with_untracked(|draft| draft.signs.clone());
        let judged = hypertension_rules()
            .map(|pack| self.file.with_value(|file| judge(file, pressure, &signs, pack, clock::today())));
        judged.unwrap_or_default()
    }

    /// Goes on from the figures: to the signs when they are not fine, else to saving.
    fn measured(self) {
        match self.draft.with_untracked(Draft::measured) {
            Err(stop) => self.stop.set(Some(stop)),
            Ok(pressure) => {
                self.stop.set(None);
                match self.judged(pressure).0 {
                    Urgency::SelfCare => self.save(),
                    _ => self.send(Event::Go(Step::Signs)),
                }
            }
        }
    }

    fn save(self) {
        let draft = self.draft.get_untracked();
        let Ok(pressure) = draft.measured() else { return self.send(Event::Go(Step::Measure)) };
        let file = self.file.get_value();
        let reading = Reading {
            id: draft.id,
            at: clock::now(),
            pressure,
            pulse: None,
            danger_signs: draft.signs,
            note: String::new(),
            by: self.replica.account().account,
        };
        let edit = self
            .replica
            .on_diary(file.person.subject.as_str(), Box::new(move |tx| tx.record_reading(&reading)));
        let Some(edit) = edit else { return self.failed.set(true) };
        self.saving.set(true);
        spawn_local(async move {
            let subject = file.person.subject.to_string();
            let saved = self.replica.save(Deed::Reading, &subject, vec![edit], Some(&key(&file))).await;
            self.saving.set(false);
            self.failed.set(saved.is_err());
            if saved.is_ok() {
                let (urgency, reasons) = self.judged(pressure);
                self.saved.set(Some((pressure, urgency, reasons)));
            }
        });
    }
}

#[component]
fn Flow(file: Rc<ResidentFile>, unfinished: Option<Draft>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let writer = DraftWriter::new(replica, key(&file));
    let desk = Desk {
        replica,
        draft: RwSignal::new(unfinished.unwrap_or_else(|| Draft::new(new_id()))),
        writer: StoredValue::new_local(writer),
        file: StoredValue::new_local(file),
        stop: RwSignal::new(None),
        failed: RwSignal::new(false),
        saving: RwSignal::new(false),
        saved: RwSignal::new(None),
    };
    let step = memo(move || desk.draft.with(|draft| draft.step));
    view! {
        <div class="question" data-testid="reading">
            {move || match (desk.saved.get(), step.get()) {
                (Some((pressure, urgency, reasons)), _) => view! { <Saved desk pressure urgency reasons/> }.into_any(),
                (None, Step::Measure) => view! { <Measure desk/> }.into_any(),
                (None, Step::Signs) => view! { <Signs desk/> }.into_any(),
            }}
            <Show when=move || desk.failed.get()><Notice tone=Tone::Care>{td_string!(i18n, common.failed)}</Notice></Show>
        </div>
    }
}

#[component]
fn Measure(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let value = derived(move || {
        desk.draft.with(|draft| {
            let (upper, lower) = (draft.pressure.upper(), draft.pressure.lower());
            let begun = !lower.is_empty() || draft.pressure.part() == crate::ui::PressurePart::Lower;
            if begun { format!("{upper}/{lower}") } else { upper.to_owned() }
        })
    });
    let items = derived(move || {
        let text = match desk.stop.get() {
            Some(Stop::NotWhole) => td_string!(i18n, home.need_both),
            Some(Stop::Impossible) => td_string!(i18n, home.impossible),
            Some(Stop::Unlikely) | None => return Vec::new(),
        };
        vec![("pressure".to_owned(), text.to_owned())]
    });
    let unlikely = derived(move || desk.stop.get() == Some(Stop::Unlikely));
    let press = move |key: Key| match key {
        Key::Next if desk.draft.with_untracked(|draft| draft.pressure.figures().is_some()) => desk.measured(),
        key => {
            desk.stop.set(None);
            desk.send(Event::Key(key));
        }
    };
    let on = move |()| {
        if unlikely.get_untracked() {
            desk.send(Event::Sure);
        }
        desk.measured();
    };
    view! {
        <ErrorSummary title=td_string!(i18n, home.problem) items/>
        <div class="stack" id="pressure" tabindex="-1">
            <p>{td_string!(i18n, home.reading_hint)}</p>
            <Meter label=td_string!(i18n, home.pressure) unit="mmHg" value active=true unlikely on_choose=|()| ()/>
        </div>
        <Show when=move || unlikely.get()><Notice tone=Tone::Care>{td_string!(i18n, home.unlikely)}</Notice></Show>
        <Keypad label=td_string!(i18n, home.keys) back=td_string!(i18n, home.delete) extra=Some(Key::Slash) on_key=press/>
        <div class="foot">
            <ButtonLink href="/home" kind=Kind::Plain icon=Glyph::Back>{td_string!(i18n, common.back)}</ButtonLink>
            <Button on_press=on disabled=desk.saving>
                {move || match (unlikely.get(), desk.saving.get()) {
                    (_, true) => td_string!(i18n, home.saving),
                    (true, _) => td_string!(i18n, home.really),
                    _ => td_string!(i18n, common.next),
                }}
            </Button>
        </div>
    }
}

#[component]
fn Signs(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let signs =
        hypertension_rules().ok().and_then(|pack| pack.danger_signs(clock::today()).ok()).unwrap_or_default();
    let options: Vec<Chip> = signs
        .iter()
        .filter(|sign| can_tell(&sign.id))
        .map(|sign| Chip { danger: true, ..Chip::new(sign.id.as_str(), words::of_pack(i18n, &sign.label)) })
        .collect();
    let chosen = derived(move || {
        desk.draft.with(|draft| draft.signs.iter().map(ToString::to_string).collect::<Vec<_>>())
    });
    effect(|| {
        window().scroll_to_with_x_and_y(0.0, 0.0);
    });
    view! {
        <h2>{td_string!(i18n, home.signs)}</h2>
        <p>{td_string!(i18n, home.signs_hint)}</p>
        <Chips label=td_string!(i18n, home.signs_label) options chosen on_toggle=move |sign: String| desk.send(Event::Sign(SignId::new(sign)))/>
        <div class="foot">
            <Button kind=Kind::Plain icon=Glyph::Back on_press=move |()| desk.send(Event::Go(Step::Measure))>{td_string!(i18n, common.back)}</Button>
            <Button on_press=move |()| desk.save() disabled=desk.saving>
                {move || match (desk.saving.get(), chosen.with(Vec::is_empty)) {
                    (true, _) => td_string!(i18n, home.saving),
                    (_, true) => td_string!(i18n, home.no_signs),
                    (_, false) => td_string!(i18n, home.save),
                }}
            </Button>
        </div>
    }
}

#[component]
fn Saved(desk: Desk, pressure: Pressure, urgency: Urgency, reasons: Vec<Reason>) -> impl IntoView {
    let i18n = use_i18n();
    let file = desk.file.get_value();
    let treated = file.person.is_in(&KeyGroup::Hypertension);
    let tone = words::tone(&urgency);
    let title = meaning(i18n, &urgency, treated);
    let (texts, source) = words::explain(i18n, &reasons);
    let phone = call_number(desk.replica, &file);
    let needs_call = urgency != Urgency::SelfCare;
    let doctor = move |kind| {
        phone.clone().filter(|_| needs_call).map(|phone| view! {
        <ButtonLink href=format!("tel:{phone}") kind icon=Glyph::Phone wide=true>{td_string!(i18n, home.call_doctor)}</ButtonLink>
    })
    };
    let ambulance = move |kind| view! { <ButtonLink href="tel:120" kind icon=Glyph::Phone wide=true>{td_string!(i18n, home.call_120)}</ButtonLink> };
    effect(|| window().scroll_to_with_x_and_y(0.0, 0.0));
    view! {
        <section class="closing" data-testid="reading-saved">
            <header><Icon name=Glyph::Check/><h2>{td_string!(i18n, home.saved)}</h2><p class="soft">{td_string!(i18n, home.saved_soft)}</p></header>
            <p class="num">{pressure.to_string()}</p>
            <Advice tone title=title>
                <Why ask=td_string!(i18n, common.why) reasons=texts source/>
            </Advice>
            {match urgency {
                Urgency::Ambulance => view! { {ambulance(Kind::Main)}{doctor(Kind::Quiet)} }.into_any(),
                Urgency::Emergency | Urgency::Unknown(_) => view! { {doctor(Kind::Main)}{ambulance(Kind::Quiet)} }.into_any(),
                _ => view! { {doctor(Kind::Main)} }.into_any(),
            }}
        </section>
        <ButtonLink href="/home" kind=Kind::Quiet icon=Glyph::Home wide=true>{td_string!(i18n, home.go_home)}</ButtonLink>
    }
}

/// Returns the number of the team in charge.
pub(super) fn call_number(replica: Replica, file: &ResidentFile) -> Option<String> {
    let catalog = replica.core().catalog();
    let page = home_page(file, &catalog, CareRules::shipped().ok()?, clock::today());
    let team = file.person.team.as_ref().and_then(|team| doctor(team, &catalog));
    page.doctor.or(team).and_then(|Doctor { phone, .. }| phone)
}

fn new_id() -> EntryId {
    let mut bytes = [0; 8];
    // Without randomness the vault could not have been opened.
    let _ = getrandom::fill(&mut bytes);
    EntryId::new(format!("r-{}", hex::encode(bytes)))
}
