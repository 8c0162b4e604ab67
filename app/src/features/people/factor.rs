//! The second factor: a code from another device besides the password.

use crate::ask::{Refusal, ask, text};
use crate::language::*;
use crate::reactive::{loaded, spawn_local};
use crate::ui::{Button, Kind, Notice, Qr, TextField, Tone};
use leptos::prelude::*;
use serde_json::{Value, json};

/// Where setting it up stands.
#[derive(Clone, PartialEq)]
enum Step {
    /// Nothing was begun here.
    Start,
    /// The secret as text and as QR code; a first code is asked for.
    Begun(Value),
    /// The recovery codes, shown this once.
    Confirmed(Vec<String>),
}

/// Sets it up, or gives it up.
#[component]
pub(super) fn FactorCard() -> impl IntoView {
    let i18n = use_i18n();
    let step = RwSignal::new(Step::Start);
    let asked = RwSignal::new(0);
    let (password, code) = (RwSignal::new(String::new()), RwSignal::new(String::new()));
    let error = RwSignal::new(String::new());
    let on = loaded(move || {
        asked.track();
        async {
            ask("GET", "/api/factor", &Value::Null)
                .await
                .map(|found| found.get("on").and_then(Value::as_bool))
        }
    });
    let send = move |method: &'static str, path: &'static str, then: fn(&Value) -> Step| {
        let body = json!({ "password": password.get_untracked(), "code": code.get_untracked() });
        error.set(String::new());
        spawn_local(async move {
            match ask(method, path, &body).await {
                Ok(answer) => {
                    password.set(String::new());
                    code.set(String::new());
                    step.set(then(&answer));
                    asked.update(|times| *times += 1);
                }
                Err(refusal) => error.set(words(i18n, &refusal)),
            }
        });
    };
    let again = move |()| asked.update(|times| *times += 1);
    let key = move || {
        view! {
            <TextField id="factor-password" label=td_string!(i18n, people.password_old) value=password error kind="password"
                autocomplete="current-password"/>
        }
    };
    view! {
        <section class="sheet pad stack" data-testid="factor">
            <h2>{td_string!(i18n, people.factor)}</h2>
            {move || match (step.get(), on.get()) {
                (Step::Confirmed(codes), _) => view! {
                    <Notice tone=Tone::Good title=td_string!(i18n, people.factor_done)>{td_string!(i18n, people.recovery_hint)}</Notice>
                    <ol class="slip" data-testid="recovery">{codes.into_iter().map(|code| view! { <li><b>{code}</b></li> }).collect_view()}</ol>
                    <div class="acts">
                        <Button kind=Kind::Quiet on_press=move |()| drop(window().print())>{td_string!(i18n, people.print)}</Button>
                        <Button on_press=move |()| step.set(Step::Start)>{td_string!(i18n, people.recovery_kept)}</Button>
                    </div>
                }.into_any(),
                (Step::Begun(begun), _) => {
                    let secret = text(&begun, "secret");
                    let qr = begun.get("qr").map(|qr| (text(qr, "path"), qr.get("size").and_then(Value::as_i64).unwrap_or(1)));
                    view! {
                        <p>{td_string!(i18n, people.factor_scan)}</p>
                        {qr.map(|(path, size)| view! { <Qr path size label=td_string!(i18n, people.factor_qr)/> })}
                        <p class="soft">{td_string!(i18n, people.factor_type)}</p>
                        <p class="slip"><b data-testid="secret">{secret}</b></p>
                        <form class="stack" novalidate on:submit=move |event| {
                            event.prevent_default();
                            send("POST", "/api/factor/confirm", confirmed);
                        }>
                            <TextField id="factor-code" label=td_string!(i18n, people.factor_code) value=code error inputmode="numeric"
                                autocomplete="one-time-code"/>
                            <div class="acts">
                                <Button submit=true>{td_string!(i18n, people.factor_confirm)}</Button>
                                <Button kind=Kind::Plain on_press=move |()| step.set(Step::Start)>{td_string!(i18n, common.cancel)}</Button>
                            </div>
                        </form>
                    }.into_any()
                }
                (Step::Start, None) => view! { <p class="soft">{td_string!(i18n, common.loading)}</p> }.into_any(),
                (Step::Start, Some(Err(refusal))) => view! {
                    <Notice>{words(i18n, &refusal)}</Notice>
                    <div><Button kind=Kind::Quiet on_press=again>{td_string!(i18n, common.again)}</Button></div>
                }.into_any(),
                (Step::Start, Some(Ok(Some(true)))) => view! {
                    <p>{td_string!(i18n, people.factor_on)}</p>
                    <form class="stack" novalidate on:submit=move |event| {
                        event.prevent_default();
                        send("DELETE", "/api/factor", |_| Step::Start);
                    }>
                        {key()}
                        <TextField id="factor-code" label=td_string!(i18n, people.factor_code) value=code inputmode="numeric"
                            autocomplete="one-time-code"/>
                        <div><Button kind=Kind::Quiet submit=true>{td_string!(i18n, people.factor_off)}</Button></div>
                    </form>
                }.into_any(),
                (Step::Start, Some(Ok(_))) => view! {
                    <p class="soft">{td_string!(i18n, people.factor_why)}</p>
                    <form class="stack" novalidate on:submit=move |event| {
                        event.prevent_default();
                        send("POST", "/api/factor", |begun| Step::Begun(begun.clone()));
                    }>
                        {key()}
                        <div><Button kind=Kind::Quiet submit=true>{td_string!(i18n, people.factor_begin)}</Button></div>
                    </form>
                }.into_any(),
            }}
        </section>
    }
}

fn confirmed(answer: &Value) -> Step {
    let codes = answer.get("recovery").and_then(Value::as_array);
    let codes = codes.into_iter().flatten().filter_map(Value::as_str).map(str::to_owned);
    Step::Confirmed(codes.collect())
}

fn words(i18n: Language, refusal: &Refusal) -> String {
    refusal.words(i18n, |word| match word {
        "password" => Some(td_string!(i18n, people.password_wrong)),
        "code" => Some(td_string!(i18n, people.factor_code_wrong)),
        _ => None,
    })
}
