//! The draft: typed, checked, compared, proposed by one person and published by another.

use super::difference::{Difference, What, differences};
use super::sheet::{Field, read};
use super::simulation::SimulationCard;
use crate::clock;
use crate::features::staff_name;
use crate::language::*;
use crate::reactive::{derived, spawn_local};
use crate::replica::{Replica, outbox::Deed, use_replica};
use crate::ui::{Button, Kind, Notice, TextField, Tone};
use crate::words;
use documents::{RulesDraft, Tx, WriteError};
use domain::{base::StaffId, work_points::PointsRules};
use leptos::prelude::*;
use std::collections::BTreeMap;

/// The one draft of a county.
pub(super) const ID: &str = "next";

type Inputs = BTreeMap<Field, RwSignal<String>>;

/// Changes the county's rules; false when the disk or the document refuses.
pub(super) async fn write(
    replica: Replica,
    verb: impl FnOnce(&mut Tx<'_, '_>) -> Result<(), WriteError> + 'static,
) -> bool {
    match replica.on_rules(Box::new(verb)) {
        Some(edit) => replica.save(Deed::Rules, "", vec![edit], None).await.is_ok(),
        None => false,
    }
}

/// The draft as a form, and what becomes of it.
#[component]
pub(super) fn DraftForm(
    /// The draft.
    draft: RulesDraft,
    /// The version it starts from.
    before: PointsRules,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let me = StaffId::new(replica.account().account);
    let inputs: Inputs = Field::of(&draft.rules)
        .into_iter()
        .map(|field| (field, RwSignal::new(field.text(&draft.rules))))
        .collect();
    let wrong = RwSignal::new(Vec::<Field>::new());
    let failed = RwSignal::new(false);
    let saved = RwSignal::new(false);
    let rules = draft.rules.clone();
    let typed = {
        let (inputs, rules) = (inputs.clone(), rules.clone());
        move || read(&rules, inputs.iter().map(|(field, text)| (*field, text.get())), clock::today())
    };
    let valid = derived({
        let typed = typed.clone();
        move || typed().ok()
    });
    let keep = {
        let me = me.clone();
        move |proposed: bool| match typed() {
            Err(fields) => wrong.set(fields),
            Ok(rules) => {
                wrong.set(Vec::new());
                let draft = RulesDraft { rules, by: me.clone(), at: clock::now(), proposed };
                spawn_local(async move {
                    let done = write(replica, move |tx| tx.save_draft_rules(ID, &draft)).await;
                    failed.set(!done);
                    saved.set(done);
                });
            }
        }
    };
    let publish = {
        let rules = draft.rules.clone();
        move |()| {
            let rules = rules.clone();
            spawn_local(async move {
                let verb = move |tx: &mut Tx<'_, '_>| {
                    tx.publish_points_rules(&rules)?;
                    tx.discard_draft_rules(ID)
                };
                failed.set(!write(replica, verb).await);
            });
        }
    };
    let discard = move |()| {
        spawn_local(async move { failed.set(!write(replica, |tx| tx.discard_draft_rules(ID)).await) });
    };
    let by = td_string!(
        i18n,
        rules.draft_by,
        name = staff_name(&draft.by),
        date = words::date(i18n, draft.at.date())
    );
    let ends = if draft.may_be_published_by(&me) {
        view! {
            <Notice title=td_string!(i18n, rules.proposed)>{td_string!(i18n, rules.publish_hint)}</Notice>
            <Button on_press=publish>{td_string!(i18n, rules.publish)}</Button>
        }
        .into_any()
    } else if draft.proposed {
        view! { <Notice title=td_string!(i18n, rules.proposed)>{td_string!(i18n, rules.waits)}</Notice> }
            .into_any()
    } else {
        ().into_any()
    };
    let (save, propose) = (keep.clone(), keep);
    let begun = derived(move || valid.get().map(|draft| differences(&before, &draft)).unwrap_or_default());
    view! {
        <form class="stack" novalidate data-testid="draft" on:submit=move |event| { event.prevent_default(); save(false); }>
            <p class="soft">{by}</p>
            <p>{td_string!(i18n, rules.draft_hint)}</p>
            <Figures inputs rules wrong/>
            <section class="card stack" data-testid="differences">
                <h2>{td_string!(i18n, rules.differences)}</h2>
                {move || changed(i18n, begun.get())}
            </section>
            <SimulationCard draft=valid/>
            <div role="status">
                {move || (!wrong.get().is_empty()).then(|| view! { <Notice tone=Tone::Care>{td_string!(i18n, rules.wrong_figures)}</Notice> })}
                {move || failed.get().then(|| view! { <Notice tone=Tone::Care>{td_string!(i18n, common.failed)}</Notice> })}
                {move || saved.get().then(|| view! { <Notice tone=Tone::Good>{td_string!(i18n, rules.saved)}</Notice> })}
            </div>
            {ends}
            <div class="acts">
                <Button submit=true kind=Kind::Quiet>{td_string!(i18n, rules.save)}</Button>
                <Button kind=Kind::Quiet on_press=move |()| propose(true)>{td_string!(i18n, rules.propose)}</Button>
                <Button kind=Kind::Plain on_press=discard>{td_string!(i18n, rules.discard)}</Button>
            </div>
        </form>
    }
}

