//! What a visit amounts to: advice, contract items used, points claimed. Pure, and the same before and after signing.

use super::draft::{Draft, Place, Reaction, Taking};
use crate::replica::files::ResidentFile;
use documents::{Adherence, Catalog, CountyRules, Plan, ServiceUsed, Visit, VisitPlace};
use domain::{
    base::{InstitutionId, ItemId, Signature, StaffId, TeamId, Timestamp},
    care::{AdverseReaction, FollowUp, FollowUpError, FollowUpInput, follow_up},
    contracts::{ServiceKind, WindowState, fulfilment, package::pinned, state},
    measurements::{Findings, hypertension_rules},
    people::KeyGroup,
    work_points::{Circumstance, Claim, Score, claim_id, in_force, score},
};

/// The kind of work a visit claims, an id of the county's points rules.
const WORK: &str = "follow_up";

/// Who visits, and what this device knows besides the resident.
pub struct Visitor<'a> {
    /// The account.
    pub staff: StaffId,
    /// Their team.
    pub team: TeamId,
    /// The institution as the account has it.
    pub institution: InstitutionId,
    /// The county's catalog.
    pub catalog: &'a Catalog,
    /// The county's rules.
    pub rules: &'a CountyRules,
}

/// A contract item that the visit uses up.
#[derive(Clone, Debug, PartialEq)]
pub struct Used {
    /// Its name.
    pub title: String,
    /// Which of the owed ones this is.
    pub number: u32,
    /// How many are owed.
    pub owed: u32,
    /// What is written.
    pub service: ServiceUsed,
}

/// All of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// What the norm says.
    pub follow_up: FollowUp,
    /// Items used up.
    pub used: Vec<Used>,
    /// The claim and what it is worth; nothing without rules or when nothing is claimed.
    pub claim: Option<(Claim, Score)>,
}

/// Judges what has been entered so far, by the rules in force on the day of the visit.
///
/// # Errors
/// Without a pressure; or when a rule is missing.
pub fn advice(draft: &Draft, file: &ResidentFile) -> Result<FollowUp, FollowUpError> {
    let date = draft.started.date();
    let findings = Findings {
        age: file.person.age(date),
        pressure: draft.measured().ok(),
        danger_signs: draft.danger_signs.clone(),
        pregnant_or_lactating: file.person.is_in(&KeyGroup::Pregnant),
    };
    let input = FollowUpInput {
        findings,
        adverse_reaction: reaction(draft).unwrap_or(AdverseReaction::None),
        complication: draft.complication,
        previous: file.record.previous_follow_up(date),
    };
    follow_up(&input, hypertension_rules()?, date)
}

/// Returns what the visit amounts to.
///
/// # Errors
/// Like [`advice`].
pub fn outcome(draft: &Draft, file: &ResidentFile, visitor: &Visitor<'_>) -> Result<Outcome, FollowUpError> {
    let follow_up = advice(draft, file)?;
    // The norm counts face to face; a call is recorded and uses up nothing.
    let face_to_face = draft.place != Place::Phone;
    let used = if face_to_face { used(draft, file, visitor) } else { Vec::new() };
    let claim = if face_to_face { claim(draft, file, visitor) } else { None };
    Ok(Outcome { follow_up, used, claim })
}

fn used(draft: &Draft, file: &ResidentFile, visitor: &Visitor<'_>) -> Vec<Used> {
    let date = draft.started.date();
    let contracts = file.record.contracts();
    let Some(contract) = contracts.iter().find(|contract| state(contract, &contracts, date).is_in_force())
    else {
        return Vec::new();
    };
    // Without the version that was signed nothing is counted here; the screen says that an update is needed.
    let packages = pinned(&contract.packages, &visitor.catalog.packages).unwrap_or_default();
    let items = fulfilment(contract, &packages, &file.record.services(), date).items;
    let open = |state: &WindowState| *state == WindowState::Open;
    let usable = items.into_iter().filter(|item| item.service == ServiceKind::FollowUp);
    let usable = usable.filter(|item| item.left > 0 && item.windows.iter().any(|window| open(&window.state)));
    usable
        .map(|item| Used {
            title: item.title,
            number: item.given + 1,
            owed: item.owed,
            service: ServiceUsed { contract: contract.id.clone(), package: item.package, item: item.item },
        })
        .collect()
}

