//! Package templates a county edits and publishes.

use std::sync::OnceLock;

use serde::Deserialize;

use super::Package;
use crate::base::Date;
use crate::rules::{Pack, RuleError};

/// The shipped templates.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct PackageTemplates {
    /// When a person last compared them with their sources.
    pub checked_on: Date,
    /// The packages.
    pub packages: Vec<Package>,
}

/// Returns the shipped package templates, parsed once.
///
/// # Errors
/// Only when the shipped file is broken, which a test excludes.
pub fn package_templates() -> Result<&'static Pack<PackageTemplates>, RuleError> {
    static PACK: OnceLock<Result<Pack<PackageTemplates>, RuleError>> = OnceLock::new();
    let text = include_str!(concat!(env!("OUT_DIR"), "/packages.json"));
    PACK.get_or_init(|| Pack::parse("packages", text)).as_ref().map_err(Clone::clone)
}
