//! Findings to tap, by a part of a word or its pinyin initials.

use super::{
    asking::{Answered, AskingEvent},
    draft::Event,
    page::Flow,
};
use crate::guide::use_guide;
use crate::language::*;
use crate::reactive::{derived, loaded};
use crate::ui::{Chip, Chips, SearchBox};
use guide::{Finding, Reply, Request, State};
use leptos::prelude::*;

/// A search among findings; what is tapped is present.
#[component]
pub fn FindingsToTap(
    /// The visit.
    flow: Flow,
) -> impl IntoView {
    let i18n = use_i18n();
    let value = RwSignal::new(String::new());
    let guide = use_guide();
    let found = loaded(move || {
        let text = value.get().trim().to_owned();
        let case = flow.consult.case.get_untracked();
        async move {
            if text.is_empty() {
                return Vec::new();
            }
            match guide.ask(Request::Findings { text, case }).await {
                Ok(Reply::Findings(found)) => found,
                _ => Vec::new(),
            }
        }
    });
    let listed = move || match value.with(|text| text.trim().is_empty()) {
        true => Vec::new(),
        false => found.get().unwrap_or_default(),
    };
    let options = derived(move || {
        listed().into_iter().map(|found: Finding| Chip::new(found.id, found.name)).collect::<Vec<_>>()
    });
    let chosen = derived(move || {
        flow.draft.with(|draft| {
            let present = draft.asking.answers.iter().filter(|known| known.state == State::Present);
            present.map(|known| known.finding.clone()).collect::<Vec<_>>()
        })
    });
    let toggle = move |finding: String| {
        let known = flow.draft.with_untracked(|draft| {
            draft.asking.answer(&finding).is_some_and(|known| known.state == State::Present)
        });
        let event = match known {
            true => AskingEvent::Forget(finding),
            false => {
                let name = untrack(listed).into_iter().find(|found| found.id == finding);
                let Some(Finding { name, .. }) = name else { return };
                AskingEvent::Answer(Answered { finding, name, state: State::Present, asked: false })
            }
        };
        flow.send(Event::Asking(event));
    };
    let count = derived(move || {
        if value.with(|text| text.trim().is_empty()) {
            return String::new();
        }
        match listed().len() {
            0 => td_string!(i18n, complaint.found_none).to_owned(),
            count => td_string!(i18n, complaint.found, count = count),
        }
    });
    view! {
        <details class="reason" data-testid="tap">
            <summary>{td_string!(i18n, complaint.tap)}</summary>
            <div>
                <SearchBox label=td_string!(i18n, complaint.search) value found=count clear=td_string!(i18n, complaint.clear)/>
                <Chips label=td_string!(i18n, complaint.tap) options chosen on_toggle=toggle/>
            </div>
        </details>
    }
}
