//! Removes blobs that nobody finished and blobs that their document does not name.

use crate::app::App;
use crate::store::{Blob, Hash, StoreError};
use automerge::{Automerge, ObjId, ROOT, ReadDoc, ScalarValue, Value};
use std::sync::Arc;
use std::time::Duration;
use tokio::time::interval;

const DAY: i64 = 24 * 3_600_000;
/// How long an upload may pause, in milliseconds; a device that comes later begins again.
const UNFINISHED: i64 = 14 * DAY;
/// How long a whole blob may wait for the change that names it, and how often that is looked at, in milliseconds.
const UNNAMED: i64 = 30 * DAY;
/// How often there is a look.
const EVERY: Duration = Duration::from_secs(3_600);

/// Sweeps now and then, for ever.
pub async fn run(app: Arc<App>) {
    let mut clock = interval(EVERY);
    loop {
        clock.tick().await;
        match sweep(&app).await {
            Ok(0) => {}
            Ok(removed) => tracing::info!(removed, "blobs removed"),
            Err(error) => tracing::warn!(%error, "blobs cannot be swept"),
        }
    }
}

/// Removes what has waited too long; returns how many blobs went.
pub async fn sweep(app: &App) -> Result<usize, StoreError> {
    let now = app.now();
    let mut removed = 0;
    for blob in app.store.old_blobs(now - UNFINISHED, now - UNNAMED).await? {
        if blob.whole && is_named(app, &blob).await? {
            app.store.keep_blob(blob.document, blob.hash, now).await?;
            continue;
        }
        // The file first: a row without one is an upload that begins again.
        let shelf = app.shelf.clone();
        let gone = tokio::task::spawn_blocking(move || shelf.remove(blob.document, blob.hash)).await;
        if let Ok(Err(error)) = gone {
            tracing::warn!(%error, "blob cannot be removed");
            continue;
        }
        app.store.forget_blob(blob.document, blob.hash).await?;
        removed += 1;
    }
    Ok(removed)
}

async fn is_named(app: &App, blob: &Blob) -> Result<bool, StoreError> {
    let stored = app.store.load(blob.document).await?;
    Ok(stored.is_some_and(|stored| names(&stored.replica.document, &ROOT, &blob.hash)))
}

/// Tells whether an address stands anywhere in what a document says now, as bytes or as hex, whatever the key.
fn names(document: &Automerge, object: &ObjId, hash: &Hash) -> bool {
    let keys: Vec<automerge::Prop> = match document.object_type(object) {
        Ok(kind) if kind.is_sequence() => (0..document.length(object)).map(Into::into).collect(),
        _ => document.keys(object).map(Into::into).collect(),
    };
    keys.into_iter().any(|key| {
        let values = document.get_all(object, key).unwrap_or_default();
        values.iter().any(|(value, id)| match value {
            Value::Scalar(scalar) => match &**scalar {
                ScalarValue::Bytes(bytes) => bytes == hash,
                ScalarValue::Str(text) => *text == hex::encode(hash).as_str(),
                _ => false,
            },
            Value::Object(automerge::ObjType::Text) => false,
            Value::Object(_) => names(document, id, hash),
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use automerge::{ObjType, transaction::Transactable};

    #[test]
    fn an_address_is_found_in_maps_lists_and_conflicts_and_not_elsewhere() {
        let hash = [7; 32];
        let mut document = Automerge::new();
        let mut write = |apply: &dyn Fn(&mut automerge::transaction::Transaction<'_>)| {
            document
                .transact(|tx| {
                    apply(tx);
                    Ok::<_, automerge::AutomergeError>(())
                })
                .expect("writes");
            names(&document, &ROOT, &hash)
        };
        assert!(!write(&|tx| tx.put(ROOT, "text", hex::encode([6; 32])).expect("puts")));
        assert!(!write(&|tx| tx.put(ROOT, "other", vec![8; 32]).expect("puts")));
        assert!(write(&|tx| {
            let list = tx.put_object(ROOT, "list", ObjType::List).expect("puts");
            let map = tx.insert_object(&list, 0, ObjType::Map).expect("inserts");
            tx.put(&map, "any", hex::encode(hash)).expect("puts");
        }));
        let mut other = document.fork();
        other.transact(|tx| tx.put(ROOT, "list", 1)).expect("puts");
        document.transact(|tx| tx.put(ROOT, "list", 2)).expect("puts");
        assert!(!names(&document, &ROOT, &hash));
        other.transact(|tx| tx.put(ROOT, "same", hash.to_vec())).expect("puts");
        document.transact(|tx| tx.put(ROOT, "same", vec![9; 32])).expect("puts");
        document.merge(&mut other).expect("merges");
        assert!(names(&document, &ROOT, &hash));
    }
}
