//! What two people changed apart, with who and when; what this version cannot read.

use crate::language::*;
use crate::replica::{files::ResidentFile, use_replica};
use crate::ui::{Notice, Tone};
use crate::words;
use documents::{Catalog, ConflictingValue, Plan, Problem, ProblemKind, author};
use domain::{
    base::{Date, json},
    people::{Address, KeyGroup},
};
use leptos::prelude::*;
use serde_json::Value;
use std::rc::Rc;

/// The list; nothing when everything is settled.
#[component]
pub fn Problems(
    /// Whose.
    file: Rc<ResidentFile>,
) -> impl IntoView {
    let i18n = use_i18n();
    let catalog = use_replica().core().catalog();
    let (conflicts, unreadable): (Vec<&Problem>, Vec<&Problem>) =
        file.problems.iter().partition(|problem| problem.is_conflict());
    let lines: Vec<_> = conflicts
        .iter()
        .map(|problem| {
            let ProblemKind::Conflict(values) = &problem.kind else { return ().into_any() };
            let values = values.iter().map(|found| value_line(i18n, &problem.place, found, &catalog));
            let values: Vec<_> = values.map(|text| view! { <li>{text}</li> }).collect();
            view! { <div><b>{place_words(i18n, &problem.place, &file)}</b><ul>{values}</ul></div> }.into_any()
        })
        .collect();
    let (count, hidden) = (conflicts.len(), unreadable.len());
    view! {
        {(count > 0).then(|| view! {
            <Notice tone=Tone::Care title=td_string!(i18n, residents.conflict, count = count)>
                <div class="stack" data-testid="conflicts">{lines}</div>
            </Notice>
        })}
        {(hidden > 0).then(|| view! {
            <Notice tone=Tone::Care>{td_string!(i18n, residents.unreadable, count = hidden)}</Notice>
        })}
    }
}

/// Says what it is that was changed apart.
fn place_words(i18n: Language, place: &[String], file: &ResidentFile) -> String {
    let place: Vec<&str> = place.iter().map(String::as_str).collect();
    match place.as_slice() {
        ["person", "phone"] => td_string!(i18n, residents.phone).to_owned(),
        ["person", "address"] => td_string!(i18n, residents.address).to_owned(),
        ["person", "name"] => td_string!(i18n, residents.name).to_owned(),
        ["person", "birth_date"] => td_string!(i18n, residents.birth_date).to_owned(),
        ["key_groups", group] => words::group(i18n, &KeyGroup::from(*group)),
        ["visits", id, "plan"] => {
            let visit = file.record.visits.iter().find(|visit| visit.id.as_str() == *id);
            let on = visit.map(|visit| words::date(i18n, visit.on())).unwrap_or_default();
            td_string!(i18n, residents.plan_of, date = on)
        }
        ["medications", id, ..] => {
            let known = file.record.medications.iter().find(|medication| medication.id.as_str() == *id);
            let name = known.map(|medication| medication.name.clone()).unwrap_or_default();
            td_string!(i18n, residents.medication_of, name = name)
        }
        _ => td_string!(i18n, residents.other_place).to_owned(),
    }
}

/// Says a value, who wrote it and when, and whether it is the one shown elsewhere.
fn value_line(i18n: Language, place: &[String], found: &ConflictingValue, catalog: &Catalog) -> String {
    let who = found.author.as_ref().and_then(|bytes| {
        let staff = catalog.staff.values();
        let mut known = staff.filter(|staff| author(staff.id.as_str()).to_hex_string() == *bytes);
        known.next().map(|staff| staff.name.clone())
    });
    let who = who.unwrap_or_else(|| td_string!(i18n, residents.somebody).to_owned());
    let at = found.at.map(|at| format!("{} {}", words::tiny_date(i18n, at.date()), words::time(at)));
    let at = at.unwrap_or_default();
    let value = value_words(i18n, place, &found.value);
    match found.shown {
        true => td_string!(i18n, residents.conflict_shown, value = value, who = who, at = at),
        false => td_string!(i18n, residents.conflict_value, value = value, who = who, at = at),
    }
}

fn value_words(i18n: Language, place: &[String], value: &Value) -> String {
    let last = place.last().map(String::as_str);
    let own = match (last, value) {
        (_, Value::Null) => Some(td_string!(i18n, residents.none_recorded).to_owned()),
        (_, Value::Bool(true)) => Some(td_string!(i18n, residents.yes).to_owned()),
        (_, Value::Bool(false)) => Some(td_string!(i18n, residents.no).to_owned()),
        (Some("address"), _) => json::from_value::<Address>(value)
            .ok()
            .map(|address| format!("{} {}", address.village, address.detail).trim().to_owned()),
        (Some("plan"), _) => json::from_value::<Plan>(value).ok().map(|plan| plan_words(i18n, &plan)),
        (Some("birth_date" | "until"), Value::String(text)) => {
            text.parse::<Date>().ok().map(|date| words::date(i18n, date))
        }
        _ => None,
    };
    own.unwrap_or_else(|| value.as_str().map_or_else(|| value.to_string(), str::to_owned))
}

/// Says what was agreed.
pub fn plan_words(i18n: Language, plan: &Plan) -> String {
    let date = plan.next.map(|next| words::date(i18n, next));
    let note = (!plan.note.is_empty()).then(|| plan.note.clone());
    let all: Vec<String> = date.into_iter().chain(note).collect();
    match all.is_empty() {
        true => td_string!(i18n, residents.plan_norm).to_owned(),
        false => words::list(i18n, all),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::base::Timestamp;
    use domain::people::Staff;

    fn place(parts: &[&str]) -> Vec<String> {
        parts.iter().map(|part| (*part).to_owned()).collect()
    }

    #[test]
    fn a_value_names_who_wrote_it_and_hides_nothing() {
        let mut catalog = Catalog::default();
        let staff = Staff { id: "zhang.wei".into(), name: "张伟".into(), ..Staff::default() };
        catalog.staff.insert(staff.id.clone(), staff);
        let found = |account: &str, shown| ConflictingValue {
            value: Value::from("13900000001"),
            author: Some(author(account).to_hex_string()),
            at: Some(Timestamp::of("2026-01-02".parse().unwrap(), 9, 5)),
            shown,
        };
        let phone = place(&["person", "phone"]);
        let line = |found: &ConflictingValue| value_line(Language::zh_CN, &phone, found, &catalog);
        let shown = line(&found("zhang.wei", true));
        assert!(["13900000001", "张伟", "1/2 09:05"].iter().all(|part| shown.contains(part)), "{shown}");
        let other = line(&found("somebody.new", false));
        assert!(other.contains("13900000001") && other != shown, "{other}");
    }

    #[test]
    fn structured_values_are_said_in_words() {
        let say = |parts: &[&str], value: Value| value_words(Language::zh_CN, &place(parts), &value);
        let address = serde_json::json!({ "village": "白马村", "detail": "三组" });
        assert_eq!(say(&["person", "address"], address), "白马村 三组");
        let plan = serde_json::json!({ "next": "2026-12-01", "note": "带药盒" });
        assert_eq!(say(&["visits", "v", "plan"], plan), "2026 年 12 月 1 日、带药盒");
        assert_eq!(say(&["key_groups", "diabetes"], Value::Bool(true)), "是");
        assert_eq!(say(&["visits", "v", "new"], serde_json::json!([1])), "[1]");
    }
}
