//! What concerns a socket.

use crate::account::Account;
use crate::app::App;
use crate::hub::Concerns;
use crate::store::Item;
use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use sync::DocumentId;

/// What a socket has to hear of: its own commits, those that its account may read, those of documents that it has or had
/// open or granted, and what becomes of its account's rights. Whoever hears still checks.
pub(super) struct Concern {
    connection: u64,
    known: Arc<Mutex<Known>>,
}

struct Known {
    account: Account,
    documents: HashSet<DocumentId>,
}

impl Concern {
    /// Starts with an account that has nothing open.
    pub(super) fn new(connection: u64, account: Account) -> Self {
        Self { connection, known: Arc::new(Mutex::new(Known { account, documents: HashSet::new() })) }
    }

    /// Notes what has become of the account.
    pub(super) fn becomes(&self, account: Account) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).account = account;
    }

    /// Notes documents that concern the socket from now on, whatever its account's role.
    pub(super) fn may_concern(&self, documents: impl IntoIterator<Item = DocumentId>) {
        self.known.lock().unwrap_or_else(PoisonError::into_inner).documents.extend(documents);
    }

    /// Returns the question whether news concerns the socket.
    pub(super) fn test(&self, app: &Arc<App>) -> Concerns {
        let (connection, known, app) = (self.connection, Arc::clone(&self.known), Arc::downgrade(app));
        Box::new(move |item| {
            let mut known = known.lock().unwrap_or_else(PoisonError::into_inner);
            match &**item {
                Item::Access(access) => {
                    let own = access.reader == known.account.name;
                    if own {
                        // What follows in the document may be told before the socket has heard of this.
                        known.documents.insert(access.document);
                    }
                    own
                }
                Item::Commit(origin, commit) => {
                    let may_read = || {
                        let policy = app.upgrade();
                        let rights =
                            |app: Arc<App>| app.policy.rights(&known.account, &commit.about, &commit.creator);
                        policy.map(rights).is_some_and(|rights| rights.read)
                    };
                    *origin == connection || known.documents.contains(&commit.id) || may_read()
                }
            }
        })
    }
}
