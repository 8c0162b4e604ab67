//! The documents that are carried: small, with a few changes each, like a record with its first visits.

use anyhow::Result;
use automerge::transaction::Transactable;
use automerge::{Automerge, ObjType, ROOT, ReadDoc};
use rand::{SeedableRng, rngs::StdRng};
use sync::DocumentId;

/// How many visits stand in a document, each a change of its own after the first.
const VISITS: usize = 3;

/// Makes a document of four changes.
pub fn document() -> Result<Automerge> {
    let mut document = Automerge::new();
    change(&mut document, |tx| {
        for field in ["name", "phone", "address", "village", "team", "born", "sex", "contract"] {
            tx.put(ROOT, field, format!("{field} {:08x}", rand::random::<u32>()))?;
        }
        tx.put_object(ROOT, "visits", ObjType::List)?;
        Ok(())
    })?;
    for n in 0..VISITS {
        change(&mut document, |tx| {
            let Some((_, visits)) = tx.get(ROOT, "visits")? else {
                return Ok(());
            };
            let visit = tx.insert_object(&visits, n, ObjType::Map)?;
            let pressure = 100 + i64::from(rand::random::<u8>() % 80);
            tx.put(&visit, "systolic", pressure)?;
            tx.put(&visit, "diastolic", pressure - 50)?;
            tx.put(&visit, "at", 1_790_000_000_i64 + n as i64)?;
            let note = format!("home visit {n}, takes the tablets, {:032x}", rand::random::<u128>());
            tx.put(&visit, "note", note)
        })?;
    }
    Ok(document)
}

/// Writes one small change, the `n`th.
pub fn edit(document: &mut Automerge, n: usize) -> Result<()> {
    change(document, |tx| tx.put(ROOT, "systolic", n as i64))
}

fn change(
    document: &mut Automerge,
    of: impl FnOnce(&mut automerge::transaction::Transaction<'_>) -> Result<(), automerge::AutomergeError>,
) -> Result<()> {
    document.transact(of).map_err(|failure| failure.error)?;
    Ok(())
}

/// Makes `count` documents with ids.
pub fn documents(count: usize) -> Result<Vec<(DocumentId, Automerge)>> {
    let mut dice = StdRng::from_os_rng();
    (0..count).map(|_| Ok((DocumentId::new(rand::Rng::random(&mut dice)), document()?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_has_four_changes_and_an_edit_adds_one() {
        let mut document = document().unwrap();
        assert_eq!(document.get_changes(&[]).len(), 4);
        assert!((500..3_000).contains(&document.save().len()), "{}", document.save().len());
        edit(&mut document, 7).unwrap();
        assert_eq!(document.get_changes(&[]).len(), 5);
    }
}
