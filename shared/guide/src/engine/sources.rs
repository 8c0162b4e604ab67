//! Publications in one line.

use super::Guide;
use crate::Source;

/// How medicines mark a source that is none.
const EXAMPLE: &str = "example";

impl Guide {
    /// Returns a source of decision support.
    pub(super) fn source(&self, id: &str) -> Option<Source> {
        let sources = &self.advisor.knowledge().sources;
        let place = sources.binary_search_by(|source| source.id.as_str().cmp(id)).ok()?;
        let source = sources.get(place)?;
        Some(Source {
            id: source.id.clone(),
            line: line(&source.title, &source.issuer, source.number.as_deref(), Some(source.year)),
            link: source.link.clone().unwrap_or_default(),
            example: false,
        })
    }

    /// Returns a source of the medicines.
    pub(super) fn source_of_medicines(&self, id: &str) -> Option<Source> {
        let source = self.medicines.source(id)?;
        Some(Source {
            id: source.id.clone(),
            line: line(&source.title, &source.issuer, source.number.as_deref(), source.year),
            link: source.link.clone().unwrap_or_default(),
            example: source.kind == EXAMPLE,
        })
    }
}

fn line(title: &str, issuer: &str, number: Option<&str>, year: Option<u16>) -> String {
    let year = year.map(|year| year.to_string());
    let parts = [Some(title), Some(issuer), number, year.as_deref()];
    let parts: Vec<&str> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    parts.join(" · ")
}
