//! The main places, by what somebody is.

use crate::language::*;
use crate::ui::{Glyph, Tab, TabBar};
use leptos::prelude::*;
use leptos_router::hooks::use_location;

/// Who somebody is to the interface; the server decides what they may see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// Doctors, nurses and public-health workers of a team.
    Team,
    /// Managers of an institution or the consortium.
    Manager,
    /// Pharmacists who review prescriptions.
    Pharmacist,
    /// Administrators, who keep accounts and see no record.
    Administrator,
    /// Auditors, who read what was done.
    Auditor,
    /// A resident, or who acts for one.
    Resident,
    /// Roles whose screens come later.
    Other,
}

impl Role {
    /// Reads the server's word.
    #[must_use]
    pub fn of(word: &str) -> Self {
        match word {
            "village_doctor" | "family_doctor" | "nurse" | "public_health" => Self::Team,
            "institution_manager" | "consortium_manager" => Self::Manager,
            "pharmacist" => Self::Pharmacist,
            "administrator" => Self::Administrator,
            "auditor" => Self::Auditor,
            "resident" => Self::Resident,
            _ => Self::Other,
        }
    }

    /// Returns where this role starts.
    #[must_use]
    pub const fn start(self) -> &'static str {
        match self {
            Self::Team => "/today",
            Self::Manager => "/review",
            Self::Pharmacist => "/prescriptions",
            Self::Administrator => "/accounts",
            Self::Auditor => "/audit",
            Self::Resident => "/home",
            Self::Other => "/settings",
        }
    }
}

/// The bar of places.
#[component]
pub fn Navigation(role: Role) -> impl IntoView {
    let i18n = use_i18n();
    let path = use_location().pathname;
    let today = Tab::new("/today", Glyph::Day, td_string!(i18n, common.today));
    let residents = Tab::new("/residents", Glyph::People, td_string!(i18n, common.residents));
    let points = Tab::new("/points", Glyph::Star, td_string!(i18n, common.points));
    let review = Tab::new("/review", Glyph::List, td_string!(i18n, common.review));
    let close = Tab::new("/close", Glyph::Check, td_string!(i18n, common.close));
    let rules = Tab::new("/rules", Glyph::Star, td_string!(i18n, common.rules));
    let prescriptions = Tab::new("/prescriptions", Glyph::Pill, td_string!(i18n, common.prescriptions));
    let home = Tab::new("/home", Glyph::Home, td_string!(i18n, common.home));
    let health = Tab::new("/health", Glyph::Heart, td_string!(i18n, common.health));
    let accounts = Tab::new("/accounts", Glyph::People, td_string!(i18n, common.accounts));
    let audit = Tab::new("/audit", Glyph::List, td_string!(i18n, common.audit));
    let mine = Tab::new("/settings", Glyph::Me, td_string!(i18n, common.mine));
    let tabs = match role {
        Role::Team => vec![today, residents, points, mine],
        Role::Manager => vec![review, close, rules, mine],
        Role::Pharmacist => vec![prescriptions, mine],
        Role::Administrator => vec![accounts, mine],
        Role::Auditor => vec![audit, mine],
        Role::Resident => vec![home, health, mine],
        Role::Other => vec![mine],
    };
    view! { <TabBar label=td_string!(i18n, common.navigation) brand=td_string!(i18n, common.name) tabs path/> }
}

#[cfg(test)]
mod tests {
    use super::Role;

    #[test]
    fn a_role_this_version_does_not_know_still_gets_in() {
        assert_eq!(Role::of("insurance_officer"), Role::Other);
        assert_eq!(Role::of("pharmacist").start(), "/prescriptions");
        assert_eq!(Role::of("village_doctor").start(), "/today");
    }
}
