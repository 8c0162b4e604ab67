//! What people do about access over HTTP: give, take back, look who looked, declare an emergency, decide on what was handed in.

use crate::support::{Peer, Reply, Running, about, document, id, put, start, status};
use automerge::sync::{ChunkList, Message as Push, MessageVersion};
use automerge::{Automerge, Change};
use serde_json::{Value, json};
use sync::wire::Message;

/// Says something to the server as somebody; returns the status and what came back.
async fn say(server: &Running, cookie: &str, method: &str, path: &str, body: Value) -> (u16, Value) {
    let headers = format!("Cookie: {cookie}\r\nContent-Type: application/json\r\n");
    let body = if body.is_null() { String::new() } else { body.to_string() };
    let answer = server.http(method, path, &headers, &body).await;
    let text = answer.split("\r\n\r\n").nth(1).unwrap_or_default();
    let start = text.find(['{', '[']).unwrap_or(text.len());
    let end = text.rfind(['}', ']']).map_or(start, |end| end + 1);
    (status(&answer), serde_json::from_str(&text[start..end]).unwrap_or(Value::Null))
}

async fn record(server: &Running) -> (Peer, Automerge) {
    server.people().await;
    let mut record = document("doctor");
    put(&mut record, "visit");
    let mut doctor = server.device("doctor").await;
    let made = doctor.upload(id(1), about("record", "s1", "t1"), &record).await;
    assert_eq!(made, Reply::Durable);
    (doctor, record)
}

async fn reads(peer: &mut Peer) -> bool {
    matches!(peer.want(id(1), Vec::new()).await, Some(Message::Bundle { .. }))
}

#[tokio::test]
async fn a_resident_gives_sees_who_looked_and_takes_back() {
    let server = start().await;
    let _doctor = record(&server).await;
    let (resident, neighbour) = (server.cookie("resident").await, server.cookie("neighbour").await);
    let asked = json!({ "subject": "s1", "reader": "stranger", "purpose": "second opinion" });
    let foreign = say(&server, &neighbour, "POST", "/api/grants", asked.clone()).await;
    let never = json!({ "subject": "nobody", "reader": "stranger" });
    let never = say(&server, &neighbour, "POST", "/api/grants", never).await;
    assert_eq!((foreign.0, &foreign), (404, &never), "whether there is a record is not told");
    let staff = server.cookie("doctor").await;
    assert_eq!(say(&server, &staff, "POST", "/api/grants", asked.clone()).await.0, 404);

    let (code, grant) = say(&server, &resident, "POST", "/api/grants", asked).await;
    assert_eq!(code, 200, "{grant}");
    assert_eq!(grant["expires"].as_i64().unwrap() - grant["given"].as_i64().unwrap(), 3_600_000);
    let mut stranger = server.device("stranger").await;
    assert!(reads(&mut stranger).await);

    let whose = json!({ "subject": "s1" });
    let (_, looked) = say(&server, &resident, "POST", "/api/reads", whose.clone()).await;
    assert_eq!(looked[0]["account"], "stranger");
    assert_eq!(looked[0]["role"], "village_doctor");
    assert_eq!(looked[0]["purpose"], "second opinion");
    assert_eq!(say(&server, &neighbour, "POST", "/api/reads", whose.clone()).await.0, 404);
    assert_eq!(say(&server, &staff, "POST", "/api/reads", whose).await.0, 404);

    let path = format!("/api/grants/{}", grant["id"].as_str().unwrap());
    assert_eq!(say(&server, &neighbour, "DELETE", &path, Value::Null).await.0, 404);
    let (_, lists) = say(&server, &resident, "GET", "/api/grants", Value::Null).await;
    assert_eq!(
        (lists["given"][0]["reader"].as_str(), &lists["given"][0]["ended"]),
        (Some("stranger"), &Value::Null)
    );
    assert_eq!(say(&server, &resident, "DELETE", &path, Value::Null).await.0, 204);
    assert!(!reads(&mut stranger).await);
    let (_, lists) = say(&server, &resident, "GET", "/api/grants", Value::Null).await;
    assert!(lists["given"][0]["ended"].is_i64());
}

