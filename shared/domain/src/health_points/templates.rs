//! Rules of health points a county edits and publishes.

use std::sync::OnceLock;

use serde::Deserialize;

use super::HealthRules;
use crate::base::Date;
use crate::rules::{Pack, RuleError};

/// The shipped templates.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct HealthTemplates {
    /// When a person last compared them with their sources.
    pub checked_on: Date,
    /// The rule versions, the oldest first.
    pub rules: Vec<HealthRules>,
}

/// Returns the shipped templates, parsed once.
///
/// # Errors
/// Only when the shipped file is broken, which a test excludes.
pub fn health_templates() -> Result<&'static Pack<HealthTemplates>, RuleError> {
    static PACK: OnceLock<Result<Pack<HealthTemplates>, RuleError>> = OnceLock::new();
    let text = include_str!(concat!(env!("OUT_DIR"), "/health_points.json"));
    PACK.get_or_init(|| Pack::parse("health_points", text)).as_ref().map_err(Clone::clone)
}
