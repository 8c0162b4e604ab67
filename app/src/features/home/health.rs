//! The resident's pressures: chart, table, and each with what it means.

use super::{
    chosen::about,
    view_model::{Judged, judged},
    words::was,
};
use crate::features::{charts::PressureChart, files::Files, staff_name};
use crate::language::*;
use crate::replica::files::ResidentFile;
use crate::ui::{Button, ButtonLink, Empty, Glyph, Kind, Show, Tag};
use crate::words;
use domain::measurements::hypertension_rules;
use leptos::prelude::*;
use std::rc::Rc;

/// How many are listed before somebody asks for all.
const SHOWN: usize = 6;

/// The page.
#[component]
pub fn Health() -> impl IntoView {
    let i18n = use_i18n();
    about(Signal::stored(td_string!(i18n, home.health).to_owned()), inside)
}

fn inside(file: Rc<ResidentFile>) -> AnyView {
    let i18n = use_i18n();
    let all = hypertension_rules().map(|pack| judged(&file, pack)).unwrap_or_default();
    let record = move || {
        view! {
            <ButtonLink href="/home/reading" icon=Glyph::Heart wide=true>{td_string!(i18n, home.record)}</ButtonLink>
        }
    };
    let attached = file.record.attachments.iter().any(|attachment| attachment.voided.is_none());
    let subject = file.person.subject.to_string();
    let files = attached.then(|| view! { <Files subject writable=false/> });
    if all.is_empty() {
        return view! {
            <Empty icon=Glyph::Heart title=td_string!(i18n, home.none)><p>{td_string!(i18n, home.no_pressure_hint)}</p></Empty>
            {record()}
            {files}
        }
        .into_any();
    }
    view! { {record()}<PressureChart file/><List all/>{files} }.into_any()
}

#[component]
fn List(all: Vec<Judged>) -> impl IntoView {
    let i18n = use_i18n();
    let whole = RwSignal::new(false);
    let total = all.len();
    let all = StoredValue::new(all);
    let shown = move || {
        all.with_value(|all| {
            all.iter().take(if whole.get() { total } else { SHOWN }).cloned().collect::<Vec<_>>()
        })
    };
    view! {
        <section class="stack">
            <h2>{td_string!(i18n, home.list)}</h2>
            <div class="sheet rows plain">{move || shown().into_iter().map(|judged| view! { <Line judged/> }).collect_view()}</div>
            <Show when=move || !whole.get() && (total > SHOWN)>
                <Button kind=Kind::Quiet on_press=move |()| whole.set(true)>{td_string!(i18n, home.show_all, count = total)}</Button>
            </Show>
        </section>
    }
}

#[component]
fn Line(judged: Judged) -> impl IntoView {
    let i18n = use_i18n();
    let (hour, minute) = judged.at.hour_minute();
    let date = words::short_date(i18n, judged.at.date());
    let who = match &judged.by {
        Some(staff) => td_string!(i18n, home.by, name = staff_name(staff)),
        None => td_string!(i18n, home.at_home).to_owned(),
    };
    view! {
        <article>
            <div class="who"><b>{judged.pressure.to_string()}</b>
                <Tag tone=words::tone(&judged.urgency) text=was(i18n, &judged.urgency)/>
            </div>
            <div class="why">{date}" "{format!("{hour:02}:{minute:02}")}" · "{who}</div>
        </article>
    }
}
