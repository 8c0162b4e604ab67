//! The page where staff write down how to reach a resident, key groups, allergies, conditions, medicines.

use super::{
    facts::{FactsDraft, is_phone},
    facts_body::BodyFacts,
    facts_lists::{Allergies, Conditions, Medicines},
    page::ResidentBar,
    problems::Problems,
};
use crate::language::*;
use crate::reactive::{derived, effect, loaded, memo, on_change, spawn_local};
use crate::replica::{
    Replica,
    core::Edit,
    drafts::{DraftWriter, draft},
    files::ResidentFile,
    outbox::Deed,
    use_replica,
};
use crate::ui::{Button, Chip, Chips, Empty, Glyph, Notice, TextField, Tone};
use crate::words;
use domain::{
    base::StaffId,
    people::{Address, KeyGroup},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use std::rc::Rc;
use wasm_bindgen::JsCast;
use web_sys::HtmlElement;

/// What the sections of the page share.
#[derive(Clone, Copy)]
pub(super) struct Desk {
    replica: Replica,
    subject: StoredValue<String>,
    /// The resident, as of when the page was opened.
    opened: StoredValue<Rc<ResidentFile>, LocalStorage>,
    pub(super) draft: StoredValue<FactsDraft>,
    writer: StoredValue<Rc<DraftWriter>, LocalStorage>,
    /// What was said last: saved, or why not.
    said: RwSignal<Option<Result<(), ()>>>,
}

fn key(subject: &str) -> String {
    format!("facts/{subject}")
}

impl Desk {
    fn new(file: Rc<ResidentFile>, draft: FactsDraft) -> Self {
        let replica = use_replica();
        let subject = file.person.subject.to_string();
        let writer = Rc::new(DraftWriter::new(replica, key(&subject)));
        Self {
            replica,
            subject: StoredValue::new(subject),
            opened: StoredValue::new_local(file),
            draft: StoredValue::new(draft),
            writer: StoredValue::new_local(writer),
            said: RwSignal::new(None),
        }
    }

    /// Returns a field that is kept in the draft at every keystroke.
    pub(super) fn field(self, text: String, keep: fn(&mut FactsDraft, String)) -> RwSignal<String> {
        let value = RwSignal::new(text);
        on_change(move || value.get(), move |text| self.change(|draft| keep(draft, text.clone())));
        value
    }

    pub(super) fn change(self, change: impl FnOnce(&mut FactsDraft)) {
        self.draft.update_value(change);
        self.writer.with_value(|writer| {
            self.draft.with_value(|draft| match *draft == FactsDraft::default() {
                true => writer.discard(),
                false => writer.keep(draft),
            });
        });
    }

    /// Saves, and then empties the fields that were saved.
    pub(super) fn save(self, edit: Option<Edit>, then: impl FnOnce() + 'static) {
        let subject = self.subject.get_value();
        spawn_local(async move {
            let edits: Vec<Edit> = edit.into_iter().collect();
            let held = !edits.is_empty();
            let saved = held && self.replica.save(Deed::Facts, &subject, edits, None).await.is_ok();
            if saved {
                then();
            }
            self.said.try_set(Some(if saved { Ok(()) } else { Err(()) }));
        });
    }

    pub(super) fn on_record(self, verb: crate::replica::files::Verb) -> Option<Edit> {
        self.subject.with_value(|subject| self.replica.on_record(subject, verb))
    }

    /// Prepares a verb on what is known of the body.
    pub(super) fn on_body(self, verb: crate::replica::files::Verb) -> Option<Edit> {
        self.subject.with_value(|subject| self.replica.on_record_with(subject, "body", verb))
    }

    pub(super) fn staff(self) -> StaffId {
        StaffId::new(self.replica.account().account)
    }
}

/// Brings a field that lacks something before the eyes.
pub(super) fn look_at(id: &str) {
    if let Some(field) =
        document().get_element_by_id(id).and_then(|field| field.dyn_into::<HtmlElement>().ok())
    {
        // A field that cannot take the focus keeps its message all the same.
        drop(field.focus());
    }
}

/// The page.
#[component]
pub fn FactsPage() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let params = use_params_map();
    let subject = memo(move || params.read().get("subject").unwrap_or_default());
    let opened = loaded(move || {
        let subject = subject.get();
        async move {
            let file = replica.resident(&subject).await.ok().flatten()?;
            let kept = draft::<FactsDraft>(replica, &key(&subject)).await.ok().flatten();
            Some((file, kept.unwrap_or_default()))
        }
    });
    view! {
        {move || match opened.get() {
            None => view! { <p class="soft">{td_string!(i18n, common.loading)}</p> }.into_any(),
            Some(None) => view! { <Empty icon=Glyph::People title=td_string!(i18n, residents.missing)/> }.into_any(),
            Some(Some((file, draft))) => view! { <Inside file draft/> }.into_any(),
        }}
    }
}

