//! Who gets what: refused without telling whether the document exists, nothing stored, the server goes on.

use crate::support::{Peer, Reply, Running, about, document, id, put, start, status};
use automerge::{Automerge, Change, ExpandedChange};
use sync::DocumentId;
use sync::wire::Message;

/// A record of resident s1 in team t1, made by the doctor.
async fn record(server: &Running) -> (Peer, Automerge) {
    let mut doctor = server.device("doctor").await;
    let mut record = document("doctor");
    put(&mut record, "visit");
    let reply = doctor.upload(id(1), about("record", "s1", "t1"), &record).await;
    assert_eq!(reply, Reply::Durable);
    (doctor, record)
}

/// The frame with every id made the same, so that answers about two documents compare.
fn blur(bytes: Option<Vec<u8>>, id: DocumentId) -> String {
    let bytes = bytes.expect("an answer");
    let message = Message::decode(&bytes).expect("reads");
    format!("{message:?}").replace(&id.to_string(), "ID")
}

/// Everything `name` may say about the record gets the answer that a document gets which never was.
async fn check_shut_out(name: &str) {
    let server = start().await;
    server.people().await;
    server.account("pharmacist", "pharmacist", "", &[]).await;
    let (_doctor, original) = record(&server).await;
    let before = server.stored().await;
    let (real, never) = (id(1), id(99));

    let mut peer = server.device(name).await;
    let mut mine = document(name);
    put(&mut mine, "intrusion");
    let changes = mine.get_changes(&[]);
    let mut answers = Vec::new();
    for document in [real, never] {
        let mut said = Vec::new();
        let wants = [Message::Want { documents: vec![(document, Vec::new())] }];
        for want in wants {
            peer.send(want).await;
            said.push(blur(peer.next_bytes().await, document));
        }
        peer.push(document, changes.clone(), mine.get_heads()).await;
        said.push(blur(peer.next_bytes().await, document));
        peer.send(Message::Create { document, about: about("record", "s1", "t1") }).await;
        peer.push(document, changes.clone(), mine.get_heads()).await;
        said.push(blur(peer.next_bytes().await, document));
        answers.push(said);
    }
    assert_eq!(answers[0], answers[1]);
    assert!(peer.list().await.is_empty(), "it is on {name}'s list");

    let mut plain = server.plain(name).await;
    let asked = [plain.request(real).await, plain.request(never).await];
    for answer in asked {
        assert!(matches!(answer, Some(Message::Unavailable { .. })));
    }
    plain.push(real, changes, mine.get_heads()).await;
    assert_eq!(plain.reply().await, Reply::Unavailable);

    assert_eq!(server.stored().await, before);
    let mut nurse = server.device("nurse").await;
    let seen = nurse.want(real, Vec::new()).await;
    let Some(Message::Bundle { pieces }) = seen else {
        panic!("the team still reads it: {seen:?}");
    };
    assert_eq!(pieces[0].heads, original.get_heads());
}

#[tokio::test]
async fn a_resident_never_learns_of_another_residents_documents() {
    check_shut_out("neighbour").await;
}

#[tokio::test]
async fn a_doctor_never_learns_of_another_teams_documents() {
    check_shut_out("stranger").await;
}

#[tokio::test]
async fn a_manager_never_learns_of_a_record() {
    check_shut_out("manager").await;
}

#[tokio::test]
async fn a_resident_reads_the_own_record_and_cannot_write_it() {
    let server = start().await;
    server.people().await;
    let (_doctor, _) = record(&server).await;
    let before = server.stored().await;
    let mut resident = server.device("resident").await;
    assert_eq!(resident.list().await, [id(1)]);
    let bundle = resident.want(id(1), Vec::new()).await;
    assert!(matches!(bundle, Some(Message::Bundle { .. })));
    let mut forged = document("resident");
    put(&mut forged, "healed");
    let reply = resident.upload(id(1), about("record", "s1", "t1"), &forged).await;
    assert_eq!(reply, Reply::Unavailable);
    assert_eq!(server.stored().await, before);
}

