//! Writes the genesis and the upgrades of each kind that are not there yet. Existing files are frozen and never touched.

use std::{fs, path::Path};

use automerge::{
    ActorId, Automerge, ObjType, ROOT,
    transaction::{CommitOptions, Transactable},
};
use documents::{Kind, open};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("genesis");
    for kind in Kind::ALL {
        let path = folder.join(format!("{kind}.automerge"));
        if fs::metadata(&path).is_ok_and(|file| file.len() > 0) {
            continue;
        }
        // A fixed actor and time make the bytes the same wherever this runs.
        let mut doc = Automerge::new().with_actor(ActorId::from(&b"xiangyi genesis."[..]));
        let mut tx = doc.transaction();
        tx.put(ROOT, "kind", kind.as_str())?;
        for map in kind.maps() {
            tx.put_object(ROOT, *map, ObjType::Map)?;
        }
        tx.commit_with(CommitOptions::default().with_time(0));
        fs::write(&path, doc.save())?;
        println!("{kind} = [\"{}\"]", doc.get_heads().first().ok_or("no change")?);
    }
    for kind in Kind::ALL {
        let mut doc = open(kind)?.with_actor(ActorId::from(&b"xiangyi genesis."[..]));
        for (map, frozen) in kind.upgrades() {
            if !frozen.is_empty() {
                doc.load_incremental(frozen)?;
                continue;
            }
            let before = doc.get_heads();
            let mut tx = doc.transaction();
            tx.put_object(ROOT, *map, ObjType::Map)?;
            tx.commit_with(CommitOptions::default().with_time(0));
            fs::write(folder.join(format!("{kind}-{map}.change")), doc.save_after(&before))?;
            println!("{kind}, after what is there: \"{}\"", doc.get_heads().first().ok_or("no change")?);
        }
    }
    Ok(())
}
