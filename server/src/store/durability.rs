//! What every connection answers when it is asked whether it is as durable as it must be.

use super::StoreError;
use std::sync::{Arc, Mutex, PoisonError};

/// What one connection answered.
#[derive(Debug, Clone)]
pub struct Durable {
    /// The name of its metric.
    pub metric: &'static str,
    /// Which connection.
    pub connection: String,
    /// The level it reports, in words.
    pub level: String,
    /// The value of its metric.
    pub value: i64,
}

/// The connections that were opened.
#[derive(Debug, Clone, Default)]
pub struct Durability(Arc<Mutex<Vec<Durable>>>);

impl Durability {
    /// Returns every connection opened so far.
    pub fn list(&self) -> Vec<Durable> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Notes a connection, under its name and a number, or refuses it.
    pub fn add(&self, mut opened: Durable, durable: bool) -> Result<(), StoreError> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        opened.connection = format!("{}-{}", opened.connection, all.len());
        if !durable {
            return Err(StoreError::NotDurable { connection: opened.connection, level: opened.level });
        }
        tracing::info!(connection = opened.connection, level = opened.level, "database connection opened");
        all.push(opened);
        Ok(())
    }
}
