//! Identifiers: opaque texts given by the caller, one type a thing.

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, serde::Serialize, serde::Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);
        impl $name {
            /// Wraps `text` as an identifier.
            pub fn new(text: impl Into<String>) -> Self { Self(text.into()) }
            /// Returns the text of the identifier.
            #[must_use]
            pub fn as_str(&self) -> &str { &self.0 }
            /// Tells whether the identifier is empty.
            #[must_use]
            pub fn is_empty(&self) -> bool { self.0.is_empty() }
        }
        impl From<&str> for $name { fn from(text: &str) -> Self { Self(text.to_owned()) } }
        impl From<String> for $name { fn from(text: String) -> Self { Self(text) } }
        impl AsRef<str> for $name { fn as_ref(&self) -> &str { &self.0 } }
        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { f.write_str(&self.0) }
        }
    )+};
}

ids! {
    /// A resident's opaque subject, as in addresses of pages.
    ResidentId,
    /// A member of staff: the account name.
    StaffId,
    /// A family doctor team.
    TeamId,
    /// An institution of the consortium.
    InstitutionId,
    /// A visit.
    VisitId,
    /// A contract.
    ContractId,
    /// A service package's family, the same over its versions.
    PackageId,
    /// An item of a package or of a points rule version.
    ItemId,
    /// A claim of work points.
    ClaimId,
    /// A ruling on a claim.
    RulingId,
    /// A pharmacist's review of a prescription.
    ReviewId,
    /// An entry of a record or diary: problem, allergy, medication, reading.
    EntryId,
    /// A danger sign or symptom of a rule pack.
    SignId,
    /// A coefficient of a points rule version.
    CoefficientId,
}
