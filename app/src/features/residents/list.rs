//! The list of residents, found as one types.

use super::search::{MOST, find};
use crate::clock;
use crate::features::sync::SyncStatus;
use crate::language::*;
use crate::reactive::{effect, memo};
use crate::replica::{rows::Row, use_replica};
use crate::ui::{Empty, Glyph, SearchBox, Tag, Tone};
use crate::words;
use leptos::prelude::*;

/// A resident's name with what must not be overlooked: age, allergies, key groups.
#[component]
pub fn Name(
    /// Whom.
    row: Row,
) -> impl IntoView {
    let i18n = use_i18n();
    let age = row.birth_date.map(|birth| td_string!(i18n, common.age, years = clock::today().age_of(birth)));
    let about = format!("{} {}", age.unwrap_or_default(), words::sex(i18n, &row.sex));
    let allergies =
        row.allergies.iter().map(|substance| td_string!(i18n, residents.allergic, to = substance.clone()));
    view! {
        <div class="who">
            <a class="cover" href=format!("/residents/{}", row.subject)><b>{row.name.clone()}</b></a>
            " "{about}
            {allergies.map(|text| view! { <Tag tone=Tone::Life text/> }).collect_view()}
            {row.key_groups.iter().map(|group| view! { <Tag text=words::group(i18n, group)/> }).collect_view()}
        </div>
    }
}

/// Those whom a query finds.
#[component]
pub fn Found(
    /// What was typed.
    #[prop(into)]
    query: Signal<String>,
    /// Takes how many were found, in words.
    words: RwSignal<String>,
) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let found = memo(move || {
        replica.track_lists();
        replica.core().index(|index| {
            let (total, rows) = find(index.rows().map(|(_, row)| row), query.get().trim());
            (total, rows.into_iter().cloned().collect::<Vec<Row>>())
        })
    });
    effect(move || {
        let empty = query.with(|query| query.trim().is_empty());
        let text = if empty {
            String::new()
        } else {
            td_string!(i18n, today.found, count = found.with(|found| found.0))
        };
        words.set(text);
    });
    view! {
        {move || {
            let (total, rows) = found.get();
            if rows.is_empty() {
                return view! { <Empty icon=Glyph::Find title=td_string!(i18n, today.none_found)/> }.into_any();
            }
            view! {
                <div class="sheet rows plain" data-testid="found">
                    {rows.into_iter().map(|row| view! { <Line row/> }).collect_view()}
                </div>
                {(total > MOST).then(|| view! { <p class="soft">{td_string!(i18n, residents.more, count = total - MOST)}</p> })}
            }.into_any()
        }}
    }
}

#[component]
fn Line(row: Row) -> impl IntoView {
    let i18n = use_i18n();
    let last = row.pressures.first().map(|(date, pressure)| {
        td_string!(
            i18n,
            today.last_pressure,
            date = words::short_date(i18n, *date),
            pressure = pressure.to_string()
        )
    });
    let contract = match &row.contract {
        Some(contract) if !contract.terminated && contract.until >= clock::today() => {
            td_string!(i18n, residents.contract_until, date = words::short_date(i18n, contract.until))
        }
        _ => td_string!(i18n, residents.no_contract).to_owned(),
    };
    let about = format!("{} · {contract}", row.village);
    view! {
        <article>
            <Name row/>
            <div class="why">{about}" "{last}</div>
        </article>
    }
}

/// The page of all residents.
#[component]
pub fn Residents() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let query = RwSignal::new(String::new());
    let found = RwSignal::new(String::new());
    let total = move || {
        replica.track_lists();
        replica.core().index(|index| index.rows().count())
    };
    view! {
        <header class="bar">
            <div class="grow">
                <h1>{td_string!(i18n, residents.title)}</h1>
                <div class="soft">{move || td_string!(i18n, residents.count, count = total())}</div>
            </div>
            <SyncStatus/>
        </header>
        <SearchBox label=td_string!(i18n, today.search) clear=td_string!(i18n, today.clear) value=query found/>
        <Found query words=found/>
    }
}
