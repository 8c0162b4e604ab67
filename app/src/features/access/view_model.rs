//! What the server says of grants, reads and submissions.

use crate::ask::text;
use domain::base::Timestamp;
use serde_json::Value;

/// A grant, as both sides see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Grant {
    pub(super) id: String,
    pub(super) reader: String,
    pub(super) subject: String,
    pub(super) purpose: String,
    pub(super) given_by: String,
    pub(super) given: Timestamp,
    pub(super) expires: Timestamp,
    /// Minutes left by the server's clock, rounded up; nothing when it is over.
    pub(super) left: Option<i64>,
    pub(super) emergency: bool,
    pub(super) verdict: String,
}

/// The lists of grants of one answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Grants {
    pub(super) given: Vec<Grant>,
    pub(super) held: Vec<Grant>,
    pub(super) judged: Vec<Grant>,
}

/// Somebody looked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Look {
    pub(super) at: Timestamp,
    pub(super) account: String,
    pub(super) role: String,
    pub(super) purpose: String,
    pub(super) emergency: bool,
    /// How often, of one document or several, under the same grant within a minute.
    pub(super) kinds: Vec<String>,
}

/// Something that was handed in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Submitted {
    pub(super) id: i64,
    pub(super) account: String,
    pub(super) at: Timestamp,
    pub(super) kind: String,
    pub(super) subject: String,
    pub(super) changes: i64,
    pub(super) state: String,
    pub(super) yours: bool,
    pub(super) known: bool,
}

/// Reads the answer about grants.
pub(super) fn grants(answer: &Value) -> Grants {
    let now = number(answer, "now");
    let read = |name| items(answer.get(name)).map(|value| grant(value, now)).collect();
    Grants { given: read("given"), held: read("held"), judged: read("judged") }
}

fn grant(value: &Value, now: i64) -> Grant {
    let expires = number(value, "expires");
    let ended = value.get("ended").is_some_and(Value::is_i64);
    Grant {
        id: text(value, "id"),
        reader: text(value, "reader"),
        subject: text(value, "subject"),
        purpose: text(value, "purpose"),
        given_by: text(value, "given_by"),
        given: Timestamp(number(value, "given")),
        expires: Timestamp(expires),
        left: (!ended && expires > now).then(|| (expires - now + 59_999) / 60_000),
        emergency: flag(value, "emergency"),
        verdict: text(value, "verdict"),
    }
}

/// Reads who looked: what one person was sent in one minute is one look.
pub(super) fn looks(answer: &Value) -> Vec<Look> {
    let mut looks: Vec<Look> = Vec::new();
    for value in items(Some(answer)) {
        let look = Look {
            at: Timestamp(number(value, "at")),
            account: text(value, "account"),
            role: text(value, "role"),
            purpose: text(value, "purpose"),
            emergency: flag(value, "emergency"),
            kinds: vec![text(value, "kind")],
        };
        match looks.last_mut() {
            Some(last) if last.account == look.account && last.at.0 - look.at.0 < 60_000 => {
                let fresh = look.kinds.into_iter().filter(|kind| !last.kinds.contains(kind));
                let fresh: Vec<_> = fresh.collect();
                last.kinds.extend(fresh);
            }
            _ => looks.push(look),
        }
    }
    looks
}

/// Reads what was handed in.
pub(super) fn submitted(answer: &Value) -> Vec<Submitted> {
    let read = |value: &Value| Submitted {
        id: number(value, "id"),
        account: text(value, "account"),
        at: Timestamp(number(value, "at")),
        kind: text(value, "kind"),
        subject: text(value, "subject"),
        changes: number(value, "changes"),
        state: text(value, "state"),
        yours: flag(value, "yours"),
        known: flag(value, "known"),
    };
    items(Some(answer)).map(read).collect()
}

/// Writes the digits of a code in two groups, to be read out.
pub(super) fn grouped(code: &str) -> String {
    let middle = code.len() / 2;
    match code.split_at_checked(middle) {
        Some((first, second)) if !first.is_empty() => format!("{first} {second}"),
        _ => code.to_owned(),
    }
}

fn items(value: Option<&Value>) -> impl Iterator<Item = &Value> {
    value.and_then(Value::as_array).into_iter().flatten()
}

fn number(value: &Value, name: &str) -> i64 {
    value.get(name).and_then(Value::as_i64).unwrap_or_default()
}

fn flag(value: &Value, name: &str) -> bool {
    value.get(name).and_then(Value::as_bool).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_left_of_a_grant_is_told_by_the_servers_clock() {
        let given = |expires: i64, ended: Value| json!({ "id": "a", "expires": expires, "ended": ended });
        let answer = json!({ "now": 600_000, "held": [
            given(660_000, Value::Null), given(660_001, Value::Null), given(600_000, Value::Null), given(900_000, json!(5)),
        ]});
        let left: Vec<_> = grants(&answer).held.iter().map(|grant| grant.left).collect();
        assert_eq!(left, [Some(1), Some(2), None, None]);
        assert!(grants(&answer).given.is_empty());
    }

    #[test]
    fn what_somebody_was_sent_within_a_minute_is_one_look() {
        let read = |at: i64, who: &str, kind: &str| json!({ "at": at, "account": who, "kind": kind });
        let answer = json!([
            read(200_000, "li", "person"),
            read(199_000, "li", "record"),
            read(198_000, "wang", "record"),
            read(100_000, "wang", "record"),
        ]);
        let looks = looks(&answer);
        assert_eq!(looks.len(), 3);
        assert_eq!(looks[0].kinds, ["person", "record"]);
    }

    #[test]
    fn a_code_is_read_out_in_two_groups() {
        assert_eq!(grouped("1234567890"), "12345 67890");
        assert_eq!(grouped("1"), "1");
    }
}
