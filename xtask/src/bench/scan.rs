//! What the world sees: the server behind nginx as server/deploy/nginx.conf has it, with a certificate made for
//! the occasion; then what the database of advisories knows of our dependencies.

use crate::service::{Service, add_account, free_address};
use crate::{paths, shell, tools};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::fmt::Write as _;
use std::io::{Read, Write as _};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use sync::wire::Message;

const NAME: &str = "xiangyi.example";
const PASSWORD: &str = "xiangyi-demo";
const JSON: &str = "Content-Type: application/json";

/// What to look at.
#[derive(Debug, Args)]
pub struct Options {
    /// Look at the server that was built last
    #[arg(long)]
    built: bool,
}

/// Looks, prints every finding, and fails if one is not as it should be.
pub fn run(options: &Options) -> Result<()> {
    if !options.built {
        shell::cargo(&["build", "--quiet", "--release", "-p", "server"])?;
    }
    tools::debian("nginx", "nginx-light")?;
    let dir = paths::target().join("bench-scan");
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(dir.join("site"))?;
    std::fs::write(dir.join("site/index.html"), "<!doctype html><title>Xiangyi</title>")?;
    let database = dir.join("data.db");
    let runtime = tokio::runtime::Runtime::new()?;
    let account = ["doctor", "--role", "village_doctor", "--team", "t"].map(str::to_owned);
    runtime.block_on(add_account(&database, &account, PASSWORD))?;
    let origin = format!("https://{NAME}");
    let extra = ["--origin", &origin, "--login-limit", "5"];
    let service = runtime.block_on(Service::start(&database, &dir.join("site"), "127.0.0.1:0", &extra))?;
    let outside = Outside::start(&dir, service.url.trim_start_matches("http://"))?;
    let mut findings = Findings::default();
    look(&outside, &mut findings)?;
    drop(outside);
    runtime.block_on(service.stop())?;
    advisories(&mut findings);
    println!("{} findings, {} not as they should be", findings.seen, findings.bad);
    if findings.bad > 0 { bail!("the scan found something") } else { Ok(()) }
}

#[derive(Default)]
struct Findings {
    seen: usize,
    bad: usize,
}

impl Findings {
    fn note(&mut self, good: bool, what: &str) {
        self.seen += 1;
        self.bad += usize::from(!good);
        println!("{} {what}", if good { "ok " } else { "BAD" });
    }
}