#[tokio::test]
async fn a_code_is_redeemed_once_and_guessing_is_limited() {
    let server = start().await;
    let _doctor = record(&server).await;
    let (resident, stranger) = (server.cookie("resident").await, server.cookie("stranger").await);
    let asked = json!({ "subject": "s1", "purpose": "", "minutes": 30 });
    let (code, offer) = say(&server, &resident, "POST", "/api/grants/code", asked).await;
    assert_eq!(code, 200);
    assert!(offer["qr"]["path"].is_string());
    let typed = json!({ "code": offer["code"] });
    let (code, grant) = say(&server, &stranger, "POST", "/api/grants/redeem", typed.clone()).await;
    assert_eq!((code, grant["given_by"].as_str()), (200, Some("resident")));
    assert!(reads(&mut server.device("stranger").await).await);
    let mut answers = vec![say(&server, &stranger, "POST", "/api/grants/redeem", typed).await.0];
    for _ in 0..12 {
        let guess = json!({ "code": "0000000000" });
        answers.push(say(&server, &stranger, "POST", "/api/grants/redeem", guess).await.0);
    }
    assert_eq!((answers[0], answers.last()), (404, Some(&429)));
}

#[tokio::test]
async fn an_emergency_is_seen_by_the_resident_and_judged_by_the_readers_managers() {
    let server = start().await;
    let _doctor = record(&server).await;
    server.account("chief", "institution_manager", "other", &[]).await;
    let stranger = server.cookie("stranger").await;
    let why = |reason: &str, subject: &str| json!({ "subject": subject, "reason": reason });
    assert_eq!(say(&server, &stranger, "POST", "/api/emergency", why(" ", "s1")).await.0, 422);
    assert_eq!(say(&server, &stranger, "POST", "/api/emergency", why("faint", "s9")).await.0, 404);
    for name in ["resident", "neighbour", "manager"] {
        let cookie = server.cookie(name).await;
        assert_eq!(
            say(&server, &cookie, "POST", "/api/emergency", why("faint", "s1")).await.0,
            404,
            "{name}"
        );
    }
    let (code, grant) = say(&server, &stranger, "POST", "/api/emergency", why("unconscious", "s1")).await;
    assert_eq!((code, grant["emergency"].as_bool()), (200, Some(true)));
    assert!(reads(&mut server.device("stranger").await).await);

    let resident = server.cookie("resident").await;
    let (_, lists) = say(&server, &resident, "GET", "/api/grants", Value::Null).await;
    assert_eq!(lists["given"][0]["purpose"], "unconscious");
    assert_eq!(lists["given"][0]["emergency"], true);

    let verdict = json!({ "id": grant["id"], "verdict": "justified" });
    let (chief, other) = (server.cookie("chief").await, server.cookie("manager").await);
    for (name, cookie) in [("reader", &stranger), ("other", &other), ("resident", &resident)] {
        let said = say(&server, cookie, "POST", "/api/emergency/verdict", verdict.clone()).await;
        assert_eq!(said.0, 404, "{name}");
    }
    let (_, lists) = say(&server, &chief, "GET", "/api/grants", Value::Null).await;
    assert_eq!(
        (lists["judged"][0]["reader"].as_str(), &lists["judged"][0]["verdict"]),
        (Some("stranger"), &json!(""))
    );
    assert_eq!(say(&server, &chief, "POST", "/api/emergency/verdict", verdict.clone()).await.0, 204);
    assert_eq!(say(&server, &chief, "POST", "/api/emergency/verdict", verdict).await.0, 404, "once");
    let (_, lists) = say(&server, &resident, "GET", "/api/grants", Value::Null).await;
    assert_eq!(lists["given"][0]["verdict"], "justified");
}

