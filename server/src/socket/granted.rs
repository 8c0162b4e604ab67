//! What somebody may read under grants.

use crate::account::Account;
use crate::app::App;
use crate::store::{Read, StoreError, Which};
use std::collections::HashMap;
use sync::DocumentId;

/// The grants of one account that had not ended when they were read.
#[derive(Debug, Default)]
pub(super) struct Granted(HashMap<DocumentId, Vec<(String, i64)>>);

impl Granted {
    pub(super) async fn read(app: &App, account: &Account) -> Result<Self, StoreError> {
        let mut granted = HashMap::<_, Vec<_>>::new();
        for grant in app.store.grants(Which::Reader(account.name.clone()), true).await? {
            for document in grant.documents {
                granted.entry(document).or_default().push((grant.id.clone(), grant.expires));
            }
        }
        Ok(Self(granted))
    }

    /// Returns the documents of all grants.
    pub(super) fn documents(&self) -> impl Iterator<Item = DocumentId> {
        self.0.keys().copied()
    }

    /// Returns the grant under which a document may be read at this moment.
    pub(super) fn to(&self, app: &App, id: DocumentId) -> Option<String> {
        let now = app.time.now();
        let mut grants = self.0.get(&id).into_iter().flatten();
        grants.find(|(_, expires)| now < *expires).map(|(grant, _)| grant.clone())
    }
}

/// Keeps that a document is sent under a grant, before it is sent.
pub(super) async fn note(
    app: &App,
    account: &Account,
    document: DocumentId,
    grant: String,
) -> Result<(), StoreError> {
    let account = account.name.clone();
    app.store.note_read(Read { at: app.time.now(), account, document, grant }).await
}
