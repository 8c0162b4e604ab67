//! What is wrong in a pack.

use crate::Medicines;
use crate::amount::Unit;
use crate::check::is_atc;
use crate::knowledge::{Caution, Medicine, When};
use std::collections::BTreeSet;

/// See [`Medicines::faults`].
pub(crate) fn faults(medicines: &Medicines) -> Vec<String> {
    let pack = medicines.knowledge();
    let mut faults = Vec::new();
    let mut ids = BTreeSet::new();
    let all = pack.medicines.iter().map(|one| &one.id).chain(pack.classes.iter().map(|one| &one.id));
    faults.extend(all.filter(|id| !ids.insert(id.as_str())).map(|id| format!("{id} is the id of two")));
    let is_id = |id: &str| {
        let fits = |letter: u8| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == b'_';
        !id.is_empty() && id.bytes().all(fits)
    };
    let all = pack.medicines.iter().map(|one| &one.id).chain(pack.classes.iter().map(|one| &one.id));
    let all = all.chain(pack.sources.iter().map(|one| &one.id));
    faults.extend(all.filter(|id| !is_id(id)).map(|id| format!("{id:?} is no id")));
    for medicine in &pack.medicines {
        faults.extend(
            of_medicine(medicines, medicine).into_iter().map(|fault| format!("{}: {fault}", medicine.id)),
        );
    }
    for class in &pack.classes {
        let mut wrong = of_cautions(medicines, &class.cautions);
        wrong.extend(source(medicines, &class.source));
        wrong.extend(
            class.is_a.iter().filter(|id| medicines.class(id).is_none()).map(|id| format!("no class {id}")),
        );
        let member = |medicine: &Medicine| {
            medicine.classes.contains(&class.id)
                || class
                    .atc
                    .iter()
                    .any(|prefix| medicine.atc.iter().any(|atc| atc.starts_with(prefix.as_str())))
        };
        let parent = pack.classes.iter().any(|other| other.is_a.contains(&class.id));
        if !parent && !pack.medicines.iter().any(member) {
            wrong.push("has no member".into());
        }
        if let Some(allergen) = &class.allergen
            && !pack.allergens.iter().any(|one| one.id == *allergen)
        {
            wrong.push(format!("no allergen {allergen}"));
        }
        faults.extend(wrong.into_iter().map(|fault| format!("{}: {fault}", class.id)));
    }
    for (at, interaction) in pack.interactions.iter().enumerate() {
        let named =
            interaction.a.iter().chain(&interaction.b).chain(&interaction.except).chain(&interaction.with);
        let mut wrong: Vec<String> = named.filter_map(|id| group(medicines, id)).collect();
        wrong.extend(source(medicines, &interaction.source));
        faults.extend(wrong.into_iter().map(|fault| format!("interaction {at}: {fault}")));
    }
    for allergen in &pack.allergens {
        let mut wrong: Vec<String> =
            allergen.hits.iter().flat_map(|hit| &hit.on).filter_map(|id| group(medicines, id)).collect();
        wrong.extend(source(medicines, &allergen.source));
        faults.extend(wrong.into_iter().map(|fault| format!("{}: {fault}", allergen.id)));
    }
    let conditions: BTreeSet<&str> = pack.conditions.iter().map(|condition| condition.id.as_str()).collect();
    let implied = pack.conditions.iter().flat_map(|condition| &condition.is_a);
    let policy = [&pack.policy.kidney, &pack.policy.liver, &pack.policy.liver_severe, &pack.policy.pain]
        .into_iter()
        .chain(&pack.policy.viral)
        .chain(&pack.policy.kidney_risk);
    let missing = implied.chain(policy).filter(|id| !conditions.contains(id.as_str()));
    faults.extend(missing.map(|id| format!("no condition {id}")));
    let policy = &pack.policy;
    let sources = [
        &policy.dose_source,
        &policy.days_source,
        &policy.days_long_source,
        &policy.antimicrobial_source,
        &policy.antimicrobial_use_source,
        &policy.weights_source,
    ];
    faults.extend(sources.into_iter().filter_map(|id| source(medicines, id)));
    faults.extend(idle(medicines));
    faults
}

/// Returns the classes that say nothing and of which nothing is said.
fn idle(medicines: &Medicines) -> Vec<String> {
    let pack = medicines.knowledge();
    let interactions = pack
        .interactions
        .iter()
        .flat_map(|one| one.a.iter().chain(&one.b).chain(&one.except).chain(&one.with));
    let hits = pack.allergens.iter().flat_map(|allergen| &allergen.hits).flat_map(|hit| &hit.on);
    let parents = pack.classes.iter().flat_map(|class| &class.is_a);
    let named: BTreeSet<&String> =
        interactions.chain(hits).chain(parents).chain([&pack.policy.antibacterial]).collect();
    let idle = pack.classes.iter().filter(|class| {
        class.cautions.is_empty()
            && class.duplicate.is_none()
            && class.allergen.is_none()
            && !named.contains(&class.id)
    });
    idle.filter(|class| class.is_a.is_empty()).map(|class| format!("{}: does nothing", class.id)).collect()
}

fn of_medicine(medicines: &Medicines, medicine: &Medicine) -> Vec<String> {
    let words = &medicines.knowledge().words;
    let mut wrong = of_cautions(medicines, &medicine.cautions);
    if medicine.name.trim().is_empty() {
        wrong.push("has no name".into());
    }
    wrong.extend(source(medicines, &medicine.source));
    wrong.extend(medicine.atc.iter().filter(|atc| !is_atc(atc)).map(|atc| format!("{atc} is no ATC code")));
    wrong.extend(
        medicine.classes.iter().filter(|id| medicines.class(id).is_none()).map(|id| format!("no class {id}")),
    );
    let parts = medicine.contains.iter().filter(|part| medicines.medicine(&part.id).is_none());
    wrong.extend(parts.map(|part| format!("no medicine {}", part.id)));
    for row in &medicine.doses {
        if Unit::read(words, row.base_unit().0).is_none() {
            wrong.push(format!("no unit {}", row.unit));
        }
        if row.max.is_some_and(|max| max < row.usual.high) {
            wrong.push(format!("the most of {} is less than the usual", row.route as u8));
        }
        let conditions = &medicines.knowledge().conditions;
        let missing = row.condition.as_ref().filter(|id| !conditions.iter().any(|known| known.id == **id));
        wrong.extend(missing.map(|id| format!("no condition {id}")));
        wrong.extend(row.source.as_ref().and_then(|id| source(medicines, id)));
    }
    for form in &medicine.forms {
        let units = form.piece.iter().chain(&form.per_ml).map(|(_, unit)| unit);
        wrong.extend(
            units.filter(|unit| Unit::read(words, unit).is_none()).map(|unit| format!("no unit {unit}")),
        );
    }
    wrong
}

fn of_cautions(medicines: &Medicines, cautions: &[Caution]) -> Vec<String> {
    let conditions = &medicines.knowledge().conditions;
    let mut wrong = Vec::new();
    for caution in cautions {
        if let When::Condition(id) = &caution.when
            && !conditions.iter().any(|condition| condition.id == *id)
        {
            wrong.push(format!("no condition {id}"));
        }
        wrong.extend(caution.source.as_ref().and_then(|id| source(medicines, id)));
    }
    wrong
}

fn group(medicines: &Medicines, id: &str) -> Option<String> {
    (medicines.class(id).is_none() && medicines.medicine(id).is_none())
        .then(|| format!("neither class nor medicine {id}"))
}

fn source(medicines: &Medicines, id: &str) -> Option<String> {
    medicines.source(id).is_none().then(|| format!("no source {id}"))
}
