//! Writing: a closure of named verbs becomes one change with author and time.

use automerge::{
    Author, Automerge, AutomergeError, ChangeHash, ObjId, ObjType, ROOT, ReadDoc, ScalarValue, Value,
    transaction::{CommitOptions, Transactable, Transaction},
};
use domain::base::Timestamp;
use domain::rules::RuleError;
use serde::Serialize;
use serde_json::Value as Json;

use crate::read::json_of;

/// Why a write did not happen; the document is as it was.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// There is no such kind of document.
    #[error("no such kind of document")]
    NoSuchKind,
    /// The document is not of the kind this verb writes to.
    #[error("the document has no {0}")]
    WrongKind(&'static str),
    /// An entry with this id exists and entries are written once.
    #[error("there is an entry with this id already")]
    Exists,
    /// There is no such entry.
    #[error("there is no such entry")]
    NoSuchEntry,
    /// The visit was voided.
    #[error("the visit was voided")]
    Voided,
    /// A reason is required.
    #[error("a reason is required")]
    NoReason,
    /// A value cannot be stored.
    #[error("a value cannot be stored")]
    Value(#[from] serde_json::Error),
    /// A rule refuses.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// Automerge refuses.
    #[error(transparent)]
    Automerge(#[from] AutomergeError),
}

/// An open write; named verbs take it.
pub struct Tx<'a, 'd> {
    inner: &'a mut Transaction<'d>,
}

/// Runs `verbs` as one change by `author` at `now`. All of it is written, or nothing.
///
/// The first write after loading gives the document a new actor bound to the author; nothing else is to be
/// managed. (Automerge keeps an author on an actor's first change only.)
///
/// # Errors
/// Whatever a verb returns; the document is then unchanged.
pub fn write<T>(
    doc: &mut Automerge,
    author: &Author<'static>,
    now: Timestamp,
    verbs: impl FnOnce(&mut Tx<'_, '_>) -> Result<T, WriteError>,
) -> Result<Written<T>, WriteError> {
    begin(doc, author);
    let time = now.0.div_euclid(1000);
    let result =
        doc.transact_with(|_| CommitOptions::default().with_time(time), |inner| verbs(&mut Tx { inner }));
    match result {
        Ok(success) => Ok(Written { result: success.result, change: success.hash }),
        Err(failure) => Err(failure.error),
    }
}

/// Makes `author` the author of what is written to `doc` from now on; [`write`] does so itself.
pub fn begin(doc: &mut Automerge, author: &Author<'static>) {
    // Automerge swaps in a new actor only when the author differs, so this costs nothing the second time.
    doc.set_author(Some(author.clone()));
}

/// What a write did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written<T> {
    /// What the verbs returned.
    pub result: T,
    /// The hash of the change; nothing when there was nothing to change.
    pub change: Option<ChangeHash>,
}

impl Tx<'_, '_> {
    /// Finds a map of the genesis.
    pub(crate) fn map(&self, name: &'static str) -> Result<ObjId, WriteError> {
        match self.inner.get(ROOT, name)? {
            Some((Value::Object(ObjType::Map), id)) => Ok(id),
            _ => Err(WriteError::WrongKind(name)),
        }
    }

    /// Finds an entry of a map.
    pub(crate) fn entry(&self, map: &'static str, id: &str) -> Result<ObjId, WriteError> {
        match self.inner.get(self.map(map)?, id)? {
            Some((Value::Object(ObjType::Map), id)) => Ok(id),
            _ => Err(WriteError::NoSuchEntry),
        }
    }

    /// Tells whether a map has an entry.
    pub(crate) fn has(&self, map: &'static str, id: &str) -> Result<bool, WriteError> {
        Ok(self.inner.get(self.map(map)?, id)?.is_some())
    }

    /// Adds an entry that is written once.
    pub(crate) fn insert<T: Serialize>(
        &mut self,
        map: &'static str,
        id: &str,
        entry: &T,
    ) -> Result<(), WriteError> {
        if self.has(map, id)? {
            return Err(WriteError::Exists);
        }
        let entries = self.map(map)?;
        let object = self.inner.put_object(&entries, id, ObjType::Map)?;
        self.put_fields(&object, entry)
    }

    /// Adds an entry, or changes those of its fields that differ. Fields it does not name stay.
    pub(crate) fn upsert<T: Serialize>(
        &mut self,
        map: &'static str,
        id: &str,
        entry: &T,
    ) -> Result<(), WriteError> {
        match self.entry(map, id) {
            Ok(object) => self.put_fields(&object, entry),
            Err(WriteError::NoSuchEntry) => self.insert(map, id, entry),
            Err(error) => Err(error),
        }
    }

    /// Puts the fields of `entry` into `object`, leaving equal ones and all others alone. What `entry` does not
    /// say (`None`) stays as it is: it may be something this version could not read.
    pub(crate) fn put_fields<T: Serialize>(&mut self, object: &ObjId, entry: &T) -> Result<(), WriteError> {
        let Json::Object(fields) = serde_json::to_value(entry)? else { return Ok(()) };
        for (key, value) in fields.iter().filter(|(_, value)| !value.is_null()) {
            self.put(object, key, value)?;
        }
        Ok(())
    }

    /// Puts one field, when it differs. A field with structure is one frozen value: JSON in bytes. One that says the
    /// same and more stays as it is: the more is a newer version's.
    pub(crate) fn put(&mut self, object: &ObjId, key: &str, value: &Json) -> Result<(), WriteError> {
        let mut scalar = match value {
            Json::Null => ScalarValue::Null,
            Json::Bool(flag) => ScalarValue::Boolean(*flag),
            Json::Number(number) => match number.as_i64() {
                Some(whole) => ScalarValue::Int(whole),
                None => ScalarValue::F64(number.as_f64().unwrap_or_default()),
            },
            Json::String(text) => ScalarValue::Str(text.into()),
            structure => ScalarValue::Bytes(serde_json::to_vec(structure)?),
        };
        let found = self.inner.get_all(object, key)?;
        if matches!(scalar, ScalarValue::Bytes(_)) {
            match found.iter().find(|(stored, id)| says(&json_of(self.inner, stored, id), value)) {
                Some(_) if found.len() == 1 => return Ok(()),
                Some((Value::Scalar(stored), _)) => scalar = stored.clone().into_owned(),
                _ => {}
            }
        }
        let same = match found.as_slice() {
            [] => scalar == ScalarValue::Null,
            [(Value::Scalar(stored), _)] => **stored == scalar,
            // Writing over a conflict settles it, even with a value that is there already.
            _ => false,
        };
        if !same {
            self.inner.put(object, key, scalar)?;
        }
        Ok(())
    }
}

/// Tells whether `stored` says all that `value` says; what only `stored` says does not matter.
fn says(stored: &Json, value: &Json) -> bool {
    match (stored, value) {
        (Json::Object(stored), Json::Object(value)) => {
            value.iter().all(|(key, value)| says(stored.get(key).unwrap_or(&Json::Null), value))
        }
        (Json::Array(stored), Json::Array(value)) => {
            stored.len() == value.len() && stored.iter().zip(value).all(|(stored, value)| says(stored, value))
        }
        _ => stored == value,
    }
}
