//! Every account: search, add, change, and all residents of a team to another.

use super::edit::{Edit, Move};
use super::view_model::{Account, FEW, found};
use crate::ask::list;
use crate::features::settings::role_words;
use crate::language::*;
use crate::reactive::{loaded, memo};
use crate::replica::{Replica, use_replica};
use crate::ui::{Button, Empty, Glyph, Kind, Notice, SearchBox, Show, Tag, Tone};
use domain::people::Role;
use leptos::prelude::*;
use serde_json::json;

/// What is open besides the list.
#[derive(Clone, PartialEq, Eq)]
enum Open {
    Nothing,
    Edit(Account),
    Move,
}

/// Returns what is said of an account besides its name: the person, institution and team.
pub(super) fn about(replica: Replica, account: &Account) -> String {
    let catalog = replica.core().catalog();
    let person = catalog.staff.get(&account.account.as_str().into()).map(|staff| staff.name.clone());
    let institution =
        catalog.institutions.get(&account.institution.as_str().into()).map(|found| found.name.clone());
    let team = catalog.teams.get(&account.team.as_str().into()).map(|found| found.name.clone());
    let own = |text: &String| (!text.is_empty()).then(|| text.clone());
    let institution = institution.or_else(|| own(&account.institution));
    let parts = [person, institution, team.or_else(|| own(&account.team))];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// The page.
#[component]
pub fn AccountsPage() -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let asked = RwSignal::new(0);
    let query = RwSignal::new(String::new());
    let all = RwSignal::new(false);
    let open = RwSignal::new(Open::Nothing);
    // Residents are not listed; one is found by the whole name of the account.
    let whole = RwSignal::new(String::new());
    let accounts = loaded(move || {
        asked.track();
        let body = json!({ "account": whole.get() });
        async move { list::<Account>("POST", "/api/accounts/find", &body).await }
    });
    let changed = Callback::new(move |()| asked.update(|times| *times += 1));
    let close = Callback::new(move |()| open.set(Open::Nothing));
    let opened = memo(move || open.get());
    let row = move |account: &Account| {
        let about = about(replica, account);
        let role = role_words(i18n, &Role::from(account.role.as_str()));
        let (disabled, factor, staff) = (account.disabled, account.factor, account.role != "resident");
        let name = account.account.clone();
        let (shown, label) = (name.clone(), td_string!(i18n, people.change_of, name = name.clone()));
        let account = StoredValue::new(account.clone());
        view! {
            <div data-account=name>
                <div>
                    <b>{shown}</b>
                    <span class="soft">{role}</span>
                    <span class="soft">{about}</span>
                    {disabled.then(|| view! { <Tag tone=Tone::Care text=td_string!(i18n, people.disabled)/> })}
                    {(staff && !factor).then(|| view! { <span class="soft">{td_string!(i18n, people.no_factor)}</span> })}
                </div>
                <Button kind=Kind::Quiet label
                    on_press=move |()| open.set(Open::Edit(account.get_value()))>{td_string!(i18n, common.change)}</Button>
            </div>
        }
    };
    view! {
        <header class="bar">
            <h1 class="grow">{td_string!(i18n, people.accounts)}</h1>
            <Button kind=Kind::Quiet icon=Glyph::Plus on_press=move |()| open.set(Open::Edit(Account::default()))>{td_string!(i18n, people.account_add)}</Button>
        </header>
        <Notice>{td_string!(i18n, people.accounts_hint)}</Notice>
        <div class="split even">
            <div class="stack wide">
                <SearchBox label=td_string!(i18n, people.accounts_find) value=query clear=td_string!(i18n, people.clear)/>
                {move || match accounts.get() {
                    None => view! { <p class="soft">{td_string!(i18n, common.loading)}</p> }.into_any(),
                    Some(Err(refusal)) => view! {
                        <Notice>{refusal.words(i18n, |_| None)}</Notice>
                        <div><Button kind=Kind::Quiet on_press=move |()| changed.run(())>{td_string!(i18n, common.again)}</Button></div>
                    }.into_any(),
                    Some(Ok(accounts)) => {
                        replica.track_lists();
                        let found = found(&accounts, &query.get(), |account| about(replica, account));
                        let (count, shown) = (found.len(), if all.get() { found.len() } else { FEW });
                        let rows = found.into_iter().take(shown).map(row).collect_view();
                        view! {
                            {(count == 0).then(|| view! {
                                <Empty icon=Glyph::People title=td_string!(i18n, people.accounts_none)>
                                    <p>{td_string!(i18n, people.accounts_whole)}</p>
                                    <Button kind=Kind::Quiet on_press=move |()| whole.set(query.get_untracked())>{td_string!(i18n, people.accounts_whole_do)}</Button>
                                </Empty>
                            })}
                            {(count > 0).then(|| view! { <div class="sheet settings" data-testid="accounts">{rows}</div> })}
                            {(count > shown).then(|| view! {
                                <Button kind=Kind::Quiet on_press=move |()| all.set(true)>{td_string!(i18n, people.show_all, count = count)}</Button>
                            })}
                        }.into_any()
                    }
                }}
            </div>
            <div class="stack wide">
                {move || match opened.get() {
                    Open::Edit(account) => view! { <Edit account changed close/> }.into_any(),
                    Open::Move => view! { <Move close/> }.into_any(),
                    Open::Nothing => ().into_any(),
                }}
                <Show when=move || opened.get() == Open::Nothing>
                    <section class="sheet pad stack">
                        <h2>{td_string!(i18n, people.move_team)}</h2>
                        <p class="soft">{td_string!(i18n, people.move_team_hint)}</p>
                        <div><Button kind=Kind::Quiet on_press=move |()| open.set(Open::Move)>{td_string!(i18n, people.move_team_ask)}</Button></div>
                    </section>
                </Show>
            </div>
        </div>
    }
}
