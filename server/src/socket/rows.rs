//! The rows of documents: of new ones, and of those an account may read.

use super::granted::Granted;
use crate::account::Account;
use crate::app::App;
use crate::policy::{PLAIN, RowFrom};
use crate::store::{Reach, Row, StoreError};
use sync::relay::{Errand, Listed};
use sync::wire::Entry;
use sync::{About, Cursor};

/// Returns the row that a document would get if this account made it now; `None` if it may not.
pub(super) async fn new_row(
    app: &App,
    account: &Account,
    announced: Option<About>,
    errand: &Errand,
) -> Result<Option<About>, StoreError> {
    let Errand::Sync { .. } = errand else {
        return Ok(None);
    };
    let mut about = announced.unwrap_or_else(|| About { kind: PLAIN.to_owned(), ..About::default() });
    let said = (about.team.clone(), about.institution.clone());
    let own = (account.team.clone(), account.institution.clone());
    let found = match app.policy.row_from(&about.kind) {
        None => return Ok(None),
        Some(RowFrom::None) => Some(Default::default()),
        Some(RowFrom::Creator) => Some(own),
        Some(RowFrom::Subject) if !account.team.is_empty() && account.role != "resident" => Some(own),
        Some(RowFrom::Subject) => {
            let row = app.store.row_of_subject(&about.subject).await?;
            row.map(|row| (row.team, row.institution))
        }
        Some(RowFrom::Institution) => Some((String::new(), own.1)),
        Some(RowFrom::Account) => {
            let subject = app.store.account(&about.subject).await?;
            subject.map(|(staff, _)| (staff.team, staff.institution))
        }
    };
    let Some(found) = found else {
        return Ok(None);
    };
    let agrees = |said: &str, found: &str| said.is_empty() || said == found;
    if !agrees(&said.0, &found.0) || !agrees(&said.1, &found.1) {
        return Ok(None);
    }
    (about.team, about.institution) = found;
    Ok(app.policy.may_create(account, &about).then_some(about))
}

/// Lists what changed since a cursor and may be read.
pub(super) async fn list(
    app: &App,
    account: &Account,
    granted: &Granted,
    cursor: Option<Cursor>,
) -> Result<Listed, StoreError> {
    let returns = cursor.is_some();
    let epoch = app.epoch();
    let known = cursor.filter(|cursor| cursor.epoch == epoch);
    let after = known.map_or(0, |cursor| cursor.place);
    let reach = Reach { documents: granted.documents().collect(), ..app.policy.reach(account) };
    let changed = app.store.changed_since(after, reach).await?;
    let readable = |row: &Row| {
        app.policy.rights(account, &row.about, &row.creator).read || granted.to(app, row.id).is_some()
    };
    let mut rows: Vec<Row> = changed.rows.into_iter().filter(readable).collect();
    let (mut denied, mut gone) = (Vec::new(), Vec::new());
    // A device that brings no cursor holds nothing, and everything is in the list anyway.
    if returns {
        for (id, row) in app.store.access_since(&account.name, after).await? {
            match row {
                Some(row) if !readable(&row) => denied.push(id),
                Some(row) if row.place <= after => rows.push(row),
                Some(_) => {}
                None => gone.push(id),
            }
        }
    }
    let entry = |row: Row| Entry { document: row.id, about: row.about, place: row.place, heads: row.heads };
    let entries = rows.into_iter().map(entry).collect();
    Ok(Listed { epoch, after, place: changed.place, entries, denied, gone })
}
