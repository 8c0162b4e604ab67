//! One folder a feature: a pure view model, thin pages.

pub mod door;
pub mod sync;