fn look(outside: &Outside, findings: &mut Findings) -> Result<()> {
    for path in ["/", "/resident/abc", "/missing.js", "/api/session", "/sync", "/healthz"] {
        let answer = outside.https(&[path])?;
        let policy = header(&answer, "content-security-policy").unwrap_or_default();
        let strict = policy.contains("default-src 'none'") && policy.contains("frame-ancestors 'none'");
        findings
            .note(strict && !policy.contains("unsafe-inline"), &format!("{path}: content security policy"));
        for (name, wanted) in [
            ("referrer-policy", "no-referrer"),
            ("permissions-policy", "geolocation=()"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-opener-policy", "same-origin"),
            ("strict-transport-security", "max-age="),
        ] {
            let has = header(&answer, name).is_some_and(|value| value.contains(wanted));
            findings.note(has, &format!("{path}: {name}"));
        }
    }
    for path in ["/metrics", "/readyz", "/.git/config", "/data.db", "/..%2fdata.db"] {
        let answer = outside.https(&[path])?;
        let status = status(&answer);
        // A path without a dot at its end is a page of the app.
        findings.note(
            matches!(status, 400 | 404) || answer.contains("<title>Xiangyi"),
            &format!("{path} is not there: {status}"),
        );
    }
    for method in ["TRACE", "PUT", "PATCH", "NONSENSE"] {
        let status = status(&outside.https(&["/", "-X", method])?);
        findings.note((400..500).contains(&status), &format!("{method} is refused: {status}"));
    }
    let moved = outside.http(&["/resident/a", "-H", "Host: evil.example"])?;
    let to = header(&moved, "location").unwrap_or_default();
    findings.note(to.starts_with(&format!("https://{NAME}/")), "http leads to https of the own name only");
    findings.note(!outside.speaks("-tls1_1"), "TLS 1.1 is not spoken");
    findings.note(outside.speaks("-tls1_3"), "TLS 1.3 is spoken");
    session(outside, findings)
}

fn session(outside: &Outside, findings: &mut Findings) -> Result<()> {
    let typed = |password: &str| format!(r#"{{"account":"doctor","password":"{password}"}}"#);
    let answer = outside.https(&["/api/session", "-H", JSON, "-d", &typed(PASSWORD)])?;
    let cookie = header(&answer, "set-cookie").context("no cookie")?;
    for attribute in ["Secure", "HttpOnly", "SameSite=Strict"] {
        findings.note(cookie.contains(attribute), &format!("the cookie is {attribute}"));
    }
    let cookie = cookie.split(';').next().unwrap_or_default().to_owned();
    let origin = format!("https://{NAME}");
    for (cookie, origin, wanted) in [
        (cookie.as_str(), origin.as_str(), 101),
        (cookie.as_str(), "https://evil.example", 403),
        ("none=1", origin.as_str(), 401),
    ] {
        let (status, greeted) = outside.socket(cookie, origin)?;
        let good = status == wanted && greeted == (wanted == 101);
        findings.note(
            good,
            &format!(
                "a socket from {origin} with {}: {status}",
                if wanted == 401 { "no session" } else { "one" }
            ),
        );
    }
    let guesses: Vec<u16> = (0..8)
        .map(|n| {
            // Claims a new address each time, which nginx does not pass on.
            let claim = format!("X-Forwarded-For: 198.51.100.{n}");
            let path = ["/api/session", "-H", JSON, "-H", &claim, "-d", &typed("guess")];
            Ok(status(&outside.https(&path)?))
        })
        .collect::<Result<_>>()?;
    findings.note(guesses.ends_with(&[429]), &format!("guesses are limited: {guesses:?}"));
    Ok(())
}

fn advisories(findings: &mut Findings) {
    if !shell::has("cargo-deny") {
        return println!("--  advisories: not checked, cargo-deny is not installed");
    }
    let output =
        Command::new("cargo").args(["deny", "check", "advisories"]).current_dir(paths::root()).output();
    let text = output
        .as_ref()
        .map(|output| String::from_utf8_lossy(&output.stderr).into_owned())
        .unwrap_or_default();
    if text.contains("failed to fetch") || text.contains("failed to open advisory database") {
        return println!("--  advisories: not checked, the database cannot be reached");
    }
    findings
        .note(output.is_ok_and(|output| output.status.success()), "no advisory concerns our dependencies");
}

fn header(answer: &str, name: &str) -> Option<String> {
    let lines = answer.lines().take_while(|line| !line.trim().is_empty());
    let mut pairs = lines.filter_map(|line| line.split_once(':'));
    pairs.find(|(have, _)| have.eq_ignore_ascii_case(name)).map(|(_, value)| value.trim().to_owned())
}

fn status(answer: &str) -> u16 {
    answer.split(' ').nth(1).and_then(|code| code.trim().parse().ok()).unwrap_or(0)
}

/// nginx, on two ports of this machine; it ends with this value.
struct Outside {
    nginx: Child,
    plain: String,
    tls: String,
}

impl Outside {
    fn start(dir: &Path, server: &str) -> Result<Self> {
        let (plain, tls) = (free_address(18_000)?, free_address(18_400)?);
        let (key, certificate) = (dir.join("key.pem"), dir.join("certificate.pem"));
        let (key, certificate) = (key.to_string_lossy(), certificate.to_string_lossy());
        let subject = format!("/CN={NAME}");
        let mut args =
            vec!["req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"];
        args.extend(["-days", "2", "-subj", &subject, "-keyout", &key, "-out", &certificate]);
        let made = Command::new("openssl").args(args).stderr(Stdio::null()).status()?;
        if !made.success() {
            bail!("openssl made no certificate");
        }
        let ours = std::fs::read_to_string(paths::root().join("server/deploy/nginx.conf"))?
            .replace("127.0.0.1:8080", server)
            .replace("listen 80;", &format!("listen {plain};"))
            .replace("listen 443 ", &format!("listen {tls} "))
            .replace("/etc/ssl/xiangyi.pem", &certificate)
            .replace("/etc/ssl/xiangyi.key", &key);
        let mut config = String::from("daemon off;\nmaster_process off;\nevents {}\n");
        let here = dir.display();
        writeln!(config, "pid {here}/nginx.pid;\nerror_log {here}/error.log;\nhttp {{\naccess_log off;")?;
        for temporary in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"] {
            writeln!(config, "{temporary}_temp_path {here}/{temporary};")?;
        }
        writeln!(config, "{ours}\n}}")?;
        let path = dir.join("nginx.conf");
        std::fs::write(&path, config)?;
        let nginx = Command::new("nginx").arg("-c").arg(&path).arg("-p").arg(dir).spawn().context("nginx")?;
        for _ in 0..100 {
            if std::net::TcpStream::connect(&tls).is_ok() {
                return Ok(Self { nginx, plain, tls });
            }
            std::thread::sleep(std::time::Duration::from_millis(50));
        }
        bail!("nginx does not listen; see {here}/error.log")
    }

    fn https(&self, args: &[&str]) -> Result<String> {
        curl("https", &self.tls, args)
    }

    fn http(&self, args: &[&str]) -> Result<String> {
        curl("http", &self.plain, args)
    }

    /// Tells whether a handshake of this version succeeds.
    fn speaks(&self, version: &str) -> bool {
        let handshake = Command::new("openssl")
            .args(["s_client", "-connect", &self.tls, version])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status();
        handshake.is_ok_and(|status| status.success())
    }

    /// Opens a socket through TLS; returns the status, and whether the server greeted back.
    fn socket(&self, cookie: &str, origin: &str) -> Result<(u16, bool)> {
        let mut child = Command::new("openssl")
            .args(["s_client", "-quiet", "-servername", NAME, "-connect", &self.tls])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let mut input = child.stdin.take().context("no input")?;
        let request = format!(
            "GET /sync HTTP/1.1\r\nHost: {NAME}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nOrigin: {origin}\r\n\
             Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nCookie: {cookie}\r\n\r\n"
        );
        input.write_all(request.as_bytes())?;
        let join =
            Message::Join { sender: "scan".into(), extended: true, versions: vec!["1".into()] }.encode();
        // One whole binary frame with the length in two bytes, under a mask of zeros.
        let length = u16::try_from(join.len())?.to_be_bytes();
        input.write_all(&[&[0x82, 0xfe], length.as_slice(), &[0; 4], &join].concat())?;
        input.flush()?;
        let mut output = child.stdout.take().context("no output")?;
        let mut answer = Vec::new();
        let mut some = [0; 4_096];
        while let Ok(count @ 1..) = output.read(&mut some) {
            answer.extend(some.get(..count).unwrap_or_default());
            let text = String::from_utf8_lossy(&answer);
            if text.contains("selectedProtocolVersion") || (text.contains("\r\n\r\n") && status(&text) != 101)
            {
                break;
            }
        }
        let _ = child.kill();
        child.wait()?;
        let text = String::from_utf8_lossy(&answer);
        Ok((status(&text), text.contains("selectedProtocolVersion")))
    }
}

impl Drop for Outside {
    fn drop(&mut self) {
        let _ = self.nginx.kill();
        let _ = self.nginx.wait();
    }
}

/// Asks with curl; the first argument is the path. The certificate is nobody's, so it is not checked.
fn curl(scheme: &str, address: &str, args: &[&str]) -> Result<String> {
    let (path, more) = args.split_first().context("no path")?;
    let port = address.rsplit(':').next().unwrap_or_default();
    let output = Command::new("curl")
        .args(["-sSik", "--path-as-is", "--max-time", "20", "--resolve", &format!("{NAME}:{port}:127.0.0.1")])
        .args(more)
        .arg(format!("{scheme}://{NAME}:{port}{path}"))
        .output()
        .context("curl")?;
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}
