//! Unfinished forms: on the disk at every keystroke, sealed like everything else.

use super::{
    Replica,
    store::{Batch, StoreError, Table},
};
use domain::base::json;
use leptos::{prelude::*, task::spawn_local};
use serde::{Serialize, de::DeserializeOwned};
use std::{cell::RefCell, rc::Rc};

/// Writes the newest version of one draft: while a write runs, later versions replace each other.
pub struct DraftWriter {
    replica: Replica,
    key: String,
    next: Rc<RefCell<Option<Option<Vec<u8>>>>>,
    running: Rc<RefCell<bool>>,
    /// Whether what was last typed is on the disk.
    pub saved: ArcRwSignal<bool>,
}

impl DraftWriter {
    /// Starts writing the draft `key`.
    #[must_use]
    pub fn new(replica: Replica, key: String) -> Self {
        Self { replica, key, next: Rc::default(), running: Rc::default(), saved: ArcRwSignal::new(true) }
    }

    /// Takes the newest version.
    pub fn keep<D: Serialize>(&self, draft: &D) {
        if let Ok(text) = json::write(draft) {
            self.queue(Some(text.into_bytes()));
        }
    }

    /// Throws the draft away.
    pub fn discard(&self) {
        self.queue(None);
    }

    fn queue(&self, version: Option<Vec<u8>>) {
        *self.next.borrow_mut() = Some(version);
        self.saved.set(false);
        if self.running.replace(true) {
            return;
        }
        let (core, key) = (self.replica.core(), self.key.clone());
        let (next, running, saved) = (self.next.clone(), self.running.clone(), self.saved.clone());
        spawn_local(async move {
            let _turn = core.others.drafts().await;
            loop {
                let Some(version) = next.borrow_mut().take() else { break };
                let mut batch = Batch::default();
                match version {
                    Some(bytes) => batch.put(Table::Drafts, key.as_str(), bytes),
                    None => batch.delete(Table::Drafts, key.as_str()),
                }
                // A failed write leaves `saved` false, and the screen says so.
                let done = core.store.commit(batch).await.is_ok();
                if done && next.borrow().is_none() {
                    saved.set(true);
                }
            }
            running.replace(false);
        });
    }
}

/// Reads a draft; one that cannot be read any more is as good as none.
pub async fn draft<D: DeserializeOwned>(replica: Replica, key: &str) -> Result<Option<D>, StoreError> {
    let core = replica.core();
    let _turn = core.others.drafts().await;
    let bytes = core.store.get(Table::Drafts, key).await?;
    Ok(bytes.and_then(|bytes| read(&bytes)))
}

/// Reads all drafts whose key starts with `prefix`.
pub async fn drafts<D: DeserializeOwned>(
    replica: Replica,
    prefix: &str,
) -> Result<Vec<(String, D)>, StoreError> {
    let found = replica.core().store.scan(Table::Drafts, prefix).await?;
    Ok(found.into_iter().filter_map(|(key, bytes)| Some((key, read(&bytes)?))).collect())
}

/// Takes a draft out, whatever it holds.
pub async fn take(replica: Replica, key: &str) -> Result<Option<Vec<u8>>, StoreError> {
    let core = replica.core();
    let bytes = core.store.get(Table::Drafts, key).await?;
    let mut batch = Batch::default();
    batch.delete(Table::Drafts, key);
    core.store.commit(batch).await?;
    Ok(bytes)
}

/// Puts back a draft that was taken out.
pub async fn put_back(replica: Replica, key: &str, bytes: Vec<u8>) -> Result<(), StoreError> {
    let mut batch = Batch::default();
    batch.put(Table::Drafts, key, bytes);
    replica.core().store.commit(batch).await
}

fn read<D: DeserializeOwned>(bytes: &[u8]) -> Option<D> {
    json::read(bytes).ok()
}
