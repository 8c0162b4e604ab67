//! Who may do what with which kind of document: data/policy.toml and data/genesis.toml, read at start.

use crate::account::Account;
use crate::store::Reach;
use automerge::ChangeHash;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use sync::About;
use sync::relay::Rights;

const POLICY: &str = include_str!("../data/policy.toml");
const GENESIS: &str = include_str!("../data/genesis.toml");

/// The kind that any automerge-repo client makes.
pub const PLAIN: &str = "plain";

/// The roles an account may have.
pub const ROLES: [&str; 12] = [
    "resident",
    "village_doctor",
    "family_doctor",
    "nurse",
    "public_health",
    "expert",
    "pharmacist",
    "institution_manager",
    "consortium_manager",
    "insurance_officer",
    "auditor",
    "administrator",
];

/// Says what is wrong with the data files.
#[derive(Debug, thiserror::Error)]
pub enum PolicyError {
    /// A file is not what it should be.
    #[error("policy: {0}")]
    Toml(#[from] toml::de::Error),
    /// A genesis hash is not 64 hex digits.
    #[error("genesis hash {0}")]
    Hash(String),
    /// A rule names nobody.
    #[error("policy: unknown role or set {0}")]
    Who(String),
}

/// Where team and institution of a new document come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum RowFrom {
    /// The creator's own.
    Creator,
    /// The creator's if they serve a team, else those of the documents of the subject.
    Subject,
    /// The staff account that is the subject.
    Account,
    /// The creator's institution, and no team.
    Institution,
    /// There are none.
    None,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Relation {
    Any,
    Subject,
    Team,
    Institution,
    Creator,
}

#[derive(Debug, Clone, Deserialize)]
struct Rule {
    who: String,
    r#if: Relation,
}

#[derive(Debug, Clone, Deserialize)]
struct Kind {
    name: String,
    row: RowFrom,
    create: Vec<Rule>,
    write: Vec<Rule>,
    read: Vec<Rule>,
    #[serde(default)]
    erasable: bool,
    #[serde(default)]
    once: bool,
    #[serde(skip)]
    frozen: BTreeSet<ChangeHash>,
}

/// Something that is no document.
#[derive(Debug, Clone, Deserialize)]
struct Act {
    name: String,
    allow: Vec<Rule>,
}

#[derive(Debug, Deserialize)]
struct PolicyFile {
    roles: BTreeMap<String, BTreeSet<String>>,
    kind: Vec<Kind>,
    #[serde(default)]
    act: Vec<Act>,
}

#[derive(Debug, Deserialize)]
struct GenesisFile {
    hashes: BTreeMap<String, Vec<String>>,
}

/// The rules of access.
#[derive(Debug)]
pub struct Policy {
    roles: BTreeMap<String, BTreeSet<String>>,
    kinds: BTreeMap<String, Kind>,
    acts: BTreeMap<String, Vec<Rule>>,
    nothing: BTreeSet<ChangeHash>,
}

impl Policy {
    /// Reads the policy this server was built with.
    pub fn built_in() -> Result<Self, PolicyError> {
        Self::read(POLICY, GENESIS)
    }

    /// Reads a policy and the list of frozen changes.
    pub fn read(policy: &str, genesis: &str) -> Result<Self, PolicyError> {
        let file: PolicyFile = toml::from_str(policy)?;
        let mut genesis: GenesisFile = toml::from_str(genesis)?;
        let mut kinds = BTreeMap::new();
        let known = |who: &str| who == "everyone" || file.roles.contains_key(who) || ROLES.contains(&who);
        let all = file.kind.iter().flat_map(|kind| kind.create.iter().chain(&kind.write).chain(&kind.read));
        for rule in all.chain(file.act.iter().flat_map(|act| &act.allow)) {
            if !known(&rule.who) {
                return Err(PolicyError::Who(rule.who.clone()));
            }
        }
        for mut kind in file.kind {
            for text in genesis.hashes.remove(&kind.name).unwrap_or_default() {
                let hash = text.parse().map_err(|_| PolicyError::Hash(text))?;
                kind.frozen.insert(hash);
            }
            kinds.insert(kind.name.clone(), kind);
        }
        let acts = file.act.into_iter().map(|act| (act.name, act.allow)).collect();
        Ok(Self { roles: file.roles, kinds, acts, nothing: BTreeSet::new() })
    }

