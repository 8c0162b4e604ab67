//! The page of a pharmacist: what waits, and one case beside it.

use super::desk::Desk;
use super::view_model::{Item, Lacking, Opinion, Queue, RECENT, queue};
use super::words::{expecting, level, medicines, verdict, who};
use crate::clock;
use crate::features::{staff_name, sync::SyncStatus};
use crate::language::*;
use crate::reactive::{derived, loaded, memo, spawn_local};
use crate::replica::{Replica, files::PrescriptionYear, outbox::Deed, use_replica};
use crate::shell::Role;
use crate::ui::{Empty, Glyph, KeyedRow, Notice, Show, Tag, Tone, Undo, keyed_rows};
use crate::words;
use documents::{PrescriptionCase, Review, ReviewVerdict, Tx};
use domain::base::StaffId;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

/// Reads the cases of `staff` of this year and the last.
pub async fn years(replica: Replica, staff: Vec<StaffId>) -> Option<Vec<PrescriptionYear>> {
    let this_year = clock::today().year();
    let mut years = Vec::new();
    for staff in staff {
        for year in [this_year, this_year - 1] {
            years.push(replica.prescription_year(&staff, year).await.ok()?);
        }
    }
    Some(years)
}

/// What was last said, so that it can be taken back, and whether it failed.
#[derive(Clone, Copy)]
struct Saying {
    replica: Replica,
    failed: RwSignal<bool>,
    done: RwSignal<Option<String>>,
    last: StoredValue<Option<(PrescriptionCase, Review)>>,
}

impl Saying {
    fn by(self) -> StaffId {
        StaffId::new(self.replica.account().account)
    }

    fn say(self, case: PrescriptionCase, opinion: Opinion) -> Result<(), Lacking> {
        let i18n = use_i18n();
        let review = opinion.review(&case.id, &self.by(), clock::now())?;
        let text = td_string!(i18n, pharmacy.saved, verdict = verdict(i18n, &review.verdict).1);
        self.last.set_value(Some((case.clone(), review.clone())));
        self.write(case, review, Some(text));
        Ok(())
    }

    fn take_back(self) {
        let Some((case, _)) = self.last.try_update_value(Option::take).flatten() else { return };
        let opinion = Opinion { verdict: Some(ReviewVerdict::TakenBack), reason: String::new() };
        if let Ok(review) = opinion.review(&case.id, &self.by(), clock::now()) {
            self.write(case, review, None);
        }
    }

    fn write(self, case: PrescriptionCase, review: Review, done: Option<String>) {
        spawn_local(async move {
            let verb = Box::new(move |tx: &mut Tx<'_, '_>| tx.review(&review));
            let edit = self.replica.on_reviews(&case.by, case.at.date().year(), verb);
            let saved = match edit {
                Some(edit) => {
                    self.replica.save(Deed::Review, case.by.as_str(), vec![edit], None).await.is_ok()
                }
                None => false,
            };
            self.failed.set(!saved);
            self.done.set(done.filter(|_| saved));
        });
    }
}

/// The page.
#[component]
pub fn Prescriptions() -> impl IntoView {
    let i18n = use_i18n();
    if expect_context::<Role>() != Role::Pharmacist {
        return view! { <Notice>{td_string!(i18n, pharmacy.not_pharmacist)}</Notice> }.into_any();
    }
    let replica = use_replica();
    let asked = use_query_map();
    let asked = memo(move || asked.read().get("case"));
    let found = loaded(move || {
        replica.track_lists();
        years(replica, replica.prescribers())
    });
    let saying = Saying {
        replica,
        failed: RwSignal::new(false),
        done: RwSignal::new(None),
        last: StoredValue::new(None),
    };
    // Nothing while it is read, an error when the disk refuses.
    let state = memo(move || Some(found.get()?.map(|years| queue(&years, &saying.by(), clock::today()))));
    let page = memo(move || state.get().flatten().unwrap_or_default());
    let readable = memo(move || state.with(|state| state.as_ref().map(Option::is_some)));
    view! {
        <header class="bar">
            <div class="grow">
                <h1>{td_string!(i18n, pharmacy.title)}</h1>
                <div class="soft" data-testid="prescriptions-waiting">{move || readable.get().map(|_| lead(i18n, &page.get()))}</div>
            </div>
            <SyncStatus/>
        </header>
        <div role="status">
            {move || saying.failed.get().then(|| view! { <Notice tone=Tone::Care>{td_string!(i18n, common.failed)}</Notice> })}
        </div>
        {move || match readable.get() {
            None => view! { <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div> }.into_any(),
            Some(false) => view! { <Notice tone=Tone::Care>{td_string!(i18n, pharmacy.failed)}</Notice> }.into_any(),
            Some(true) => view! { <Lists page asked saying/> }.into_any(),
        }}
        <Undo done=saying.done undo=derived(move || td_string!(i18n, visit.undo).to_owned()) on_undo=move |()| saying.take_back()/>
    }
    .into_any()
}

