//! What the settings say about the device.

use crate::replica::state::Sync;

/// What the browser says about its storage.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Storage {
    /// Bytes used, when it says so.
    pub used: Option<f64>,
    /// Bytes it allows in all, when it says so.
    pub quota: Option<f64>,
    /// Whether it promised not to clear them.
    pub persisted: bool,
}

impl Storage {
    /// Returns what is used and what is left, for people; nothing when the browser does not say.
    #[must_use]
    pub fn sizes(&self) -> Option<(String, String)> {
        let (used, quota) = (self.used?, self.quota?);
        Some((size(used), size((quota - used).max(0.0))))
    }
}

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

/// Returns how much is not on the server yet: nobody leaves or hands over before it is 0.
#[must_use]
pub fn unsent(sync: Sync) -> usize {
    // A change without a deed of its own still has to arrive.
    sync.waiting.max(sync.documents.min(1))
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
    fn nothing_is_claimed_about_storage_the_browser_keeps_to_itself() {
        assert_eq!(Storage { used: Some(5.0), quota: None, persisted: true }.sizes(), None);
        let full = Storage { used: Some(9_000_000.0), quota: Some(8_000_000.0), persisted: true };
        assert_eq!(full.sizes(), Some(("9.0 MB".to_owned(), "0 KB".to_owned())));
    }

    #[test]
    fn a_change_without_a_deed_still_keeps_one_from_leaving() {
        assert_eq!(unsent(Sync::default()), 0);
        assert_eq!(unsent(Sync { waiting: 3, documents: 9, ..Sync::default() }), 3);
        assert_eq!(unsent(Sync { documents: 4, ..Sync::default() }), 1);
    }
}