#[tokio::test]
async fn a_residents_diary_belongs_to_the_team_that_serves_them() {
    let server = start().await;
    server.people().await;
    let mut resident = server.device("resident").await;
    let mut diary = document("resident");
    put(&mut diary, "152/96");
    let row = || about("diary", "s1", "");
    let early = resident.upload(id(2), row(), &diary).await;
    assert_eq!(early, Reply::Unavailable, "nobody serves this resident yet");
    let (mut doctor, _) = record(&server).await;
    assert_eq!(resident.upload(id(2), row(), &diary).await, Reply::Durable);
    assert_eq!(doctor.list().await, [id(1), id(2)]);
}

#[tokio::test]
async fn claims_go_to_the_manager_and_rulings_to_the_claimant() {
    let server = start().await;
    server.people().await;
    let mut doctor = server.device("doctor").await;
    let mut activity = document("doctor");
    put(&mut activity, "claim");
    let forged = doctor.upload(id(3), about("activity", "nurse", ""), &activity).await;
    assert_eq!(forged, Reply::Unavailable, "claims are made for oneself");
    let own = doctor.upload(id(3), about("activity", "doctor", ""), &activity).await;
    assert_eq!(own, Reply::Durable);
    let mut manager = server.device("manager").await;
    assert_eq!(manager.list().await, [id(3)]);
    let mut rulings = document("manager");
    put(&mut rulings, "accepted");
    let ruled = manager.upload(id(4), about("rulings", "doctor", ""), &rulings).await;
    assert_eq!(ruled, Reply::Durable);
    assert_eq!(doctor.list().await, [id(3), id(4)]);
    let foreign = manager.upload(id(5), about("rulings", "stranger", ""), &rulings).await;
    assert_eq!(foreign, Reply::Unavailable, "stranger works elsewhere");
    assert!(server.device("nurse").await.list().await.is_empty());
}

#[tokio::test]
async fn prescriptions_go_to_the_pharmacist_and_reviews_to_the_prescriber() {
    let server = start().await;
    server.people().await;
    server.account("pharmacist", "pharmacist", "", &[]).await;
    let (mut doctor, _record) = record(&server).await;
    let mut cases = document("doctor");
    put(&mut cases, "case");
    let forged = doctor.upload(id(3), about("prescriptions", "nurse", ""), &cases).await;
    assert_eq!(forged, Reply::Unavailable, "prescriptions are submitted for oneself");
    let own = doctor.upload(id(3), about("prescriptions", "doctor", ""), &cases).await;
    assert_eq!(own, Reply::Durable);
    let mut agreed = document("doctor");
    put(&mut agreed, "agreed");
    let own = doctor.upload(id(5), about("reviews", "doctor", ""), &agreed).await;
    assert_eq!(own, Reply::Unavailable, "nobody reviews the own prescriptions");

    let mut pharmacist = server.device("pharmacist").await;
    assert_eq!(pharmacist.list().await, [id(3)], "no record, no person");
    let bundle = pharmacist.want(id(3), Vec::new()).await;
    assert!(matches!(bundle, Some(Message::Bundle { .. })));
    let mut reviews = document("pharmacist");
    put(&mut reviews, "refused");
    let reviewed = pharmacist.upload(id(4), about("reviews", "doctor", ""), &reviews).await;
    assert_eq!(reviewed, Reply::Durable);
    assert_eq!(doctor.list().await, [id(1), id(3), id(4)]);

    let mut forged = cases.fork().with_author(document("pharmacist").get_author().cloned());
    put(&mut forged, "as if the doctor had prescribed it");
    pharmacist.push(id(3), forged.get_changes(&cases.get_heads()), forged.get_heads()).await;
    assert_eq!(pharmacist.reply().await, Reply::Unavailable, "a pharmacist changes no prescription");
}