/// Every figure of the draft as an input.
#[component]
fn Figures(inputs: Inputs, rules: PointsRules, wrong: RwSignal<Vec<Field>>) -> impl IntoView {
    let i18n = use_i18n();
    let input = move |field: Field, label: String| {
        let value = inputs.get(&field).copied()?;
        let error = derived(move || match (wrong.with(|wrong| wrong.contains(&field)), field) {
            (false, _) => String::new(),
            (true, Field::From) => td_string!(i18n, rules.wrong_from).to_owned(),
            (true, _) => td_string!(i18n, rules.wrong_figure).to_owned(),
        });
        let (kind, mode) = if field == Field::From { ("date", "text") } else { ("text", "decimal") };
        Some(view! { <TextField id=field.id() label value error kind inputmode=mode short=true/> })
    };
    let items = rules.items.iter().enumerate().map(|(place, item)| {
        let title = words::of_pack(i18n, &item.title);
        let unit = words::of_pack(i18n, &item.unit);
        view! {
            <fieldset class="figures-row">
                <legend>{title}</legend>
                {input(Field::Points(place), td_string!(i18n, rules.points_per, unit = unit))}
                {input(Field::CapMonth(place), td_string!(i18n, rules.cap_month).to_owned())}
                {input(Field::CapYear(place), td_string!(i18n, rules.cap_year).to_owned())}
            </fieldset>
        }
    });
    let items = items.collect_view();
    let factors = rules.coefficients.iter().enumerate();
    let factors =
        factors.map(|(place, found)| input(Field::Factor(place), words::of_pack(i18n, &found.title)));
    let factors = factors.collect_view();
    let thresholds = rules.thresholds.iter().enumerate().map(|(place, threshold)| {
        let label = if threshold.names.is_empty() {
            td_string!(i18n, rules.elsewhere).to_owned()
        } else {
            words::list(i18n, threshold.names.clone())
        };
        input(Field::Threshold(place), label)
    });
    let thresholds = thresholds.collect_view();
    view! {
        {input(Field::From, td_string!(i18n, rules.from).to_owned())}
        <h2>{td_string!(i18n, rules.items)}</h2>
        {items}
        <h2>{td_string!(i18n, rules.factors)}</h2>
        <div class="figures-row">{factors}</div>
        <h2>{td_string!(i18n, rules.thresholds)}</h2>
        <div class="figures-row">{thresholds}</div>
    }
}

fn changed(i18n: Language, found: Vec<Difference>) -> AnyView {
    if found.is_empty() {
        return view! { <p class="soft">{td_string!(i18n, rules.no_differences)}</p> }.into_any();
    }
    let none =
        |figure: String| if figure.is_empty() { td_string!(i18n, rules.none).to_owned() } else { figure };
    let rows = found.into_iter().map(|Difference { names, what, before, after }| {
        let title = if names.is_empty() {
            td_string!(i18n, rules.elsewhere).to_owned()
        } else {
            words::list(i18n, names.iter().map(|name| words::of_pack(i18n, name)))
        };
        let what = match what {
            What::Points => td_string!(i18n, rules.what_points),
            What::CapMonth => td_string!(i18n, rules.cap_month),
            What::CapYear => td_string!(i18n, rules.cap_year),
            What::Factor => td_string!(i18n, rules.what_factor),
            What::Threshold => td_string!(i18n, rules.what_threshold),
        };
        let (before, after) = (none(before), none(after));
        view! { <li>{td_string!(i18n, rules.difference, title = title, what = what, before = before, after = after)}</li> }
    });
    view! { <ul class="stack">{rows.collect_view()}</ul> }.into_any()
}
