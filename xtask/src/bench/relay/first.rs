//! First sync: clients bring their documents, fresh clients fetch them.

use super::device::Device;
use super::plain::Plain;
use super::sample;
use super::server::Server;
use super::stages::together;
use anyhow::Result;
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;
use sync::{DocumentId, Heads, sorted};

/// Documents a second.
#[derive(Debug, Clone, Copy)]
pub struct Rates {
    /// Brought until acknowledged, by plain clients.
    pub brought: f64,
    /// Fetched, by plain clients.
    pub fetched: f64,
    /// Brought until durable, and fetched in bundles, by devices with our extensions; ours only.
    pub extended: Option<(f64, f64)>,
}

type Batch = Vec<(DocumentId, automerge::Automerge)>;

/// Lets `clients` clients bring `documents` documents each and as many fresh ones fetch them.
pub async fn sync(server: &Server, ours: bool, clients: usize, documents: usize) -> Result<Rates> {
    let rate = |took: Duration| (clients * documents) as f64 / took.as_secs_f64();
    let accounts = 0..clients;
    let (batches, known) = batches(accounts.clone(), documents)?;
    let (brought, _) = together("plain, brought", server, accounts.clone(), |door, n| {
        let batch = take(&batches, n);
        async move { Plain::connect(&door, n).await?.bring(batch).await }
    })
    .await?;
    let (fetched, _) = together("plain, fetched", server, accounts.clone(), |door, n| {
        let known = known.get(&n).cloned().unwrap_or_default();
        async move { Plain::connect(&door, n).await?.fetch(&known).await }
    })
    .await?;
    let extended = if ours {
        let (bundles, devices) = together("bundles, fetched", server, accounts, |door, n| async move {
            let mut device = Device::connect(&door, n).await?;
            device.settle().await?;
            Ok((n, device))
        })
        .await?;
        for (n, mut device) in devices {
            device.check(known.get(&n).map_or(&[][..], Vec::as_slice))?;
        }
        let others = clients..2 * clients;
        let (batches, _) = self::batches(others.clone(), documents)?;
        let (durable, _) = together("extensions, brought", server, others, |door, n| {
            let batch = take(&batches, n);
            async move { Device::connect(&door, n).await?.bring(batch).await }
        })
        .await?;
        Some((rate(durable), rate(bundles)))
    } else {
        None
    };
    Ok(Rates { brought: rate(brought), fetched: rate(fetched), extended })
}

type Batches = Arc<Mutex<BTreeMap<usize, Batch>>>;
/// The heads of everyone's documents.
type Known = BTreeMap<usize, Vec<(DocumentId, Heads)>>;

/// Makes everyone's documents before the clock starts.
fn batches(of: impl Iterator<Item = usize>, documents: usize) -> Result<(Batches, Known)> {
    let batches: BTreeMap<usize, Batch> =
        of.map(|n| Ok((n, sample::documents(documents)?))).collect::<Result<_>>()?;
    let heads = |batch: &Batch| batch.iter().map(|(id, one)| (*id, sorted(one.get_heads()))).collect();
    let known = batches.iter().map(|(n, batch)| (*n, heads(batch))).collect();
    Ok((Arc::new(Mutex::new(batches)), known))
}

fn take(batches: &Batches, n: usize) -> Batch {
    batches.lock().unwrap_or_else(PoisonError::into_inner).remove(&n).unwrap_or_default()
}