/// A colleague's prescriptions and the reviews of them are for `name` as if they had never been.
async fn check_no_prescriptions(name: &str) {
    let server = start().await;
    server.people().await;
    server.account("pharmacist", "pharmacist", "", &[]).await;
    server.account("county", "consortium_manager", "", &[]).await;
    let mut cases = document("doctor");
    put(&mut cases, "case");
    let mut doctor = server.device("doctor").await;
    let row = || about("prescriptions", "doctor", "");
    assert_eq!(doctor.upload(id(3), row(), &cases).await, Reply::Durable);
    let mut reviews = document("pharmacist");
    put(&mut reviews, "refused");
    let mut pharmacist = server.device("pharmacist").await;
    let said = pharmacist.upload(id(4), about("reviews", "doctor", ""), &reviews).await;
    assert_eq!(said, Reply::Durable);
    let before = server.stored().await;

    let mut peer = server.device(name).await;
    assert!(peer.list().await.is_empty(), "it is on {name}'s list");
    for (real, kind) in [(id(3), "prescriptions"), (id(4), "reviews")] {
        let mut mine = document(name);
        put(&mut mine, "intrusion");
        let mut answers = Vec::new();
        for document in [real, id(99)] {
            peer.send(Message::Want { documents: vec![(document, Vec::new())] }).await;
            let wanted = blur(peer.next_bytes().await, document);
            let uploaded = peer.upload(document, about(kind, "doctor", ""), &mine).await;
            assert_eq!(uploaded, Reply::Unavailable);
            answers.push(wanted);
        }
        assert_eq!(answers[0], answers[1], "{kind}");
    }
    assert_eq!(server.stored().await, before);
}

#[tokio::test]
async fn a_colleague_of_the_team_never_learns_of_a_prescription_case() {
    check_no_prescriptions("nurse").await;
}

#[tokio::test]
async fn a_manager_of_the_institution_never_learns_of_a_prescription_case() {
    check_no_prescriptions("manager").await;
}

#[tokio::test]
async fn a_manager_of_the_county_never_learns_of_a_prescription_case() {
    check_no_prescriptions("county").await;
}

#[tokio::test]
async fn a_pharmacist_never_learns_of_a_record() {
    check_shut_out("pharmacist").await;
}

#[tokio::test]
async fn a_socket_needs_a_session_and_the_own_origin() {
    let server = start().await;
    server.people().await;
    let cookie = server.cookie("doctor").await;
    let open = async |cookie, origin: Option<&str>| server.socket(cookie, origin).await.err();
    assert_eq!(open(None, None).await, Some(401));
    assert_eq!(open(Some("xiangyi_session=00ff"), None).await, Some(401));
    assert_eq!(open(Some(&cookie), Some("http://evil.example")).await, Some(403));
    let own = format!("http://{}", server.host);
    assert_eq!(open(Some(&cookie), Some(&own)).await, None);
}

#[tokio::test]
async fn an_expired_session_opens_nothing() {
    let settings = server::app::Settings { session_ms: 0, ..Default::default() };
    let server = crate::support::start_with(settings).await;
    server.people().await;
    let cookie = server.cookie("doctor").await;
    assert_eq!(server.socket(Some(&cookie), None).await.err(), Some(401));
    let header = format!("Cookie: {cookie}\r\n");
    let shown = server.http("GET", "/api/session", &header, "").await;
    assert_eq!(status(&shown), 401);
}

#[tokio::test]
async fn a_forged_sender_is_hung_up_on_and_nothing_is_stored() {
    let server = start().await;
    server.people().await;
    let mut nurse = server.device("nurse").await;
    let mut doctor = server.device("doctor").await;
    let mut forged = document("doctor");
    put(&mut forged, "a");
    doctor.send(Message::Create { document: id(1), about: about("record", "s1", "t1") }).await;
    let heads = forged.get_heads();
    doctor.push_as("nurse-device", id(1), forged.get_changes(&[]), heads).await;
    assert_eq!(doctor.reply().await, Reply::Closed);
    assert_eq!(server.stored().await, (0, 0));
    assert!(nurse.list().await.is_empty(), "the nurse is still connected");
}

#[tokio::test]
async fn a_newcomer_cannot_take_anothers_name_but_a_session_can_replace_itself() {
    let server = start().await;
    server.people().await;
    let mut nurse = server.device("nurse").await;
    let cookie = server.cookie("doctor").await;
    let mut doctor = server.socket(Some(&cookie), None).await.expect("a socket");
    doctor.send_join("nurse-device", true).await;
    assert_eq!(doctor.reply().await, Reply::Closed);
    assert!(nurse.list().await.is_empty(), "the nurse is still connected");

    let mut first = server.socket(Some(&cookie), None).await.expect("a socket");
    first.join("doctor-tab", true).await;
    let mut second = server.socket(Some(&cookie), None).await.expect("a socket");
    second.join("doctor-tab", true).await;
    assert_eq!(first.reply().await, Reply::Closed);
    assert!(second.list().await.is_empty());
}

