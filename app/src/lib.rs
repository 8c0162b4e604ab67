//! The app: screens are projections of documents; the replica holds documents and keeps them safe.

pub mod i18n;
pub mod replica;

/// Starts the app in the page.
pub fn start() {}
