//! The points rules: versions in force, a draft beside them, what it would have done, and its publication by two people.

mod difference;
mod draft;
mod health;
mod page;
mod sheet;
mod simulation;

pub use page::Rules;
