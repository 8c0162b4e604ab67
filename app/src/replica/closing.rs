//! Closed months, and what they rest on: documents as the server has confirmed them, read again as they were then.

use super::{
    Replica,
    core::{Core, Edit},
    files::{StaffYear, Verb},
    outbox::Deed,
    store::StoreError,
};
use crate::clock;
use automerge::{Author, Automerge, ChangeHash};
use documents::{
    Closed, Kind, Tx, WriteError, author, document_id, make_room, month_key, read_activity, read_catalog,
    read_close, read_rulings, write, year_key,
};
use domain::{
    base::{InstitutionId, Period, StaffId},
    people::Staff,
};
use std::{collections::BTreeMap, rc::Rc};
use sync::{About, DocumentId};

/// Documents and their heads, as a closed month names them.
pub type Named = Vec<(String, Vec<String>)>;

/// A closed month as this device knows it.
#[derive(Clone, Debug, PartialEq)]
pub struct KnownClose {
    /// The month.
    pub closed: Closed,
    /// Whether the server has it: only then it is closed.
    pub confirmed: bool,
}

/// What the months of an institution are reckoned from.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ledger {
    /// Claims and rulings of each person, of all years that were asked for.
    pub people: Vec<StaffYear>,
    /// The staff of the county.
    pub staff: BTreeMap<StaffId, Staff>,
    /// The documents it was read from, as the server has confirmed them.
    pub named: Named,
    /// Documents of which the server does not have everything.
    pub unconfirmed: usize,
}

impl Replica {
    /// Returns the members of staff of an institution whose claims this device holds.
    #[must_use]
    pub fn claimants_of(self, institution: &InstitutionId) -> Vec<StaffId> {
        let mut staff: Vec<StaffId> = self.core().index(|index| {
            let held = index.documents().filter(|held| {
                held.about.kind == Kind::Activity.as_str() && held.about.institution == institution.as_str()
            });
            held.map(|held| StaffId::new(held.about.subject.as_str())).collect()
        });
        staff.sort();
        staff.dedup();
        staff
    }

    /// Reads the closed months of an institution, by month.
    pub async fn closes(self, institution: &InstitutionId) -> Result<Vec<KnownClose>, StoreError> {
        let core = self.core();
        let held: Vec<_> = core.index(|index| {
            let of_it = index.documents().filter(|held| {
                held.about.kind == Kind::Close.as_str() && held.about.institution == institution.as_str()
            });
            of_it.cloned().collect()
        });
        let writer = author(&self.account().account);
        let mut found = Vec::with_capacity(held.len());
        for held in held {
            let Some(document) = core.document(held.id).await? else { continue };
            let Some(here) = read_close(&document).0 else { continue };
            // What somebody else closed first stands, whatever this device wrote.
            let taken =
                document.get_heads().len() > 1 || refused(&core, &month_key(institution, here.close.month));
            let heads = if taken { others(&document, &writer) } else { held.server };
            let confirmed = !heads.is_empty();
            let document = if confirmed { as_of(&document, &heads) } else { Some(document) };
            let Some(closed) = document.and_then(|document| read_close(&document).0) else { continue };
            found.push(KnownClose { closed, confirmed });
        }
        found.sort_by_key(|known| known.closed.close.month.from);
        Ok(found)
    }

    /// Reads what the months of `years` are reckoned from: as it is now, or as the documents were that `named` names.
    /// Nothing when one of those is not here as it was.
    pub async fn ledger(
        self,
        people: &[StaffId],
        years: &[i32],
        named: Option<&Named>,
    ) -> Result<Option<Ledger>, StoreError> {
        let core = self.core();
        let mut ledger = Ledger::default();
        let catalog = core.index(|index| {
            let mut documents = index.documents();
            documents.find(|held| held.about.kind == Kind::Catalog.as_str()).map(|held| held.id)
        });
        match self.read(&core, catalog, named, &mut ledger).await? {
            Found::Here(document) => ledger.staff = read_catalog(&document).0.staff,
            Found::Nothing => {}
            Found::Lost => return Ok(None),
        }
        let Some(key) = core.rules().county_key else { return Ok(Some(ledger)) };
        for staff in people {
            let mut known = StaffYear::of(staff.clone());
            for year in years {
                let id = |kind| Some(DocumentId::new(document_id(&key, kind, &year_key(staff, *year))));
                match self.read(&core, id(Kind::Activity), named, &mut ledger).await? {
                    Found::Here(document) => {
                        let activity = read_activity(&document).0;
                        known.activity.claims.extend(activity.claims);
                        known.activity.disputes.extend(activity.disputes);
                    }
                    Found::Nothing => continue,
                    Found::Lost => return Ok(None),
                }
                match self.read(&core, id(Kind::Rulings), named, &mut ledger).await? {
                    Found::Here(document) => known.rulings.extend(read_rulings(&document).0),
                    Found::Nothing => {}
                    Found::Lost => return Ok(None),
                }
            }
            ledger.people.push(known);
        }
        Ok(Some(ledger))
    }

