//! Documents between devices and a server: automerge-repo protocol v1 with extensions, both ends as
//! state machines without input or output. docs/protocol.md describes the frames.
//!
//! # For the device
//!
//! Make a [`Client`] from what is on disk ([`Setup`]), tell it what happens ([`Event`]), do what it says
//! ([`Effect`]), in order. It keeps no document: it asks for one ([`Effect::Load`]) only while it is being
//! uploaded, and hands over downloads as bytes to append ([`Effect::Store`]).
//!
//! | the shell persists | when | and gives back in |
//! | --- | --- | --- |
//! | the bytes, `about` and `heads` of [`Received`], in one transaction, then says [`Event::Stored`] | [`Effect::Store`] | [`Setup::held`] |
//! | a local change, and that the document is in the outbox, then says [`Event::Changed`] | the person writes | [`Setup::outbox`] |
//! | that the document left the outbox, if [`Outgoing::heads`] are still `heads`; the `server` heads | [`Effect::Durable`] | [`Setup::held`] |
//! | the cursor | [`Effect::Cursor`] | [`Setup::cursor`] |
//!
//! Every other tab's change is told as [`Event::Changed`] too. A new document needs nothing else: its first
//! change announces it with its [`About`]. A document's bytes are whatever `Automerge::load_incremental`
//! takes, joined in any order; the same bytes twice do no harm. Reconnecting (with back-off) is the
//! shell's: a new socket is [`Event::Opened`] again, to the same `Client`.
//!
//! ```
//! use automerge::{Automerge, ROOT, transaction::Transactable};
//! use sync::{About, Client, DocumentId, Effect, Event, Outgoing, Setup};
//!
//! let mut client = Client::new(Setup { peer: "tablet-1".into(), ..Setup::default() });
//! let mut document = Automerge::new();
//! document.transact(|tx| tx.put(ROOT, "bp", "152/96"))?;
//! let id = DocumentId::new([1; 16]);
//! client.handle(Event::Changed(Outgoing { id, heads: document.get_heads(), about: About::default() }));
//! assert_eq!(client.pending().count(), 1);
//! assert!(matches!(client.handle(Event::Opened).as_slice(), [Effect::Send(_)]));
//! # Ok::<(), automerge::transaction::Failure<automerge::AutomergeError>>(())
//! ```
//!
//! # For the server
//!
//! [`relay::Session`] is the other end of one socket.

mod id;

pub mod authorship;
pub mod client;
pub mod relay;
pub mod wire;

pub use authorship::{Actors, Refusal, Replica};
pub use client::{Client, Effect, Event, Outgoing, Received, Setup};
pub use id::{About, BadDocumentId, Cursor, DocumentId, Heads, sorted};
