//! The domain of a county medical consortium: pure functions over dated, cited data.
//!
//! No clock, randomness, network, browser or Automerge: `today`, `now` and ids are arguments.
//!
//! | to … | call |
//! | --- | --- |
//! | check an identity number | [`base::IdNumber::parse`] |
//! | mask what identifies | [`base::mask_id_number`], [`base::mask_phone`] |
//! | find a person | [`people::matches`] on a [`people::SearchRow`]; [`people::initials`] |
//! | get the shipped norm | [`measurements::hypertension_rules`], [`measurements::diabetes_rules`] |
//! | words of a sign | `pack.label(&sign)`; lists: `pack.danger_signs(date)`, `pack.symptoms(date)` |
//! | refuse or doubt a reading | [`measurements::Pressure::new`], [`measurements::Pressure::unlikely`]; the same of a [`measurements::GlucoseReading`] |
//! | judge a home reading | [`decision::assess`]; glucose: [`measurements::triage_glucose`] |
//! | classify a follow-up | [`care::follow_up()`], [`care::diabetes_follow_up`] |
//! | say what is due | [`care::due()`], [`care::Due::state`] |
//! | sign a contract | [`contracts::sign`]; [`contracts::state()`], [`contracts::standing`] |
//! | count what is owed, given, left | [`contracts::fulfilment()`] with [`contracts::package::pinned`] |
//! | publish a package or points rules | [`rules::Published::freeze`], of a template |
//! | claim points for a visit | [`work_points::Claim`] with [`work_points::claim_id`] |
//! | explain points | [`work_points::statement()`]; a resident's: [`health_points::ledger()`] |
//!
//! Results carry [`rules::Reason`]s: a code with its figures for the screen to word, and the
//! [`rules::RuleRef`] (rule, version, date, source) it was judged by.

pub mod base;
pub mod care;
pub mod contracts;
pub mod decision;
pub mod health_points;
pub mod measurements;
pub mod people;
pub mod rules;
pub mod work_points;
