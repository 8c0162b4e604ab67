//! Text as it is compared: half width, lower case, one kind of punctuation, without spaces between Chinese characters.

use super::words::Variants;

/// Normalised characters, each with the bytes it came from.
#[derive(Debug, Clone, Default)]
pub(super) struct Normal {
    pub chars: Vec<char>,
    /// Where each began and ended in the text.
    spans: Vec<(usize, usize)>,
}

impl Normal {
    pub fn new(text: &str, variants: &Variants) -> Self {
        let mut normal = Self::default();
        for (start, from) in text.char_indices() {
            let end = start + from.len_utf8();
            let simple = variants.from.find(from).and_then(|before| {
                let place = variants.from.get(..before)?.chars().count();
                variants.to.chars().nth(place)
            });
            let to = plain(simple.unwrap_or(from));
            normal.chars.push(to);
            normal.spans.push((start, end));
        }
        normal
    }

    /// Returns a stretch of it, without where it came from.
    pub fn piece(&self, start: usize, end: usize) -> Self {
        Self { chars: self.chars.get(start..end).unwrap_or_default().to_vec(), spans: Vec::new() }
    }

    pub fn get(&self, at: usize) -> Option<char> {
        self.chars.get(at).copied()
    }

    /// Returns the bytes of the original text from one character to before another.
    pub fn bytes(&self, start: usize, end: usize) -> (usize, usize) {
        let from = self.spans.get(start).map_or(0, |span| span.0);
        (from, end.checked_sub(1).and_then(|last| self.spans.get(last)).map_or(from, |span| span.1))
    }
}

fn plain(of: char) -> char {
    match of {
        // Full width has half-width forms at a fixed distance.
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(of) - 0xfee0).unwrap_or(of).to_ascii_lowercase(),
        other => other.to_ascii_lowercase(),
    }
}
