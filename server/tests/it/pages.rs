//! The site, health and metrics.

use crate::support::{start, start_with, status};
use server::app::Settings;
use std::fs;
use tempfile::TempDir;

#[tokio::test]
async fn the_site_comes_compressed_guarded_and_kept_by_its_hash() {
    let site = TempDir::new().expect("a directory");
    let write = |name: &str, text: &str| fs::write(site.path().join(name), text).expect("writes");
    write("index.html", "<p>page</p>");
    write("app-0123456789abcdef.js", "plain");
    write("app-0123456789abcdef.js.br", "brotli");
    write("sw.js", "worker");
    let server = start_with(Settings { site: Some(site.path().to_owned()), ..Settings::default() }).await;
    let get = async |path: &str, header: &str| server.http("GET", path, header, "").await;

    let script = get("/app-0123456789abcdef.js", "Accept-Encoding: br\r\n").await;
    assert!(script.contains("content-encoding: br"), "{script}");
    assert!(script.contains("immutable"), "{script}");
    assert!(script.ends_with("brotli"), "{script}");

    let page = get("/resident/abc", "").await;
    assert_eq!(status(&page), 200);
    assert!(page.ends_with("<p>page</p>"), "{page}");
    assert!(page.contains("cache-control: no-cache"), "{page}");
    assert!(page.contains("default-src 'none'"), "{page}");
    assert!(page.contains("x-content-type-options: nosniff"), "{page}");
    assert!(page.contains("content-type: text/html"), "{page}");

    assert!(get("/sw.js", "").await.contains("cache-control: no-cache"));
    assert_eq!(status(&get("/missing.js", "").await), 404);
    assert_eq!(status(&get("/../data.db", "").await), 404);
    assert_eq!(status(&get("/%2e%2e/data.db", "").await), 404);
}

#[tokio::test]
async fn health_and_metrics_answer() {
    let server = start().await;
    let get = async |path: &str| server.http("GET", path, "", "").await;
    assert_eq!(status(&get("/healthz").await), 200);
    assert_eq!(status(&get("/readyz").await), 200);
    let metrics = get("/metrics").await;
    for name in [
        "process_resident_memory_bytes",
        "documents_loaded",
        "connections",
        "changes_committed_total",
        "commit_latency_seconds_count",
        "sqlite_synchronous",
    ] {
        assert!(metrics.contains(name), "{name} is missing");
    }
}
