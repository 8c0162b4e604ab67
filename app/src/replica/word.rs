//! What the tabs of one person say to each other, as short texts. Nobody's data is among it.

use super::state::{Connection, Sync};

/// One message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Word {
    /// Something was written: look at the journal.
    Written,
    /// The tab of this name is looked at and has no socket.
    Want(String),
    /// The tab with the socket is looked at too, and keeps it.
    Kept,
    /// The tab of this name may have the socket.
    Yours(String),
    /// How far device and server agree, as the tab with the socket knows.
    Sync(Sync),
    /// A tab has opened and asks how far.
    Hello,
    /// Try to connect now.
    Wake,
    /// Begin anew with what the disk has.
    Again,
}

impl Word {
    /// Reads a message; one of another version is not understood.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let mut words = text.split(' ');
        Some(match words.next()? {
            "written" => Self::Written,
            "want" => Self::Want(words.next()?.to_owned()),
            "kept" => Self::Kept,
            "yours" => Self::Yours(words.next()?.to_owned()),
            "hello" => Self::Hello,
            "wake" => Self::Wake,
            "again" => Self::Again,
            "sync" => {
                let mut next = || words.next()?.parse::<i64>().ok();
                let (connection, received, total) = (next()?, next()? as usize, next()? as usize);
                let connection = match connection {
                    0 => Connection::Offline,
                    1 => Connection::Connecting,
                    2 => Connection::Receiving { received, total },
                    3 => Connection::Online,
                    4 => Connection::SignedOut,
                    _ => return None,
                };
                let (documents, refused, agreed) = (next()? as usize, next()? as usize, next()?);
                let complete = next()? == 1;
                let agreed = (agreed >= 0).then_some(agreed);
                Self::Sync(Sync { connection, waiting: 0, documents, refused, agreed, complete })
            }
            _ => return None,
        })
    }

    /// Returns the message as a text.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Written => "written".to_owned(),
            Self::Want(who) => ["want ", who].concat(),
            Self::Kept => "kept".to_owned(),
            Self::Yours(who) => ["yours ", who].concat(),
            Self::Hello => "hello".to_owned(),
            Self::Wake => "wake".to_owned(),
            Self::Again => "again".to_owned(),
            Self::Sync(sync) => {
                let (connection, received, total) = match sync.connection {
                    Connection::Offline => (0, 0, 0),
                    Connection::Connecting => (1, 0, 0),
                    Connection::Receiving { received, total } => (2, received, total),
                    Connection::Online => (3, 0, 0),
                    Connection::SignedOut => (4, 0, 0),
                };
                let (documents, refused, agreed) = (sync.documents, sync.refused, sync.agreed.unwrap_or(-1));
                let complete = u8::from(sync.complete);
                format!("sync {connection} {received} {total} {documents} {refused} {agreed} {complete}")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_is_heard_as_it_was_said() {
        let sync = |connection, agreed| Sync {
            connection,
            waiting: 0,
            documents: 3,
            refused: 1,
            agreed,
            complete: agreed.is_some(),
        };
        let said = [
            Word::Written,
            Word::Want("a".into()),
            Word::Kept,
            Word::Yours("b".into()),
            Word::Again,
            Word::Hello,
            Word::Wake,
            Word::Sync(sync(Connection::Offline, None)),
            Word::Sync(sync(Connection::Connecting, Some(0))),
            Word::Sync(sync(Connection::Receiving { received: 64, total: 2000 }, None)),
            Word::Sync(sync(Connection::Online, Some(1_790_000_000_000))),
            Word::Sync(sync(Connection::SignedOut, Some(5))),
        ];
        for word in said {
            assert_eq!(Word::read(&word.text()), Some(word));
        }
    }

    #[test]
    fn what_another_version_says_is_passed_over() {
        for text in ["", "sing", "want", "sync 9 0 0 0 0 0 1", "sync 1 0"] {
            assert_eq!(Word::read(text), None, "{text}");
        }
    }
}
