//! Pages as they are stored.

use super::Held;
use serde::{Deserialize, Serialize};
use sync::{About, DocumentId};

/// One subject of a page.
#[derive(Serialize, Deserialize)]
pub(super) struct Stored {
    pub(super) subject: String,
    pub(super) documents: Vec<StoredHeld>,
    pub(super) row: Option<serde_json::Value>,
    /// The summariser that made the row; none of the first said so.
    #[serde(default)]
    pub(super) version: u32,
}

/// One document of a subject.
#[derive(Serialize, Deserialize)]
pub(super) struct StoredHeld {
    #[serde(with = "hex")]
    pub(super) id: [u8; 16],
    kind: String,
    team: String,
    institution: String,
    server: Vec<Hash>,
    local: Vec<Hash>,
}

#[derive(Serialize, Deserialize)]
struct Hash(#[serde(with = "hex")] [u8; 32]);

impl StoredHeld {
    pub(super) fn close(held: &Held) -> Self {
        Self {
            id: *held.id.bytes(),
            kind: held.about.kind.clone(),
            team: held.about.team.clone(),
            institution: held.about.institution.clone(),
            server: held.server.iter().map(|hash| Hash(hash.0)).collect(),
            local: held.local.iter().map(|hash| Hash(hash.0)).collect(),
        }
    }

    pub(super) fn open(self, subject: &str) -> Held {
        let Self { id, kind, team, institution, server, local } = self;
        let heads =
            |hashes: Vec<Hash>| hashes.into_iter().map(|hash| automerge::ChangeHash(hash.0)).collect();
        let about = About { kind, subject: subject.to_owned(), team, institution };
        Held { id: DocumentId::new(id), about, server: heads(server), local: heads(local) }
    }
}