/// Pushes changes to the record as the nurse, who may write it; they must be refused.
async fn check_refused(forge: impl FnOnce(&Automerge) -> (Vec<Change>, Automerge)) {
    let server = start().await;
    server.people().await;
    let (mut doctor, original) = record(&server).await;
    let before = server.stored().await;
    let (changes, forged) = forge(&original);
    let mut nurse = server.device("nurse").await;
    let heads = forged.get_heads();
    nurse.push(id(1), changes.clone(), heads.clone()).await;
    assert_eq!(nurse.reply().await, Reply::Unavailable);
    nurse.push(id(77), changes, heads).await;
    assert_eq!(nurse.reply().await, Reply::Unavailable);
    assert_eq!(server.stored().await, before);
    // The server goes on, for the same socket as well.
    let mut honest = original.fork().with_author(document("nurse").get_author().cloned());
    put(&mut honest, "measured");
    let changes = honest.get_changes(&original.get_heads());
    nurse.push(id(1), changes, honest.get_heads()).await;
    assert_eq!(nurse.reply().await, Reply::Durable);
    assert_eq!(doctor.list().await, [id(1)]);
}

#[tokio::test]
async fn a_forged_author_is_refused() {
    check_refused(|original| {
        let mut forged = original.fork().with_author(document("doctor").get_author().cloned());
        put(&mut forged, "signed by the doctor");
        (forged.get_changes(&original.get_heads()), forged)
    })
    .await;
}

#[tokio::test]
async fn a_change_without_an_author_is_refused() {
    check_refused(|original| {
        let mut forged = original.fork();
        put(&mut forged, "signed by nobody");
        (forged.get_changes(&original.get_heads()), forged)
    })
    .await;
}

#[tokio::test]
async fn a_change_in_the_name_of_anothers_actor_is_refused() {
    check_refused(|original| {
        let mut forged = original.clone();
        put(&mut forged, "as if the doctor went on");
        (forged.get_changes(&original.get_heads()), forged)
    })
    .await;
}

#[tokio::test]
async fn an_author_footer_on_a_later_change_is_refused() {
    check_refused(|original| {
        let author = document("nurse").get_author().cloned();
        let mut forged = original.fork().with_author(author.clone());
        put(&mut forged, "first");
        let honest = forged.get_heads();
        put(&mut forged, "second");
        let author = author.expect("an author");
        let author = author.as_bytes();
        let mut changes = forged.get_changes(&original.get_heads());
        let late = forged.get_changes(&honest);
        let mut expanded = ExpandedChange::from(&late[0]);
        expanded.extra_bytes = [&[1, author.len() as u8], author].concat();
        changes[1] = Change::from(expanded);
        (changes, forged)
    })
    .await;
}

#[tokio::test]
async fn garbage_ends_its_socket_and_nothing_else() {
    let server = start().await;
    server.people().await;
    let mut nurse = server.device("nurse").await;
    let frames = [
        vec![],
        vec![0xff; 64],
        vec![0x9f; 10_000],
        vec![0xa1, 0x64, b't', b'y', b'p', b'e', 0x01],
        vec![0; 5 * 1024 * 1024],
    ];
    for frame in frames {
        let mut doctor = server.device("doctor").await;
        doctor.send_bytes(frame).await;
        assert_eq!(doctor.reply().await, Reply::Closed);
    }
    let mut doctor = server.device("doctor").await;
    let name = doctor.name.clone();
    for data in [vec![0x42], vec![0x43; 200], vec![0xff; 300]] {
        doctor
            .send(Message::Sync {
                sender: name.clone(),
                target: String::new(),
                document: id(1),
                data,
                request: false,
            })
            .await;
        assert_eq!(doctor.reply().await, Reply::Unavailable);
    }
    assert!(nurse.list().await.is_empty());
    assert_eq!(server.stored().await, (0, 0));
}
