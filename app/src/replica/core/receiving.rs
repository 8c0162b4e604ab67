//! What the server sends: appended to the disk, and rows made anew from it.

use super::{Batch, Breath, Core, Held, StoreError, Table, chunk_key};
use automerge::Automerge;
use documents::Kind;
use std::{
    collections::{BTreeSet, HashMap},
    rc::Rc,
};
use sync::{Received, sorted};

/// How many documents of a first sync come in before lists and index are brought up to date for the first time.
const EAGER: usize = 128;

/// What a first sync has brought since the index was last written. The index grows, so it is written ever more rarely;
/// what it does not have yet when the app is killed comes once more.
#[derive(Default)]
pub(super) struct Arriving {
    documents: usize,
    pub(super) subjects: BTreeSet<String>,
    /// What the index on the disk does not say yet.
    pub(super) held: Vec<Held>,
}

impl Core {
    /// Appends what the server sent, in one transaction.
    pub(in crate::replica) async fn receive(&self, pieces: Vec<Received>) -> Result<(), StoreError> {
        let turn = self.turn().await?;
        turn.seated()?;
        let mut batch = Batch::default();
        let mut touched = BTreeSet::new();
        let mut fresh = HashMap::new();
        let cursorless = !self.state.get_untracked().complete;
        let breath = Breath::new();
        let mut arrived = Vec::with_capacity(pieces.len());
        for piece in pieces {
            breath.take().await;
            let Received { id, about, whole: _, data, heads } = piece;
            let mut document = match self.document(id).await? {
                Some(document) => (*document).clone(),
                None => Automerge::new(),
            };
            // A piece that cannot be read is left out: to refuse it would only bring it again, and hide the others.
            if document.load_incremental(&data).is_err() {
                continue;
            }
            touched.insert(about.subject.clone());
            self.refresh_county(&about, &document);
            let document = Rc::new(document);
            // While everything comes in, the person's part of a row is kept for the record that follows.
            let is_awaited = cursorless && about.kind == Kind::Person.as_str();
            // The acknowledgement of what this has of ours may have been lost with the line.
            self.confirm(id, &document, &heads, &mut batch);
            let held = Held { id, about, server: sorted(heads), local: sorted(document.get_heads()) };
            self.index.borrow_mut().hold(held.clone());
            arrived.push(held);
            batch.put(Table::Chunks, chunk_key(id, &data), data);
            if is_awaited || self.cached(id).is_some() {
                self.cache(id, document.clone());
            }
            fresh.insert(id, document);
        }
        self.summarise(&touched, &fresh).await?;
        let settled = self.settle(arrived, touched, cursorless);
        if settled.is_some() {
            self.put_pages(&mut batch).await;
        }
        turn.commit(batch).await?;
        for id in self.mended(fresh.keys().copied()) {
            // What was not sent of it could not be built on anything before.
            self.announce(id);
        }
        self.state.waiting(self.outbox.borrow().waiting());
        if let Some(subjects) = settled {
            (self.changed)(&subjects);
        }
        Ok(())
    }

    /// Adds to what has arrived; returns all of it when index and lists are to be brought up to date.
    fn settle(
        &self,
        arrived: Vec<Held>,
        touched: BTreeSet<String>,
        cursorless: bool,
    ) -> Option<BTreeSet<String>> {
        let mut arriving = self.arriving.borrow_mut();
        arriving.documents += arrived.len();
        arriving.held.extend(arrived);
        arriving.subjects.extend(touched);
        let rarely = EAGER + self.index(|index| index.documents().count()) / 8;
        let due = !cursorless || arriving.documents >= rarely;
        due.then(|| std::mem::take(&mut *arriving).subjects)
    }

    /// Brings index and lists up to date with everything that has arrived, in one transaction with `batch`.
    pub(in crate::replica) async fn catch_up(&self, mut batch: Batch) -> Result<(), StoreError> {
        let turn = self.turn().await?;
        turn.seated()?;
        self.put_pages(&mut batch).await;
        turn.commit(batch).await?;
        let arrived = std::mem::take(&mut *self.arriving.borrow_mut());
        if arrived.documents > 0 {
            (self.changed)(&arrived.subjects);
        }
        Ok(())
    }
}
