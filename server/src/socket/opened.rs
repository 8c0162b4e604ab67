//! One document on one socket: looked at under its lock, changed, refused.

use super::granted::Granted;
use super::{Again, Connection, IN_FLIGHT, Over, QUOTA, granted, rows, think};
use crate::documents::Slot;
use crate::store::{Conflict, Event, StoreError, Write};
use std::sync::Arc;
use std::time::Instant;
use sync::relay::{Commit, Effect, Errand, Input, View};
use sync::{DocumentId, Refusal};
use tokio::sync::OwnedMutexGuard;

impl Connection {
    /// Looks at a document under its lock; the lock goes along with a commit until it is safe.
    pub(super) async fn open(
        &mut self,
        id: DocumentId,
        errand: Errand,
        announced: Option<sync::About>,
    ) -> Result<(), Over> {
        if let Errand::Sync { .. } = &errand {
            // A plain client has it open from now on.
            self.concern.may_concern([id]);
        }
        let slot = self.app.documents.lock(&*self.app.store, id).await?;
        let policy = &self.app.policy;
        let new = match &slot.replica {
            Some(_) => None,
            None if self.app.store.is_erased(id).await? => None,
            None => rows::new_row(&self.app, &self.account, announced.clone(), &errand).await?,
        };
        let existing = slot.replica.as_ref();
        let row = existing.map(|replica| (&replica.about, replica.creator.as_str()));
        let row = row.or(new.as_ref().map(|about| (about, self.account.name.as_str())));
        let kind = row.map_or("", |(about, _)| about.kind.as_str());
        let mut rights =
            row.map(|(about, creator)| policy.rights(&self.account, about, creator)).unwrap_or_default();
        // What is written once stays as whoever came first wrote it.
        rights.write &= !existing.is_some_and(|of| policy.is_closed(kind, &of.document.get_heads()));
        let mut grant = None;
        if !rights.read && existing.is_some() && self.granted.to(&self.app, id).is_some() {
            // Nothing is sent under a grant that ended a moment ago.
            self.granted = Granted::read(&self.app, &self.account).await?;
            grant = self.granted.to(&self.app, id);
            rights.read = grant.is_some();
        }
        let view = View {
            replica: existing,
            new: new.as_ref(),
            rights,
            frozen: policy.frozen(kind),
            plain: kind == crate::policy::PLAIN,
        };
        let unseen = matches!(errand, Errand::Want { .. }) && existing.is_some() && !view.rights.read;
        // What was wanted may leave with a later document.
        let collected = matches!(errand, Errand::Want { .. });
        let again = (id, errand.clone(), announced);
        self.session.give_back(self.app.is_recovering());
        let size = again.1.size();
        let effects = think(&mut self.session, &mut self.spent, Input::Opened { id, errand, view }, size);
        if let Some(grant) = grant
            && (collected || effects.iter().any(|effect| matches!(effect, Effect::Send(_))))
        {
            granted::note(&self.app, &self.account, id, grant).await?;
        }
        let about = row.map(|(about, _)| about.clone());
        let creator = row.map(|(_, creator)| creator.to_owned());
        let (commits, others): (Vec<_>, Vec<_>) =
            effects.into_iter().partition(|effect| matches!(effect, Effect::Commit(_)));
        match (commits.into_iter().next(), about, creator) {
            (Some(Effect::Commit(commit)), Some(about), Some(creator)) => {
                self.commit(slot, *commit, about, creator, again).await?;
            }
            // A slow reader must not hold the document.
            _ => drop(slot),
        }
        self.note_refusal(id, &others, unseen).await?;
        Box::pin(self.perform(others)).await
    }

    /// Records that a right was refused; what is malformed is only counted.
    async fn note_refusal(&mut self, id: DocumentId, effects: &[Effect], unseen: bool) -> Result<(), Over> {
        let refused = effects.iter().find_map(|effect| match effect {
            Effect::Refused(refusal) => Some(*refusal),
            _ => None,
        });
        let reason = match refused {
            Some(refusal @ (Refusal::Right | Refusal::Author | Refusal::LateAuthor | Refusal::Actor)) => {
                refusal.to_string()
            }
            None if unseen => Refusal::Right.to_string(),
            _ => return Ok(()),
        };
        let (app, now) = (&self.app, self.app.now());
        let act = if unseen { "read" } else { "commit" };
        let Some(note) = app.refusals.note(&self.account.name, id, &format!("{act}: {reason}"), now) else {
            return Ok(());
        };
        let event = Event {
            at: now,
            account: self.account.name.clone(),
            device: self.device.clone(),
            act,
            document: Some(id),
            refusal: reason,
            note: note.to_owned(),
            ..Event::default()
        };
        Ok(app.store.audit(event).await?)
    }

    async fn commit(
        &mut self,
        mut slot: OwnedMutexGuard<Slot>,
        commit: Commit,
        about: sync::About,
        creator: String,
        again: Again,
    ) -> Result<(), Over> {
        while self.committing.len() >= IN_FLIGHT {
            if let Some(done) = self.committing.join_next().await {
                Box::pin(self.finished(done)).await?;
            }
        }
        let added: usize = commit.changes.iter().map(|change| change.raw_bytes().len()).sum();
        if !self.seat.may_write(added) {
            return Err(Over(Some(QUOTA)));
        }
        let app = Arc::clone(&self.app);
        let base = slot.replica.as_ref().map(|replica| replica.place);
        let account = self.account.name.clone();
        let (device, at) = (self.device.clone(), app.now());
        let write = Write { origin: self.number, account, device, at, about, creator, base, commit };
        self.committing.spawn(async move {
            let started = Instant::now();
            let changes = write.commit.changes.len();
            if let Err(Conflict) = slot.commit(&*app.store, write).await? {
                return Ok(Err(again));
            }
            app.metrics.committed(changes, started.elapsed());
            Ok(Ok(()))
        });
        Ok(())
    }

    pub(super) async fn finished(
        &mut self,
        done: Result<Result<Result<(), Again>, StoreError>, tokio::task::JoinError>,
    ) -> Result<(), Over> {
        match done {
            Ok(Ok(Err((id, errand, announced)))) => self.open(id, errand, announced).await,
            Ok(result) => {
                let _ = result?;
                Ok(())
            }
            Err(_) => Err(Over(None)),
        }
    }
}
