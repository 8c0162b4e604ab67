//! Frozen first changes: every document of a kind begins with the same bytes on every device.

use automerge::{Automerge, ROOT, ReadDoc};

use crate::{Kind, WriteError};

impl Kind {
    /// Returns the frozen bytes every document of this kind begins with.
    #[must_use]
    pub const fn genesis(self) -> &'static [u8] {
        match self {
            Self::Catalog => include_bytes!("../genesis/catalog.automerge"),
            Self::Rules => include_bytes!("../genesis/rules.automerge"),
            Self::Person => include_bytes!("../genesis/person.automerge"),
            Self::Record => include_bytes!("../genesis/record.automerge"),
            Self::Diary => include_bytes!("../genesis/diary.automerge"),
            Self::Activity => include_bytes!("../genesis/activity.automerge"),
            Self::Rulings => include_bytes!("../genesis/rulings.automerge"),
            Self::Prescriptions => include_bytes!("../genesis/prescriptions.automerge"),
            Self::Reviews => include_bytes!("../genesis/reviews.automerge"),
            Self::Close => include_bytes!("../genesis/close.automerge"),
            Self::Rewards => include_bytes!("../genesis/rewards.automerge"),
        }
    }

    /// Returns the maps the genesis of this kind holds. Later maps come by frozen upgrade changes.
    #[must_use]
    pub const fn maps(self) -> &'static [&'static str] {
        match self {
            Self::Catalog => &["institutions", "teams", "staff", "packages"],
            Self::Rules => &["county", "points", "drafts"],
            Self::Person => &["person", "key_groups"],
            Self::Record => {
                &["visits", "voids", "contracts", "terminations", "conditions", "allergies", "medications"]
            }
            Self::Diary => &["readings"],
            Self::Activity => &["claims", "withdrawals"],
            Self::Rulings => &["rulings"],
            Self::Prescriptions => &["cases", "withdrawals", "read"],
            Self::Reviews => &["reviews"],
            Self::Close => &["closes"],
            Self::Rewards => &["attendances", "redemptions", "answers", "taken_back"],
        }
    }

    /// Returns the frozen changes that came after the genesis of this kind, oldest first: the map that each adds, and its bytes.
    #[must_use]
    pub const fn upgrades(self) -> &'static [(&'static str, &'static [u8])] {
        match self {
            Self::Record => &[
                ("attachments", include_bytes!("../genesis/record-attachments.change")),
                ("body", include_bytes!("../genesis/record-body.change")),
            ],
            Self::Activity => &[("disputes", include_bytes!("../genesis/activity-disputes.change"))],
            Self::Diary => &[
                ("requests", include_bytes!("../genesis/diary-requests.change")),
                ("disputes", include_bytes!("../genesis/diary-disputes.change")),
                ("withdrawals", include_bytes!("../genesis/diary-withdrawals.change")),
            ],
            Self::Catalog => &[("health_points", include_bytes!("../genesis/catalog-health_points.change"))],
            _ => &[],
        }
    }
}

/// Takes the upgrade of a document's kind that adds `map`, and those before it, unless they are there. Two devices that do so
/// apart take the same change.
///
/// # Errors
/// When the document is of a kind that has no such map.
pub fn make_room(doc: &mut Automerge, kind: Kind, map: &'static str) -> Result<(), WriteError> {
    let upgrades = kind.upgrades();
    let last = upgrades.iter().position(|(name, _)| *name == map).ok_or(WriteError::WrongKind(map))?;
    for (name, change) in upgrades.iter().take(last + 1) {
        if doc.get(ROOT, *name)?.is_none() {
            doc.load_incremental(change)?;
        }
    }
    Ok(())
}

/// Opens a new document of `kind` (a [`Kind`] or its name) from its genesis.
///
/// # Errors
/// When there is no such kind.
pub fn open(kind: impl AsRef<str>) -> Result<Automerge, WriteError> {
    let kind = Kind::parse(kind.as_ref()).ok_or(WriteError::NoSuchKind)?;
    Ok(Automerge::load(kind.genesis())?)
}

/// Loads a stored document of any kind.
///
/// # Errors
/// When the bytes are no document.
pub fn load(bytes: &[u8]) -> Result<Automerge, WriteError> {
    Ok(Automerge::load(bytes)?)
}
