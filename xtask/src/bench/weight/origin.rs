//! Where a function comes from, by its symbol.
//!
//! Symbols are Rust's v0 mangling (RFC 2603): of an `impl` they hold the path of the block itself, which what people read
//! does not show. `impl<T: Render> Render for Vec<T>` of tachys is tachys' code, although its type is of `alloc`.

/// What stands for the crate of glue, of C code and of functions that the linker made.
pub const UNKNOWN: &str = "(no crate)";

/// Where a function was written, and whether for one of our types.
#[derive(Debug, PartialEq, Eq)]
pub struct Origin {
    /// The crate in which it was written.
    pub written_in: String,
    /// It was written elsewhere for any type, and compiled for one of ours.
    pub for_ours: bool,
}

impl Origin {
    /// The origin of a function without a name.
    pub fn unknown() -> Self {
        Self { written_in: UNKNOWN.to_owned(), for_ours: false }
    }

    /// Finds the origin of a function; `ours` are the names of our crates.
    pub fn of(symbol: &str, ours: &[String]) -> Self {
        // What cutting adds to the name of a function that another part calls.
        let symbol = symbol.split(' ').next().unwrap_or(symbol);
        let readable = format!("{:#}", rustc_demangle::demangle(symbol));
        let Some(written_in) = crate_of(symbol).or_else(|| crates_in(&readable).next()) else {
            return Self::unknown();
        };
        let is_ours = |name: &str| ours.iter().any(|our| our == name);
        let for_ours = !is_ours(written_in) && crates_in(&readable).any(is_ours);
        Self { written_in: written_in.to_owned(), for_ours }
    }
}

/// Returns the crate of the outermost path of a symbol; `None` for a method that a trait provides, which says only for
/// which type it is.
fn crate_of(symbol: &str) -> Option<&str> {
    let mut rest = symbol.strip_prefix("_R")?;
    loop {
        let (tag, tail) = rest.split_at_checked(1)?;
        rest = match tag {
            "C" => return identifier(told_apart(tail)),
            "N" => tail.get(1..)?,
            "M" | "X" => told_apart(tail),
            "I" => tail,
            _ => return None,
        };
    }
}

/// Skips what tells crates or blocks of one name apart: `s…_`.
fn told_apart(rest: &str) -> &str {
    rest.strip_prefix('s').and_then(|tail| tail.split_once('_')).map_or(rest, |(_, tail)| tail)
}

/// Returns the identifier at the beginning: its length, an underscore where a digit would follow, and the name.
fn identifier(rest: &str) -> Option<&str> {
    let digits = rest.find(|c: char| !c.is_ascii_digit())?;
    let (length, tail) = rest.split_at_checked(digits)?;
    tail.strip_prefix('_').unwrap_or(tail).get(..length.parse().ok()?)
}

/// Returns the crate of each path in a readable name, in order: what stands before the first `::` of the path.
fn crates_in(readable: &str) -> impl Iterator<Item = &str> {
    let words = readable.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':'));
    words
        .filter(|word| !word.starts_with(':'))
        .filter_map(|word| word.split_once("::"))
        .map(|(first, _)| first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn origin(symbol: &str) -> (String, bool) {
        let origin = Origin::of(symbol, &["app".to_owned(), "domain".to_owned()]);
        (origin.written_in, origin.for_ours)
    }

    #[test]
    fn a_function_is_of_the_crate_it_stands_in() {
        let symbol = "_RNCNvNtNtNtCsgX1ts7vGfT1_3app8features4door6unlock18___component_unlocks0_0B9_";
        assert_eq!(origin(symbol), ("app".to_owned(), false));
    }

    #[test]
    fn an_impl_is_of_the_crate_it_stands_in_and_not_of_its_type() {
        let symbol = "_RNvXsB_NtCs9l8QbDZUqJP_5alloc6stringNtNtNtCshivYhAJZbIq_6domain4base2id10ResidentIdNtB5_8ToString9to_stringCsgX1ts7vGfT1_3app";
        assert_eq!(origin(symbol), ("alloc".to_owned(), true));
    }

    #[test]
    fn an_instance_for_one_of_our_types_is_on_our_account() {
        let symbol = "_RINvNtCs1OA3ihfmHv5_4core3ptr13drop_in_placeINtNtCs9l8QbDZUqJP_5alloc2rc2RcNtNtCs2hZSuikeLHA_6domain12county_rules11CountyRulesEECsgX1ts7vGfT1_3app";
        assert_eq!(origin(symbol), ("core".to_owned(), true));
    }

    #[test]
    fn where_it_was_compiled_does_not_make_it_ours() {
        let symbol = "_RINvNtNtCsfjhBas7eoa2_6tachys4view8any_view8elementsNtNtB6_3svg12InertElementECsgX1ts7vGfT1_3app";
        assert_eq!(origin(symbol), ("tachys".to_owned(), false));
    }

    #[test]
    fn what_the_cut_adds_to_a_name_changes_nothing() {
        let symbol = "_RNvNtCs1_3app4door4look indirect_call_shim";
        assert_eq!(origin(symbol), ("app".to_owned(), false));
    }

    #[test]
    fn glue_and_c_are_of_no_crate() {
        assert_eq!(origin("__wbindgen_malloc"), (UNKNOWN.to_owned(), false));
        assert_eq!(origin("memcpy"), (UNKNOWN.to_owned(), false));
    }
}
