//! Passwords, second factors, sessions, codes for residents, and the administrators' work.

use crate::support::{PASSWORD, Peer, Reply, Running, about, document, id, put, start, start_with, status};
use server::app::{Clock, Settings};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;
use sync::DocumentId;
use sync::wire::Message;
use totp_rs::{Builder, Secret};

const JSON: &str = "Content-Type: application/json\r\n";
const DAY: i64 = 24 * 3_600_000;

/// A clock that a test sets; the steady one follows it.
fn clock(settings: Settings) -> (Settings, Arc<AtomicI64>) {
    let time = Arc::new(AtomicI64::new(1_800_000_000_000));
    let read = |time: &Arc<AtomicI64>| {
        let time = Arc::clone(time);
        Clock(Arc::new(move || time.load(Ordering::Relaxed)))
    };
    (Settings { clock: read(&time), steady: read(&time), ..settings }, time)
}

async fn post(server: &Running, cookie: &str, path: &str, body: &str) -> (u16, String) {
    send(server, "POST", cookie, path, body).await
}

async fn send(server: &Running, method: &str, cookie: &str, path: &str, body: &str) -> (u16, String) {
    let headers = format!("{JSON}Cookie: {cookie}\r\n");
    let answer = server.http(method, path, &headers, body).await;
    let body = answer.split("\r\n\r\n").nth(1).unwrap_or_default().to_owned();
    (status(&answer), body)
}

/// The value of a text field in a flat answer.
fn field(body: &str, name: &str) -> String {
    let start = format!("\"{name}\":\"");
    let rest = body.split(&start).nth(1).unwrap_or_else(|| panic!("no {name} in {body}"));
    rest.split('"').next().expect("an end").to_owned()
}

