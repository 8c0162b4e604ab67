//! Tolerant access to the fields of a CBOR map.

use super::{MAX_HEADS, MAX_NAME, WireError};
use crate::id::{About, DocumentId, Heads};
use automerge::ChangeHash;
use ciborium::Value;

/// The fields of one map. Of a repeated key the first counts; unknown keys are never looked at.
pub(super) struct Fields(Vec<(Value, Value)>);

impl Fields {
    pub(super) fn of(value: Value) -> Option<Self> {
        match value {
            Value::Map(entries) => Some(Self(entries)),
            _ => None,
        }
    }

    /// Takes a field out; CBOR null and undefined count as absent.
    pub(super) fn take(&mut self, key: &str) -> Option<Value> {
        let (_, value) = self.0.iter_mut().find(|(k, _)| k.as_text() == Some(key))?;
        let value = std::mem::replace(value, Value::Null);
        (value != Value::Null).then_some(value)
    }

    pub(super) fn name(&mut self, key: &'static str) -> Result<String, WireError> {
        let text = self.text(key)?;
        if text.len() > MAX_NAME {
            return Err(WireError::Limit(key));
        }
        Ok(text)
    }

    pub(super) fn text(&mut self, key: &'static str) -> Result<String, WireError> {
        match self.take(key) {
            Some(Value::Text(text)) => Ok(text),
            _ => Err(WireError::Field(key)),
        }
    }

    pub(super) fn bytes(&mut self, key: &'static str) -> Result<Vec<u8>, WireError> {
        self.take(key).and_then(bytes).ok_or(WireError::Field(key))
    }

    pub(super) fn number(&mut self, key: &'static str) -> Result<u64, WireError> {
        self.take(key).and_then(|v| number(&v)).ok_or(WireError::Field(key))
    }

    /// Returns whether the field is there and true.
    pub(super) fn flag(&mut self, key: &'static str) -> bool {
        matches!(self.take(key), Some(Value::Bool(true)))
    }

    pub(super) fn list(&mut self, key: &'static str, most: usize) -> Result<Vec<Value>, WireError> {
        match self.take(key) {
            Some(Value::Array(items)) if items.len() <= most => Ok(items),
            Some(Value::Array(_)) => Err(WireError::Limit(key)),
            _ => Err(WireError::Field(key)),
        }
    }

    pub(super) fn document(&mut self) -> Result<DocumentId, WireError> {
        let field = WireError::Field("documentId");
        match self.take("documentId").ok_or(field.clone())? {
            Value::Text(text) => text.parse().map_err(|_| field),
            value => {
                let bytes = bytes(value).ok_or(field.clone())?;
                DocumentId::try_from(bytes.as_slice()).map_err(|_| field)
            }
        }
    }

    pub(super) fn heads(&mut self, key: &'static str) -> Result<Heads, WireError> {
        let mut heads = Vec::new();
        for value in self.list(key, MAX_HEADS)? {
            let bytes = bytes(value).ok_or(WireError::Field(key))?;
            let hash: [u8; 32] = bytes.try_into().map_err(|_| WireError::Field(key))?;
            heads.push(ChangeHash(hash));
        }
        Ok(crate::id::sorted(heads))
    }

    pub(super) fn about(&mut self) -> Result<About, WireError> {
        Ok(About {
            kind: self.name("kind")?,
            subject: self.name("subject")?,
            team: self.name("team")?,
            institution: self.name("institution")?,
        })
    }
}

/// Typed arrays arrive as tagged byte strings from some encoders.
fn bytes(value: Value) -> Option<Vec<u8>> {
    match value {
        Value::Bytes(bytes) => Some(bytes),
        Value::Tag(_, inner) => bytes(*inner),
        _ => None,
    }
}

/// JavaScript sends numbers as float64 when it pleases.
fn number(value: &Value) -> Option<u64> {
    match value {
        Value::Integer(n) => u64::try_from(*n).ok(),
        Value::Float(x) if *x >= 0.0 && x.fract() == 0.0 && *x < 9_007_199_254_740_992.0 => Some(*x as u64),
        _ => None,
    }
}
