//! One account: what it is, and what can be done to it.

use super::view_model::Account;
use crate::ask::{Refusal, ask, text};
use crate::features::settings::role_words;
use crate::language::*;
use crate::reactive::{derived, spawn_local};
use crate::replica::{Replica, use_replica};
use crate::ui::{Button, Dialog, Kind, Notice, SelectField, Show, TextField, Tone};
use domain::people::Role;
use leptos::prelude::*;
use serde_json::json;

type Options = Vec<(String, String)>;

fn nothing(i18n: Language) -> (String, String) {
    (String::new(), td_string!(i18n, people.none).to_owned())
}

/// Returns the teams of the county, or of one institution.
fn teams(i18n: Language, replica: Replica, institution: Option<&str>) -> Options {
    let catalog = replica.core().catalog();
    let of = |found: &str| institution.is_none_or(|wanted| wanted.is_empty() || wanted == found);
    let teams = catalog.teams.values().filter(|team| of(team.institution.as_str()));
    let named = teams.map(|team| (team.id.to_string(), team.name.clone()));
    std::iter::once(nothing(i18n)).chain(named).collect()
}

fn words(i18n: Language, refusal: &Refusal) -> String {
    refusal.words(i18n, |word| match word {
        "exists" => Some(td_string!(i18n, people.account_exists)),
        "form" => Some(td_string!(i18n, people.account_form)),
        "missing" => Some(td_string!(i18n, people.nobody_serves)),
        _ => None,
    })
}

/// Adds an account, or changes one.
#[component]
pub(super) fn Edit(account: Account, changed: Callback<()>, close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let new = account.account.is_empty();
    let resident = account.role == "resident";
    let (disabled, factor) = (account.disabled, account.factor);
    let heading = if new { td_string!(i18n, people.account_add).to_owned() } else { account.account.clone() };
    let name = RwSignal::new(account.account);
    let first = if new { "village_doctor".to_owned() } else { account.role };
    let role = RwSignal::new(first);
    let institution = RwSignal::new(account.institution);
    let team = RwSignal::new(account.team);
    let (error, said) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let code = RwSignal::new(None::<String>);
    let act = move |act: &'static str| {
        error.set(String::new());
        said.set(String::new());
        let body = json!({
            "act": act,
            "account": name.get_untracked().trim(),
            "role": role.get_untracked(),
            "institution": institution.get_untracked(),
            "team": team.get_untracked(),
        });
        spawn_local(async move {
            match ask("POST", "/api/accounts", &body).await {
                Ok(answer) => {
                    code.set(Some(text(&answer, "code")).filter(|code| !code.is_empty()));
                    said.set(td_string!(i18n, people.done).to_owned());
                    changed.run(());
                }
                Err(refusal) => error.set(words(i18n, &refusal)),
            }
        });
    };
    let staff = Role::KNOWN.iter().filter(|role| **role != Role::Resident);
    let roles: Options =
        staff.map(|role| (role.as_str().to_owned(), role_words(i18n, role).to_owned())).collect();
    let institutions = derived(move || {
        replica.track_lists();
        let catalog = replica.core().catalog();
        let named = catalog.institutions.values().map(|found| (found.id.to_string(), found.name.clone()));
        std::iter::once(nothing(i18n)).chain(named).collect::<Options>()
    });
    let teams = derived(move || {
        replica.track_lists();
        teams(i18n, replica, Some(&institution.get()))
    });
    view! {
        <section class="sheet pad stack" data-testid="edit">
            <h2>{heading}</h2>
            {new.then(|| view! { <TextField id="edit-name" label=td_string!(i18n, door.account) hint=td_string!(i18n, people.account_hint) value=name/> })}
            {(!resident).then(|| view! {
                <SelectField id="edit-role" label=td_string!(i18n, settings.role) options=roles value=role/>
                <SelectField id="edit-institution" label=td_string!(i18n, settings.institution) options=institutions value=institution/>
                <SelectField id="edit-team" label=td_string!(i18n, settings.team) options=teams value=team/>
                <Button on_press=move |()| act(if new { "add" } else { "change" })>
                    {if new { td_string!(i18n, people.account_add) } else { td_string!(i18n, people.account_save) }}
                </Button>
            })}
            <Show when=move || !error.get().is_empty()><Notice tone=Tone::Care>{error}</Notice></Show>
            <Show when=move || !said.get().is_empty()><Notice tone=Tone::Good>{said}</Notice></Show>
            {move || code.get().map(|code| {
                let (first, second) = code.split_at_checked(5).unwrap_or((&code, ""));
                view! {
                    <p>{td_string!(i18n, people.reset_given)}</p>
                    <p class="slip num"><b data-testid="code">{format!("{first} {second}")}</b></p>
                }
            })}
            {(!new).then(|| view! {
                <div class="acts">
                    <Button kind=Kind::Quiet on_press=move |()| act("reset")>{td_string!(i18n, people.reset)}</Button>
                    <Button kind=Kind::Quiet on_press=move |()| act("sign_out")>{td_string!(i18n, people.sign_out_everywhere)}</Button>
                    {factor.then(|| view! {
                        <Button kind=Kind::Quiet on_press=move |()| act("drop_factor")>{td_string!(i18n, people.drop_factor)}</Button>
                    })}
                    <Button kind=Kind::Quiet on_press=move |()| act(if disabled { "enable" } else { "disable" })>
                        {if disabled { td_string!(i18n, people.enable) } else { td_string!(i18n, people.disable) }}
                    </Button>
                </div>
            })}
            <div><Button kind=Kind::Plain on_press=move |()| close.run(())>{td_string!(i18n, people.close)}</Button></div>
        </section>
    }
}

