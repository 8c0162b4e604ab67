use super::*;
use automerge::ChangeHash;
use ciborium::Value;

fn frame(fields: Vec<(&str, Value)>) -> Vec<u8> {
    let entries = fields.into_iter().map(|(k, v)| (k.into(), v)).collect();
    let mut bytes = Vec::new();
    ciborium::into_writer(&Value::Map(entries), &mut bytes).expect("writes");
    bytes
}

#[track_caller]
fn check(message: Message) {
    assert_eq!(Message::decode(&message.clone().encode()), Ok(message));
}

fn about() -> About {
    About { kind: "k".into(), subject: "s".into(), team: "t".into(), institution: "i".into() }
}

#[test]
fn every_frame_reads_back() {
    let document = DocumentId::new([3; 16]);
    let heads = vec![ChangeHash([1; 32]), ChangeHash([2; 32])];
    let names = || ("a".to_owned(), "b".to_owned());
    let (sender, target) = names();
    check(Message::Join { sender: sender.clone(), extended: true, versions: vec!["1".into()] });
    check(Message::Peer { sender, target, extended: false });
    let (sender, target) = names();
    check(Message::Sync { sender, target, document, data: vec![1, 2], request: true });
    let (sender, target) = names();
    for reason in [None, Some("message-size".to_owned())] {
        let (sender, target) = (sender.clone(), target.clone());
        check(Message::Unavailable { sender, target, document, reason });
    }
    check(Message::Error { message: "no".into() });
    check(Message::Leave { sender: "a".into() });
    check(Message::Create { document, about: about() });
    check(Message::Submit { document, about: about(), data: vec![1, 2] });
    check(Message::Since { cursor: None });
    check(Message::Since { cursor: Some(Cursor { epoch: "e".into(), place: 7 }) });
    check(Message::Changed(Changed {
        epoch: "e".into(),
        after: 1,
        place: 9,
        page: 0,
        pages: 1,
        entries: vec![Entry { document, about: about(), place: 8, heads: heads.clone() }],
    }));
    check(Message::Want { documents: vec![(document, heads.clone())] });
    check(Message::Bundle {
        pieces: vec![Piece {
            document,
            about: about(),
            since: Vec::new(),
            heads: heads.clone(),
            place: 8,
            after: Some(7),
            part: 0,
            parts: 1,
            data: vec![9; 300],
        }],
    });
    check(Message::Durable(Durable { document, heads: heads.clone(), review: true, step: None }));
    check(Message::Durable(Durable {
        document,
        heads: heads.clone(),
        review: false,
        step: Some(Step { after: 1, place: 2, since: Vec::new(), heads }),
    }));
    check(Message::Denied { document });
    check(Message::Gone { document });
}

#[test]
fn unknown_types_and_keys_are_skipped() {
    let unknown = frame(vec![("type", "remote-heads-changed".into())]);
    assert_eq!(Message::decode(&unknown), Ok(Message::Unknown));
    let leave = frame(vec![
        ("type", "leave".into()),
        ("later", Value::Array(vec![Value::Null])),
        ("senderId", "a".into()),
    ]);
    let expected = Message::Leave { sender: "a".into() };
    assert_eq!(Message::decode(&leave), Ok(expected));
}

#[test]
fn numbers_may_come_as_float64_and_bytes_as_tagged_arrays() {
    let cursor = frame(vec![("type", "cursor".into()), ("epoch", "e".into()), ("place", Value::Float(7.0))]);
    let expected = Cursor { epoch: "e".into(), place: 7 };
    let decoded = Message::decode(&cursor);
    assert_eq!(decoded, Ok(Message::Since { cursor: Some(expected) }));
    let sync = frame(vec![
        ("type", "sync".into()),
        ("senderId", "a".into()),
        ("targetId", "b".into()),
        ("documentId", DocumentId::new([1; 16]).to_string().into()),
        ("data", Value::Tag(64, Box::new(Value::Bytes(vec![5])))),
    ]);
    let decoded = Message::decode(&sync);
    assert!(matches!(decoded, Ok(Message::Sync { data, .. }) if data == [5]));
}

#[test]
fn cbor_undefined_counts_as_absent() {
    // {"type": "cursor", "epoch": undefined}
    let frame = [&[0xa2, 0x64][..], b"type", &[0x66], b"cursor", &[0x65], b"epoch", &[0xf7]].concat();
    assert_eq!(Message::decode(&frame), Ok(Message::Since { cursor: None }));
}

#[test]
fn a_join_counts_as_extended_only_with_every_extension() {
    let join = |names: Vec<Value>| {
        let ours = Value::Map(vec![("v".into(), 1.into()), ("ext".into(), Value::Array(names))]);
        let meta = Value::Map(vec![("xiangyi".into(), ours)]);
        let bytes = frame(vec![("type", "join".into()), ("senderId", "a".into()), ("peerMetadata", meta)]);
        matches!(Message::decode(&bytes), Ok(Message::Join { extended: true, .. }))
    };
    assert!(join(EXTENSIONS.iter().map(|&e| e.into()).collect()));
    assert!(!join(vec!["create".into()]));
}

#[test]
fn what_is_over_a_limit_is_refused() {
    assert_eq!(Message::decode(&vec![0; MAX_FRAME + 1]), Err(WireError::TooLarge(MAX_FRAME + 1)));
    let long = frame(vec![("type", "leave".into()), ("senderId", "x".repeat(MAX_NAME + 1).into())]);
    assert_eq!(Message::decode(&long), Err(WireError::Limit("senderId")));
    let nested = [vec![0x81; 100], vec![0x80]].concat();
    assert_eq!(Message::decode(&nested), Err(WireError::NotAMap));
    assert_eq!(Message::decode(&[0x01]), Err(WireError::NotAMap));
}

#[test]
fn a_frame_of_very_many_items_is_refused_before_they_take_memory() {
    let many = [vec![0x9a, 0, 0x3f, 0, 0], vec![0; 3 * 1024 * 1024]].concat();
    assert_eq!(Message::decode(&many), Err(WireError::Limit("items")));
    // Bytes are one item, however many they are.
    let data = vec![0; 3 * 1024 * 1024];
    let (sender, target, document) = ("a".to_owned(), "b".to_owned(), DocumentId::new([1; 16]));
    let big = Message::Sync { sender, target, document, data, request: false };
    assert_eq!(Message::decode(&big.clone().encode()), Ok(big));
}
