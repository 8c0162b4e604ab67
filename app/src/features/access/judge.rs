//! For managers: whether an emergency was one.

use super::view_model::Grant;
use super::{staff_name, words};
use crate::ask::ask;
use crate::language::*;
use crate::reactive::spawn_local;
use crate::ui::{Button, Kind, Notice, Show};
use crate::words::date_time;
use leptos::prelude::*;
use serde_json::json;

/// The emergencies of the own institution; nothing for those who do not judge.
#[component]
pub(super) fn Judged(judged: Vec<Grant>, asked: RwSignal<i32>) -> impl IntoView {
    let i18n = use_i18n();
    let said = RwSignal::new(String::new());
    let judge = move |id: String, verdict: &'static str| {
        spawn_local(async move {
            if let Err(refusal) =
                ask("POST", "/api/emergency/verdict", &json!({ "id": id, "verdict": verdict })).await
            {
                said.set(words(i18n, &refusal));
            }
            asked.update(|times| *times += 1);
        });
    };
    let row = move |grant: Grant| {
        let id = StoredValue::new(grant.id);
        let verdict = match grant.verdict.as_str() {
            "justified" => Some(td_string!(i18n, access.justified)),
            "unjustified" => Some(td_string!(i18n, access.unjustified)),
            _ => None,
        };
        view! {
            <div>
                <div>
                    <b>{staff_name(&grant.reader)}</b>
                    <span class="soft">{grant.purpose}</span><span class="soft">{date_time(i18n, grant.given)}</span>
                </div>
                {match verdict {
                    Some(verdict) => view! { <span class="tag">{verdict}</span> }.into_any(),
                    None => view! {
                        <div class="acts">
                            <Button kind=Kind::Quiet on_press=move |()| judge(id.get_value(), "justified")>{td_string!(i18n, access.judge_right)}</Button>
                            <Button kind=Kind::Quiet on_press=move |()| judge(id.get_value(), "unjustified")>{td_string!(i18n, access.judge_wrong)}</Button>
                        </div>
                    }.into_any(),
                }}
            </div>
        }
    };
    (!judged.is_empty()).then(|| {
        view! {
            <section class="sheet" data-testid="judged">
                <div class="pad"><h2>{td_string!(i18n, access.judge)}</h2></div>
                <Show when=move || !said.get().is_empty()><Notice>{said}</Notice></Show>
                <div class="settings">{judged.into_iter().map(row).collect_view()}</div>
            </section>
        }
    })
}
