//! Points rule templates a county edits and publishes.

use std::sync::OnceLock;

use serde::Deserialize;

use super::{Limits, PointsRules};
use crate::base::Date;
use crate::rules::{Pack, RuleError};

/// The shipped templates.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PointsTemplates {
    /// When a person last compared them with their sources.
    pub checked_on: Date,
    /// The rule versions.
    pub rules: Vec<PointsRules>,
    /// From when on claims are flagged.
    pub plausibility: Limits,
}

/// Returns the shipped points rule templates, parsed once.
///
/// # Errors
/// Only when the shipped file is broken, which a test excludes.
pub fn points_templates() -> Result<&'static Pack<PointsTemplates>, RuleError> {
    static PACK: OnceLock<Result<Pack<PointsTemplates>, RuleError>> = OnceLock::new();
    let text = include_str!(concat!(env!("OUT_DIR"), "/points.json"));
    PACK.get_or_init(|| Pack::parse("points", text)).as_ref().map_err(Clone::clone)
}
