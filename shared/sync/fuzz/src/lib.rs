//! What a hostile client may send, tried on the code that reads it. One input is one byte that chooses what
//! is tried, and then the bytes of the attack.
//!
//! `cargo xtask bench fuzz` looks for inputs with libFuzzer; the test of this crate replays those that are kept.

mod mend;
mod relay;
pub mod seeds;

use relay::Relay;
use sync::wire::Message;

/// Tries one input; it must end soon, without a panic that escapes, in little memory.
pub fn run(input: &[u8]) {
    let Some((mode, rest)) = input.split_first() else {
        return;
    };
    // Half of the inputs get their checksums right, so that mutations reach what lies behind them.
    let bytes = if mode & 0x80 == 0 { mend::checksums(rest) } else { rest.to_vec() };
    match mode & 0x0f {
        0 => frame(&bytes),
        1 => Relay::new(true).push(&bytes),
        2 => Relay::new(false).push(&bytes),
        3 => Relay::new(true).converse(&bytes),
        _ => Relay::new(false).converse(&bytes),
    }
}

/// Whatever a frame decodes to is written and read again as the same.
fn frame(bytes: &[u8]) {
    if let Ok(message) = Message::decode(bytes) {
        let written = message.clone().encode();
        let again = Message::decode(&written);
        assert!(again.as_ref() == Ok(&message) || written.len() > sync::wire::MAX_FRAME, "{message:?}");
    }
}
