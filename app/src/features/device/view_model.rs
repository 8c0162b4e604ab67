//! What is said about the device, and when something may be deleted.

use crate::figures::PASSPHRASE_LEAST;
use crate::replica::core::Unsent;

/// Says a number of bytes in the unit people know it by.
#[must_use]
pub fn size(bytes: f64) -> String {
    const KB: f64 = 1000.0;
    const MB: f64 = 1_000_000.0;
    const GB: f64 = 1_000_000_000.0;
    match bytes {
        bytes if bytes < MB => format!("{:.0} KB", bytes / KB),
        bytes if bytes < 10.0 * MB => format!("{:.1} MB", bytes / MB),
        bytes if bytes < GB => format!("{:.0} MB", bytes / MB),
        bytes if bytes < 10.0 * GB => format!("{:.1} GB", bytes / GB),
        bytes => format!("{:.0} GB", bytes / GB),
    }
}

/// Whether what somebody has on this device may be deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deleting {
    /// Everything is on the server.
    Free,
    /// What is not was exported.
    Exported,
    /// So much would be lost.
    Blocked(Unsent),
}

/// Decides whether it may be deleted, when `exported` was what the last file has.
#[must_use]
pub fn deleting(unsent: Unsent, exported: Option<Unsent>) -> Deleting {
    match exported {
        _ if unsent == Unsent::default() => Deleting::Free,
        // One deed more than the file has is not in it.
        Some(exported) if exported == unsent => Deleting::Exported,
        _ => Deleting::Blocked(unsent),
    }
}

/// What is wrong with a passphrase.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weak {
    /// It has too few characters.
    Short,
    /// It is not the same twice.
    Differ,
}

/// Looks at a passphrase typed twice.
#[must_use]
pub fn weak(passphrase: &str, again: &str) -> Option<Weak> {
    let short = passphrase.chars().count() < PASSPHRASE_LEAST as usize;
    if short { Some(Weak::Short) } else { (passphrase != again).then_some(Weak::Differ) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_read_as_people_say_them() {
        assert_eq!(size(0.0), "0 KB");
        assert_eq!(size(412_345.0), "412 KB");
        assert_eq!(size(3_140_000.0), "3.1 MB");
        assert_eq!(size(57_900_000.0), "58 MB");
        assert_eq!(size(2_500_000_000.0), "2.5 GB");
        assert_eq!(size(61_000_000_000.0), "61 GB");
    }

    #[test]
    fn nothing_is_deleted_that_is_neither_sent_nor_exported() {
        let some = Unsent { deeds: 2, drafts: 1 };
        assert_eq!(deleting(Unsent::default(), None), Deleting::Free);
        assert_eq!(deleting(some, None), Deleting::Blocked(some));
        assert_eq!(deleting(some, Some(some)), Deleting::Exported);
        let more = Unsent { deeds: 3, ..some };
        assert_eq!(
            deleting(more, Some(some)),
            Deleting::Blocked(more),
            "what came after the file is not in it"
        );
        assert_eq!(
            deleting(Unsent { drafts: 1, ..Unsent::default() }, None),
            Deleting::Blocked(Unsent { drafts: 1, deeds: 0 })
        );
    }

    #[test]
    fn a_passphrase_is_long_enough_and_the_same_twice() {
        assert_eq!(weak("一二三四五六七八九", "一二三四五六七八九"), Some(Weak::Short));
        assert_eq!(weak("一二三四五六七八九十", "一二三四五六七八九拾"), Some(Weak::Differ));
        assert_eq!(weak("一二三四五六七八九十", "一二三四五六七八九十"), None);
    }
}