fn claim(draft: &Draft, file: &ResidentFile, visitor: &Visitor<'_>) -> Option<(Claim, Score)> {
    let date = draft.started.date();
    let (version, rules) = in_force(&visitor.rules.points, date)?;
    let item = ItemId::new(WORK);
    rules.item(&item)?;
    let staff = visitor.catalog.staff.get(&visitor.staff);
    let institution = staff.map_or(&visitor.institution, |staff| &staff.institution);
    let remote = visitor.catalog.institutions.get(institution).is_some_and(|place| place.remote);
    let shortage = staff.is_some_and(|staff| staff.shortage);
    let mut circumstances = Vec::new();
    circumstances.extend(remote.then_some(Circumstance::Remote));
    circumstances.extend(shortage.then_some(Circumstance::Shortage));
    let claim = Claim {
        id: claim_id(&draft.visit, &item),
        staff: visitor.staff.clone(),
        item,
        on: date,
        quantity: 1,
        institution: institution.clone(),
        circumstances,
        rules: version.clone(),
        visit: Some(draft.visit.clone()),
        resident: Some(file.person.subject.clone()),
        note: String::new(),
        recorded_at: draft.started,
        withdrawn: None,
    };
    let score = score(&claim, rules)?;
    Some((claim, score))
}

/// Returns the visit to be recorded.
#[must_use]
pub fn visit(
    draft: &Draft,
    file: &ResidentFile,
    visitor: &Visitor<'_>,
    outcome: &Outcome,
    signature: Signature,
    now: Timestamp,
) -> Visit {
    Visit {
        id: draft.visit.clone(),
        resident: file.person.subject.clone(),
        date: Some(draft.started.date()),
        recorded_at: now,
        staff: visitor.staff.clone(),
        team: visitor.team.clone(),
        institution: visitor.institution.clone(),
        place: match draft.place {
            Place::Home => VisitPlace::Home,
            Place::Clinic => VisitPlace::Clinic,
            Place::Phone => VisitPlace::Phone,
        },
        pressures: draft.measured().into_iter().collect(),
        pulse: draft.pulse.parse().ok(),
        weight: grams(&draft.weight),
        danger_signs: draft.danger_signs.clone(),
        symptoms: draft.symptoms.clone(),
        asked: true,
        pregnant_or_lactating: file.person.is_in(&KeyGroup::Pregnant),
        adherence: draft.taking.map(|taking| match taking {
            Taking::Regular => Adherence::Regular,
            Taking::Irregular => Adherence::Intermittent,
            Taking::None => Adherence::NotTaken,
        }),
        adverse_reaction: reaction(draft),
        complication: draft.complication,
        follow_up: Some(outcome.follow_up.clone()),
        plan: Plan { next: draft.agreed, ..Plan::default() },
        services: outcome.used.iter().map(|used| used.service.clone()).collect(),
        claim: outcome.claim.as_ref().map(|(claim, _)| claim.id.clone()),
        signatures: vec![signature],
        note: draft.note.trim().to_owned(),
        ..Visit::default()
    }
}

fn reaction(draft: &Draft) -> Option<AdverseReaction> {
    draft.reaction.map(|reaction| match reaction {
        Reaction::None => AdverseReaction::None,
        Reaction::Present => AdverseReaction::Present,
        Reaction::HardToControl => AdverseReaction::HardToControl,
    })
}

