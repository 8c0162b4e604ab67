//! One's account, who acts for whom, and the codes that begin it.

mod acting;
mod factor;
mod give;
mod password;
mod relation;
mod security;
mod sessions;

pub use acting::ActingPage;
pub use give::GivePage;
pub use relation::{Bond, keep_bonds, kept_bonds, relation_words};
pub use security::SecurityPage;
