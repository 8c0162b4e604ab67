//! The rows that lists and search read, made from documents.

use super::{Batch, Breath, Core, StoreError};
use crate::replica::rows;
use automerge::Automerge;
use gloo_timers::future::TimeoutFuture;
use std::{
    collections::{BTreeSet, HashMap},
    rc::Rc,
};
use sync::DocumentId;

/// How many rows of an earlier version are made anew at a time: few enough to save a visit between them.
const SOME: usize = 32;

impl Core {
    /// Makes the rows of an earlier version anew, while people work. What is killed half-way goes on at the next opening.
    pub(in crate::replica) async fn renew_rows(&self) -> Result<(), StoreError> {
        let outdated: Vec<String> = self.index(|index| index.outdated().iter().cloned().collect());
        for some in outdated.chunks(SOME) {
            let turn = self.turn().await?;
            // Another tab may have made some of them meanwhile.
            let subjects: BTreeSet<String> = self.index(|index| {
                some.iter().filter(|subject| index.outdated().contains(*subject)).cloned().collect()
            });
            self.summarise(&subjects, &HashMap::new()).await?;
            let mut batch = Batch::default();
            self.put_pages(&mut batch).await;
            turn.commit(batch).await?;
            (self.changed)(&subjects);
            drop(turn);
            // The lock goes to whoever asks first after it is free: a visit that waits to be saved must not ask last.
            TimeoutFuture::new(0).await;
        }
        Ok(())
    }

    /// Makes the rows of `subjects` anew from their documents.
    pub(super) async fn summarise(
        &self,
        subjects: &BTreeSet<String>,
        fresh: &HashMap<DocumentId, Rc<Automerge>>,
    ) -> Result<(), StoreError> {
        let breath = Breath::new();
        for subject in subjects {
            breath.take().await;
            let wanted: Vec<(DocumentId, String)> = self.index(|index| {
                let documents = index.entry(subject).into_iter().flat_map(|entry| &entry.documents);
                let of_row = documents.filter(|held| rows::KINDS.contains(&held.about.kind.as_str()));
                of_row.map(|held| (held.id, held.about.kind.clone())).collect()
            });
            let mut held = Vec::with_capacity(wanted.len());
            for (id, kind) in wanted {
                let document = match fresh.get(&id) {
                    Some(document) => Some(document.clone()),
                    None => self.document(id).await?,
                };
                held.extend(document.map(|document| (kind, document)));
            }
            let catalog = self.catalog.borrow().clone();
            if let Some(row) = rows::row(&held, &catalog) {
                self.index.borrow_mut().set_row(subject, row);
            }
        }
        Ok(())
    }
}
