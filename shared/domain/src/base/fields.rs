//! Structs that are read field by field into their default.
//!
//! What serde derives keeps a place for each field aside, asks each of them whether it was filled, and clears all of them
//! wherever reading may fail. Of a struct with a default none of this is needed, and the app is smaller by it.

use serde::Deserialize;
use serde::de::{Deserializer, Error as _, IgnoredAny, MapAccess, Visitor};
use std::borrow::Cow;
use std::fmt;
use std::marker::PhantomData;

/// A struct whose fields have a default; [`read_by_field!`](crate::read_by_field) writes it.
pub trait Fields: Default {
    /// The fields that must be there, at most 64.
    const NEEDED: &'static [&'static str];

    /// Reads the value that comes next into the field of this name, or skips it.
    ///
    /// # Errors
    /// When the value is not of the field's type.
    fn read<'de, A: MapAccess<'de>>(&mut self, field: &str, from: &mut A) -> Result<(), A::Error>;
}

/// Reads a struct.
///
/// # Errors
/// When it is no map, lacks a needed field, or a value is not of its field's type.
pub fn fill<'de, T: Fields, D: Deserializer<'de>>(from: D) -> Result<T, D::Error> {
    from.deserialize_map(Fill(PhantomData))
}

/// Reads the value that comes next into a field.
///
/// # Errors
/// When it is not of the field's type.
#[inline(never)]
pub fn put<'de, T: Deserialize<'de>, A: MapAccess<'de>>(field: &mut T, from: &mut A) -> Result<(), A::Error> {
    *field = from.next_value()?;
    Ok(())
}

/// Skips the value that comes next: what a newer version wrote.
///
/// # Errors
/// When it cannot be read.
#[inline(never)]
pub fn skip<'de, A: MapAccess<'de>>(from: &mut A) -> Result<(), A::Error> {
    from.next_value::<IgnoredAny>().map(drop)
}

struct Fill<T>(PhantomData<T>);

#[derive(Deserialize)]
#[serde(transparent)]
struct Name<'a>(#[serde(borrow)] Cow<'a, str>);

impl<'de, T: Fields> Visitor<'de> for Fill<T> {
    type Value = T;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("fields")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<T, A::Error> {
        let (mut filled, mut seen) = (T::default(), 0_u64);
        while let Some(Name(name)) = map.next_key()? {
            if let Some(place) = T::NEEDED.iter().position(|needed| *needed == name) {
                seen |= 1 << place;
            }
            filled.read(&name, &mut map)?;
        }
        match T::NEEDED.get(seen.trailing_ones() as usize) {
            None => Ok(filled),
            Some(missing) => Err(A::Error::missing_field(missing)),
        }
    }
}

/// Reads a struct field by field into its default: `read_by_field! { Plan { next, note } }`. Every field is named, those that
/// are kept elsewhere behind `but`, those that must be there behind `needing`, where `all` stands for every field.
#[macro_export]
macro_rules! read_by_field {
    ($type:ident { $($field:ident),+ $(,)? } needing all) => {
        $crate::read_by_field! { $type { $($field),+ } needing { $($field),+ } }
    };
    ($type:ident { $($field:ident),+ $(,)? } $(but { $($skipped:ident),+ })? $(needing { $($needed:ident),+ $(,)? })?) => {
        impl $crate::base::fields::Fields for $type {
            const NEEDED: &'static [&'static str] = &[$($(stringify!($needed)),+)?];

            fn read<'de, A: ::serde::de::MapAccess<'de>>(&mut self, field: &str, from: &mut A) -> Result<(), A::Error> {
                let Self { $($field,)+ $($($skipped: _,)+)? } = self;
                match field {
                    $(stringify!($field) => $crate::base::fields::put($field, from),)+
                    _ => $crate::base::fields::skip(from),
                }
            }
        }

        impl<'de> ::serde::Deserialize<'de> for $type {
            fn deserialize<D: ::serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                $crate::base::fields::fill(from)
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::base::json;

    #[derive(Debug, Default, PartialEq)]
    struct Place {
        name: String,
        beds: Option<u16>,
        rooms: Vec<u8>,
        elsewhere: bool,
    }

    crate::read_by_field! { Place { name, beds, rooms } but { elsewhere } needing { name, rooms } }

    fn read(text: &str) -> Result<Place, serde_json::Error> {
        let place: Place = json::read(text.as_bytes())?;
        assert_eq!(place, serde_json::from_str(text)?, "from text as from a value");
        Ok(place)
    }

    #[test]
    fn what_is_absent_has_its_default_and_what_is_unknown_is_skipped() {
        let found =
            read(r#"{"later": {"x": [1]}, "name": "\u5f20", "rooms": [1, 2], "elsewhere": true}"#).unwrap();
        let name = "张".to_owned();
        assert_eq!(found, Place { name, beds: None, rooms: vec![1, 2], elsewhere: false });
        assert_eq!(read(r#"{"name": "", "rooms": [], "beds": 3}"#).unwrap().beds, Some(3));
    }

    #[test]
    fn what_is_needed_or_does_not_fit_is_named() {
        for (text, says) in [
            (r#"{"name": "a"}"#, "missing field `rooms`"),
            (r#"{"rooms": []}"#, "missing field `name`"),
            (r#"{"name": "a", "rooms": [], "beds": "many"}"#, "u16"),
            (r#"["a", 1, []]"#, "fields"),
        ] {
            let error = json::read::<Place>(text.as_bytes()).unwrap_err().to_string();
            assert!(error.contains(says), "{error}");
        }
    }
}
