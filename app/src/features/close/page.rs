//! The page on which a month of an institution is closed, and looked at ever after.

use super::closed::ClosedMonth;
use super::open::OpenMonth;
use super::people::month_words;
use super::view_model::{months, next_month};
use crate::clock;
use crate::features::sync::SyncStatus;
use crate::language::*;
use crate::reactive::{loaded, memo};
use crate::replica::{
    Replica,
    closing::{KnownClose, Ledger},
    use_replica,
};
use crate::shell::Role;
use crate::ui::{Notice, SelectField, Show, Tone};
use domain::{
    base::{Date, InstitutionId, Period},
    work_points::Close,
};
use leptos::prelude::*;

/// Who closes months of an institution; consortium managers look at them.
const CLOSER: &str = "institution_manager";

/// What the page is made of.
#[derive(Clone, PartialEq)]
pub(super) struct Books {
    /// Whose months.
    pub(super) institution: InstitutionId,
    /// What they are reckoned from.
    pub(super) ledger: Ledger,
    /// Those that were closed.
    pub(super) closes: Vec<KnownClose>,
}

impl Books {
    /// Returns the months that the server has as closed.
    pub(super) fn confirmed(&self) -> Vec<Close> {
        let confirmed = self.closes.iter().filter(|known| known.confirmed);
        confirmed.map(|known| known.closed.close.clone()).collect()
    }
}

/// Writes a month into an address or a list: `2026-10`.
#[must_use]
pub fn month_value(month: Period) -> String {
    format!("{:04}-{:02}", month.from.year(), month.from.month())
}

/// Reads a month from an address or a list.
#[must_use]
pub fn read_month(value: &str) -> Option<Period> {
    format!("{value}-01").parse::<Date>().ok().map(Period::month_of)
}

/// Returns the name of an institution; its id where the catalog does not have it.
pub(super) fn place_name(institution: &InstitutionId) -> String {
    let catalog = use_replica().core().catalog();
    catalog.institutions.get(institution).map_or_else(|| institution.to_string(), |place| place.name.clone())
}

async fn read(replica: Replica, institution: InstitutionId) -> Option<Books> {
    let closes = replica.closes(&institution).await.ok()?;
    let year = clock::today().year();
    let people = replica.claimants_of(&institution);
    let ledger = replica.ledger(&people, &[year - 1, year], None).await.ok()??;
    Some(Books { institution, ledger, closes })
}

/// The page.
#[component]
pub fn ClosePage() -> impl IntoView {
    let i18n = use_i18n();
    if expect_context::<Role>() != Role::Manager {
        return view! { <Notice>{td_string!(i18n, close.not_manager)}</Notice> }.into_any();
    }
    let replica = use_replica();
    let account = replica.account();
    let own = account.role == CLOSER;
    let place = RwSignal::new(account.institution);
    let places = memo(move || {
        replica.track_lists();
        let catalog = replica.core().catalog();
        let with_claims = catalog.institutions.keys().filter(|id| !replica.claimants_of(id).is_empty());
        with_claims.map(|id| (id.to_string(), place_name(id))).collect::<Vec<_>>()
    });
    // Who looks at others' months begins with the first institution that has any.
    let shown = memo(move || {
        let (chosen, places) = (place.get(), places.get());
        let known = own || places.iter().any(|(id, _)| *id == chosen);
        let first = || places.first().map(|(id, _)| id.clone()).unwrap_or_default();
        InstitutionId::new(if known { chosen } else { first() })
    });
    let found = loaded(move || {
        replica.track_lists();
        // What the server confirms changes no list.
        let _ = replica.state().get();
        read(replica, shown.get())
    });
    let books = memo(move || found.get());
    let month = RwSignal::new(String::new());
    view! {
        <header class="bar">
            <div class="grow">
                <h1>{td_string!(i18n, close.title)}</h1>
                <div class="soft">{move || place_name(&shown.get())}</div>
            </div>
            <SyncStatus/>
        </header>
        <Show when=move || !own && (places.with(Vec::len) > 1)>
            <SelectField id="institution" label=td_string!(i18n, close.institution) options=places value=place/>
        </Show>
        {move || match books.get() {
            None => view! { <div class="skeleton" aria-hidden="true"><i></i><i></i><i></i></div> }.into_any(),
            Some(None) => view! { <Notice tone=Tone::Care>{td_string!(i18n, close.failed)}</Notice> }.into_any(),
            Some(Some(books)) => view! { <Months books own month/> }.into_any(),
        }}
    }
    .into_any()
}

#[component]
fn Months(books: Books, own: bool, month: RwSignal<String>) -> impl IntoView {
    let i18n = use_i18n();
    let rules = use_replica().core().rules();
    let today = clock::today();
    let all = months(&rules.points, today);
    if rules.points.is_empty() || all.is_empty() {
        return view! { <Notice>{td_string!(i18n, points.not_received)}</Notice> }.into_any();
    }
    if month.with_untracked(String::is_empty)
        && let Some(next) = next_month(&books.ledger, &books.closes, &all, today)
    {
        month.set(month_value(next));
    }
    let option = |of: &Period| {
        let known = books.closes.iter().find(|known| known.closed.close.month == *of);
        let name = month_words(i18n, *of);
        let said = if known.is_some_and(|known| known.confirmed) {
            td_string!(i18n, close.month_closed, month = name)
        } else {
            name
        };
        (month_value(*of), said)
    };
    let options: Vec<(String, String)> = all.iter().map(option).collect();
    let books = StoredValue::new(books);
    let shown = move || {
        let Some(chosen) = month.with(|month| read_month(month)) else { return ().into_any() };
        let books = books.get_value();
        let known = books.closes.iter().find(|known| known.closed.close.month == chosen).cloned();
        match known {
            Some(known) => view! { <ClosedMonth books known/> }.into_any(),
            None => view! { <OpenMonth books month=chosen own/> }.into_any(),
        }
    };
    view! {
        <div class="only-screen"><SelectField id="month" label=td_string!(i18n, close.month) options value=month/></div>
        {shown}
    }
    .into_any()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_in_an_address_reads_back() {
        let month = Period::month_of(Date::new(2026, 2, 14).unwrap());
        assert_eq!(month_value(month), "2026-02");
        assert_eq!(read_month("2026-02"), Some(month));
        for wrong in ["", "2026", "2026-13", "2026-02-01"] {
            assert_eq!(read_month(wrong), None, "{wrong}");
        }
    }
}
