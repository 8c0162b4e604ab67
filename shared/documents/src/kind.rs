//! The kinds of documents.

/// A kind of document: who may write it, who holds it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Institutions, teams, staff, published packages; one for the county.
    Catalog,
    /// Points rules and the county key; one for the county, for staff.
    Rules,
    /// Who a resident is; one for each, kept apart so that it can be erased.
    Person,
    /// Visits, contracts, conditions, allergies, medications; one for each resident.
    Record,
    /// A resident's own readings; one for each resident who writes.
    Diary,
    /// Claims of work points; one for each member of staff and year.
    Activity,
    /// Rulings on them; one for each member of staff and year.
    Rulings,
    /// Prescriptions in spite of a warning, without names; one for each member of staff and year.
    Prescriptions,
    /// Pharmacists' reviews of them; one for each member of staff and year.
    Reviews,
    /// A month of work points as it was closed; one for each institution and month.
    Close,
    /// The team's side of health points: what it saw, handed out and answered; one for each resident, when first needed.
    Rewards,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 11] = [
        Self::Catalog,
        Self::Rules,
        Self::Person,
        Self::Record,
        Self::Diary,
        Self::Activity,
        Self::Rulings,
        Self::Prescriptions,
        Self::Reviews,
        Self::Close,
        Self::Rewards,
    ];

    /// Returns the name used on the wire and in addresses.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Catalog => "catalog",
            Self::Rules => "rules",
            Self::Person => "person",
            Self::Record => "record",
            Self::Diary => "diary",
            Self::Activity => "activity",
            Self::Rulings => "rulings",
            Self::Prescriptions => "prescriptions",
            Self::Reviews => "reviews",
            Self::Close => "close",
            Self::Rewards => "rewards",
        }
    }

    /// Returns the kind of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

impl AsRef<str> for Kind {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

impl std::fmt::Display for Kind {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}
