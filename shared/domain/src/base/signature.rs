//! A signature on the glass.

use serde::{Deserialize, Serialize};

use super::Timestamp;

crate::open_enum! {
    /// Who signs.
    pub enum Signer {
        /// The resident.
        Resident = "resident",
        /// Somebody who acts for the resident.
        Guardian = "guardian",
        /// The doctor or another member of staff.
        Staff = "staff",
    }
}

/// A signature: strokes as SVG path data of `M x y` and `L x y` in a box 1000 wide and 400 high.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// Who signed.
    pub signer: Signer,
    /// The name under the line.
    pub name: String,
    /// The strokes.
    pub path: String,
    /// When the pen was lifted last.
    pub at: Timestamp,
}

impl Signature {
    /// Tells whether there is at least one line and nothing but path data.
    #[must_use]
    pub fn is_drawn(&self) -> bool {
        self.path.contains('L')
            && self.path.bytes().all(|b| matches!(b, b'M' | b'L' | b' ' | b'-' | b'0'..=b'9'))
    }
}
