//! Who may read what beyond their own work: given by residents, taken in an emergency, handed in and decided on.

mod held;
mod judge;
mod mine;
mod quarantine;
mod view_model;

pub use held::HeldPage;
pub use mine::MinePage;
pub use quarantine::QuarantinePage;

use crate::ask::Refusal;
use crate::language::*;
use crate::replica::use_replica;
use domain::base::StaffId;

/// Returns the name the catalog has for an account of staff, or the account's.
fn staff_name(account: &str) -> String {
    let catalog = use_replica().core().catalog();
    let named = catalog.staff.get(&StaffId::new(account)).map(|staff| staff.name.clone());
    named.filter(|name| !name.is_empty()).unwrap_or_else(|| account.to_owned())
}

/// Returns the name of a resident whose documents are here.
fn resident_name(i18n: Language, subject: &str) -> String {
    let row = use_replica()
        .core()
        .index(|index| index.entry(subject).and_then(|entry| entry.row.as_ref()).map(|row| row.name.clone()));
    row.unwrap_or_else(|| td_string!(i18n, access.not_here).to_owned())
}

fn words(i18n: Language, refusal: &Refusal) -> String {
    refusal.words(i18n, |word| match word {
        "code" => Some(td_string!(i18n, access.code_unknown)),
        "missing" => Some(td_string!(i18n, access.missing)),
        "form" => Some(td_string!(i18n, access.form)),
        "does_not_apply" | "no_document" => Some(td_string!(i18n, access.does_not_apply)),
        _ => None,
    })
}
