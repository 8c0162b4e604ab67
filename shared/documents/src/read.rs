//! Reading that never fails as a whole.

use automerge::{Automerge, ObjId, ObjType, ROOT, ReadDoc, ScalarValueRef, Value, ValueRef};
use domain::base::{Timestamp, json};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value as Json};

use crate::Kind;
use crate::problem::{ConflictingValue, Problem, ProblemKind};

/// A reader of one document that gathers problems on the way.
pub(crate) struct Reader<'a> {
    doc: &'a Automerge,
    pub(crate) problems: Vec<Problem>,
}

impl<'a> Reader<'a> {
    pub(crate) fn new(doc: &'a Automerge, kind: Kind) -> Self {
        let mut reader = Self { doc, problems: Vec::new() };
        let found = doc.get(ROOT, "kind").ok().flatten();
        if found.as_ref().and_then(|(value, _)| value.as_str()) != Some(kind.as_str()) {
            reader.problem(&[], ProblemKind::NotThisKind);
        }
        reader
    }

    pub(crate) fn problem(&mut self, place: &[&str], kind: ProblemKind) {
        self.problems.push(Problem::new(place, kind));
    }

    /// Reads a map of scalars, such as county settings: key and JSON.
    pub(crate) fn fields(&mut self, map: &str) -> Map<String, Json> {
        match self.map(map) {
            Some(object) => self.object(&object, &[map]),
            None => Map::new(),
        }
    }

    /// Tells whether there is something under this name, as under that of a map of an upgrade there need not be.
    pub(crate) fn has(&self, map: &str) -> bool {
        self.doc.get(ROOT, map).is_ok_and(|found| found.is_some())
    }

    /// Reads every entry of a map. One that cannot be read hides no other.
    pub(crate) fn entries<T: DeserializeOwned>(&mut self, map: &str) -> Vec<(String, T)> {
        let mut entries = Vec::new();
        for (id, fields) in self.raw(map) {
            if let Some(read) = self.decode(fields, &[map, &id]) {
                entries.push((id, read));
            }
        }
        entries
    }

    /// Reads the fields of every entry of a map.
    fn raw(&mut self, map: &str) -> Vec<(String, Map<String, Json>)> {
        let Some(object) = self.map(map) else { return Vec::new() };
        let found: Vec<(String, bool, bool, ObjId)> = self
            .doc
            .map_range(&object, ..)
            .map(|item| {
                let is_map = matches!(item.value, ValueRef::Object(ObjType::Map));
                (item.key.to_string(), item.conflict, is_map, item.id())
            })
            .collect();
        let mut entries = Vec::new();
        for (id, conflict, is_map, entry) in found {
            if !is_map {
                self.problem(&[map, &id], ProblemKind::EntryUnreadable);
                continue;
            }
            if conflict {
                self.conflict(&object, &[map], &id);
            }
            let fields = self.object(&entry, &[map, &id]);
            entries.push((id, fields));
        }
        entries
    }

    /// Decodes an entry; one bad field is left out and named, more than one make the entry unreadable.
    pub(crate) fn decode<T: DeserializeOwned>(
        &mut self,
        fields: Map<String, Json>,
        place: &[&str],
    ) -> Option<T> {
        let whole = Json::Object(fields);
        if let Ok(read) = json::from_value(&whole) {
            return Some(read);
        }
        let Json::Object(fields) = whole else { return None };
        for key in fields.keys() {
            let mut fewer = fields.clone();
            fewer.remove(key);
            if let Ok(read) = json::from_value(&Json::Object(fewer)) {
                let place: Vec<&str> = place.iter().copied().chain([key.as_str()]).collect();
                self.problem(&place, ProblemKind::FieldUnreadable);
                return Some(read);
            }
        }
        self.problem(place, ProblemKind::EntryUnreadable);
        None
    }

    fn map(&mut self, name: &str) -> Option<ObjId> {
        match self.doc.get(ROOT, name) {
            Ok(Some((Value::Object(ObjType::Map), id))) => Some(id),
            _ => {
                self.problem(&[name], ProblemKind::Missing);
                None
            }
        }
    }

