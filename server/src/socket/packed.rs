//! Whole small documents, sent as they are stored: opening them would cost ten times as much.

use crate::account::Account;
use crate::app::App;
use crate::store::StoreError;
use std::collections::HashMap;
use sync::DocumentId;
use sync::relay::{Effect, Errand};
use sync::wire::Piece;

/// Reads those documents that are wanted whole, that the account may read without a grant, and that need not be opened.
pub(super) async fn read(
    app: &App,
    account: &Account,
    effects: &[Effect],
) -> Result<HashMap<DocumentId, Piece>, StoreError> {
    let whole = |effect: &Effect| match effect {
        Effect::Open { id, errand: Errand::Want { heads, .. }, .. } if heads.is_empty() => Some(*id),
        _ => None,
    };
    let ids: Vec<DocumentId> = effects.iter().filter_map(whole).collect();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let packed = app.store.packed(ids).await?.into_iter();
    let readable = packed.filter(|one| app.policy.rights(account, &one.row.about, &one.row.creator).read);
    let piece = |one: crate::store::Packed| Piece {
        document: one.row.id,
        about: one.row.about,
        since: Vec::new(),
        heads: one.row.heads,
        place: one.row.place,
        after: None,
        part: 0,
        parts: 1,
        data: one.data,
    };
    Ok(readable.map(piece).map(|piece| (piece.document, piece)).collect())
}
