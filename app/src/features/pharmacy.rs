//! Prescriptions in spite of a warning: the pharmacist's queue, and what the prescriber reads of it.

mod desk;
mod mine;
mod opinion;
mod page;
mod prescription;
mod view_model;
mod words;

pub use mine::{MyPrescriptions, Opinions};
pub use page::Prescriptions;
pub use prescription::{PrescriptionLines, PrescriptionWarnings};
pub use view_model::{Item, items};
pub use words::opinion_words;
