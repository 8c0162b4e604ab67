//! Whose screens these are: an account may stand for several residents, a parent or a child.

use crate::features::people::{keep_bonds, kept_bonds, relation_words};
use crate::features::sync::SyncStatus;
use crate::language::*;
use crate::reactive::{derived, loaded, spawn_local};
use crate::replica::{Replica, files::ResidentFile, use_replica};
use crate::ui::{Empty, Glyph, Segments, Show};
use leptos::prelude::*;
use std::rc::Rc;

/// The residents of this account, and the one chosen.
#[derive(Clone, Copy)]
pub struct Chosen {
    subjects: RwSignal<Vec<String>>,
    place: RwSignal<usize>,
    /// Whose record is somebody else's, and what whoever acts is to them.
    relations: RwSignal<Vec<(String, String)>>,
}

impl Chosen {
    /// Returns the subject that is shown, if the account has any.
    pub fn subject(self) -> Option<String> {
        let place = self.place.get();
        self.subjects.with(|subjects| subjects.get(place).cloned())
    }

    /// Returns what the account is to the resident that is shown; nothing for oneself.
    pub fn relation(self) -> Option<String> {
        let subject = self.subject()?;
        self.relations
            .with(|all| all.iter().find(|(of, _)| *of == subject).map(|(_, relation)| relation.clone()))
    }

    /// Takes that the account acts for these from now on; the one that is shown stays if it is among them.
    pub fn become_those(self, subjects: Vec<String>) {
        let shown = untrack(|| self.subject());
        let place = subjects.iter().position(|subject| Some(subject) == shown.as_ref());
        self.subjects.set(subjects);
        self.place.set(place.unwrap_or_default());
    }
}

/// Remembers the choice for all pages of the open app.
pub fn provide_chosen(replica: Replica) {
    let account = replica.account();
    let several = account.residents.len() > 1;
    let relations = RwSignal::new(Vec::new());
    provide_context(Chosen {
        subjects: RwSignal::new(account.residents),
        place: RwSignal::new(0),
        relations,
    });
    if several {
        spawn_local(async move {
            let bonds = match keep_bonds(replica).await {
                Ok(bonds) => bonds,
                Err(_) => kept_bonds(replica).await,
            };
            let others = bonds.into_iter().filter(|bond| bond.account == account.account && !bond.own());
            relations.set(others.map(|bond| (bond.subject, bond.relation)).collect());
        });
    }
}

/// Returns the choice.
///
/// # Panics
/// Outside the open app, as `use_replica` does.
pub fn use_chosen() -> Chosen {
    expect_context::<Chosen>()
}

/// A page about the chosen resident: heading, sync state, whose it is, and what `inside` makes of their documents.
pub fn about(
    title: Signal<String>,
    inside: impl Fn(Rc<ResidentFile>) -> AnyView + Copy + Send + 'static,
) -> impl IntoView {
    let (replica, chosen) = (use_replica(), use_chosen());
    let file = loaded(move || {
        let subject = chosen.subject();
        // The doctor's number and the packages are in the catalog.
        replica.track_lists();
        async move {
            match subject {
                Some(subject) => replica.resident(&subject).await.ok().flatten(),
                None => None,
            }
        }
    });
    let name = derived(move || file.get().flatten().map(|file| file.person.name.clone()).unwrap_or_default());
    framed(title, name, move || Some(file.get()?.map(inside)))
}

/// A page of a resident: heading, sync state, whose it is, and `body`, which is nothing while it is read, and nobody where
/// this device does not have them.
pub fn framed(
    title: Signal<String>,
    name: Signal<String>,
    body: impl Fn() -> Option<Option<AnyView>> + Send + 'static,
) -> impl IntoView {
    let (i18n, chosen) = (use_i18n(), use_chosen());
    view! {
        <div class="resident-home stack wide">
            <header class="bar">
                <div class="grow"><h1>{title}</h1><div class="soft">{name}</div></div>
                <SyncStatus/>
            </header>
            <Switch chosen/>
            {move || chosen.relation().map(|relation| {
                let words = td_string!(i18n, people.acting_now, relation = relation_words(i18n, &relation));
                view! { <p class="soft" data-testid="acting-now">{words}</p> }
            })}
            {move || match body() {
                None => view! { <p class="soft">{td_string!(i18n, common.loading)}</p> }.into_any(),
                Some(Some(inside)) => inside,
                Some(None) if chosen.subject().is_none() => view! {
                    <Empty icon=Glyph::Me title=td_string!(i18n, home.nobody)><p>{td_string!(i18n, home.nobody_hint)}</p></Empty>
                }.into_any(),
                Some(None) => view! {
                    <Empty icon=Glyph::Sync title=td_string!(i18n, home.not_here)><p>{td_string!(i18n, home.not_here_hint)}</p></Empty>
                }.into_any(),
            }}
        </div>
    }
}

/// Changes to another resident of the account; nothing with one.
#[component]
fn Switch(chosen: Chosen) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let options = derived(move || {
        replica.track_lists();
        let name = |subject: &String| {
            replica.core().index(|index| {
                index.entry(subject).and_then(|entry| entry.row.as_ref()).map(|row| row.name.clone())
            })
        };
        let subjects = chosen.subjects.get();
        let named = subjects
            .iter()
            .enumerate()
            .map(|(place, subject)| (place.to_string(), name(subject).unwrap_or_default()));
        named.collect::<Vec<_>>()
    });
    view! {
        <Show when=move || chosen.subjects.with(|subjects| subjects.len() > 1)>
            <Segments label=td_string!(i18n, home.whose) options
                chosen=derived(move || chosen.place.get().to_string())
                on_choose=move |place: String| chosen.place.set(place.parse().unwrap_or(0))/>
        </Show>
    }
}
