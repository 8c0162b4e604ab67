//! A device that lost its right with something unsent.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "a test stops where it fails"
)]

use automerge::transaction::Transactable;
use automerge::{Automerge, ROOT};
use sync::wire::{Durable, Message};
use sync::{About, Client, DocumentId, Effect, Event, Heads, Outgoing, Setup};

const ID: DocumentId = DocumentId::new([1; 16]);

/// A connected device that holds what the server has of a document, and has written into it since.
fn device() -> (Client, Automerge, Heads) {
    let mut document = Automerge::new();
    document.transact(|tx| tx.put(ROOT, "a", 1)).unwrap();
    let held = document.get_heads();
    document.transact(|tx| tx.put(ROOT, "b", 2)).unwrap();
    let outgoing = Outgoing { id: ID, heads: document.get_heads(), about: About::default() };
    let mut client = Client::new(Setup {
        peer: "tablet".into(),
        held: vec![(ID, held.clone())],
        outbox: vec![outgoing],
        ..Setup::default()
    });
    client.handle(Event::Opened);
    let peer = Message::Peer { sender: "server".into(), target: "tablet".into(), extended: true };
    client.handle(Event::Frame(&peer.encode()));
    (client, document, held)
}

fn hear(client: &mut Client, message: Message) -> Vec<Effect> {
    client.handle(Event::Frame(&message.encode()))
}

fn load(client: &mut Client, document: &Automerge) -> Vec<Message> {
    let effects = client.handle(Event::Loaded { id: ID, document: Some(document) });
    sent(&effects)
}

fn sent(effects: &[Effect]) -> Vec<Message> {
    let frames = effects.iter().filter_map(|effect| match effect {
        Effect::Send(frame) => Some(Message::decode(frame).unwrap()),
        _ => None,
    });
    frames.collect()
}

fn unavailable() -> Message {
    let (sender, target) = ("server".into(), "tablet".into());
    Message::Unavailable { sender, target, document: ID, reason: None }
}

/// What was handed in is kept: the document leaves the outbox, and is dropped when the server denies it.
fn finish(mut client: Client, document: &Automerge, held: Heads) {
    let heads = sync::sorted(document.get_heads());
    let effects = hear(
        &mut client,
        Message::Durable(Durable { document: ID, heads: heads.clone(), review: true, step: None }),
    );
    assert!(effects.contains(&Effect::Submitted { id: ID, heads }), "{effects:?}");
    let asked = Message::Want { documents: vec![(ID, sync::sorted(held))] };
    assert!(sent(&effects).contains(&asked), "whether it may still be read is asked: {effects:?}");
    assert_eq!(client.pending().count(), 0);
    let effects = hear(&mut client, Message::Denied { document: ID });
    assert!(effects.contains(&Effect::Denied { id: ID }));
}

#[test]
fn what_is_unsent_when_a_document_is_denied_is_handed_in_first() {
    let (mut client, document, held) = device();
    let effects = hear(&mut client, Message::Denied { document: ID });
    assert!(!effects.contains(&Effect::Denied { id: ID }), "it would be dropped with what is unsent");
    assert!(effects.contains(&Effect::Load(ID)));
    let messages = load(&mut client, &document);
    assert!(matches!(messages.as_slice(), [Message::Submit { document: ID, .. }]), "{messages:?}");
    finish(client, &document, held);
}

#[test]
fn what_the_server_does_not_take_is_announced_once_and_then_handed_in() {
    let (mut client, document, held) = device();
    let messages = load(&mut client, &document);
    assert!(matches!(messages.as_slice(), [Message::Sync { .. }]), "{messages:?}");
    hear(&mut client, unavailable());
    let messages = load(&mut client, &document);
    assert!(matches!(messages.as_slice(), [Message::Create { .. }, Message::Sync { .. }]), "{messages:?}");
    hear(&mut client, unavailable());
    let messages = load(&mut client, &document);
    assert!(matches!(messages.as_slice(), [Message::Submit { .. }]), "{messages:?}");
    finish(client, &document, held);
}

#[test]
fn what_may_not_even_be_handed_in_stays_in_the_outbox() {
    let (mut client, document, _) = device();
    hear(&mut client, Message::Denied { document: ID });
    load(&mut client, &document);
    let effects = hear(&mut client, unavailable());
    assert!(effects.contains(&Effect::Refused { id: ID }));
    assert_eq!(client.pending().count(), 1);
}
