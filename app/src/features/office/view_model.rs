//! The list of accounts: what is found in it, and in what order.

use serde::Deserialize;

/// An account, as the server lists it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Account {
    pub(super) account: String,
    pub(super) role: String,
    pub(super) institution: String,
    pub(super) team: String,
    pub(super) disabled: bool,
    pub(super) factor: bool,
}

/// How many are shown before more is asked for.
pub(super) const FEW: usize = 50;

/// Returns the accounts that a query finds: in the account's name, the person's name or the team's.
pub(super) fn found<'a>(
    accounts: &'a [Account],
    query: &str,
    words: impl Fn(&Account) -> String,
) -> Vec<&'a Account> {
    let query = query.trim().to_lowercase();
    let mut found: Vec<&Account> = accounts
        .iter()
        .filter(|account| {
            query.is_empty()
                || account.account.to_lowercase().contains(&query)
                || words(account).to_lowercase().contains(&query)
        })
        .collect();
    // Residents come by themselves; an administrator looks for staff.
    found.sort_by_key(|account| account.role == "resident");
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn account(name: &str, role: &str) -> Account {
        Account { account: name.to_owned(), role: role.to_owned(), ..Account::default() }
    }

    #[test]
    fn accounts_are_found_by_their_name_or_what_is_said_of_them_staff_first() {
        let accounts =
            [account("alice", "resident"), account("doctor1", "nurse"), account("other2", "expert")];
        let words = |account: &Account| {
            if account.account == "other2" { "Team Ma".to_owned() } else { String::new() }
        };
        let names = |query: &str| {
            found(&accounts, query, words)
                .into_iter()
                .map(|account| account.account.clone())
                .collect::<Vec<_>>()
        };
        assert_eq!(names(""), ["doctor1", "other2", "alice"]);
        assert_eq!(names(" DOC"), ["doctor1"]);
        assert_eq!(names("team"), ["other2"]);
        assert!(names("zzz").is_empty());
    }
}
