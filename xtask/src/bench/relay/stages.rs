//! Many clients at once, and what it took them and the server.

use super::server::{Door, Server, processor_time};
use anyhow::Result;
use std::time::{Duration, Instant};
use tokio::task::JoinSet;

/// Runs one client of each number at once; returns how long it took until all were done, and what they returned.
pub async fn together<T, F>(
    name: &str,
    server: &Server,
    clients: impl IntoIterator<Item = usize>,
    of: impl Fn(Door, usize) -> F,
) -> Result<(Duration, Vec<T>)>
where
    T: Send + 'static,
    F: Future<Output = Result<T>> + Send + 'static,
{
    let watch = Watch::start(server)?;
    let mut set = JoinSet::new();
    for n in clients {
        set.spawn(of(server.door.clone(), n));
    }
    let mut all = Vec::new();
    while let Some(one) = set.join_next().await {
        all.push(one??);
    }
    Ok((watch.stop(name, server)?, all))
}

/// Measures the time and the processor time of a stage.
pub struct Watch {
    started: Instant,
    server: Duration,
    clients: Duration,
}

impl Watch {
    /// Starts.
    pub fn start(server: &Server) -> Result<Self> {
        Ok(Self { server: server.busy()?, clients: own()?, started: Instant::now() })
    }

    /// Stops, says what was used, and returns how long it took.
    pub fn stop(self, name: &str, server: &Server) -> Result<Duration> {
        let took = self.started.elapsed();
        let (served, acted) = (server.busy()? - self.server, own()? - self.clients);
        println!(
            "  {name}: {:.2} s; processor: server {:.2} s, clients {:.2} s",
            took.as_secs_f64(),
            served.as_secs_f64(),
            acted.as_secs_f64()
        );
        Ok(took)
    }
}

fn own() -> Result<Duration> {
    processor_time(&std::fs::read_to_string("/proc/self/stat")?)
}
