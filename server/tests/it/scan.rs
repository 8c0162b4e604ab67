//! What a stranger with a scanner sees.

use crate::support::{Running, start_with, status};
use server::app::Settings;
use std::fs;
use tempfile::TempDir;

const ROUTES: [&str; 12] = [
    "/",
    "/index.html",
    "/resident/abc",
    "/app-0123456789abcdef/app.js",
    "/sw.js",
    "/missing.js",
    "/api/session",
    "/api/nothing",
    "/sync",
    "/metrics",
    "/healthz",
    "/readyz",
];
const METHODS: [&str; 9] = ["GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "NONSENSE"];

async fn site() -> (TempDir, Running) {
    let site = TempDir::new().expect("a directory");
    let write = |name: &str| fs::write(site.path().join(name), "text").expect("writes");
    fs::create_dir(site.path().join("app-0123456789abcdef")).expect("makes");
    fs::create_dir(site.path().join("folder.d")).expect("makes");
    for name in ["index.html", "sw.js", "app-0123456789abcdef/app.js", "folder.d/secret.txt"] {
        write(name);
    }
    let server = start_with(Settings { site: Some(site.path().to_owned()), ..Settings::default() }).await;
    server.people().await;
    (site, server)
}

fn header<'a>(answer: &'a str, name: &str) -> Option<&'a str> {
    let head = answer.split("\r\n\r\n").next().unwrap_or_default();
    head.lines()
        .find_map(|line| line.split_once(": ").filter(|(n, _)| n.eq_ignore_ascii_case(name)))
        .map(|(_, v)| v)
}

#[tokio::test]
async fn every_answer_to_every_method_carries_the_headers_and_leads_nowhere() {
    let (_site, server) = site().await;
    for method in METHODS {
        for route in ROUTES {
            let answer = server.http(method, route, "", "").await;
            let code = status(&answer);
            let of =
                |name: &str| header(&answer, name).unwrap_or_else(|| panic!("{method} {route}: no {name}"));
            let policy = of("content-security-policy");
            assert!(policy.starts_with("default-src 'none'") && policy.contains("frame-ancestors 'none'"));
            assert!(policy.contains("base-uri 'none'") && policy.contains("form-action 'self'"));
            assert!(!policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"), "{policy}");
            assert!(!policy.contains('*') && !policy.contains("http"), "{policy}");
            assert_eq!(of("x-content-type-options"), "nosniff");
            assert_eq!(of("referrer-policy"), "no-referrer");
            assert!(of("permissions-policy").contains("geolocation=()"));
            assert_eq!(of("cross-origin-opener-policy"), "same-origin");
            assert_eq!(of("cross-origin-resource-policy"), "same-origin");
            assert!(!of("cache-control").is_empty());
            assert_eq!(header(&answer, "location"), None, "{method} {route}");
            assert_eq!(header(&answer, "server"), None, "what runs here is nobody's business");
            assert_eq!(header(&answer, "access-control-allow-origin"), None);
            assert_ne!(code / 100, 3, "{method} {route}");
            assert!(code < 500, "{method} {route}: {code}");
            if !["GET", "HEAD"].contains(&method) && route != "/api/session" {
                assert!(code >= 400, "{method} {route}: {code}");
            }
        }
    }
}

#[tokio::test]
async fn there_is_no_listing_no_redirect_and_no_way_out_of_the_site() {
    let (_site, server) = site().await;
    let get = async |path: &str| server.http("GET", path, "", "").await;
    for path in
        ["/folder.d", "/folder.d/", "/app-0123456789abcdef", "/app-0123456789abcdef/", "//evil.example/a.d"]
    {
        let answer = get(path).await;
        assert!(!answer.contains("secret"), "{answer}");
        assert_eq!(header(&answer, "location"), None, "{path}: {answer}");
    }
    let out = [
        "/../data.db",
        "/%2e%2e/data.db",
        "/..%2fdata.db",
        "/%5c..%5cdata.db",
        "/.%00/../data.db",
        "/a/../../data.db",
    ];
    for path in out {
        let answer = get(path).await;
        assert!(status(&answer) >= 400 || answer.ends_with("text"), "{path}: {answer}");
        assert!(!answer.contains("SQLite format"), "{path}");
    }
}

#[tokio::test]
async fn https_is_remembered_where_it_is_and_cookies_are_closed_to_scripts() {
    let (_site, server) = site().await;
    let plain = server.http("GET", "/", "", "").await;
    assert_eq!(header(&plain, "strict-transport-security"), None);
    let proxied = server.http("GET", "/", "X-Forwarded-Proto: https\r\n", "").await;
    assert!(
        header(&proxied, "strict-transport-security")
            .is_some_and(|value| value.starts_with("max-age=31536000"))
    );
    let typed = r#"{"account":"doctor","password":"xiangyi-demo"}"#;
    for (more, secure) in [("", false), ("X-Forwarded-Proto: https\r\n", true)] {
        let headers = format!("Content-Type: application/json\r\n{more}");
        let answer = server.http("POST", "/api/session", &headers, typed).await;
        let cookie = header(&answer, "set-cookie").expect("a cookie");
        for attribute in ["HttpOnly", "SameSite=Strict", "Path=/"] {
            assert!(cookie.contains(attribute), "{cookie}");
        }
        assert_eq!(cookie.contains("Secure"), secure, "{cookie}");
        assert!(!cookie.to_ascii_lowercase().contains("domain"), "{cookie}");
    }
}

#[tokio::test]
async fn metrics_are_for_this_machine_and_not_for_whom_a_proxy_on_it_asks() {
    let (_site, server) = site().await;
    assert_eq!(status(&server.http("GET", "/metrics", "", "").await), 200);
    for said in [
        "X-Forwarded-For: 198.51.100.7\r\n",
        "Forwarded: for=198.51.100.7\r\n",
        "X-Real-IP: 198.51.100.7\r\n",
    ] {
        assert_eq!(status(&server.http("GET", "/metrics", said, "").await), 404);
    }
}
