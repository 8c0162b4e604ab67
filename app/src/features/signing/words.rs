//! Problems, packages and places in the language of the screen.

use super::view_model::Stop;
use crate::language::*;
use crate::words;
use documents::Catalog;
use domain::{
    base::PackageId,
    contracts::{Cadence, Package, PackageItem, Payer, Population, SigningPlace, SigningProblem},
};

/// Says a stop, with the id of the field it belongs to.
pub fn stop_words(i18n: Language, catalog: &Catalog, stop: &Stop) -> (String, String) {
    let title = |id: &PackageId| {
        let mut packages = catalog.packages.iter().map(|(_, package)| package);
        packages
            .find(|package| package.id == *id)
            .map_or_else(|| id.to_string(), |package| words::of_pack(i18n, &package.title))
    };
    let (field, text) = match stop {
        Stop::NotConfirmed => ("question", td_string!(i18n, signing.p_not_confirmed).to_owned()),
        Stop::NoDate => ("start-date", td_string!(i18n, signing.p_no_date).to_owned()),
        Stop::NoGuardian => ("guardian", td_string!(i18n, signing.p_no_guardian).to_owned()),
        Stop::NoResidentSignature => {
            ("resident-signature", td_string!(i18n, signing.p_no_resident_signature).to_owned())
        }
        Stop::NoStaffSignature => {
            ("staff-signature", td_string!(i18n, signing.p_no_staff_signature).to_owned())
        }
        Stop::Problem(problem) => match problem {
            SigningProblem::NoPackage => ("package-0", td_string!(i18n, signing.p_no_package).to_owned()),
            SigningProblem::Twice { package } => {
                ("package-0", td_string!(i18n, signing.p_twice, title = title(package)))
            }
            SigningProblem::NotEligible { package } => {
                ("package-0", td_string!(i18n, signing.p_not_eligible, title = title(package)))
            }
            SigningProblem::NotInForce { package, from } => (
                "package-0",
                td_string!(
                    i18n,
                    signing.p_not_in_force,
                    title = title(package),
                    date = words::date(i18n, *from)
                ),
            ),
            SigningProblem::Overlap { until, .. } => {
                ("start-0", td_string!(i18n, signing.p_overlap, until = words::date(i18n, *until)))
            }
            SigningProblem::TooShort { until } => {
                ("start-0", td_string!(i18n, signing.p_too_short, until = words::date(i18n, *until)))
            }
            SigningProblem::Backdated => ("start-0", td_string!(i18n, signing.p_backdated).to_owned()),
        },
    };
    (field.to_owned(), text)
}

/// Says how often an item is owed.
pub fn cadence(i18n: Language, item: &PackageItem) -> String {
    let times = item.times_a_year;
    match item.cadence {
        Cadence::Quarterly => td_string!(i18n, signing.times_quarterly, times = times),
        Cadence::Monthly => td_string!(i18n, signing.times_monthly, times = times),
        Cadence::Yearly => td_string!(i18n, signing.times_yearly, times = times),
        Cadence::AsNeeded | Cadence::Unknown(_) => td_string!(i18n, signing.times_as_needed).to_owned(),
    }
}

/// Says who pays a share.
pub fn payer(i18n: Language, payer: &Payer) -> String {
    match payer {
        Payer::Insurance => td_string!(i18n, signing.pays_insurance),
        Payer::Resident => td_string!(i18n, signing.pays_resident),
        Payer::PublicHealth => td_string!(i18n, signing.pays_public_health),
        Payer::Unknown(_) => td_string!(i18n, signing.pays_other),
    }
    .to_owned()
}

/// Says whom a package is for.
pub fn population(i18n: Language, population: &Population) -> String {
    let groups = words::list(i18n, population.key_groups.iter().map(|group| words::group(i18n, group)));
    match (groups.is_empty(), population.from_age) {
        (true, None) => td_string!(i18n, signing.for_everyone).to_owned(),
        (true, Some(age)) => td_string!(i18n, signing.for_age, age = age),
        (false, None) => td_string!(i18n, signing.for_groups, groups = groups),
        (false, Some(age)) => td_string!(i18n, signing.for_groups_and_age, groups = groups, age = age),
    }
}

/// Says where it is signed.
pub fn place(i18n: Language, place: &SigningPlace) -> String {
    match place {
        SigningPlace::Home => td_string!(i18n, signing.at_home),
        SigningPlace::Clinic => td_string!(i18n, signing.at_clinic),
        SigningPlace::Phone => td_string!(i18n, signing.by_phone),
        SigningPlace::Unknown(_) => td_string!(i18n, signing.not_recorded),
    }
    .to_owned()
}

/// Lists the names of packages.
pub fn titles(i18n: Language, packages: &[&Package]) -> String {
    words::list(i18n, packages.iter().map(|package| words::of_pack(i18n, &package.title)))
}
