use super::*;

fn held(number: u8, subject: &str) -> Held {
    let about =
        About { kind: "record".into(), subject: subject.into(), team: "t".into(), institution: "i".into() };
    Held {
        id: DocumentId::new([number; 16]),
        about,
        server: vec![],
        local: vec![automerge::ChangeHash([1; 32])],
    }
}

/// Reads pages; the names of those that cannot be read are returned.
fn read<R: Serialize + DeserializeOwned>(pages: Vec<(String, Vec<u8>)>) -> (Index<R>, Vec<String>) {
    let mut index = Index::default();
    let unread =
        pages.into_iter().filter_map(|(name, page)| index.read_page(&name, &page).is_err().then_some(name));
    let damaged = unread.collect();
    (index, damaged)
}

/// Returns the pages that changed, as they are written.
fn written<R: Serialize + DeserializeOwned + Clone>(index: &mut Index<R>) -> Vec<(String, Vec<u8>)> {
    index.take_dirty().into_iter().filter_map(|number| index.page_on_disk(number)).collect()
}

#[test]
fn what_is_written_reads_back_the_same() {
    let mut index = Index::<String>::default();
    for number in 0..150 {
        index.hold(held(number, &format!("s{number}")));
        index.set_row(&format!("s{number}"), format!("row {number}"));
    }
    let pages = written(&mut index);
    assert_eq!(pages.len(), 2);
    let (again, damaged) = read::<String>(pages);
    assert!(damaged.is_empty());
    assert_eq!(again.entries, index.entries);
    assert_eq!(again.held(DocumentId::new([149; 16])), index.held(DocumentId::new([149; 16])));
}

#[test]
fn one_change_rewrites_one_page() {
    let mut index = Index::<String>::default();
    for number in 0..150 {
        index.hold(held(number, &format!("s{number}")));
    }
    index.take_dirty();
    index.sent(DocumentId::new([3; 16]), vec![automerge::ChangeHash([1; 32])]);
    assert_eq!(index.take_dirty().len(), 1);
    assert!(!index.held(DocumentId::new([3; 16])).unwrap().unsent());
    assert!(index.take_dirty().is_empty());
}

#[test]
fn a_damaged_page_hides_no_other() {
    let mut index = Index::<String>::default();
    for number in 0..150 {
        index.hold(held(number, &format!("s{number}")));
    }
    let mut pages = written(&mut index);
    pages[0].1.truncate(10);
    let (again, damaged) = read::<String>(pages);
    assert_eq!(damaged, ["000000"]);
    assert_eq!(again.entries.len(), 50);
}

#[test]
fn a_row_of_another_version_loses_no_document() {
    let mut index = Index::<String>::default();
    index.hold(held(1, "a"));
    index.set_row("a", "row".into());
    let (again, damaged) = read::<u32>(written(&mut index));
    assert!(damaged.is_empty());
    assert_eq!(again.entry("a").unwrap().row, None);
    assert_eq!(again.documents().count(), 1);
}

#[test]
fn rows_of_another_version_are_known_until_they_are_made_anew() {
    let mut index = Index::<String>::default();
    index.hold(held(1, "a"));
    index.hold(held(2, "b"));
    index.set_row("a", "row".into());
    index.set_row("b", "row".into());
    let [(name, bytes)] = written(&mut index).try_into().unwrap();
    let mut first: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
    for item in first.as_array_mut().unwrap() {
        assert!(item.as_object_mut().unwrap().remove("version").is_some());
    }
    let page = (name, first.to_string().into_bytes());
    let mut index = read::<String>(vec![page]).0;
    assert_eq!(index.rows().count(), 2, "shown meanwhile");
    index.set_row("a", "anew".into());
    // Killed here, the other one is still known to be old.
    let mut again = read::<String>(written(&mut index)).0;
    assert_eq!(again.outdated().iter().collect::<Vec<_>>(), ["b"]);
    again.set_row("b", "anew".into());
    assert!(read::<String>(written(&mut again)).0.outdated().is_empty());
}

#[test]
fn a_subject_without_documents_leaves_the_lists() {
    let mut index = Index::<String>::default();
    index.hold(held(1, "a"));
    index.set_row("a", "row".into());
    index.forget(DocumentId::new([1; 16]));
    assert_eq!(index.rows().count(), 0);
}

#[test]
fn a_page_that_another_tab_wrote_takes_the_place_of_what_was_known() {
    let mut here = Index::<String>::default();
    for number in 0..150 {
        here.hold(held(number, &format!("s{number}")));
        here.set_row(&format!("s{number}"), format!("row {number}"));
    }
    let mut there = read::<String>(written(&mut here)).0;
    there.set_row("s3", "another row".into());
    there.forget(DocumentId::new([4; 16]));
    there.hold(held(200, "s200"));
    for (name, page) in written(&mut there) {
        here.read_page(&name, &page).unwrap();
    }
    assert_eq!(here.entries, there.entries);
    assert_eq!(here.pages, there.pages);
    assert!(here.held(DocumentId::new([4; 16])).is_none());
    assert!(here.held(DocumentId::new([200; 16])).is_some());
    assert!(here.take_dirty().is_empty(), "what was read is on the disk");
}

#[test]
fn a_page_that_cannot_be_read_is_not_written_over_by_another() {
    let mut index = Index::<String>::default();
    for number in 0..150 {
        index.hold(held(number, &format!("s{number}")));
    }
    let mut pages = written(&mut index);
    pages[0].1.truncate(10);
    let mut again = read::<String>(pages).0;
    let last = again.pages.last().unwrap().first().unwrap().clone();
    again.set_row(&last, "row".into());
    assert_eq!(written(&mut again)[0].0, "000001");
}
