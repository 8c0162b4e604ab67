//! One folder a feature: a pure view model, thin pages.

pub mod access;
pub mod body;
pub mod charts;
pub mod close;
pub mod device;
pub mod door;
pub mod files;
pub mod health_points;
pub mod home;
pub mod office;
pub mod people;
pub mod pharmacy;
pub mod points;
pub mod residents;
pub mod review;
pub mod rules;
pub mod settings;
pub mod signing;
pub mod sync;
pub mod today;
pub mod visit;

use crate::replica::use_replica;
use domain::base::StaffId;

/// Returns the name of a member of staff; the account where the catalog does not have it.
#[must_use]
pub fn staff_name(staff: &StaffId) -> String {
    let catalog = use_replica().core().catalog();
    catalog.staff.get(staff).map_or_else(|| staff.to_string(), |staff| staff.name.clone())
}