/// Reads kilograms as typed, `61.5`, into grams without a float.
fn grams(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let thousandths = format!("{part:0<3}");
    let kilograms: u32 = whole.parse().ok()?;
    kilograms.checked_mul(1000)?.checked_add(thousandths.get(..3)?.parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::visit::draft::Event;
    use crate::ui::Key;
    use documents::{Diary, Record, SignedContract};
    use domain::{
        base::{ContractId, Date, ResidentId, VisitId},
        care::Action,
        contracts::{Contract, PackageRef, SigningPlace, package_templates},
        people::Resident,
        rules::Published,
        work_points::points_templates,
    };

    fn at(text: &str) -> Timestamp {
        Timestamp::of(text.parse::<Date>().unwrap(), 9, 0)
    }

    fn file(record: Record) -> ResidentFile {
        let person = Resident {
            subject: ResidentId::new("s"),
            birth_date: Some("1956-03-01".parse().unwrap()),
            key_groups: vec![KeyGroup::Hypertension],
            ..Resident::default()
        };
        ResidentFile { person, record, diary: Diary::default(), problems: vec![] }
    }

    fn draft(digits: &str) -> Draft {
        let mut draft = Draft::new(VisitId::new("v"), "s".into(), at("2026-11-22"));
        for digit in digits.bytes() {
            draft.update(Event::Key(Key::Digit(digit - b'0')));
        }
        draft
    }

    fn county() -> (Catalog, CountyRules) {
        let mut catalog = Catalog::default();
        for package in &package_templates().unwrap().rules.packages {
            let entry = Published::freeze(package.clone()).unwrap();
            catalog.packages.insert(entry.hash, entry.content);
        }
        let mut rules = CountyRules::default();
        for points in &points_templates().unwrap().rules.rules {
            let entry = Published::freeze(points.clone()).unwrap();
            rules.points.insert(entry.hash, entry.content);
        }
        (catalog, rules)
    }

    fn visitor<'a>(catalog: &'a Catalog, rules: &'a CountyRules) -> Visitor<'a> {
        let (staff, team, institution) = (StaffId::new("d"), TeamId::new("t"), InstitutionId::new("i"));
        Visitor { staff, team, institution, catalog, rules }
    }

    fn contracted(catalog: &Catalog) -> Record {
        let packages =
            catalog.offered().into_iter().filter(|(_, package)| package.id.as_str() == "hypertension");
        let packages = packages
            .map(|(hash, package)| PackageRef { id: package.id.clone(), hash: hash.clone() })
            .collect();
        let contract = Contract {
            id: ContractId::new("c"),
            resident: ResidentId::new("s"),
            team: TeamId::new("t"),
            signed_by: StaffId::new("d"),
            signed_at: Some(at("2026-06-01")),
            from: "2026-06-01".parse().unwrap(),
            until: "2027-05-31".parse().unwrap(),
            packages,
            place: SigningPlace::Home,
            renews: None,
            terminated: None,
        };
        Record { contracts: vec![SignedContract { contract, signatures: vec![] }], ..Record::default() }
    }

    #[test]
    fn a_first_152_over_96_at_seventy_is_adjusted_and_seen_in_two_weeks() {
        let result = advice(&draft("15296"), &file(Record::default())).unwrap();
        assert_eq!(result.action, Action::Adjust);
        assert_eq!(result.next_due.to_string(), "2026-12-06");
    }

    #[test]
    fn one_visit_uses_one_item_and_claims_once() {
        let (catalog, rules) = county();
        let visitor = visitor(&catalog, &rules);
        let file = file(contracted(&catalog));
        let first = outcome(&draft("15296"), &file, &visitor).unwrap();
        assert_eq!(first.used.len(), 1);
        assert_eq!((first.used[0].number, first.used[0].owed), (1, 4));
        let again = outcome(&draft("15296"), &file, &visitor).unwrap();
        assert_eq!(first.claim.unwrap().0.id, again.claim.unwrap().0.id);
    }

    #[test]
    fn a_telephone_call_uses_nothing_and_claims_nothing() {
        let (catalog, rules) = county();
        let file = file(contracted(&catalog));
        let mut call = draft("13080");
        call.update(Event::Place(Place::Phone));
        let result = outcome(&call, &file, &visitor(&catalog, &rules)).unwrap();
        assert!(result.used.is_empty() && result.claim.is_none());
    }

    #[test]
    fn without_rules_the_visit_stands_and_claims_nothing() {
        let (catalog, _) = county();
        let none = CountyRules::default();
        let result = outcome(&draft("13080"), &file(Record::default()), &visitor(&catalog, &none)).unwrap();
        assert_eq!(result.claim, None);
    }

    #[test]
    fn kilograms_are_read_without_a_float() {
        assert_eq!(grams("61.5"), Some(61_500));
        assert_eq!(grams("61"), Some(61_000));
        assert_eq!(grams("61."), Some(61_000));
        assert_eq!(grams(""), None);
    }
}
