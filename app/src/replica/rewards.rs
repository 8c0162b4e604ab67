//! A resident's health points: what both sides wrote, and the edits of each.

use super::{
    Replica,
    core::Edit,
    files::{ResidentFile, find},
    store::StoreError,
};
use crate::clock;
use automerge::Automerge;
use documents::{Kind, Rewards, Tx, WriteError, author, make_room, rewards_id, rewards_of, write};
use std::{rc::Rc, sync::Arc};
use sync::{About, DocumentId};

/// A resident's documents, with the team's side of their health points.
#[derive(Clone, Debug, PartialEq)]
pub struct PointsFile {
    /// Everything else.
    pub file: ResidentFile,
    /// What the team saw, handed out and answered.
    pub rewards: Rewards,
}

impl Replica {
    /// Reads the health points of one resident; nothing when the device does not hold them.
    pub async fn points_file(self, subject: &str) -> Result<Option<Arc<PointsFile>>, StoreError> {
        let core = self.core();
        let Some(file) = self.resident(subject).await? else { return Ok(None) };
        let document = match find(&core, subject, Kind::Rewards) {
            Some((id, _)) => core.document(id).await?,
            None => None,
        };
        let (rewards, _) = rewards_of(document.as_deref());
        Ok(Some(Arc::new(PointsFile { file: Rc::unwrap_or_clone(file), rewards })))
    }

    /// Prepares a verb on what a resident asks for and disputes.
    #[must_use]
    pub fn on_wishes(
        self,
        subject: &str,
        verb: impl FnOnce(&mut Tx<'_, '_>) -> Result<(), WriteError> + 'static,
    ) -> Option<Edit> {
        let Edit { id, about, apply } = self.on_diary(subject, Box::new(verb))?;
        let apply = move |document: &mut Automerge| {
            make_room(document, Kind::Diary, "withdrawals")?;
            apply(document)
        };
        Some(Edit { id, about, apply: Box::new(apply) })
    }

    /// Prepares a verb on the rules of health points in the catalog; nothing before it has arrived.
    #[must_use]
    pub fn on_catalog(
        self,
        verb: impl FnOnce(&mut Tx<'_, '_>) -> Result<(), WriteError> + 'static,
    ) -> Option<Edit> {
        let (id, about) = self.core().index(|index| {
            let held = index.documents().find(|held| held.about.kind == Kind::Catalog.as_str())?;
            Some((held.id, held.about.clone()))
        })?;
        let writer = author(&self.account().account);
        let apply = move |document: &mut Automerge| {
            make_room(document, Kind::Catalog, "health_points")?;
            write(document, &writer, clock::now(), verb).map(drop)
        };
        Some(Edit { id, about, apply: Box::new(apply) })
    }

    /// Prepares a verb on the team's side of a resident's health points; it begins with the first of them.
    #[must_use]
    pub fn on_rewards(
        self,
        subject: &str,
        verb: impl FnOnce(&mut Tx<'_, '_>) -> Result<(), WriteError> + 'static,
    ) -> Option<Edit> {
        let core = self.core();
        let (id, about) = match find(&core, subject, Kind::Rewards) {
            Some(held) => held,
            None => {
                let (record, about) = find(&core, subject, Kind::Record)?;
                let about = About { kind: Kind::Rewards.as_str().to_owned(), ..about };
                (DocumentId::new(rewards_id(record.bytes())), about)
            }
        };
        let writer = author(&self.account().account);
        let apply = move |document: &mut Automerge| write(document, &writer, clock::now(), verb).map(drop);
        Some(Edit { id, about, apply: Box::new(apply) })
    }
}