fn lead(i18n: Language, page: &Queue) -> String {
    match page.waiting.len() {
        0 => td_string!(i18n, pharmacy.lead_none).to_owned(),
        count => td_string!(i18n, pharmacy.lead_waiting, count = count),
    }
}

#[component]
fn Lists(page: Memo<Queue>, asked: Memo<Option<String>>, saying: Saying) -> impl IntoView {
    let i18n = use_i18n();
    let complete = memo(move || saying.replica.state().get().complete);
    let nothing = memo(move || page.with(|page| page.waiting.is_empty() && page.reviewed.is_empty()));
    let shown = memo(move || {
        page.with(|page| {
            let id = asked.get();
            let item = page.shown(id.as_deref()).cloned()?;
            let others = page.waiting.iter().filter(|other| other.case.id != item.case.id);
            let next = others.map(|other| other.case.id.to_string()).next();
            Some((item, next))
        })
    });
    let save = Callback::new(move |(case, opinion)| saying.say(case, opinion));
    // A case that stays is not drawn again, so that what is being typed stays.
    let desk = move || {
        let row = |(item, next): (Item, Option<String>)| {
            KeyedRow::new(item.key(), move || view! { <Desk item next on_save=save/> }.into_any())
        };
        shown.get().into_iter().map(row).collect()
    };
    view! {
        <Show when=move || nothing.get() && !complete.get()>
            <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div>
        </Show>
        <Show when=move || nothing.get() && complete.get()>
            <section class="sheet">
                <Empty icon=Glyph::Check title=td_string!(i18n, pharmacy.empty)><p>{td_string!(i18n, pharmacy.empty_hint)}</p></Empty>
            </section>
        </Show>
        <div class="split desk" class:open=move || asked.with(Option::is_some)>
            <div class="stack wide">
                <Rows title=String::new() items=derived(move || page.with(|page| page.waiting.clone())) shown/>
                <Rows title=td_string!(i18n, pharmacy.reviewed, days = RECENT)
                    items=derived(move || page.with(|page| page.reviewed.clone())) shown/>
                <p class="soft">{td_string!(i18n, pharmacy.no_names)}</p>
            </div>
            <div>{keyed_rows(desk)}</div>
        </div>
    }
}

#[component]
fn Rows(
    title: String,
    items: Signal<Vec<Item>>,
    shown: Memo<Option<(Item, Option<String>)>>,
) -> impl IntoView {
    let row = move |item: Item| {
        let key = item.key();
        KeyedRow::new(key, move || view! { <Row item shown/> }.into_any())
    };
    let rows = move || items.get().into_iter().map(row).collect();
    view! {
        <Show when=move || !items.with(Vec::is_empty)>
            <section class="stack">
                {(!title.is_empty()).then(|| view! { <h2>{title.clone()}</h2> })}
                <div class="sheet rows">{keyed_rows(rows)}</div>
            </section>
        </Show>
    }
}

#[component]
fn Row(item: Item, shown: Memo<Option<(Item, Option<String>)>>) -> impl IntoView {
    let i18n = use_i18n();
    let id = item.case.id.clone();
    let href = format!("/prescriptions?case={id}");
    let current = move || shown.with(|shown| shown.as_ref().is_some_and(|(item, _)| item.case.id == id));
    let (tone, text) = match item.said() {
        Some(review) => verdict(i18n, &review.verdict),
        None => level(i18n, &item.level()),
    };
    let (big, small) = match (item.said(), item.days(clock::today())) {
        (Some(review), _) => (words::tiny_date(i18n, review.at.date()), String::new()),
        (None, 0) => {
            (td_string!(i18n, pharmacy.today).to_owned(), td_string!(i18n, pharmacy.submitted).to_owned())
        }
        (None, days) => {
            (td_string!(i18n, pharmacy.days, days = days), td_string!(i18n, pharmacy.waits).to_owned())
        }
    };
    let about = [Some(who(i18n, &item.case)), expecting(i18n, &item.case)];
    let about = about.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    view! {
        <article aria-current=move || current().then_some("true")>
            <div class="when"><b>{big}</b>{small}</div>
            <div class="who">
                <a class="cover" href=href><b>{medicines(i18n, &item.case.prescription)}</b></a>
                <Tag tone text/>
            </div>
            <div class="why across">{about}<br/>{staff_name(&item.case.by)}</div>
        </article>
    }
}
