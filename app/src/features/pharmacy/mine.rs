//! What pharmacists said to the own prescriptions: a word on Today, and a page with all of it.

use super::page::years;
use super::prescription::{PrescriptionLines, PrescriptionWarnings};
use super::view_model::{Item, Mine, mine};
use super::words::{medicines, opinion_words, verdict};
use crate::clock;
use crate::features::sync::SyncStatus;
use crate::language::*;
use crate::reactive::{loaded, memo, spawn_local};
use crate::replica::{Replica, outbox::Deed, use_replica};
use crate::ui::{
    Button, ButtonLink, Empty, Glyph, Icon, KeyedRow, Kind, Notice, Show, Tag, Tone, Why, keyed_rows,
};
use crate::words;
use documents::{ReviewRead, Tx};
use domain::base::{StaffId, VisitId};
use leptos::prelude::*;

/// The own cases; nothing while they are read, an error when the disk refuses.
fn own(replica: Replica) -> Memo<Option<Option<Mine>>> {
    let found = loaded(move || {
        replica.track_lists();
        years(replica, vec![StaffId::new(replica.account().account)])
    });
    memo(move || Some(found.get()?.map(|years| mine(&years))))
}

/// Returns the resident whose visit it was, as far as this device holds them: subject and name.
fn resident(replica: Replica, visit: &VisitId) -> Option<(String, String)> {
    replica.core().index(|index| {
        let (_, row) = index.rows().find(|(_, row)| row.overridden.contains(visit))?;
        Some((row.subject.to_string(), row.name.clone()))
    })
}

/// What a doctor should know before the day's visits: opinions that ask for a change, each until it was read.
#[component]
pub fn Opinions() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let mine = own(replica);
    let page = memo(move || mine.get().flatten().unwrap_or_default());
    let unread = move || page.with(|page| page.unread.len());
    let names = move || {
        // Whose visit it was is known when the rows are here, which may be later.
        replica.track_lists();
        let residents = page.get().unread.into_iter().filter_map(|item| resident(replica, &item.case.id));
        words::list(i18n, residents.map(|(_, name)| name))
    };
    let settled = move || page.with(|page| page.unread.is_empty() && !page.waiting.is_empty());
    view! {
        <Show when=move || { unread() > 0 }>
            <Notice tone=Tone::Care title=crate::reactive::derived(move || td_string!(i18n, pharmacy.today_unread, count = unread()))>
                <span>{names}</span>
                <div class="acts"><ButtonLink href="/my-prescriptions" kind=Kind::Line>{td_string!(i18n, pharmacy.look)}</ButtonLink></div>
            </Notice>
        </Show>
        <Show when=settled>
            <div><ButtonLink href="/my-prescriptions" kind=Kind::Plain>
                {move || td_string!(i18n, pharmacy.today_waiting, count = page.with(|page| page.waiting.len()))}
            </ButtonLink></div>
        </Show>
    }
}

/// The page of all opinions on the own prescriptions.
#[component]
pub fn MyPrescriptions() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let mine = own(replica);
    let readable = memo(move || mine.with(|mine| mine.as_ref().map(Option::is_some)));
    let page = memo(move || mine.get().flatten().unwrap_or_default());
    let nothing = move || page.with(|page| *page == Mine::default());
    let failed = RwSignal::new(false);
    let read = Callback::new(move |item: Item| {
        let Some(review) = item.said().map(|review| review.id.clone()) else { return };
        spawn_local(async move {
            let (at, subject) = (clock::now(), item.case.by.to_string());
            let verb = Box::new(move |tx: &mut Tx<'_, '_>| tx.mark_review_read(&ReviewRead { review, at }));
            let saved = match replica.on_prescriptions(item.case.at.date().year(), verb) {
                Some(edit) => replica.save(Deed::Review, &subject, vec![edit], None).await.is_ok(),
                None => false,
            };
            failed.set(!saved);
        });
    });
    let section = move |title: &'static str, of: fn(&Mine) -> &Vec<Item>| {
        let row =
            move |item: Item| KeyedRow::new(item.key(), move || view! { <Mention item read/> }.into_any());
        let rows = move || page.with(|page| of(page).iter().cloned().map(row).collect());
        view! {
            <Show when=move || page.with(|page| !of(page).is_empty())>
                <section class="stack"><h2>{title}</h2><div class="sheet rows">{keyed_rows(rows)}</div></section>
            </Show>
        }
    };
    view! {
        <header class="bar">
            <a class="go plain round" href="/today" aria-label=td_string!(i18n, common.back)><Icon name=Glyph::Back/></a>
            <h1 class="grow">{td_string!(i18n, pharmacy.mine)}</h1>
            <SyncStatus/>
        </header>
        <div role="status">
            {move || failed.get().then(|| view! { <Notice tone=Tone::Care>{td_string!(i18n, common.failed)}</Notice> })}
        </div>
        {move || match readable.get() {
            None => view! { <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div> }.into_any(),
            Some(false) => view! { <Notice tone=Tone::Care>{td_string!(i18n, pharmacy.failed)}</Notice> }.into_any(),
            Some(true) => view! {
                <Show when=nothing>
                    <section class="sheet">
                        <Empty icon=Glyph::Check title=td_string!(i18n, pharmacy.mine_empty)><p>{td_string!(i18n, pharmacy.mine_empty_hint)}</p></Empty>
                    </section>
                </Show>
                {section(td_string!(i18n, pharmacy.unread), |page| &page.unread)}
                {section(td_string!(i18n, pharmacy.waiting), |page| &page.waiting)}
                {section(td_string!(i18n, pharmacy.settled), |page| &page.settled)}
            }
            .into_any(),
        }}
    }
}

#[component]
fn Mention(item: Item, read: Callback<Item>) -> impl IntoView {
    let i18n = use_i18n();
    let (replica, case) = (use_replica(), item.case.id.clone());
    let whose = memo(move || {
        replica.track_lists();
        resident(replica, &case)
    });
    let name = move || match whose.get() {
        Some((subject, name)) => {
            view! { <a class="cover" href=format!("/residents/{subject}")><b>{name}</b></a> }.into_any()
        }
        None => view! { <b>{td_string!(i18n, pharmacy.not_here)}</b> }.into_any(),
    };
    let said = item.said().cloned();
    let tag = said.as_ref().map(|review| verdict(i18n, &review.verdict));
    let (lines, warnings) = (item.case.prescription.clone(), item.case.prescription.clone());
    let unread = item.unread();
    let on = words::tiny_date(i18n, item.case.at.date());
    let named = medicines(i18n, &item.case.prescription);
    let item = StoredValue::new(item);
    view! {
        <article data-testid="mention">
            <div class="when"><b>{on}</b></div>
            <div class="who">
                {name}
                {tag.map(|(tone, text)| view! { <Tag tone text/> })}
                <div>{named}</div>
            </div>
            <div class="across stack close">
                {said.map(|review| view! {
                    <p><b>{opinion_words(i18n, &review)}</b></p>
                    <p>{review.reason}</p>
                })}
                <Why ask=td_string!(i18n, pharmacy.lines) reasons=Vec::new()>
                    <PrescriptionLines prescription=lines/>
                    <PrescriptionWarnings prescription=warnings answered_only=true/>
                </Why>
                {unread.then(|| view! {
                    <div class="acts">
                        <Button on_press=move |()| read.run(item.get_value())>{td_string!(i18n, pharmacy.understood)}</Button>
                    </div>
                })}
            </div>
        </article>
    }
}