/// Gives all residents of a team to another one, after a question.
#[component]
pub(super) fn Move(close: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let replica = use_replica();
    let (from, to) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let (error, said) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let sure = RwSignal::new(false);
    let options = derived(move || {
        replica.track_lists();
        teams(i18n, replica, None)
    });
    let ask_first = move |()| {
        let (from, to) = (from.get_untracked(), to.get_untracked());
        if from.is_empty() || to.is_empty() || from == to {
            error.set(td_string!(i18n, people.move_team_choose).to_owned());
        } else {
            error.set(String::new());
            sure.set(true);
        }
    };
    let go = move |()| {
        sure.set(false);
        let body = json!({ "from": from.get_untracked(), "team": to.get_untracked() });
        spawn_local(async move {
            match ask("POST", "/api/transfer", &body).await {
                Ok(_) => said.set(td_string!(i18n, people.done).to_owned()),
                Err(refusal) => error.set(words(i18n, &refusal)),
            }
        });
    };
    view! {
        <section class="sheet pad stack" data-testid="move">
            <h2>{td_string!(i18n, people.move_team)}</h2>
            <SelectField id="move-from" label=td_string!(i18n, people.move_from) options value=from/>
            <SelectField id="move-to" label=td_string!(i18n, people.move_to) options value=to/>
            <Show when=move || !error.get().is_empty()><Notice tone=Tone::Care>{error}</Notice></Show>
            <Show when=move || !said.get().is_empty()><Notice tone=Tone::Good>{said}</Notice></Show>
            <div class="acts">
                <Button kind=Kind::Plain on_press=move |()| close.run(())>{td_string!(i18n, people.close)}</Button>
                <Button on_press=ask_first>{td_string!(i18n, people.move_team_ask)}</Button>
            </div>
            <Dialog open=sure title=td_string!(i18n, people.move_team) id="move-title">
                <p>{td_string!(i18n, people.move_team_sure)}</p>
                <div class="acts">
                    <Button kind=Kind::Plain on_press=move |()| sure.set(false)>{td_string!(i18n, common.cancel)}</Button>
                    <Button kind=Kind::Risk on_press=go>{td_string!(i18n, people.move_team_do)}</Button>
                </div>
            </Dialog>
        </section>
    }
}
