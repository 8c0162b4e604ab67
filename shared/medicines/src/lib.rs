//! Medicines and the safety of a prescription: pure functions over one pack of dated, cited data.
//!
//! | to … | call |
//! | --- | --- |
//! | read the pack that was built in, or one that was fetched | [`Medicines::load`], [`Medicines::parse`] |
//! | find a medicine by any name, ATC code or pinyin initials | [`Medicines::lookup`], [`Medicines::named`] |
//! | check a prescription | [`Medicines::check`] |
//! | fill in the usual dose | [`Medicines::usual_dose`] |
//! | show a source | [`Medicines::source`] |
//! | find what is wrong in a pack | [`Medicines::faults`] |
//!
//! Findings come in three levels, the highest first; equal inputs give equal findings in equal order.

mod amount;
pub mod cases;
mod check;
mod error;
mod faults;
mod finding;
pub mod knowledge;
mod line;
mod lookup;
mod medicines;
mod patient;
mod recognise;
mod usual;

pub use error::PackError;
pub use finding::{Finding, Kind, Level};
pub use line::{Line, Route};
pub use medicines::Medicines;
pub use patient::{Age, ChildPugh, Patient, Sex};
pub use usual::UsualDose;
