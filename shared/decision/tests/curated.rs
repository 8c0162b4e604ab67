//! The curated knowledge and what it makes of people: data, language, red flags, advice.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that breaks should break")]

#[path = "curated/advice.rs"]
mod advice;
#[path = "curated/everyday.rs"]
mod everyday;
#[path = "curated/language.rs"]
mod language;
#[path = "curated/load.rs"]
mod load;
#[path = "curated/planted.rs"]
mod planted;
#[path = "curated/record.rs"]
mod record;
#[path = "curated/red_flags.rs"]
mod red_flags;
