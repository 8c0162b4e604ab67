//! The page on which work is claimed that the app could not see.

use super::Arithmetic;
use super::claiming::{Typed, Wrong, offered, preview};
use super::page::{mine, place};
use crate::clock;
use crate::features::sync::SyncStatus;
use crate::language::*;
use crate::reactive::{derived, loaded, memo, spawn_local};
use crate::replica::{Replica, outbox::Deed, random_id, use_replica};
use crate::ui::{
    Button, ButtonLink, Choice, Choices, ErrorSummary, Glyph, Icon, Kind, Notice, SelectField, Show,
    TextField, Tone, Undo, Why,
};
use crate::words;
use documents::Tx;
use domain::{
    base::{ClaimId, Date, InstitutionId, StaffId},
    work_points::{Claim, Post, Withdrawal},
};
use leptos::prelude::*;

/// Stands for a claim that is not made yet.
const PREVIEW: &str = "preview";

/// The fields, in the order of the page.
#[derive(Clone, Copy)]
struct Fields {
    on: RwSignal<String>,
    item: RwSignal<String>,
    quantity: RwSignal<String>,
    note: RwSignal<String>,
    place: RwSignal<String>,
}

impl Fields {
    fn new() -> Self {
        let text = |text: String| RwSignal::new(text);
        Self {
            on: text(clock::today().to_string()),
            item: text(String::new()),
            quantity: text(String::from("1")),
            note: text(String::new()),
            place: text(place().id.to_string()),
        }
    }

    /// Makes the claim of what is typed, with `note` for what is said about it.
    fn claim(self, replica: Replica, id: &str, note: &str) -> Result<Claim, Vec<Wrong>> {
        let (on, item, quantity) = (self.on.get(), self.item.get(), self.quantity.get());
        let typed = Typed { on: &on, item: &item, quantity: &quantity, note };
        let (account, core) = (replica.account(), replica.core());
        let work = typed.read(&core.rules().points, &account.role, clock::today())?;
        let (staff, place) = (StaffId::new(account.account), InstitutionId::new(self.place.get()));
        Ok(work.claim(ClaimId::new(id), &staff, &place, &core.catalog(), clock::now()))
    }
}

