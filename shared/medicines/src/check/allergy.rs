//! Allergies and cross-reactions.

use super::{Case, Item};
use crate::knowledge::{Allergen, Hit};
use crate::recognise::Allergy;
use crate::{Finding, Kind, Level};

/// The worst of each line and allergy, whatever the route; an allergy nobody understood is said to be unchecked.
pub(crate) fn check(case: &Case) -> Vec<Finding> {
    let mut findings = Vec::new();
    for allergy in &case.allergies {
        for item in &case.items {
            findings.extend(
                same(case, allergy, item)
                    .into_iter()
                    .chain(crossed(case, allergy, item))
                    .max_by_key(|finding| finding.level),
            );
        }
        findings.extend(not_understood(case, allergy));
    }
    findings
}

/// The very substance.
fn same(case: &Case, allergy: &Allergy, item: &Item) -> Option<Finding> {
    let substance = |medicine: &&&crate::knowledge::Medicine| {
        let parts = medicine.contains.iter().map(|part| part.id.as_str());
        let mut all = [medicine.id.as_str()].into_iter().chain(parts);
        all.any(|id| item.substances.iter().any(|substance| substance.id == id))
    };
    let known = allergy.medicines.iter().find(substance)?;
    Some(Finding {
        level: Level::Stop,
        kind: Kind::Allergy,
        lines: vec![item.at],
        what: case.medicines.say("allergy_same", &[("medicine", item.name()), ("allergy", allergy.text)]),
        why: String::new(),
        instead: case.medicines.say("allergy_instead", &[]),
        source: known.source.clone(),
    })
}

/// What the allergens hit: those named, and those of the classes of the medicines named.
fn crossed(case: &Case, allergy: &Allergy, item: &Item) -> Option<Finding> {
    let pack = &case.medicines.pack;
    let implied = |allergen: &&Allergen| {
        pack.classes.iter().filter(|class| class.allergen.as_ref() == Some(&allergen.id)).any(|class| {
            allergy.medicines.iter().any(|medicine| {
                medicine.classes.contains(&class.id)
                    || class
                        .atc
                        .iter()
                        .any(|prefix| medicine.atc.iter().any(|atc| atc.starts_with(prefix.as_str())))
            })
        })
    };
    let allergens = allergy.allergens.iter().copied().chain(pack.allergens.iter().filter(implied));
    let hits = allergens.flat_map(|allergen| allergen.hits.iter().map(move |hit| (allergen, hit)));
    let on = |hit: &Hit| {
        hit.on
            .iter()
            .any(|id| item.classes.contains(id.as_str()) || item.substances.iter().any(|one| one.id == *id))
    };
    let level = |hit: &Hit| if allergy.severe { hit.severe.unwrap_or(hit.level) } else { hit.level };
    // Of equal levels the first in the pack wins.
    let mut worst: Option<(&Allergen, &Hit)> = None;
    for (allergen, hit) in hits.filter(|(_, hit)| on(hit)) {
        if worst.is_none_or(|(_, other)| level(hit) > level(other)) {
            worst = Some((allergen, hit));
        }
    }
    let (allergen, hit) = worst?;
    Some(Finding {
        level: level(hit),
        kind: Kind::Allergy,
        lines: vec![item.at],
        what: case.medicines.say("allergy_cross", &[("medicine", item.name()), ("allergy", allergy.text)]),
        why: hit.why.clone(),
        instead: hit.instead.clone(),
        source: allergen.source.clone(),
    })
}

/// Says that an allergy was not understood.
fn not_understood(case: &Case, allergy: &Allergy) -> Option<Finding> {
    let words = &case.medicines.pack.words;
    let nothing = words
        .denied
        .iter()
        .chain(&words.nothing)
        .any(|word| allergy.text.to_lowercase().contains(word.as_str()));
    (allergy.allergens.is_empty() && allergy.medicines.is_empty() && !nothing && !case.items.is_empty()).then(
        || Finding {
            level: Level::Inform,
            kind: Kind::Allergy,
            lines: case.items.iter().map(|item| item.at).collect(),
            what: case.medicines.say("allergy_unknown", &[("allergy", allergy.text)]),
            why: String::new(),
            instead: case.medicines.say("allergy_unknown_instead", &[]),
            source: String::new(),
        },
    )
}
