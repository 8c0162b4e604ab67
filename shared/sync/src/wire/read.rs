//! Bytes to [`Message`].

use super::fields::Fields;
use super::{
    Changed, Durable, EXTENSIONS, Entry, MAX_ENTRIES, MAX_FRAME, MAX_WANT, Message, Piece, Step, WireError,
};
use crate::id::Cursor;
use ciborium::Value;

impl Message {
    /// Reads one frame; a type it does not know is [`Message::Unknown`].
    pub fn decode(frame: &[u8]) -> Result<Self, WireError> {
        if frame.len() > MAX_FRAME {
            return Err(WireError::TooLarge(frame.len()));
        }
        if !has_few_items(frame) {
            return Err(WireError::Limit("items"));
        }
        let value =
            ciborium::de::from_reader_with_recursion_limit(frame, 16).map_err(|_| WireError::NotAMap)?;
        let mut fields = Fields::of(value).ok_or(WireError::NotAMap)?;
        let kind = fields.text("type")?;
        Ok(match kind.as_str() {
            "join" => Self::Join {
                sender: fields.name("senderId")?,
                extended: extended(&mut fields),
                versions: versions(&mut fields),
            },
            "peer" => Self::Peer {
                sender: fields.name("senderId")?,
                target: fields.name("targetId")?,
                extended: extended(&mut fields),
            },
            "error" => Self::Error { message: fields.text("message").unwrap_or_default() },
            "sync" | "request" => Self::Sync {
                sender: fields.name("senderId")?,
                target: fields.name("targetId")?,
                document: fields.document()?,
                data: fields.bytes("data")?,
                request: kind == "request",
            },
            "doc-unavailable" => Self::Unavailable {
                sender: fields.name("senderId")?,
                target: fields.name("targetId")?,
                document: fields.document()?,
                reason: fields.name("reason").ok(),
            },
            "leave" => Self::Leave { sender: fields.name("senderId")? },
            "create" => Self::Create { document: fields.document()?, about: fields.about()? },
            "submit" => Self::Submit {
                document: fields.document()?,
                about: fields.about()?,
                data: fields.bytes("data")?,
            },
            "cursor" => Self::Since { cursor: cursor(&mut fields) },
            "changed" => Self::Changed(changed(&mut fields)?),
            "want" => Self::Want {
                documents: items(&mut fields, "documents", MAX_WANT, |f| {
                    Ok((f.document()?, f.heads("heads")?))
                })?,
            },
            "bundle" => Self::Bundle { pieces: items(&mut fields, "documents", MAX_WANT, piece)? },
            "durable" => Self::Durable(Durable {
                document: fields.document()?,
                heads: fields.heads("heads")?,
                review: fields.flag("review"),
                step: step(&mut fields),
            }),
            "denied" => Self::Denied { document: fields.document()? },
            "gone" => Self::Gone { document: fields.document()? },
            _ => Self::Unknown,
        })
    }
}

fn extended(fields: &mut Fields) -> bool {
    let announced = || {
        let mut meta = Fields::of(fields.take("peerMetadata")?)?;
        let mut ours = Fields::of(meta.take("xiangyi")?)?;
        let version = ours.number("v").ok()?;
        let names = ours.list("ext", 64).ok()?;
        let has = |name: &&str| names.iter().any(|n| n.as_text() == Some(*name));
        Some(version == 1 && EXTENSIONS.iter().all(has))
    };
    let mut announced = announced;
    announced().unwrap_or(false)
}

fn versions(fields: &mut Fields) -> Vec<String> {
    fields
        .list("supportedProtocolVersions", 16)
        .unwrap_or_default()
        .into_iter()
        .filter_map(|v| v.into_text().ok())
        .collect()
}

fn cursor(fields: &mut Fields) -> Option<Cursor> {
    Some(Cursor { epoch: fields.name("epoch").ok()?, place: fields.number("place").ok()? })
}

fn changed(fields: &mut Fields) -> Result<Changed, WireError> {
    Ok(Changed {
        epoch: fields.name("epoch")?,
        after: fields.number("after")?,
        place: fields.number("place")?,
        page: fields.number("page")?,
        pages: fields.number("pages")?,
        entries: items(fields, "documents", MAX_ENTRIES, |f| {
            Ok(Entry {
                document: f.document()?,
                about: f.about()?,
                place: f.number("place")?,
                heads: f.heads("heads")?,
            })
        })?,
    })
}

fn piece(fields: &mut Fields) -> Result<Piece, WireError> {
    Ok(Piece {
        document: fields.document()?,
        about: fields.about()?,
        since: fields.heads("since")?,
        heads: fields.heads("heads")?,
        place: fields.number("place")?,
        after: fields.number("after").ok(),
        part: fields.number("part")?,
        parts: fields.number("parts")?,
        data: fields.bytes("data")?,
    })
}

fn step(fields: &mut Fields) -> Option<Step> {
    Some(Step {
        after: fields.number("after").ok()?,
        place: fields.number("place").ok()?,
        since: fields.heads("since").ok()?,
        heads: fields.heads("now").ok()?,
    })
}

fn items<T>(
    fields: &mut Fields,
    key: &'static str,
    most: usize,
    read: impl Fn(&mut Fields) -> Result<T, WireError>,
) -> Result<Vec<T>, WireError> {
    let one = |value: Value| read(&mut Fields::of(value).ok_or(WireError::Field(key))?);
    fields.list(key, most)?.into_iter().map(one).collect()
}

/// Tells whether a frame has a bearable number of CBOR items: one of a byte takes over thirty in memory.
fn has_few_items(frame: &[u8]) -> bool {
    const MOST: usize = 100_000;
    const BYTES: u8 = 2;
    const TEXT: u8 = 3;
    let mut rest = frame;
    let mut items = 0;
    while let Some((first, tail)) = rest.split_first() {
        items += 1;
        if items > MOST {
            return false;
        }
        let length = match first & 0x1f {
            short @ 24..=27 => 1 << (short - 24),
            _ => 0,
        };
        let Some((argument, tail)) = tail.split_at_checked(length) else {
            break;
        };
        let value = match length {
            0 => u64::from(first & 0x1f),
            _ => argument.iter().fold(0, |value, byte| value << 8 | u64::from(*byte)),
        };
        let definite = matches!(first >> 5, BYTES | TEXT) && first & 0x1f < 28;
        let skipped = if definite { usize::try_from(value).unwrap_or(usize::MAX) } else { 0 };
        rest = tail.get(skipped..).unwrap_or_default();
    }
    true
}
