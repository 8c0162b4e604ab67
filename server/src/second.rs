//! The second factor: time-based codes (RFC 6238) and recovery codes.

use crate::codes;
use totp_rs::{Builder, Secret, Totp};

/// The bytes of a secret, as RFC 4226 recommends.
pub const SECRET: usize = 20;
/// How many recovery codes there are.
pub const RECOVERY: usize = 8;

fn totp(secret: &[u8], account: &str) -> Option<Totp> {
    // A colon would end the account's name in the address.
    let account = account.replace(':', " ");
    let builder = Builder::new().with_secret(Secret::from(secret.to_vec()));
    builder.with_issuer(Some("Xiangyi")).with_account_name(account).build().ok()
}

/// Returns the secret as people type it, and the address that a QR code holds.
pub fn shown(secret: &[u8], account: &str) -> Option<(String, String)> {
    let totp = totp(secret, account)?;
    Some((totp.secret().to_base32(), totp.to_url().ok()?))
}

/// Returns the step of a code that is right now, one step early or late.
pub fn step(secret: &[u8], code: &str, now_ms: i64) -> Option<u64> {
    let code = codes::digits(code);
    let seconds = u64::try_from(now_ms / 1000).ok()?;
    (code.len() == 6).then(|| totp(secret, "-")?.check(&code, seconds)).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Appendix B of RFC 6238; an app of six digits shows the last six.
    #[test]
    fn codes_are_those_of_rfc_6238() {
        let vectors = [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ];
        for (seconds, code) in vectors {
            let found = step(b"12345678901234567890", code, seconds * 1000);
            assert_eq!(found, u64::try_from(seconds / 30).ok(), "{code}");
        }
    }

    #[test]
    fn a_code_holds_one_step_before_and_after_its_own() {
        let secret = b"12345678901234567890";
        assert_eq!(step(secret, "287082", 89_000), Some(1));
        assert_eq!(step(secret, "287 082", 1_000), Some(1), "spaces are nothing");
        assert_eq!(step(secret, "２８７０８２", 59_000), Some(1), "nor is the width of digits");
        assert_eq!(step(secret, "287082", 121_000), None);
        assert_eq!(step(secret, "287083", 59_000), None);
        assert_eq!(step(secret, "", 59_000), None);
    }

    #[test]
    fn the_address_names_the_account() {
        let (text, address) = shown(b"12345678901234567890", "doctor1").expect("a secret");
        assert_eq!(text, "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert!(address.starts_with("otpauth://totp/Xiangyi:doctor1?"), "{address}");
        assert!(address.contains(&text), "{address}");
    }
}
