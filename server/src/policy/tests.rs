use super::*;

fn account(name: &str, role: &str, institution: &str, team: &str, residents: &[&str]) -> Account {
    Account {
        name: name.into(),
        role: role.into(),
        institution: institution.into(),
        team: team.into(),
        residents: residents.iter().map(|&s| s.into()).collect(),
    }
}

fn about(kind: &str, subject: &str, team: &str, institution: &str) -> About {
    About { kind: kind.into(), subject: subject.into(), team: team.into(), institution: institution.into() }
}

#[track_caller]
fn check(account: &Account, about: &About, expected: &str) {
    let policy = Policy::built_in().expect("reads");
    let rights = policy.rights(account, about, "somebody");
    let found = match (rights.read, rights.write) {
        (true, true) => "write",
        (true, false) => "read",
        (false, _) => "none",
    };
    assert_eq!(found, expected, "{} on {}", account.role, about.kind);
    let Reach { kinds, subjects, team, institution, creator, .. } = policy.reach(account);
    let within = kinds.contains(&about.kind)
        || subjects.contains(&about.subject)
        || (!team.is_empty() && team == about.team)
        || (!institution.is_empty() && institution == about.institution)
        || creator == "somebody";
    assert!(within || !rights.read, "{} does not find {}", account.role, about.kind);
}

#[test]
fn a_record_is_written_by_the_team_and_read_by_its_resident() {
    let record = about("record", "s1", "t1", "h1");
    check(&account("d", "village_doctor", "h1", "t1", &[]), &record, "write");
    check(&account("d", "nurse", "h1", "t1", &[]), &record, "write");
    check(&account("d", "village_doctor", "h1", "t2", &[]), &record, "none");
    check(&account("r", "resident", "", "", &["s1"]), &record, "read");
    check(&account("r", "resident", "", "", &["s2"]), &record, "none");
    check(&account("m", "institution_manager", "h1", "", &[]), &record, "none");
    check(&account("c", "consortium_manager", "c", "", &[]), &record, "none");
    check(&account("a", "administrator", "c", "", &[]), &record, "none");
}

#[test]
fn a_resident_who_is_named_like_a_subject_is_not_that_subject() {
    let record = about("record", "s1", "t1", "h1");
    check(&account("s1", "resident", "", "", &[]), &record, "none");
}

#[test]
fn a_diary_is_written_by_both() {
    let diary = about("diary", "s1", "t1", "h1");
    check(&account("r", "resident", "", "", &["s1"]), &diary, "write");
    check(&account("d", "nurse", "h1", "t1", &[]), &diary, "write");
    check(&account("d", "nurse", "h1", "t2", &[]), &diary, "none");
}

#[test]
fn what_the_team_hands_out_is_written_by_the_team_and_read_by_the_resident() {
    let rewards = about("rewards", "s1", "t1", "h1");
    check(&account("d", "nurse", "h1", "t1", &[]), &rewards, "write");
    check(&account("r", "resident", "", "", &["s1"]), &rewards, "read");
    check(&account("r2", "resident", "", "", &["s2"]), &rewards, "none");
    check(&account("d", "nurse", "h1", "t2", &[]), &rewards, "none");
    check(&account("m", "institution_manager", "h1", "", &[]), &rewards, "none");
    check(&account("p", "pharmacist", "h1", "t1", &[]), &rewards, "none");
}

#[test]
fn claims_and_rulings_are_written_from_opposite_sides() {
    let activity = about("activity", "doc", "t1", "h1");
    let rulings = about("rulings", "doc", "t1", "h1");
    let doctor = account("doc", "village_doctor", "h1", "t1", &[]);
    let colleague = account("col", "village_doctor", "h1", "t1", &[]);
    let manager = account("m", "institution_manager", "h1", "", &[]);
    let other = account("m2", "institution_manager", "h2", "", &[]);
    let county = account("c", "consortium_manager", "c", "", &[]);
    check(&doctor, &activity, "write");
    check(&doctor, &rulings, "read");
    check(&colleague, &activity, "none");
    check(&colleague, &rulings, "none");
    check(&manager, &activity, "read");
    check(&manager, &rulings, "write");
    check(&other, &activity, "none");
    check(&other, &rulings, "none");
    check(&county, &activity, "read");
    check(&county, &rulings, "write");
}