    /// Reads an object's fields, noting those that several people wrote apart.
    fn object(&mut self, object: &ObjId, place: &[&str]) -> Map<String, Json> {
        let mut fields = Map::new();
        let mut conflicts = Vec::new();
        let mut unreadable = Vec::new();
        for item in self.doc.map_range(object, ..) {
            if item.conflict {
                conflicts.push(item.key.to_string());
            }
            let value = match &item.value {
                ValueRef::Scalar(scalar) => plain(scalar),
                ValueRef::Object(_) => nested(self.doc, &item.id()),
            };
            if !value.is_null() {
                fields.insert(item.key.into_owned(), value);
            } else if !matches!(item.value, ValueRef::Scalar(ScalarValueRef::Null)) {
                unreadable.push(item.key.into_owned());
            }
        }
        for key in unreadable {
            let place: Vec<&str> = place.iter().copied().chain([key.as_str()]).collect();
            self.problem(&place, ProblemKind::FieldUnreadable);
        }
        for key in conflicts {
            self.conflict(object, place, &key);
        }
        fields
    }

    fn conflict(&mut self, object: &ObjId, place: &[&str], key: &str) {
        let shown = self.doc.get(object, key).ok().flatten().map(|(_, id)| id);
        let mut values: Vec<ConflictingValue> = Vec::new();
        for (value, id) in self.doc.get_all(object, key).unwrap_or_default() {
            let value = json_of(self.doc, &value, &id);
            let change = self.doc.hash_for_opid(&id).and_then(|h| self.doc.get_change_meta_by_hash(&h));
            let author = match &id {
                ObjId::Id(_, actor, _) => self.doc.get_author_for_actor(actor),
                ObjId::Root => None,
            };
            values.push(ConflictingValue {
                value,
                author: author.map(|author| author.to_hex_string()),
                at: change.map(|change| Timestamp(change.timestamp.saturating_mul(1000))),
                shown: shown.as_ref() == Some(&id),
            });
        }
        // Two who wrote the same do not disagree.
        let differs = values.windows(2).any(|pair| matches!(pair, [a, b] if a.value != b.value));
        if differs {
            let place: Vec<&str> = place.iter().copied().chain([key]).collect();
            self.problem(&place, ProblemKind::Conflict(values));
        }
    }
}

/// Returns a stored value as JSON, as every reader here does.
pub(crate) fn json_of(doc: &impl ReadDoc, value: &Value<'_>, id: &ObjId) -> Json {
    match value {
        Value::Object(_) => nested(doc, id),
        Value::Scalar(scalar) => plain(&ScalarValueRef::from(scalar.clone().into_owned())),
    }
}

fn plain(scalar: &ScalarValueRef<'_>) -> Json {
    match scalar {
        ScalarValueRef::Bytes(bytes) => serde_json::from_slice(bytes).unwrap_or(Json::Null),
        ScalarValueRef::Str(text) => Json::from(text.as_ref()),
        ScalarValueRef::Int(number) | ScalarValueRef::Counter(number) | ScalarValueRef::Timestamp(number) => {
            Json::from(*number)
        }
        ScalarValueRef::Uint(number) => Json::from(*number),
        ScalarValueRef::F64(number) => Json::from(*number),
        ScalarValueRef::Boolean(flag) => Json::from(*flag),
        ScalarValueRef::Unknown { .. } | ScalarValueRef::Null => Json::Null,
    }
}

/// Reads maps and lists that a newer version may have written in place of a frozen value.
fn nested(doc: &impl ReadDoc, object: &ObjId) -> Json {
    let value = |value: &ValueRef<'_>, id: &ObjId| match value {
        ValueRef::Scalar(scalar) => plain(scalar),
        ValueRef::Object(_) => nested(doc, id),
    };
    match doc.object_type(object) {
        Ok(ObjType::List) => {
            Json::Array(doc.list_range(object, ..).map(|item| value(&item.value, &item.id())).collect())
        }
        Ok(ObjType::Text) => Json::from(doc.text(object).unwrap_or_default()),
        Ok(_) => {
            let fields = doc.map_range(object, ..);
            Json::Object(fields.map(|item| (item.key.to_string(), value(&item.value, &item.id()))).collect())
        }
        Err(_) => Json::Null,
    }
}
