//! What to do about a condition, for this resident, here.

use super::page::Flow;
use crate::guide::use_guide;
use crate::language::*;
use crate::reactive::loaded;
use crate::ui::{Notice, Tone};
use crate::words::decision;
use guide::{Condition, Reply, Request};
use leptos::prelude::*;

/// The condition in full.
#[component]
pub fn ConditionInFull(
    /// The visit.
    flow: Flow,
    /// The condition's id.
    id: String,
) -> impl IntoView {
    let i18n = use_i18n();
    let guide = use_guide();
    let id = StoredValue::new(id);
    let found = loaded(move || {
        let (id, case) = (id.get_value(), flow.consult.case.get());
        async move {
            match guide.ask(Request::Condition { id, case }).await {
                Ok(Reply::Condition(found)) => found,
                _ => None,
            }
        }
    });
    view! {
        {move || found.get().map(|found| match found {
            Some(condition) => in_full(i18n, condition),
            None => view! { <p class="soft">{td_string!(i18n, complaint.condition_missing)}</p> }.into_any(),
        })}
    }
}

fn in_full(i18n: Language, condition: Condition) -> AnyView {
    let Condition { here, elsewhere, management, against, referral, follow_up, safety_net, sources, .. } =
        condition;
    let one = |text: String| if text.is_empty() { Vec::new() } else { vec![text] };
    let sources: Vec<String> = sources.iter().map(|source| decision::cited(i18n, source)).collect();
    let parts = [
        (td_string!(i18n, complaint.management), management),
        (td_string!(i18n, complaint.here), here),
        (td_string!(i18n, complaint.elsewhere), elsewhere),
        (td_string!(i18n, complaint.referral), one(referral)),
        (td_string!(i18n, complaint.follow_up), one(follow_up)),
        (td_string!(i18n, complaint.safety_net), one(safety_net)),
        (td_string!(i18n, complaint.sources), sources),
    ];
    let warned = (!against.is_empty()).then(|| {
        view! {
            <Notice tone=Tone::Care title=td_string!(i18n, complaint.against_record)>{list(against)}</Notice>
        }
    });
    let rows = parts.into_iter().filter(|(_, lines)| !lines.is_empty()).map(|(title, lines)| {
        view! { <div><dt>{title}</dt><dd>{list(lines)}</dd></div> }
    });
    view! { {warned}<dl class="in-full">{rows.collect_view()}</dl> }.into_any()
}

fn list(lines: Vec<String>) -> AnyView {
    lines.into_iter().map(|line| view! { <p>{line}</p> }).collect_view().into_any()
}
