//! The files a guide is made of.

use super::support::guide;
use decision::knowledge::version;
use guide::{Guide, GuideError};

#[test]
fn versions_are_the_hashes_of_the_files() {
    let versions = guide().versions();
    assert_eq!(versions.knowledge, version(&super::pack::knowledge()));
    assert_eq!(versions.medicines, version(medicines::Medicines::pack().as_bytes()));
    assert!(versions.medicines.len() == 64 && versions.medicines != versions.knowledge);
}

#[test]
fn damaged_files_are_refused() {
    let knowledge = super::pack::knowledge();
    let half = &knowledge[..knowledge.len() / 2];
    assert!(matches!(Guide::new(half, medicines::Medicines::pack()), Err(GuideError::Knowledge(_))));
    assert!(matches!(Guide::new(&knowledge, "{}"), Err(GuideError::Medicines(_))));
}
