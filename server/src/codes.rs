//! One-time codes: how they look, and the hash that is kept of them.

use qrcodegen::{QrCode, QrCodeEcc};
use rand::Rng;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::fmt::Write as _;

/// The digits of a code that lasts for minutes and whose guessing is limited.
const DIGITS: usize = 10;
/// The signs of a code that lasts: none that looks like another.
const SIGNS: &[u8; 32] = b"23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/// How many signs a code that lasts has: 80 bits.
const LASTING: usize = 16;

/// Returns a short code to be typed from a screen or a slip of paper.
pub fn short() -> String {
    let mut rng = rand::rng();
    (0..DIGITS).map(|_| char::from(b'0' + rng.random_range(0..10u8))).collect()
}

/// Returns a code to be kept on paper, in groups of four.
pub fn lasting() -> String {
    let mut rng = rand::rng();
    let mut text = String::new();
    for place in 0..LASTING {
        if place > 0 && place % 4 == 0 {
            text.push('-');
        }
        let sign = SIGNS.get(rng.random_range(0..SIGNS.len())).copied().unwrap_or_default();
        text.push(char::from(sign));
    }
    text
}

/// Returns the digits of what was typed, wide ones as narrow ones; the rest is nothing.
pub fn digits(typed: &str) -> String {
    let narrow = |sign: char| match sign {
        '\u{ff10}'..='\u{ff19}' => char::from_digit(u32::from(sign) - 0xff10, 10),
        '0'..='9' => Some(sign),
        _ => None,
    };
    typed.chars().filter_map(narrow).collect()
}

/// Returns the hash a code is known by, among those for `what`. Case, gaps and hyphens are nothing.
pub fn hash(what: &str, code: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    hash.update(b"xiangyi code\0");
    hash.update(what.as_bytes());
    hash.update([0]);
    let digits = digits(code);
    let plain: String = code.chars().filter(char::is_ascii_alphanumeric).collect();
    // A short code has digits only, which may have been typed wide.
    let typed = if digits.len() >= plain.len() { digits } else { plain.to_ascii_uppercase() };
    hash.update(typed.as_bytes());
    hash.finalize().into()
}

/// A QR code to be drawn: a path of unit squares in a square of `size`.
#[derive(Debug, Serialize)]
pub struct Qr {
    /// The side, with the white border around.
    pub size: i32,
    /// The dark squares, as the `d` of an SVG path.
    pub path: String,
}

/// Draws a text as a QR code; `None` for one that is too long.
pub fn qr(text: &str) -> Option<Qr> {
    const BORDER: i32 = 4;
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            let _ = write!(path, "M{} {}h1v1h-1z", x + BORDER, y + BORDER);
        }
    }
    Some(Qr { size: code.size() + 2 * BORDER, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_is_known_however_it_is_typed() {
        assert_eq!(hash("a", "12345 67890"), hash("a", "１２３４５６７８９０"));
        assert_eq!(hash("a", "abcd-efgh"), hash("a", "ABCDEFGH"));
        assert_ne!(hash("a", "1234567890"), hash("b", "1234567890"));
        assert_ne!(hash("a", "1234567890"), hash("a", "1234567891"));
    }

    #[test]
    fn codes_differ_and_have_their_form() {
        assert_eq!(digits(&short()).len(), DIGITS);
        assert_ne!(short(), short());
        let lasting = lasting();
        assert_eq!(lasting.split('-').map(str::len).collect::<Vec<_>>(), [4; 4]);
    }

    #[test]
    fn a_qr_code_has_a_white_border() {
        let qr = qr("https://county.example/#code=1234567890").expect("fits");
        assert!(qr.size > 29 && qr.path.starts_with("M4 4h1v1h-1z"));
    }
}
