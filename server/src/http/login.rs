//! A limit on failed attempts, per account and per address. The store counts them, for every relay and across restarts.

use super::address;
use super::failure::Failure;
use crate::app::App;
use crate::store::Counted;
use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::StatusCode;
use axum::http::request::Parts;
use sha2::{Digest, Sha256};
use std::net::{IpAddr, SocketAddr};
use std::sync::Arc;

/// An account forgets one failure in this time.
const FORGETS_MS: i64 = 15 * 60_000;
/// A clinic shares one address, so an address may fail more often than an account.
const PER_ADDRESS: u32 = 10;

/// The address a request came from.
#[derive(Debug, Clone, Copy)]
pub struct From(pub IpAddr);

impl FromRequestParts<Arc<App>> for From {
    type Rejection = StatusCode;

    async fn from_request_parts(parts: &mut Parts, app: &Arc<App>) -> Result<Self, StatusCode> {
        let connect = ConnectInfo::<SocketAddr>::from_request_parts(parts, app).await;
        let ConnectInfo(address) = connect.map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)?;
        Ok(Self(address::client(&parts.headers, address.ip(), &app.settings.proxies)))
    }
}

/// How many failures are free.
#[derive(Debug)]
pub struct Limits(pub Option<u32>);

/// An attempt that counts as failed until it is forgiven.
#[derive(Debug)]
#[must_use]
pub struct Attempt(Option<[[u8; 32]; 2]>);

impl Limits {
    /// Counts an attempt on `name` among those of `kind`; refused while the account or the address has to wait.
    pub async fn attempt(&self, app: &App, kind: &str, name: &str, from: From) -> Result<Attempt, Failure> {
        let Some(free) = self.0 else {
            return Ok(Attempt(None));
        };
        let keys = [hash(kind, name), hash("address", &from.0.to_string())];
        let [account, address] = keys;
        let counted = vec![
            Counted { who: account, free, forgets: FORGETS_MS },
            Counted {
                who: address,
                free: free.saturating_mul(PER_ADDRESS),
                forgets: FORGETS_MS / i64::from(PER_ADDRESS),
            },
        ];
        let now = app.time.now();
        match app.store.attempt(counted, now).await? {
            Ok(()) => Ok(Attempt(Some(keys))),
            Err(until) => {
                app.metrics.refuse("login_limit");
                Err(Failure::Limited((until - now + 999) / 1000))
            }
        }
    }
}

impl Attempt {
    /// Takes back that it was counted, and forgets what failed before it for the same name.
    pub async fn forgive(self, app: &App) -> Result<(), Failure> {
        if let Self(Some([account, address])) = self {
            app.store.forgive(vec![account], address).await?;
        }
        Ok(())
    }
}

fn hash(kind: &str, name: &str) -> [u8; 32] {
    let mut hash = Sha256::new();
    for part in ["xiangyi attempt", kind, name] {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    hash.finalize().into()
}