/// Hands in a change of somebody who may not make it; returns the changed document and what came back.
async fn hand_in(server: &Running, record: &Automerge, name: &str, document_id: u8) -> (Automerge, Reply) {
    let mut peer = server.device(name).await;
    let mut changed = record.fork().with_author(document(name).get_author().cloned());
    put(&mut changed, "seen in the night");
    let changes = changed.get_changes(&record.get_heads());
    let message = Push {
        heads: changed.get_heads(),
        need: Vec::new(),
        have: Vec::new(),
        changes: ChunkList::from(
            changes.iter().map(Change::raw_bytes).map(<[u8]>::to_vec).collect::<Vec<_>>(),
        ),
        flags: None,
        version: MessageVersion::V1,
    };
    let (row, data) = (about("record", "s1", "other"), message.encode());
    for _ in 0..2 {
        // A device whose line broke hands in twice.
        peer.send(Message::Submit { document: id(document_id), about: row.clone(), data: data.clone() })
            .await;
    }
    let first = peer.reply().await;
    assert_eq!(peer.reply().await, first);
    (changed, first)
}

#[tokio::test]
async fn what_was_handed_in_enters_the_document_when_somebody_of_the_team_takes_it() {
    let server = start().await;
    let (mut doctor, record) = record(&server).await;
    assert_eq!(doctor.list().await, [id(1)]);
    let (changed, reply) = hand_in(&server, &record, "stranger", 1).await;
    assert_eq!(reply, Reply::Durable);
    let stored = || async { server.app.store.load(id(1)).await.unwrap().unwrap().replica.heads() };
    assert_eq!(stored().await, record.get_heads(), "nothing enters by itself");

    let (stranger, nurse) = (server.cookie("stranger").await, server.cookie("nurse").await);
    let (_, mine) = say(&server, &stranger, "GET", "/api/quarantine", Value::Null).await;
    assert_eq!((mine.as_array().unwrap().len(), mine[0]["yours"].as_bool()), (1, Some(false)));
    let path = format!("/api/quarantine/{}", mine[0]["id"]);
    let (yes, no) = (json!({ "accept": true }), json!({ "accept": false }));
    assert_eq!(
        say(&server, &stranger, "POST", &path, yes.clone()).await.0,
        404,
        "not by whoever handed it in"
    );
    let resident = server.cookie("resident").await;
    assert_eq!(say(&server, &resident, "POST", &path, yes.clone()).await.0, 404);
    let (_, waiting) = say(&server, &nurse, "GET", "/api/quarantine", Value::Null).await;
    assert_eq!((waiting[0]["account"].as_str(), waiting[0]["changes"].as_i64()), (Some("stranger"), Some(1)));
    assert_eq!(say(&server, &nurse, "POST", &path, yes).await.0, 204);
    assert_eq!(stored().await, changed.get_heads());
    loop {
        if let Some(Message::Bundle { pieces }) = doctor.next().await {
            assert_eq!(pieces[0].heads, changed.get_heads(), "the team hears of it");
            break;
        }
    }
    assert_eq!(say(&server, &nurse, "POST", &path, no).await.0, 404, "once");
}

#[tokio::test]
async fn what_was_handed_in_and_rejected_stays_out() {
    let server = start().await;
    let (_doctor, record) = record(&server).await;
    hand_in(&server, &record, "stranger", 1).await;
    let nurse = server.cookie("nurse").await;
    let (_, waiting) = say(&server, &nurse, "GET", "/api/quarantine", Value::Null).await;
    let path = format!("/api/quarantine/{}", waiting[0]["id"]);
    assert_eq!(say(&server, &nurse, "POST", &path, json!({ "accept": false })).await.0, 204);
    let heads = server.app.store.load(id(1)).await.unwrap().unwrap().replica.heads();
    assert_eq!(heads, record.get_heads());
    let stranger = server.cookie("stranger").await;
    let (_, mine) = say(&server, &stranger, "GET", "/api/quarantine", Value::Null).await;
    assert_eq!(mine[0]["state"], "rejected");
}

#[tokio::test]
async fn handing_in_does_not_tell_whether_the_document_exists() {
    let server = start().await;
    let (_doctor, record) = record(&server).await;
    let there = hand_in(&server, &record, "neighbour", 1).await.1;
    let never = hand_in(&server, &record, "stranger", 99).await.1;
    assert_eq!((there, never), (Reply::Durable, Reply::Durable));
    assert_eq!(server.stored().await.0, 1);
}