#[component]
fn Inside(file: Rc<ResidentFile>, draft: FactsDraft) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let desk = Desk::new(file.clone(), draft);
    let back = format!("/residents/{}", file.person.subject);
    let kept = desk.writer.with_value(|writer| writer.saved.clone());
    // What is listed follows what comes in; what is being typed stays.
    let now = loaded(move || {
        let subject = desk.subject.get_value();
        replica.track(&subject);
        async move { replica.resident(&subject).await.ok().flatten() }
    });
    let current = RwSignal::new_local(file.clone());
    effect(move || {
        if let Some(Some(file)) = now.get() {
            current.set(file);
        }
    });
    let said = move || match desk.said.get() {
        Some(Ok(())) => td_string!(i18n, residents.facts_saved),
        _ => "",
    };
    view! {
        {move || view! { <ResidentBar file=current.get() back=back.clone()/><Problems file=current.get()/> }}
        <h1>{td_string!(i18n, residents.facts)}</h1>
        <p class="bar soft">
            <span role="status" class="grow">{said}</span>
            <span data-testid="draft-state">
                {move || if kept.get() { td_string!(i18n, visit.draft_saved) } else { td_string!(i18n, visit.draft_saving) }}
            </span>
        </p>
        {move || desk.said.get().is_some_and(|said| said.is_err()).then(|| view! {
            <Notice tone=Tone::Care>{td_string!(i18n, common.failed)}</Notice>
        })}
        <div class="two">
            <div class="stack"><Contact desk/><Groups desk current/><BodyFacts desk current/></div>
            <div class="stack"><Allergies desk current/><Conditions desk current/><Medicines desk current/></div>
        </div>
    }
}

#[component]
fn Contact(desk: Desk) -> impl IntoView {
    let i18n = use_i18n();
    let person = desk.opened.with_value(|file| file.person.clone());
    let kept = desk.draft.get_value();
    let phone = kept.phone.unwrap_or_else(|| person.phone.unwrap_or_default());
    let phone = desk.field(phone, |draft, text| draft.phone = Some(text));
    let village = kept.village.unwrap_or(person.address.village);
    let village = desk.field(village, |draft, text| draft.village = Some(text));
    let detail =
        desk.field(kept.detail.unwrap_or(person.address.detail), |draft, text| draft.detail = Some(text));
    let wrong = RwSignal::new(String::new());
    let save = move |()| {
        let text = phone.get_untracked().trim().to_owned();
        if !is_phone(&text) {
            wrong.set(td_string!(i18n, residents.phone_wrong).to_owned());
            look_at("phone");
            return;
        }
        wrong.set(String::new());
        let (village, detail) = (village.get_untracked(), detail.get_untracked());
        let address = Address { village: village.trim().to_owned(), detail: detail.trim().to_owned() };
        let edit = desk.subject.with_value(|subject| {
            let verb = Box::new(move |tx: &mut documents::Tx<'_, '_>| {
                tx.update_contact((!text.is_empty()).then_some(text.as_str()), &address)
            });
            desk.replica.on_person(subject, verb)
        });
        desk.save(edit, move || {
            desk.change(|draft| (draft.phone, draft.village, draft.detail) = (None, None, None));
        });
    };
    view! {
        <section class="sheet pad stack">
            <h2>{td_string!(i18n, residents.contact)}</h2>
            <TextField id="phone" label=td_string!(i18n, residents.phone) value=phone error=wrong kind="tel" inputmode="tel"/>
            <TextField id="village" label=td_string!(i18n, residents.village) value=village/>
            <TextField id="detail" label=td_string!(i18n, residents.detail) value=detail/>
            <div><Button on_press=save>{td_string!(i18n, residents.save_contact)}</Button></div>
        </section>
    }
}

#[component]
fn Groups(desk: Desk, current: RwSignal<Rc<ResidentFile>, LocalStorage>) -> impl IntoView {
    let i18n = use_i18n();
    let options: Vec<Chip> =
        KeyGroup::KNOWN.iter().map(|group| Chip::new(group.as_str(), words::group(i18n, group))).collect();
    let chosen = derived(move || {
        current.with(|file| file.person.key_groups.iter().map(|group| group.as_str().to_owned()).collect())
    });
    let toggle = move |value: String| {
        let group = KeyGroup::from(value.as_str());
        let member = !current.with_untracked(|file| file.person.is_in(&group));
        let verb = Box::new(move |tx: &mut documents::Tx<'_, '_>| tx.set_key_group(&group, member));
        let edit = desk.subject.with_value(|subject| desk.replica.on_person(subject, verb));
        desk.save(edit, || ());
    };
    view! {
        <section class="sheet pad stack">
            <h2>{td_string!(i18n, residents.groups)}</h2>
            <Chips label=td_string!(i18n, residents.groups) options chosen on_toggle=toggle/>
        </section>
    }
}
