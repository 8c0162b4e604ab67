//! Chunks whose checksum fits what a mutation made of them.

use sha2::{Digest, Sha256};

const MAGIC: [u8; 4] = [0x85, 0x6f, 0x4a, 0x83];

/// Returns the bytes with the checksum of every whole chunk in them put right.
pub(crate) fn checksums(bytes: &[u8]) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| rest.windows(4).position(|four| four == MAGIC)) {
        let start = at + found;
        at = start + 4;
        let sum = bytes.get(start + 8..).and_then(chunk).map(Sha256::digest);
        if let (Some(sum), Some(place)) = (sum, bytes.get_mut(start + 4..start + 8)) {
            place.iter_mut().zip(sum).for_each(|(byte, right)| *byte = right);
        }
    }
    bytes
}

/// Returns type, length and body of the chunk that begins here.
fn chunk(bytes: &[u8]) -> Option<&[u8]> {
    let mut length = 0_usize;
    for (n, byte) in bytes.iter().skip(1).take(5).enumerate() {
        length |= usize::from(byte & 0x7f) << (7 * n);
        if byte & 0x80 == 0 {
            return bytes.get(..n + 2 + length);
        }
    }
    None
}
