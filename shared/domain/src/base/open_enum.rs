//! Enums that keep what they do not know, so that a newer app's values survive an older one.

/// Defines an enum stored as text whose `Unknown` variant carries any other text unchanged.
///
/// Variants are ordered as written; an unknown value sorts last.
///
/// ```
/// domain::open_enum! {
///     /// A colour.
///     pub enum Colour { /// Red.
///         Red = "red", /// Green.
///         Green = "green" }
/// }
/// assert_eq!(Colour::from("green"), Colour::Green);
/// assert_eq!(Colour::from("teal").as_str(), "teal");
/// ```
#[macro_export]
macro_rules! open_enum {
    ($(#[$doc:meta])* pub enum $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name {
            $($(#[$vdoc])* $variant,)+
            /// A value of a newer version, kept as it was written.
            Unknown(String),
        }
        impl $name {
            /// Lists the values this version knows, in order.
            pub const KNOWN: &'static [Self] = &[$(Self::$variant),+];

            /// Returns the stored text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                match self { $(Self::$variant => $text,)+ Self::Unknown(text) => text }
            }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                match text { $($text => Self::$variant,)+ other => Self::Unknown(other.to_owned()) }
            }
        }
        impl Default for $name {
            fn default() -> Self { Self::Unknown(String::new()) }
        }
        impl ::std::fmt::Display for $name {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result { f.write_str(self.as_str()) }
        }
        impl ::serde::Serialize for $name {
            fn serialize<S: ::serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }
        impl<'de> ::serde::Deserialize<'de> for $name {
            fn deserialize<D: ::serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <::std::borrow::Cow<'de, str> as ::serde::Deserialize<'de>>::deserialize(deserializer)?;
                Ok(Self::from(text.as_ref()))
            }
        }
    };
}
