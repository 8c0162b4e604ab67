//! The session cookie: a random token that the store knows by its hash only.

use axum::http::HeaderMap;
use axum::http::header::{COOKIE, ORIGIN};
use rand::Rng;
use sha2::{Digest, Sha256};

const NAME: &str = "xiangyi_session";

/// Returns a fresh token and its hash.
pub fn new_token() -> (String, [u8; 32]) {
    let token = hex::encode(rand::rng().random::<[u8; 32]>());
    let hash = hash(&token);
    (token, hash)
}

fn hash(token: &str) -> [u8; 32] {
    Sha256::digest(token.as_bytes()).into()
}

/// Returns the hash of the request's token.
pub fn token(headers: &HeaderMap) -> Option<[u8; 32]> {
    let cookies = headers.get_all(COOKIE).iter();
    cookies
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, _)| *name == NAME)
        .map(|(_, token)| hash(token))
}

/// Writes the cookie; `Secure` only where the request came over https.
pub fn set(token: &str, seconds: i64, secure: bool) -> String {
    let secure = if secure { "; Secure" } else { "" };
    format!("{NAME}={token}; Path=/; Max-Age={seconds}; HttpOnly; SameSite=Strict{secure}")
}

/// Tells whether the browser came over https, perhaps through a proxy.
pub fn is_https(headers: &HeaderMap) -> bool {
    let says = |name: &str, text: &str| {
        headers.get(name).and_then(|value| value.to_str().ok()).is_some_and(|value| value.starts_with(text))
    };
    says("x-forwarded-proto", "https") || says(ORIGIN.as_str(), "https://")
}
