//! What may be said on the command line.

use crate::operate::{AuditCommand, Backup, RecoveryCommand};
use clap::{Args, Parser, Subcommand};
use server::policy::ROLES;
use std::path::PathBuf;
use std::str::FromStr;
use sync::DocumentId;

/// Keeps and relays the documents of one county.
#[derive(Debug, Parser)]
#[command(version)]
pub(crate) struct Cli {
    /// Where documents and accounts are kept: sqlite:PATH or postgres://…
    #[arg(long, global = true, env = "XIANGYI_DATABASE_URL", default_value = "sqlite:data/xiangyi.db")]
    pub(crate) database: String,
    /// Log more
    #[arg(long, global = true)]
    pub(crate) verbose: bool,
    #[command(subcommand)]
    pub(crate) command: Command,
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Serve devices and browsers
    Serve(Serve),
    /// Add and change accounts; a running server follows within a second
    #[command(subcommand)]
    Account(AccountCommand),
    /// Let somebody read a document for a while; a running server follows within a second
    #[command(subcommand)]
    Grant(GrantCommand),
    /// Check the record of what was done
    #[command(subcommand)]
    Audit(AuditCommand),
    /// Write everything into one new file, while the server runs
    Backup(Backup),
    /// Fill an empty database from a backup; devices see that it is another life and give back what it lacks
    Restore(Backup),
    /// Erase what names a resident, backups included: the keys are dropped, devices are told
    Erase {
        /// The subject of the resident's documents
        subject: String,
        /// Where the keys are
        #[arg(long, env = "XIANGYI_KEYS")]
        keys: Option<String>,
    },
    /// Copy the keys of documents to another place, which is to be guarded and kept apart from backups
    Keys {
        /// Where they are; else beside the database
        #[arg(long, env = "XIANGYI_KEYS")]
        keys: Option<String>,
        /// Where they go: sqlite:PATH or postgres://…
        #[arg(long)]
        to: String,
    },
    /// Let devices give back what the store has lost
    #[command(subcommand)]
    Recovery(RecoveryCommand),
    /// Copy everything into an empty database of another kind; stop the servers first
    Migrate {
        /// The empty database: sqlite:PATH or postgres://…
        #[arg(long)]
        to: String,
    },
}

#[derive(Debug, Args)]
pub(crate) struct Serve {
    /// The address to listen on; port 0 takes a free one
    #[arg(long, env = "XIANGYI_LISTEN", default_value = "127.0.0.1:8080")]
    pub(crate) listen: String,
    /// The folder of the site
    #[arg(long, env = "XIANGYI_SITE")]
    pub(crate) site: Option<PathBuf>,
    /// An origin that may open sockets, when a proxy stands in front; may be repeated
    #[arg(long)]
    pub(crate) origin: Vec<String>,
    /// A separate address for /metrics, which else answers to this machine only
    #[arg(long)]
    pub(crate) metrics: Option<String>,
    /// Failed sign-ins per account in a quarter of an hour, or off
    #[arg(long, default_value = "10")]
    pub(crate) login_limit: Limit<u32>,
    /// The folder of photos and other attachments; else one beside the database file, or data/blobs
    #[arg(long, env = "XIANGYI_BLOBS")]
    pub(crate) blobs: Option<PathBuf>,
    /// The largest attachment, in MiB
    #[arg(long, default_value_t = 20)]
    pub(crate) blob_limit: u64,
    /// The file of the key that seals secrets of second factors, made when it is missing; else one beside the database file,
    /// or data/key. All relays of one database need the same
    #[arg(long, env = "XIANGYI_KEY")]
    pub(crate) key: Option<PathBuf>,
    /// Sockets an account may have at once, or off
    #[arg(long, default_value = "2048")]
    pub(crate) sockets: Limit<u32>,
    /// Mebibytes of changes an account may write a day, or off
    #[arg(long, default_value = "1024")]
    pub(crate) quota: Limit<u64>,
    /// The address of a proxy on another machine, which is believed about where requests come from; may be repeated
    #[arg(long)]
    pub(crate) proxy: Vec<std::net::IpAddr>,
    /// For how many seconds /readyz says no before the server stops, so that a balancer notices
    #[arg(long, default_value_t = 0)]
    pub(crate) drain: u64,
    /// Where the keys of documents are, apart from the database and its backups; else in a file beside the database
    #[arg(long, env = "XIANGYI_KEYS")]
    pub(crate) keys: Option<String>,
    /// How many documents are kept in memory
    #[arg(long, default_value_t = 1_024)]
    pub(crate) documents: usize,
}

/// A number, or off.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Limit<T>(pub(crate) Option<T>);

impl<T: FromStr> FromStr for Limit<T> {
    type Err = T::Err;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            "off" => Ok(Self(None)),
            number => number.parse().map(|n| Self(Some(n))),
        }
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum GrantCommand {
    /// Give a grant; its name is written to standard output
    Add {
        /// The account that may read
        #[arg(long)]
        reader: String,
        /// The document
        #[arg(long)]
        document: DocumentId,
        /// What for
        #[arg(long)]
        purpose: String,
        /// For how long
        #[arg(long, default_value_t = 60)]
        minutes: u32,
    },
    /// List grants, the newest first: name, reader, documents, state, purpose
    List,
    /// End a grant
    Revoke {
        /// Its name
        grant: String,
    },
}

#[derive(Debug, Subcommand)]
pub(crate) enum AccountCommand {
    /// Add an account; the password comes on standard input
    Add {
        /// The name typed at sign-in
        name: String,
        /// What the person is
        #[arg(long, value_parser = clap::builder::PossibleValuesParser::new(ROLES))]
        role: String,
        /// The institution
        #[arg(long)]
        institution: Option<String>,
        /// The team
        #[arg(long)]
        team: Option<String>,
        /// A resident the account is bound to; may be repeated
        #[arg(long)]
        resident: Vec<String>,
    },
    /// Replace a password, which comes on standard input, and end the account's sessions
    Password {
        /// The account
        name: String,
    },
    /// Disable an account and end its sessions
    Disable {
        /// The account
        name: String,
    },
}
