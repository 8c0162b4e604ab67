//! How serious something is; always said in words or a sign as well as by colour.

use super::Glyph;

/// The weight of a message, a tag or an entry.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tone {
    /// Information.
    #[default]
    Calm,
    /// Done, or within the goal.
    Good,
    /// Worth attention: pale yellow.
    Care,
    /// A danger to life; nothing else is red.
    Life,
}

impl Tone {
    /// Returns the class that carries this tone in the style sheets.
    pub fn class(self) -> &'static str {
        match self {
            Self::Calm => "calm",
            Self::Good => "good",
            Self::Care => "care",
            Self::Life => "life",
        }
    }

    /// Returns the sign shown beside the words.
    pub fn glyph(self) -> Glyph {
        match self {
            Self::Calm => Glyph::Info,
            Self::Good => Glyph::Check,
            Self::Care | Self::Life => Glyph::Warn,
        }
    }
}