#[test]
fn prescriptions_and_reviews_are_written_from_opposite_sides() {
    let prescriptions = about("prescriptions", "doc", "t1", "h1");
    let reviews = about("reviews", "doc", "t1", "h1");
    let pharmacist = account("p", "pharmacist", "h9", "", &[]);
    check(&account("doc", "village_doctor", "h1", "t1", &[]), &prescriptions, "write");
    check(&account("doc", "village_doctor", "h1", "t1", &[]), &reviews, "read");
    check(&pharmacist, &prescriptions, "read");
    check(&pharmacist, &reviews, "write");
    let others = [
        account("col", "family_doctor", "h1", "t1", &[]),
        account("m", "institution_manager", "h1", "", &[]),
        account("c", "consortium_manager", "c", "", &[]),
        account("i", "insurance_officer", "c", "", &[]),
        account("r", "resident", "", "", &["doc"]),
    ];
    for other in &others {
        check(other, &prescriptions, "none");
        check(other, &reviews, "none");
    }
    for kind in ["person", "record", "diary"] {
        check(&account("p", "pharmacist", "h1", "t1", &[]), &about(kind, "s1", "t1", "h1"), "none");
    }
}

#[test]
fn a_month_is_closed_by_its_manager_once_and_read_by_those_who_work_there() {
    let close = about("close", "h1", "", "h1");
    check(&account("m", "institution_manager", "h1", "", &[]), &close, "write");
    check(&account("m2", "institution_manager", "h2", "", &[]), &close, "none");
    check(&account("doc", "village_doctor", "h1", "t1", &[]), &close, "read");
    check(&account("doc2", "village_doctor", "h2", "t1", &[]), &close, "none");
    check(&account("c", "consortium_manager", "c", "", &[]), &close, "read");
    check(&account("r", "resident", "", "", &["h1"]), &close, "none");
    let policy = Policy::built_in().expect("reads");
    let genesis: Vec<ChangeHash> = policy.frozen("close").iter().copied().collect();
    assert_eq!(genesis.len(), 1);
    assert!(!policy.is_closed("close", &genesis), "a document that says nothing can still be written");
    assert!(policy.is_closed("close", &[ChangeHash([7; 32])]));
    assert!(!policy.is_closed("rulings", &[ChangeHash([7; 32])]));
}

#[test]
fn the_county_key_is_for_staff_only() {
    let rules = about("rules", "", "", "");
    check(&account("r", "resident", "", "", &["s1"]), &rules, "none");
    check(&account("p", "pharmacist", "h1", "", &[]), &rules, "read");
    check(&account("c", "consortium_manager", "c", "", &[]), &rules, "write");
    let catalog = about("catalog", "", "", "");
    check(&account("r", "resident", "", "", &["s1"]), &catalog, "read");
}

#[test]
fn an_empty_team_serves_nobody() {
    let record = about("record", "s1", "", "");
    check(&account("d", "village_doctor", "", "", &[]), &record, "none");
}

#[test]
fn an_unknown_kind_is_closed_to_everyone() {
    check(&account("c", "consortium_manager", "c", "", &[]), &about("secret", "", "", ""), "none");
}

#[test]
fn an_administrator_sees_no_record_of_any_kind_whatever_team_they_name_as_theirs() {
    let admin = account("a", "administrator", "h1", "t1", &["s1"]);
    let policy = Policy::built_in().expect("reads");
    assert_eq!(policy.moving(), ["diary", "person", "record", "rewards"]);
    for kind in policy.moving() {
        check(&admin, &about(&kind, "s1", "t1", "h1"), "none");
    }
    for kind in ["activity", "rulings", "prescriptions", "reviews"] {
        check(&admin, &about(kind, "doc", "t1", "h1"), "none");
    }
}

#[test]
fn acts_are_allowed_to_those_the_policy_names() {
    let policy = Policy::built_in().expect("reads");
    let may = |act: &str, role: &str, team: &str| {
        policy.may(act, &account("a", role, "h1", team, &["s1"]), &about("record", "s1", "t1", "h1"))
    };
    assert!(may("enrol", "village_doctor", "t1") && !may("enrol", "village_doctor", "t2"));
    assert!(!may("enrol", "administrator", "t1") && !may("enrol", "resident", "t1"));
    assert!(may("transfer", "nurse", "t1") && !may("transfer", "nurse", "t2"));
    assert!(may("accounts", "administrator", "") && !may("accounts", "consortium_manager", ""));
    assert!(!may("unheard_of", "administrator", "t1"));
}