    /// Reads a document now, noting how the server has it, or as it was named.
    async fn read(
        self,
        core: &Core,
        id: Option<DocumentId>,
        named: Option<&Named>,
        ledger: &mut Ledger,
    ) -> Result<Found, StoreError> {
        let Some(id) = id else { return Ok(Found::Nothing) };
        let Some(named) = named else {
            let Some(held) = core.index(|index| index.held(id).cloned()) else { return Ok(Found::Nothing) };
            ledger.unconfirmed += usize::from(held.unsent());
            let heads = held.server.iter().map(ToString::to_string).collect();
            ledger.named.push((id.to_string(), heads));
            return Ok(core.document(id).await?.map_or(Found::Nothing, Found::Here));
        };
        let text = id.to_string();
        let Some((_, heads)) = named.iter().find(|(document, _)| *document == text) else {
            return Ok(Found::Nothing);
        };
        let heads: Option<Vec<ChangeHash>> = heads.iter().map(|head| head.parse().ok()).collect();
        let document = core.document(id).await?;
        let found = heads.zip(document).and_then(|(heads, document)| as_of(&document, &heads));
        Ok(found.map_or(Found::Lost, Found::Here))
    }

    /// Prepares the closing of a month of one's own institution.
    #[must_use]
    pub fn on_close(self, institution: &InstitutionId, month: Period, verb: Verb) -> Option<Edit> {
        let key = self.core().rules().county_key?;
        let id = DocumentId::new(document_id(&key, Kind::Close, &month_key(institution, month)));
        let about = About {
            kind: Kind::Close.as_str().to_owned(),
            subject: institution.to_string(),
            team: String::new(),
            institution: institution.to_string(),
        };
        let writer = author(&self.account().account);
        let apply = move |document: &mut Automerge| write(document, &writer, clock::now(), verb).map(drop);
        Some(Edit { id, about, apply: Box::new(apply) })
    }

    /// Prepares a verb on the disputes of one's own claims of a year.
    #[must_use]
    pub fn on_disputes(
        self,
        year: i32,
        verb: impl FnOnce(&mut Tx<'_, '_>) -> Result<(), WriteError> + 'static,
    ) -> Option<Edit> {
        let edit = self.on_activity(year, Box::new(verb))?;
        let Edit { id, about, apply } = edit;
        let apply = move |document: &mut Automerge| {
            make_room(document, Kind::Activity, "disputes")?;
            apply(document)
        };
        Some(Edit { id, about, apply: Box::new(apply) })
    }
}

/// Tells whether the server did not take what this device closed: it waits for a person to decide on.
fn refused(core: &Core, key: &str) -> bool {
    core.outbox(|outbox| {
        outbox
            .newest_first()
            .any(|sending| sending.deed == Deed::Close && sending.submitted && sending.subject == key)
    })
}

/// Returns the heads that somebody else wrote.
fn others(document: &Automerge, writer: &Author<'static>) -> Vec<ChangeHash> {
    let own = |head: &ChangeHash| {
        let change = document.get_change_meta_by_hash(head);
        change.and_then(|change| change.author).is_some_and(|author| author == *writer)
    };
    document.get_heads().into_iter().filter(|head| !own(head)).collect()
}

/// What reading a document brought.
enum Found {
    Here(Rc<Automerge>),
    /// It is not there, and need not be.
    Nothing,
    /// It was there, and this device does not have it as it was.
    Lost,
}

/// Returns a document as it was at `heads`; nothing when this device does not have all of them.
fn as_of(document: &Rc<Automerge>, heads: &[ChangeHash]) -> Option<Rc<Automerge>> {
    let now = document.get_heads();
    if now.len() == heads.len() && now.iter().all(|head| heads.contains(head)) {
        return Some(document.clone());
    }
    if heads.iter().any(|head| document.get_change_meta_by_hash(head).is_none()) {
        return None;
    }
    document.fork_at(heads).ok().map(Rc::new)
}

#[cfg(test)]
mod tests {
    use super::*;
    use documents::open;
    use domain::{
        base::{Date, Timestamp},
        work_points::close,
    };

    fn closed_by(manager: &str) -> Automerge {
        let month = Period::month_of(Date::new(2026, 10, 1).unwrap());
        let closed = Closed {
            close: close("baima".into(), month, Vec::new(), &[]),
            by: manager.into(),
            at: Timestamp(1),
        };
        let mut document = open(Kind::Close).unwrap();
        write(&mut document, &author(manager), Timestamp(1), |tx| tx.close_month(&closed)).unwrap();
        document
    }

    #[test]
    fn of_two_who_closed_a_month_apart_each_device_shows_the_one_that_is_not_its_own_refused_one() {
        let (mut ours, mut theirs) = (closed_by("first"), closed_by("second"));
        ours.merge(&mut theirs).unwrap();
        let heads = others(&ours, &author("first"));
        assert_eq!(heads, theirs.get_heads());
        let shown = as_of(&Rc::new(ours), &heads).unwrap();
        assert_eq!(read_close(&shown).0.unwrap().by.as_str(), "second");
        assert!(
            others(&closed_by("first"), &author("first")).is_empty(),
            "refused, and nobody else closed it"
        );
    }

    #[test]
    fn a_document_is_read_as_it_was_or_not_at_all() {
        let closed = Rc::new(closed_by("first"));
        let genesis = open(Kind::Close).unwrap().get_heads();
        assert_eq!(read_close(&as_of(&closed, &genesis).unwrap()).0, None);
        assert!(as_of(&closed, &[ChangeHash([7; 32])]).is_none());
    }
}
