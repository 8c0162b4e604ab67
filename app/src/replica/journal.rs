//! What the last writes of all tabs touched, so that each tab reads again what another one wrote.
//!
//! It is written in the transaction of every write. The disk alone says what is new; what tabs tell each other only makes
//! them look.

use std::collections::{BTreeSet, VecDeque};

/// How many touched things are remembered; a tab that has missed more reads everything again.
const MOST: usize = 256;

/// The journal, as of one write.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Journal {
    /// How many writes there were.
    pub generation: u64,
    /// Whose turn at the socket it is: nobody else writes what a socket brings.
    pub tenure: String,
    /// The name that the tab at the socket goes by at the server.
    pub peer: String,
    /// What the last writes touched, the newest last.
    notes: VecDeque<BTreeSet<String>>,
}

impl Journal {
    /// Reads a journal; a device that has none begins one.
    pub fn read(bytes: &[u8]) -> Self {
        fn parse(text: &str) -> Option<Journal> {
            let mut lines = text.lines();
            let mut first = lines.next()?.split(' ');
            let generation = first.next()?.parse().ok()?;
            let (tenure, peer) = (first.next()?.to_owned(), first.next()?.to_owned());
            let words =
                |line: &str| line.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
            Some(Journal { generation, tenure, peer, notes: lines.map(words).collect() })
        }
        std::str::from_utf8(bytes).ok().and_then(parse).unwrap_or_default()
    }

    /// Returns the bytes to store.
    pub fn write(&self) -> Vec<u8> {
        let mut text = format!("{} {} {}", self.generation, self.tenure, self.peer);
        for note in &self.notes {
            text.push('\n');
            for word in note {
                text.push_str(word);
                text.push(' ');
            }
        }
        text.into_bytes()
    }

    /// Adds a write that touched `touched`: names without spaces.
    pub fn note(&mut self, touched: BTreeSet<String>) {
        self.generation += 1;
        self.notes.push_back(touched);
        let mut count: usize = self.notes.iter().map(BTreeSet::len).sum();
        while count > MOST || self.notes.len() > MOST {
            count -= self.notes.pop_front().map_or(0, |note| note.len());
        }
    }

    /// Returns what was touched after `generation`; nothing when that is not known any more, and everything may have been.
    pub fn since(&self, generation: u64) -> Option<BTreeSet<&str>> {
        let missed = usize::try_from(self.generation.checked_sub(generation)?).ok()?;
        let skipped = self.notes.len().checked_sub(missed)?;
        Some(self.notes.iter().skip(skipped).flatten().map(String::as_str).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(writes: &[&[&str]]) -> Journal {
        let mut journal = Journal { tenure: "t".into(), peer: "p".into(), ..Journal::default() };
        for write in writes {
            journal.note(write.iter().map(|&word| word.to_owned()).collect());
        }
        journal
    }

    #[test]
    fn it_survives_the_disk_with_writes_that_touched_nothing() {
        for journal in [after(&[]), after(&[&["pages/000001", "chunks/ab"], &[], &["outbox/000000000001"]])] {
            assert_eq!(Journal::read(&journal.write()), journal);
        }
        assert_eq!(Journal::read(b""), Journal::default());
        assert_eq!(Journal::read(&Journal::default().write()), Journal::default());
    }

    #[test]
    fn a_tab_hears_what_it_missed_and_nothing_that_it_saw() {
        let journal = after(&[&["a"], &["b"], &[], &["c", "b"]]);
        let since = |generation| journal.since(generation).map(|all| all.into_iter().collect::<Vec<_>>());
        assert_eq!(since(4).unwrap(), Vec::<&str>::new());
        assert_eq!(since(3).unwrap(), ["b", "c"]);
        assert_eq!(since(1).unwrap(), ["b", "c"]);
        assert_eq!(since(0).unwrap(), ["a", "b", "c"]);
    }

    #[test]
    fn who_missed_too_much_or_knows_another_store_reads_everything() {
        let mut journal = after(&[&["a"]]);
        for number in 0..=MOST {
            journal.note(BTreeSet::from([format!("chunks/{number}")]));
        }
        assert_eq!(journal.since(0), None);
        assert_eq!(journal.since(1), None, "the oldest note has gone");
        assert_eq!(journal.since(2).unwrap().len(), MOST);
        assert_eq!(journal.since(journal.generation + 1), None);
        let big = (0..=MOST).map(|number| number.to_string()).collect();
        journal.note(big);
        assert_eq!(journal.since(journal.generation - 1), None, "one write alone was too much");
    }

    /// A tab's memory, or the disk: pages with what was entered on them.
    type Pages = std::collections::BTreeMap<String, BTreeSet<u32>>;

    /// Lets four tabs enter 800 numbers on 300 pages, each reading before what the others wrote unless it is `careless`;
    /// returns how many are on the disk.
    fn entered(seed: u32, careless: bool) -> usize {
        let mut state = seed.wrapping_mul(2_654_435_769) | 1;
        let mut random = |below: u32| {
            state ^= state << 13;
            state ^= state >> 17;
            state ^= state << 5;
            state % below
        };
        let (mut disk, mut stored) = (Pages::new(), Vec::new());
        let mut tabs = vec![(0_u64, Pages::new()); 4];
        for number in 0..800 {
            // One tab at a time works for a while: the others miss much.
            let tab = if number % 400 < 350 { (number / 400) as usize % 4 } else { random(4) as usize };
            let page = format!("pages/{}", random(300));
            let (known, memory) = &mut tabs[tab];
            let mut journal = Journal::read(&stored);
            match journal.since(*known) {
                _ if careless => {}
                Some(touched) => {
                    touched.iter().for_each(|&key| drop(memory.insert(key.into(), disk[key].clone())));
                }
                None => *memory = disk.clone(),
            }
            memory.entry(page.clone()).or_default().insert(number);
            disk.insert(page.clone(), memory[&page].clone());
            journal.note(BTreeSet::from([page]));
            (*known, stored) = (journal.generation, journal.write());
        }
        disk.values().map(BTreeSet::len).sum()
    }

    #[test]
    fn tabs_that_read_what_the_journal_names_lose_nothing() {
        assert!((0..3).all(|seed| entered(seed, false) == 800));
    }

    #[test]
    fn a_tab_that_does_not_read_it_would_be_found() {
        assert!((0..3).all(|seed| entered(seed, true) < 800));
    }
}