    /// Returns what an account may do with a document; `creator` made it.
    pub fn rights(&self, account: &Account, about: &About, creator: &str) -> Rights {
        let Some(kind) = self.kinds.get(&about.kind) else {
            return Rights::default();
        };
        let allows = |rules: &[Rule]| self.allows(rules, account, about, creator);
        let write = allows(&kind.write);
        Rights { read: write || allows(&kind.read), write }
    }

    /// Returns what an account has in common with every document that it may read; not all that have it may be read.
    pub fn reach(&self, account: &Account) -> Reach {
        let mut reach = Reach::default();
        for kind in self.kinds.values() {
            for rule in kind.write.iter().chain(&kind.read).filter(|rule| self.names(rule, account)) {
                match rule.r#if {
                    Relation::Any => reach.kinds.push(kind.name.clone()),
                    Relation::Subject if account.role == "resident" => {
                        reach.subjects.clone_from(&account.residents);
                    }
                    Relation::Subject => reach.subjects = vec![account.name.clone()],
                    Relation::Team => reach.team.clone_from(&account.team),
                    Relation::Institution => reach.institution.clone_from(&account.institution),
                    Relation::Creator => reach.creator.clone_from(&account.name),
                }
            }
        }
        reach
    }

    fn names(&self, rule: &Rule, account: &Account) -> bool {
        rule.who == "everyone"
            || rule.who == account.role
            || self.roles.get(&rule.who).is_some_and(|set| set.contains(&account.role))
    }

    /// Tells whether an account may create a document with this row.
    pub fn may_create(&self, account: &Account, about: &About) -> bool {
        self.kinds
            .get(&about.kind)
            .is_some_and(|kind| self.allows(&kind.create, account, about, &account.name))
            && self.rights(account, about, &account.name).write
    }

    /// Tells whether an account may do something that is no document, to whom `about` says.
    pub fn may(&self, act: &str, account: &Account, about: &About) -> bool {
        self.acts.get(act).is_some_and(|rules| self.allows(rules, account, about, ""))
    }

    /// Returns the kinds whose documents belong to the team that serves their subject, and go with it to another.
    pub fn moving(&self) -> Vec<String> {
        let of_team = |kind: &&Kind| matches!(kind.row, RowFrom::Creator | RowFrom::Subject);
        let kinds = self.kinds.values().filter(of_team).filter(|kind| kind.name != PLAIN);
        kinds.map(|kind| kind.name.clone()).collect()
    }

    /// Returns the kinds whose documents lie under keys and can be erased.
    pub fn erasable(&self) -> BTreeSet<String> {
        self.kinds.values().filter(|kind| kind.erasable).map(|kind| kind.name.clone()).collect()
    }

    /// Tells whether a document of a kind, with these heads, takes no more changes: it is written once, and was.
    pub fn is_closed(&self, kind: &str, heads: &[ChangeHash]) -> bool {
        self.kinds
            .get(kind)
            .is_some_and(|kind| kind.once && heads.iter().any(|head| !kind.frozen.contains(head)))
    }

    /// Returns where a new document of a kind gets its row from.
    pub fn row_from(&self, kind: &str) -> Option<RowFrom> {
        self.kinds.get(kind).map(|kind| kind.row)
    }

    /// Returns the changes of a kind that anyone may bring.
    pub fn frozen(&self, kind: &str) -> &BTreeSet<ChangeHash> {
        self.kinds.get(kind).map_or(&self.nothing, |kind| &kind.frozen)
    }

    fn allows(&self, rules: &[Rule], account: &Account, about: &About, creator: &str) -> bool {
        let serves = |own: &str, of: &str| !own.is_empty() && own == of;
        // Asked of every socket at every commit, so what is quick to refuse comes first.
        rules.iter().any(|rule| {
            let related = match rule.r#if {
                Relation::Any => true,
                Relation::Subject => is_subject(account, &about.subject),
                Relation::Team => serves(&account.team, &about.team),
                Relation::Institution => serves(&account.institution, &about.institution),
                Relation::Creator => account.name == creator,
            };
            related && self.names(rule, account)
        })
    }
}

/// Residents are bound to subjects; staff are subjects by their own name.
fn is_subject(account: &Account, subject: &str) -> bool {
    if account.role == "resident" {
        account.residents.iter().any(|bound| bound == subject)
    } else {
        account.name == subject
    }
}

#[cfg(test)]
mod tests;
