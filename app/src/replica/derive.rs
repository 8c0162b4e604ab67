//! From a PIN to a key: in a worker (`app/pin`), or here where there is none.

use argon2::{Algorithm, Argon2, Params, Version};
use zeroize::Zeroizing;

/// Bytes of a key.
pub const KEY: usize = 32;

/// Derives a key by argon2id with `memory` KiB and so many `passes`; nothing when these parameters cannot be met.
pub fn derive(pin: &str, salt: &[u8], memory: u32, passes: u32) -> Option<Zeroizing<[u8; KEY]>> {
    let parameters = Params::new(memory, passes, 1, Some(KEY)).ok()?;
    let mut key = Zeroizing::new([0; KEY]);
    Argon2::new(Algorithm::Argon2id, Version::V0x13, parameters)
        .hash_password_into(pin.as_bytes(), salt, key.as_mut_slice())
        .ok()?;
    Some(key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pin_gives_the_key_that_it_gave_when_profiles_were_first_made() {
        let key = derive("258036", b"0123456789abcdef", 19 * 1024, 2).unwrap();
        assert_eq!(
            hex::encode(key.as_slice()),
            "a5c4accf8c308926ce060554ad8e55632027b16f07cab255f8d798f1eb47ad01"
        );
    }

    #[test]
    fn parameters_that_cannot_be_met_give_none() {
        assert!(derive("258036", b"0123456789abcdef", 1, 0).is_none());
    }
}
