//! Dated rule tables.

use serde::de::{DeserializeOwned, Deserializer, Error};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{RuleError, RuleRef, Source, VersionHash};
use crate::base::{Date, json};

/// A rule whose value changes over time.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Table<T> {
    /// The id, such as `hypertension.target`.
    pub id: String,
    /// What it decides.
    pub title: String,
    /// The unit of the value; may be left out.
    pub unit: String,
    /// When a person last compared the table with its sources.
    pub checked_on: Date,
    /// The values, each in force from its date until the next one's.
    pub values: Vec<Dated<T>>,
}

/// A value with the date it came into force.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Dated<T> {
    /// In force from this day.
    pub from: Date,
    /// The value.
    pub value: T,
    /// Where it comes from.
    pub source: Source,
}

/// A table whose values are not read yet, so that the rest of it is read by one piece of code for all tables.
#[derive(Deserialize)]
struct Written {
    id: String,
    title: String,
    #[serde(default)]
    unit: String,
    checked_on: Date,
    values: Vec<WrittenValue>,
}

#[derive(Deserialize)]
struct WrittenValue {
    from: Date,
    value: Value,
    source: Source,
}

impl<'de, T: DeserializeOwned> Deserialize<'de> for Table<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Written { id, title, unit, checked_on, values } = Written::deserialize(deserializer)?;
        let mut read = Vec::with_capacity(values.len());
        for WrittenValue { from, value, source } in values {
            read.push(Dated { from, value: json::from_value(&value).map_err(D::Error::custom)?, source });
        }
        Ok(Self { id, title, unit, checked_on, values: read })
    }
}

impl<T> Table<T> {
    /// Returns the value in force on `date`, the date of service.
    ///
    /// # Errors
    /// Names table and date when none is in force; never falls back to another value.
    pub fn in_force(&self, date: Date) -> Result<&Dated<T>, RuleError> {
        self.values
            .iter()
            .filter(|value| value.from <= date)
            .max_by_key(|value| value.from)
            .ok_or_else(|| RuleError::NotInForce { table: self.id.clone(), date })
    }

    /// Returns how a result cites `value` of this table out of the pack of `version`.
    #[must_use]
    pub fn cite(&self, value: &Dated<T>, version: &VersionHash) -> RuleRef {
        RuleRef {
            rule: self.id.clone(),
            version: version.clone(),
            from: value.from,
            source: value.source.clone(),
        }
    }
}