/// The page.
#[component]
pub fn ClaimPage() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let fields = Fields::new();
    let (wrong, failed, busy) =
        (RwSignal::new(Vec::<Wrong>::new()), RwSignal::new(false), RwSignal::new(false));
    let done = RwSignal::new(None::<String>);
    let last = StoredValue::new(None::<Claim>);
    let error = move |here: &'static [Wrong]| {
        derived(move || {
            let found = wrong.with(|wrong| wrong.iter().find(|found| here.contains(found)).copied());
            found.map(|found| wrong_words(i18n, found).to_owned()).unwrap_or_default()
        })
    };
    let summary = derived(move || {
        let said = |found: &Wrong| (field_id(*found).to_owned(), wrong_words(i18n, *found).to_owned());
        wrong.with(|wrong| wrong.iter().map(said).collect::<Vec<_>>())
    });
    let write = move |claim: Claim, back: bool| async move {
        let (year, account) = (claim.on.year(), replica.account().account);
        let withdrawal = Withdrawal { reason: super::dispute::TAKEN_BACK.to_owned(), at: clock::now() };
        let verb = Box::new(move |tx: &mut Tx<'_, '_>| match back {
            true => tx.withdraw_claim(claim.id.as_str(), &withdrawal),
            false => tx.claim(&claim),
        });
        let saved = match replica.on_activity(year, verb) {
            Some(edit) => replica.save(Deed::Claim, &account, vec![edit], None).await.is_ok(),
            None => false,
        };
        failed.set(!saved);
        saved
    };
    let save = move || match untrack(|| fields.claim(replica, &random_id(), &fields.note.get())) {
        _ if busy.get_untracked() => {}
        Err(found) => wrong.set(found),
        Ok(claim) => {
            wrong.set(Vec::new());
            busy.set(true);
            spawn_local(async move {
                last.set_value(Some(claim.clone()));
                if write(claim, false).await {
                    done.set(Some(td_string!(i18n, points.claimed).to_owned()));
                    fields.item.set(String::new());
                    fields.note.set(String::new());
                    fields.quantity.set(String::from("1"));
                }
                busy.set(false);
            });
        }
    };
    let undo = move |()| {
        if let Some(claim) = last.get_value() {
            spawn_local(async move {
                write(claim, true).await;
            });
        }
    };
    let group = StoredValue::new(replica.account().role);
    let items = memo(move || {
        replica.track_lists();
        let rules = replica.core().rules();
        let on = fields.on.with(|on| on.trim().parse::<Date>());
        let offered = on.map(|on| offered(&rules.points, on, &group.get_value())).unwrap_or_default();
        let choice = |item: &&domain::work_points::Item| {
            let (worth, unit) = (item.points.to_string(), words::of_pack(i18n, &item.unit));
            let evidence = item.evidence.clone();
            Choice {
                value: item.id.to_string(),
                label: words::of_pack(i18n, &item.title),
                hint: td_string!(i18n, review.evidence, evidence = evidence),
                worth: td_string!(i18n, points.per_unit, worth = worth, unit = unit),
            }
        };
        offered.iter().map(choice).collect::<Vec<_>>()
    });
    let places = memo(move || {
        replica.track_lists();
        let catalog = replica.core().catalog();
        catalog
            .institutions
            .values()
            .map(|place| (place.id.to_string(), place.name.clone()))
            .collect::<Vec<_>>()
    });
    let read = loaded(move || {
        replica.track_lists();
        mine(replica, place().id)
    });
    let entry = memo(move || {
        let mine = read.get().flatten()?;
        // What is said about it does not change what it is worth.
        let claim = fields.claim(replica, PREVIEW, PREVIEW).ok()?;
        let home = place();
        let post = Post { institution: &home.id, name: &home.name, group: &group.get_value() };
        preview(&mine.year, &replica.core().rules().points, post, claim)
    });
    let closed = memo(move || {
        let on = fields.on.with(|on| on.trim().parse::<Date>().ok());
        let mine = read.get().flatten();
        on.zip(mine).is_some_and(|(on, mine)| {
            mine.closes.iter().any(|known| known.confirmed && known.closed.close.month.contains(on))
        })
    });
    let worth = move || {
        entry.get().map(|entry| {
            let none: Vec<String> = Vec::new();
            let (sum, source) = (entry.line.points.to_string(), words::rule(i18n, &entry.rule));
            view! {
                <section class="card stack" data-testid="preview">
                    <p><b>{td_string!(i18n, points.would_bring, sum = sum)}</b></p>
                    <Why ask=td_string!(i18n, points.how) reasons=none source><Arithmetic entry/></Why>
                </section>
            }
        })
    };
    let unknown = move || items.with(Vec::is_empty);
    view! {
        <header class="bar">
            <a class="go plain round" href="/points" aria-label=td_string!(i18n, common.back)><Icon name=Glyph::Back/></a>
            <h1 class="grow">{td_string!(i18n, points.claim_title)}</h1>
            <SyncStatus/>
        </header>
        <ErrorSummary title=td_string!(i18n, points.claim_wrong) items=summary/>
        <div role="status">
            {move || failed.get().then(|| view! { <Notice tone=Tone::Care>{td_string!(i18n, common.failed)}</Notice> })}
        </div>
        <form class="stack" novalidate data-testid="claim" on:submit=move |event| { event.prevent_default(); save(); }>
            <p class="soft">{td_string!(i18n, points.claim_lead)}</p>
            <TextField id="claim-on" label=td_string!(i18n, points.claim_on) value=fields.on error=error(&[Wrong::Date, Wrong::NoRules]) kind="date" short=true/>
            <Show when=move || closed.get()><Notice>{td_string!(i18n, points.month_is_closed)}</Notice></Show>
            <Show when=unknown><Notice>{td_string!(i18n, points.no_rules_then)}</Notice></Show>
            <Show when=move || !unknown()>
                <Choices name="claim-item" legend=td_string!(i18n, points.claim_item) options=items value=fields.item/>
            </Show>
            {move || {
                let text = error(&[Wrong::Item]).get();
                (!text.is_empty()).then(|| view! { <p class="careful">{text}</p> })
            }}
            <TextField id="claim-quantity" label=td_string!(i18n, points.claim_quantity) value=fields.quantity error=error(&[Wrong::Quantity]) inputmode="numeric" short=true/>
            <SelectField id="claim-place" label=td_string!(i18n, points.claim_place) options=places value=fields.place/>
            <TextField id="claim-note" label=td_string!(i18n, points.claim_note) hint=td_string!(i18n, points.claim_note_hint) value=fields.note error=error(&[Wrong::Note])/>
            {worth}
            <div class="acts">
                <Button submit=true disabled=busy>{td_string!(i18n, points.claim_save)}</Button>
                <ButtonLink kind=Kind::Plain href="/points">{td_string!(i18n, points.to_points)}</ButtonLink>
            </div>
        </form>
        <Undo done undo=td_string!(i18n, points.undo) on_undo=undo/>
    }
}

fn field_id(wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Date | Wrong::NoRules => "claim-on",
        Wrong::Item => "claim-item-0",
        Wrong::Quantity => "claim-quantity",
        Wrong::Note => "claim-note",
    }
}

fn wrong_words(i18n: Language, wrong: Wrong) -> &'static str {
    match wrong {
        Wrong::Date => td_string!(i18n, points.wrong_date),
        Wrong::NoRules => td_string!(i18n, points.no_rules_then),
        Wrong::Item => td_string!(i18n, points.wrong_item),
        Wrong::Quantity => td_string!(i18n, points.wrong_quantity),
        Wrong::Note => td_string!(i18n, points.wrong_note),
    }
}
