//! [`Message`] to bytes.

use super::{Changed, Durable, EXTENSIONS, Entry, FURTHER, Message, Piece};
use crate::id::{About, DocumentId, Heads};
use ciborium::Value;

/// Builds one CBOR map, field by field.
struct Map(Vec<(Value, Value)>);

impl Map {
    fn new() -> Self {
        Self(Vec::with_capacity(10))
    }

    fn with(mut self, key: &str, value: impl Into<Value>) -> Self {
        self.0.push((key.into(), value.into()));
        self
    }

    fn typed(kind: &str) -> Self {
        Self::new().with("type", kind)
    }

    fn between(self, sender: String, target: String) -> Self {
        self.with("senderId", sender).with("targetId", target)
    }

    fn about(self, about: About) -> Self {
        self.with("kind", about.kind)
            .with("subject", about.subject)
            .with("team", about.team)
            .with("institution", about.institution)
    }

    fn named(self, document: DocumentId) -> Self {
        self.with("documentId", document.to_string())
    }

    /// Inside our own frames ids travel as 16 bytes.
    fn id(self, document: DocumentId) -> Self {
        self.with("documentId", document.bytes().to_vec())
    }

    fn heads(self, key: &str, heads: Heads) -> Self {
        let heads = heads.iter().map(|h| Value::Bytes(h.0.to_vec())).collect();
        self.with(key, Value::Array(heads))
    }

    fn list(self, key: &str, items: impl Iterator<Item = Self>) -> Self {
        let items = items.map(Self::value).collect();
        self.with(key, Value::Array(items))
    }

    fn value(self) -> Value {
        Value::Map(self.0)
    }

    fn metadata(self, extended: bool) -> Self {
        let mut meta = Self::new().with("isEphemeral", true);
        if extended {
            let names = EXTENSIONS.iter().chain(&FURTHER).map(|&e| e.into()).collect();
            let ours = Self::new().with("v", 1).with("ext", Value::Array(names));
            meta = meta.with("xiangyi", ours.value());
        }
        self.with("peerMetadata", meta.value())
    }
}

impl Message {
    /// Writes the frame.
    pub fn encode(self) -> Vec<u8> {
        let map = match self {
            Self::Join { sender, extended, versions } => {
                Map::typed("join").with("senderId", sender).metadata(extended).with(
                    "supportedProtocolVersions",
                    Value::Array(versions.into_iter().map(Value::from).collect()),
                )
            }
            Self::Peer { sender, target, extended } => Map::typed("peer")
                .between(sender, target)
                .metadata(extended)
                .with("selectedProtocolVersion", "1"),
            Self::Error { message } => Map::typed("error").with("message", message),
            Self::Sync { sender, target, document, data, request } => {
                Map::typed(if request { "request" } else { "sync" })
                    .between(sender, target)
                    .named(document)
                    .with("data", data)
            }
            Self::Unavailable { sender, target, document, reason } => {
                let map = Map::typed("doc-unavailable").between(sender, target).named(document);
                match reason {
                    Some(reason) => map.with("reason", reason),
                    None => map,
                }
            }
            Self::Leave { sender } => Map::typed("leave").with("senderId", sender),
            Self::Create { document, about } => Map::typed("create").id(document).about(about),
            Self::Submit { document, about, data } => {
                Map::typed("submit").id(document).about(about).with("data", data)
            }
            Self::Since { cursor } => {
                let map = Map::typed("cursor");
                match cursor {
                    Some(c) => map.with("epoch", c.epoch).with("place", c.place),
                    None => map,
                }
            }
            Self::Changed(changed) => write_changed(changed),
            Self::Want { documents } => {
                let one = |(id, heads)| Map::new().id(id).heads("heads", heads);
                Map::typed("want").list("documents", documents.into_iter().map(one))
            }
            Self::Bundle { pieces } => {
                Map::typed("bundle").list("documents", pieces.into_iter().map(write_piece))
            }
            Self::Durable(durable) => write_durable(durable),
            Self::Denied { document } => Map::typed("denied").id(document),
            Self::Gone { document } => Map::typed("gone").id(document),
            Self::Unknown => Map::typed("unknown"),
        };
        let mut frame = Vec::new();
        // Writing to a vector cannot fail; an empty frame would be refused by any receiver.
        if ciborium::into_writer(&map.value(), &mut frame).is_err() {
            frame.clear();
        }
        frame
    }
}

fn write_changed(changed: Changed) -> Map {
    let one =
        |e: Entry| Map::new().id(e.document).about(e.about).with("place", e.place).heads("heads", e.heads);
    Map::typed("changed")
        .with("epoch", changed.epoch)
        .with("after", changed.after)
        .with("place", changed.place)
        .with("page", changed.page)
        .with("pages", changed.pages)
        .list("documents", changed.entries.into_iter().map(one))
}

fn write_piece(piece: Piece) -> Map {
    let map = Map::new()
        .id(piece.document)
        .about(piece.about)
        .heads("since", piece.since)
        .heads("heads", piece.heads)
        .with("place", piece.place)
        .with("part", piece.part)
        .with("parts", piece.parts)
        .with("data", piece.data);
    match piece.after {
        Some(after) => map.with("after", after),
        None => map,
    }
}

fn write_durable(durable: Durable) -> Map {
    let mut map = Map::typed("durable").id(durable.document).heads("heads", durable.heads);
    if durable.review {
        map = map.with("review", true);
    }
    match durable.step {
        Some(step) => map
            .with("after", step.after)
            .with("place", step.place)
            .heads("since", step.since)
            .heads("now", step.heads),
        None => map,
    }
}