async fn sign_in(server: &Running, account: &str, password: &str, code: &str) -> (u16, String) {
    let body = format!(r#"{{"account":"{account}","password":"{password}","code":"{code}"}}"#);
    post(server, "", "/api/session", &body).await
}

fn cookie_of(answer: &str) -> String {
    let line = answer.lines().find(|line| line.starts_with("set-cookie: ")).expect("a cookie");
    line.trim_start_matches("set-cookie: ").split(';').next().expect("a cookie").to_owned()
}

/// The code that an app shows for a secret.
fn code_at(secret: &str, now: i64) -> String {
    let secret = Secret::try_from_base32(secret).expect("a secret");
    let totp = Builder::new().with_secret(secret).build().expect("a generator");
    totp.generate(u64::try_from(now / 1000).expect("a time")).to_string()
}

/// Makes a person and a record of `subject` in the doctor's team.
async fn resident(doctor: &mut Peer, subject: &str, n: u8) {
    for (kind, n) in [("person", n), ("record", n + 1)] {
        let mut content = document(&doctor.account);
        put(&mut content, "a");
        let team = if doctor.account == "stranger" { "other" } else { "t1" };
        let reply = doctor.upload(id(n), about(kind, subject, team), &content).await;
        assert_eq!(reply, Reply::Durable, "{kind}");
    }
}

async fn give(server: &Running, cookie: &str, subject: &str, relation: &str) -> (u16, String) {
    let body = format!(r#"{{"subject":"{subject}","relation":"{relation}"}}"#);
    post(server, cookie, "/api/code", &body).await
}

#[tokio::test]
async fn a_second_factor_is_asked_for_once_it_is_confirmed_and_each_code_opens_once() {
    let (settings, time) = clock(Settings::default());
    let server = start_with(settings).await;
    server.people().await;
    let doctor = server.cookie("doctor").await;
    let (status, _) = post(&server, &doctor, "/api/factor", r#"{"password":"guess"}"#).await;
    assert_eq!(status, 403, "whoever finds an open tablet enrols nothing");
    let password = format!(r#"{{"password":"{PASSWORD}"}}"#);
    let (status, begun) = post(&server, &doctor, "/api/factor", &password).await;
    assert_eq!(status, 200, "{begun}");
    assert!(begun.contains(r#""path":"M"#), "{begun}");
    server.cookie("doctor").await;
    let secret = field(&begun, "secret");
    let first = code_at(&secret, time.load(Ordering::Relaxed));
    let (status, confirmed) =
        post(&server, &doctor, "/api/factor/confirm", &format!(r#"{{"code":"{first}"}}"#)).await;
    assert_eq!(status, 200, "{confirmed}");
    assert_eq!(confirmed.matches('-').count(), 8 * 3);

    let without = server.login("doctor", PASSWORD).await;
    assert!(without.starts_with("HTTP/1.1 401"), "{without}");
    assert!(without.ends_with(r#"{"need":"code","wrong":false}"#), "{without}");
    assert_eq!(sign_in(&server, "doctor", "guess", &first).await, (401, String::new()));
    assert_eq!(sign_in(&server, "doctor", PASSWORD, &first).await.0, 401, "it was used to confirm");
    time.fetch_add(60_000, Ordering::Relaxed);
    let second = code_at(&secret, time.load(Ordering::Relaxed));
    assert_eq!(sign_in(&server, "doctor", PASSWORD, &second).await.0, 204);
    let (status, again) = sign_in(&server, "doctor", PASSWORD, &second).await;
    assert_eq!((status, again.as_str()), (401, r#"{"need":"code","wrong":true}"#));

    let recovery = confirmed.split('"').nth(3).expect("a recovery code").to_owned();
    assert_eq!(sign_in(&server, "doctor", PASSWORD, &recovery.to_lowercase()).await.0, 204);
    assert_eq!(sign_in(&server, "doctor", PASSWORD, &recovery).await.0, 401, "once");
    assert_eq!(server.login("nurse", PASSWORD).await.split(' ').nth(1), Some("204"), "others are not asked");
}

#[tokio::test]
async fn codes_of_a_second_factor_cannot_be_guessed_by_someone_who_has_the_password() {
    let (settings, time) = clock(Settings { login_limit: Some(3), ..Settings::default() });
    let server = start_with(settings).await;
    server.people().await;
    let doctor = server.cookie("doctor").await;
    let password = format!(r#"{{"password":"{PASSWORD}"}}"#);
    let (_, begun) = post(&server, &doctor, "/api/factor", &password).await;
    let secret = field(&begun, "secret");
    let code = code_at(&secret, time.load(Ordering::Relaxed));
    post(&server, &doctor, "/api/factor/confirm", &format!(r#"{{"code":"{code}"}}"#)).await;
    for _ in 0..3 {
        assert_eq!(sign_in(&server, "doctor", PASSWORD, "12").await.0, 401);
        server.login("doctor", PASSWORD).await;
    }
    let later = time.fetch_add(30_000, Ordering::Relaxed) + 30_000;
    assert_eq!(sign_in(&server, "doctor", PASSWORD, &code_at(&secret, later)).await.0, 429);
}

#[tokio::test]
async fn a_lock_out_grows_outlives_a_restart_and_ends() {
    let (settings, time) = clock(Settings { login_limit: Some(2), ..Settings::default() });
    let server = start_with(settings).await;
    server.people().await;
    for _ in 0..2 {
        assert_eq!(status(&server.login("doctor", "guess").await), 401);
    }
    let server = server.restart().await;
    let refused = server.login("doctor", PASSWORD).await;
    assert_eq!(status(&refused), 429);
    assert!(refused.contains("retry-after: 60\r\n"), "{refused}");
    assert_eq!(status(&server.login("nurse", PASSWORD).await), 204, "the clinic shares one address");
    time.fetch_add(60_000, Ordering::Relaxed);
    assert_eq!(status(&server.login("doctor", "guess").await), 401);
    assert!(server.login("doctor", PASSWORD).await.contains("retry-after: 120\r\n"), "twice as long");
    time.fetch_add(120_000, Ordering::Relaxed);
    assert_eq!(status(&server.login("doctor", PASSWORD).await), 204);
    assert_eq!(status(&server.login("doctor", "guess").await), 401, "whoever gets in begins anew");
    time.fetch_add(DAY, Ordering::Relaxed);
    assert_eq!(status(&server.login("doctor", "guess").await), 401, "and so does whoever waits");
}

#[tokio::test]
async fn a_session_is_seen_and_ended_from_another_device() {
    let server = start().await;
    server.people().await;
    let tablet = server.cookie("doctor").await;
    let mut socket = server.socket(Some(&tablet), None).await.expect("a socket");
    socket.join("tablet", true).await;
    let header =
        format!("{JSON}User-Agent: Mozilla/5.0 (Linux; Android 14) Chrome/140.0 Mobile Safari/537.36\r\n");
    let body = format!(r#"{{"account":"doctor","password":"{PASSWORD}"}}"#);
    let phone = cookie_of(&server.http("POST", "/api/session", &header, &body).await);
    let nurse = server.cookie("nurse").await;

    let (_, list) = send(&server, "GET", &phone, "/api/sessions", "").await;
    assert_eq!(list.matches("\"id\"").count(), 2, "{list}");
    assert!(list.contains(r#""device":"Android · Chrome""#), "{list}");
    let other = list.split('{').find(|shown| shown.contains(r#""current":false"#)).expect("the tablet");
    let path = format!("/api/sessions/{}", field(other, "id"));
    assert_eq!(send(&server, "DELETE", &nurse, &path, "").await.0, 404, "nobody ends another's");
    assert_eq!(send(&server, "DELETE", &phone, &path, "").await.0, 204);
    assert_eq!(socket.reply().await, Reply::Closed);
    assert_eq!(send(&server, "GET", &tablet, "/api/sessions", "").await.0, 401);

    let third = server.cookie("doctor").await;
    assert_eq!(send(&server, "DELETE", &phone, "/api/sessions", "").await.0, 204);
    assert_eq!(send(&server, "GET", &third, "/api/sessions", "").await.0, 401);
    assert_eq!(send(&server, "GET", &phone, "/api/sessions", "").await.0, 200);
}

#[tokio::test]
async fn a_password_is_changed_by_who_knows_it_or_has_a_code_from_the_administrator() {
    let (settings, time) = clock(Settings::default());
    let server = start_with(settings).await;
    server.people().await;
    server.account("admin", "administrator", "", &[]).await;
    let (doctor, other) = (server.cookie("doctor").await, server.cookie("doctor").await);
    let change = |old: &str, new: &str| format!(r#"{{"old":"{old}","new":"{new}"}}"#);
    assert_eq!(post(&server, &doctor, "/api/password", &change("guess", "a longer one")).await.0, 403);
    assert_eq!(post(&server, &doctor, "/api/password", &change(PASSWORD, "short")).await.0, 422);
    assert_eq!(post(&server, &doctor, "/api/password", &change(PASSWORD, "a longer one")).await.0, 204);
    assert_eq!(send(&server, "GET", &other, "/api/sessions", "").await.0, 401);
    assert_eq!(send(&server, "GET", &doctor, "/api/sessions", "").await.0, 200);

    let admin = server.cookie("admin").await;
    let ask = r#"{"act":"reset","account":"doctor"}"#;
    assert_eq!(post(&server, &doctor, "/api/accounts", ask).await.0, 403);
    let (_, first) = post(&server, &admin, "/api/accounts", ask).await;
    let (_, second) = post(&server, &admin, "/api/accounts", ask).await;
    let reset = |account: &str, code: &str| {
        format!(r#"{{"account":"{account}","code":"{code}","password":"one of my own"}}"#)
    };
    let (first, second) = (field(&first, "code"), field(&second, "code"));
    let (status, refused) = post(&server, "", "/api/password/reset", &reset("doctor", &first)).await;
    assert_eq!((status, refused.as_str()), (404, r#"{"error":"code"}"#), "only the last code counts");
    assert_eq!(post(&server, "", "/api/password/reset", &reset("nurse", &second)).await.0, 404);
    assert_eq!(post(&server, "", "/api/password/reset", &reset("doctor", &second)).await.0, 204);
    assert_eq!(post(&server, "", "/api/password/reset", &reset("doctor", &second)).await.0, 404, "once");
    assert_eq!(send(&server, "GET", &doctor, "/api/sessions", "").await.0, 401);
    assert_eq!(sign_in(&server, "doctor", "one of my own", "").await.0, 204);

    let (_, third) = post(&server, &admin, "/api/accounts", ask).await;
    time.fetch_add(DAY, Ordering::Relaxed);
    let late = post(&server, "", "/api/password/reset", &reset("doctor", &field(&third, "code"))).await;
    assert_eq!(late.0, 404, "a day is over");
}

#[tokio::test]
async fn a_resident_enrols_by_a_code_takes_on_a_parent_and_is_let_go() {
    let (settings, time) = clock(Settings::default());
    let server = start_with(settings).await;
    server.people().await;
    let mut doctor = server.device("doctor").await;
    resident(&mut doctor, "son", 10).await;
    resident(&mut doctor, "mother", 20).await;
    let cookie = server.cookie("doctor").await;
    let (status, given) = give(&server, &cookie, "son", "self").await;
    assert_eq!(status, 200, "{given}");
    let code = field(&given, "code");
    let enrol = |code: &str, account: &str| {
        format!(r#"{{"code":"{code}","account":"{account}","password":"grain rain"}}"#)
    };
    assert_eq!(post(&server, "", "/api/enrol", &enrol("0000000000", "xiaoming")).await.0, 404);
    let taken = post(&server, "", "/api/enrol", &enrol(&code, "doctor")).await;
    assert_eq!(taken.0, 409, "a name that is taken costs no code");
    let headers = JSON.to_owned();
    let answer = server.http("POST", "/api/enrol", &headers, &enrol(&code, "xiaoming")).await;
    let phone = cookie_of(&answer);
    assert_eq!(post(&server, "", "/api/enrol", &enrol(&code, "somebody")).await.0, 404, "once");
    let mut socket = server.socket(Some(&phone), None).await.expect("a socket");
    socket.join("phone", true).await;
    assert_eq!(sorted(socket.list().await), [id(10), id(11)]);

    let (_, given) = give(&server, &cookie, "mother", "child").await;
    let body = format!(r#"{{"code":"{}"}}"#, field(&given, "code"));
    assert_eq!(post(&server, &cookie, "/api/residents", &body).await.0, 403, "staff act for nobody");
    let (status, bond) = post(&server, &phone, "/api/residents", &body).await;
    assert_eq!(status, 200);
    assert!(bond.contains(r#""subject":"mother","relation":"child","given_by":"doctor""#), "{bond}");
    let shown = told(&mut socket, &[id(20), id(21)]).await;
    assert!(shown.iter().all(|message| !matches!(message, Message::Unavailable { .. })), "{shown:?}");
    let (_, mine) = send(&server, "GET", &phone, "/api/residents", "").await;
    assert_eq!(mine.matches("subject").count(), 2, "{mine}");
    let (_, acting) = post(&server, &cookie, "/api/residents/acting", r#"{"subject":"mother"}"#).await;
    assert!(acting.contains(r#""account":"xiaoming""#), "{acting}");

    let part = r#"{"subject":"mother","account":"xiaoming"}"#;
    let stranger = server.cookie("stranger").await;
    assert_eq!(post(&server, &stranger, "/api/residents/part", part).await.0, 403);
    assert_eq!(post(&server, &cookie, "/api/residents/part", part).await.0, 204);
    let gone = told(&mut socket, &[id(20), id(21)]).await;
    assert_eq!(gone.len(), 2, "{gone:?}");
    assert_eq!(sorted(socket.list().await), [id(10), id(11)]);
    let (_, given) = give(&server, &cookie, "mother", "child").await;
    time.fetch_add(DAY, Ordering::Relaxed);
    let late = format!(r#"{{"code":"{}"}}"#, field(&given, "code"));
    assert_eq!(post(&server, &phone, "/api/residents", &late).await.0, 404, "a code ends");
}

#[tokio::test]
async fn nobody_binds_an_account_to_a_resident_of_another_team() {
    let server = start().await;
    server.people().await;
    let mut doctor = server.device("doctor").await;
    resident(&mut doctor, "s9", 10).await;
    let mut stranger = server.device("stranger").await;
    let cookie = server.cookie("stranger").await;
    assert_eq!(give(&server, &cookie, "s9", "self").await.0, 403);
    // A document of one's own about somebody else's resident opens nothing.
    let mut content = document("stranger");
    put(&mut content, "a");
    stranger.upload(id(30), about("person", "s9", "other"), &content).await;
    stranger.upload(id(31), about("plain", "s9", "other"), &content).await;
    assert_eq!(give(&server, &cookie, "s9", "self").await.0, 403);
    assert_eq!(give(&server, &cookie, "nobody", "self").await.0, 403);
    let resident = server.cookie("resident").await;
    assert_eq!(give(&server, &resident, "s1", "self").await.0, 403);
}

#[tokio::test]
async fn an_administrator_keeps_accounts_and_sees_no_record() {
    let server = start().await;
    server.people().await;
    server.account("admin", "administrator", "t1", &["s1"]).await;
    let mut doctor = server.device("doctor").await;
    resident(&mut doctor, "s1", 10).await;
    let mut device = server.device("admin").await;
    assert!(device.list().await.is_empty());
    assert!(matches!(device.want(id(10), Vec::new()).await, Some(Message::Unavailable { .. })));
    let admin = server.cookie("admin").await;
    assert_eq!(give(&server, &admin, "s1", "self").await.0, 403);

    let add = r#"{"act":"add","account":"new","role":"nurse","institution":"h1","team":"t1"}"#;
    let (status, added) = post(&server, &admin, "/api/accounts", add).await;
    assert_eq!(status, 200, "{added}");
    assert_eq!(post(&server, &admin, "/api/accounts", add).await.0, 409);
    let reset =
        format!(r#"{{"account":"new","code":"{}","password":"one of my own"}}"#, field(&added, "code"));
    assert_eq!(post(&server, "", "/api/password/reset", &reset).await.0, 204);
    assert_eq!(sign_in(&server, "new", "one of my own", "").await.0, 204);
    for body in [
        r#"{"act":"add","account":"r","role":"resident"}"#,
        r#"{"act":"change","account":"resident","role":"nurse"}"#,
        r#"{"act":"change","account":"admin","role":"nurse"}"#,
        r#"{"act":"disable","account":"admin"}"#,
    ] {
        assert_eq!(post(&server, &admin, "/api/accounts", body).await.0, 422, "{body}");
    }
    let act = |act: &str| format!(r#"{{"act":"{act}","account":"new"}}"#);
    assert_eq!(post(&server, &admin, "/api/accounts", &act("disable")).await.0, 200);
    assert_eq!(sign_in(&server, "new", "one of my own", "").await.0, 401);
    let (_, list) = send(&server, "GET", &admin, "/api/accounts", "").await;
    assert!(
        list.contains(r#""account":"new","role":"nurse","institution":"h1","team":"t1","disabled":true"#),
        "{list}"
    );
    assert!(!list.contains("neighbour"), "residents are not listed");
    let (_, found) = post(&server, &admin, "/api/accounts/find", r#"{"account":"neighbour"}"#).await;
    assert!(
        found.contains(r#""account":"neighbour""#) && !found.contains(r#""account":"resident""#),
        "{found}"
    );
    assert_eq!(post(&server, &admin, "/api/accounts", &act("enable")).await.0, 200);
    assert_eq!(sign_in(&server, "new", "one of my own", "").await.0, 204);
    let nurse = server.cookie("nurse").await;
    assert_eq!(send(&server, "GET", &nurse, "/api/accounts", "").await.0, 403);
}

#[tokio::test]
async fn who_moves_to_another_team_loses_the_residents_of_the_one_and_gets_those_of_the_other() {
    let server = start().await;
    server.people().await;
    server.account("admin", "administrator", "", &[]).await;
    let mut nurse = server.device("nurse").await;
    let mut stranger = server.device("stranger").await;
    let mut doctor = server.device("doctor").await;
    // Who has not asked for the list is told by the list.
    nurse.list().await;
    resident(&mut doctor, "here", 10).await;
    resident(&mut stranger, "there", 20).await;
    told(&mut nurse, &[id(10), id(11)]).await;
    let admin = server.cookie("admin").await;
    let body = r#"{"act":"change","account":"nurse","role":"nurse","institution":"h2","team":"other"}"#;
    assert_eq!(post(&server, &admin, "/api/accounts", body).await.0, 200);
    told(&mut nurse, &[id(10), id(11), id(20), id(21)]).await;
    assert_eq!(sorted(nurse.list().await), [id(20), id(21)]);
    assert!(matches!(nurse.want(id(10), Vec::new()).await, Some(Message::Unavailable { .. })));
}

#[tokio::test]
async fn a_resident_goes_to_another_team_and_so_do_all_of_a_team() {
    let server = start().await;
    server.people().await;
    server.account("admin", "administrator", "", &[]).await;
    let mut doctor = server.device("doctor").await;
    let mut stranger = server.device("stranger").await;
    doctor.list().await;
    stranger.list().await;
    resident(&mut doctor, "one", 10).await;
    resident(&mut doctor, "two", 20).await;
    let (cookie, foreign) = (server.cookie("doctor").await, server.cookie("stranger").await);
    let body = r#"{"subject":"one","team":"other"}"#;
    assert_eq!(post(&server, &foreign, "/api/transfer", body).await.0, 403, "nobody takes a resident");
    let (status, moved) = post(&server, &cookie, "/api/transfer", body).await;
    assert_eq!((status, moved.as_str()), (200, r#"{"documents":2}"#));
    told(&mut stranger, &[id(10), id(11)]).await;
    told(&mut doctor, &[id(10), id(11)]).await;
    assert_eq!(sorted(stranger.list().await), [id(10), id(11)]);
    assert_eq!(sorted(doctor.list().await), [id(20), id(21)]);
    let nobodys = r#"{"subject":"two","team":"nobodys"}"#;
    assert_eq!(post(&server, &cookie, "/api/transfer", nobodys).await.0, 404, "nobody would see them");
    // What the old team still writes is not taken any more.
    let mut content = document("doctor");
    put(&mut content, "late");
    doctor.push(id(10), content.get_changes(&[]), content.get_heads()).await;
    let refused = told(&mut doctor, &[id(10)]).await;
    assert!(!format!("{refused:?}").contains("Durable"), "{refused:?}");

    let all = r#"{"from":"t1","team":"other"}"#;
    assert_eq!(post(&server, &cookie, "/api/transfer", all).await.0, 403);
    let admin = server.cookie("admin").await;
    assert_eq!(post(&server, &admin, "/api/transfer", all).await.0, 200);
    told(&mut stranger, &[id(20), id(21)]).await;
    assert_eq!(sorted(stranger.list().await).len(), 4);
    told(&mut doctor, &[id(20), id(21)]).await;
    assert!(doctor.list().await.is_empty());
}

/// What a socket is told of each of `ids`, in whatever order.
async fn told(peer: &mut Peer, ids: &[DocumentId]) -> Vec<Message> {
    let mut left: Vec<DocumentId> = ids.to_vec();
    let mut messages = Vec::new();
    while !left.is_empty() {
        let next = tokio::time::timeout(Duration::from_secs(10), peer.next()).await;
        let message = next.unwrap_or_else(|_| panic!("nothing is told of {left:?}")).expect("a message");
        let text = format!("{message:?}");
        let before = left.len();
        left.retain(|id| !text.contains(&format!("{id:?}")));
        if left.len() < before {
            messages.push(message);
        }
    }
    messages
}

fn sorted(mut ids: Vec<DocumentId>) -> Vec<DocumentId> {
    ids.sort();
    ids
}

#[tokio::test]
async fn an_auditor_reads_what_was_done_and_nobody_else_does() {
    let server = start().await;
    server.people().await;
    server.account("admin", "administrator", "", &[]).await;
    server.account("auditor", "auditor", "", &[]).await;
    let admin = server.cookie("admin").await;
    let ask = r#"{"act":"reset","account":"doctor"}"#;
    assert_eq!(post(&server, &admin, "/api/accounts", ask).await.0, 200);
    let auditor = server.cookie("auditor").await;
    let (status, list) = send(&server, "GET", &auditor, "/api/audit?act=account", "").await;
    assert_eq!(status, 200, "{list}");
    assert_eq!(list.matches("sequence").count(), 1, "{list}");
    assert!(list.contains(r#""account":"admin""#) && list.contains("reset code "), "{list}");
    let (_, all) = send(&server, "GET", &auditor, "/api/audit", "").await;
    let last: u64 =
        all.split("\"sequence\":").nth(1).and_then(|n| n.split(',').next()).unwrap().parse().unwrap();
    let (_, earlier) = send(&server, "GET", &auditor, &format!("/api/audit?before={last}"), "").await;
    assert!(!earlier.contains(&format!("\"sequence\":{last},")), "{earlier}");
    assert_eq!(send(&server, "GET", &admin, "/api/audit", "").await.0, 403);
}
