//! What a message would cost to read, found before Automerge reads it.
//!
//! Automerge's columns are runs: a change of sixty bytes can stand for billions of operations, a filter of ten
//! bytes for sixteen gigabytes of probes. Neither a panic nor an error ends that, so it must not begin.

use super::Refusal;
use automerge::sync;
use std::borrow::Cow;
use std::io::Read;

/// The most bytes that the changes of one message may unpack to.
const UNPACKED: usize = 32 * 1024 * 1024;
/// The most rows that the columns of one message may have, by its length: so many, and so many a byte.
/// Deleting a long text is many rows in few bytes.
const ROWS: (u64, u64) = (1_000_000, 16);
/// The most rows whatever the length.
const MOST_ROWS: u64 = 8_000_000;
/// The most summaries of what the other end has, and of hashes in each of them.
const SUMMARIES: (usize, usize) = (16, 10_000);
/// The most probes of a filter; Automerge uses 7.
const PROBES: u64 = 64;
/// Magic bytes and checksum of a chunk, before its type.
const PREFIX: usize = 8;
/// The bits of a column's specification that say what its values are.
const KIND: u64 = 7;
const CHANGE: u8 = 1;
const COMPRESSED: u8 = 2;

/// What the changes of one message may still cost.
#[derive(Debug)]
pub(super) struct Budget {
    unpacked: usize,
    rows: u64,
}

impl Budget {
    /// Returns what a message of `length` bytes may cost.
    pub(super) fn of(length: usize) -> Self {
        let rows = ROWS.0 + ROWS.1 * length as u64;
        Self { unpacked: UNPACKED, rows: rows.min(MOST_ROWS) }
    }

    /// Unpacks a chunk that must be one change, and no more, and pays for it.
    pub(super) fn unpack<'a>(&mut self, chunk: &'a [u8]) -> Result<Cow<'a, [u8]>, Refusal> {
        let (prefix, rest) = chunk.split_at_checked(PREFIX).ok_or(Refusal::Message)?;
        let (kind, mut rest) = rest.split_first().ok_or(Refusal::Message)?;
        let length = number(&mut rest)?;
        if usize::try_from(length) != Ok(rest.len()) {
            return Err(Refusal::Message);
        }
        let whole = match *kind {
            CHANGE => Cow::Borrowed(chunk),
            COMPRESSED => {
                let body = self.inflate(rest)?;
                let mut whole = [prefix, &[CHANGE]].concat();
                write_number(&mut whole, body.len() as u64);
                whole.extend(body);
                Cow::Owned(whole)
            }
            _ => return Err(Refusal::Message),
        };
        self.unpacked = self.unpacked.checked_sub(whole.len()).ok_or(Refusal::Size)?;
        let mut body = whole.get(PREFIX + 1..).unwrap_or_default();
        number(&mut body)?;
        self.pay(columns(body)?)?;
        Ok(whole)
    }

    fn inflate(&self, packed: &[u8]) -> Result<Vec<u8>, Refusal> {
        let mut body = Vec::new();
        let mut unpacked = flate2::read::DeflateDecoder::new(packed).take(self.unpacked as u64 + 1);
        unpacked.read_to_end(&mut body).map_err(|_| Refusal::Message)?;
        if body.len() > self.unpacked { Err(Refusal::Size) } else { Ok(body) }
    }

    fn pay(&mut self, columns: Vec<(u64, &[u8])>) -> Result<(), Refusal> {
        for (specification, data) in columns {
            let rows = rows(specification & KIND, data)?;
            self.rows = self.rows.checked_sub(rows).ok_or(Refusal::Size)?;
        }
        Ok(())
    }
}

/// Refuses a message that would cost more than it says.
pub(super) fn check_head(message: &sync::Message) -> Result<(), Refusal> {
    let (summaries, hashes) = SUMMARIES;
    if message.have.len() > summaries || message.heads.len() > hashes || message.need.len() > hashes {
        return Err(Refusal::Size);
    }
    for have in &message.have {
        let filter = have.bloom.to_bytes();
        let mut fields = filter.as_slice();
        if fields.is_empty() {
            continue;
        }
        let (_entries, bits, probes) = (number(&mut fields)?, number(&mut fields)?, number(&mut fields)?);
        if bits == 0 || bits > PROBES || probes > PROBES || have.last_sync.len() > hashes {
            return Err(Refusal::Size);
        }
    }
    Ok(())
}

/// Reads past the head of a change and returns its columns: specification and data.
fn columns(mut body: &[u8]) -> Result<Vec<(u64, &[u8])>, Refusal> {
    let hashes = number(&mut body)?;
    skip(&mut body, hashes.checked_mul(32).ok_or(Refusal::Message)?)?;
    skip_prefixed(&mut body)?;
    for _sequence_start_time in 0..3 {
        number(&mut body)?;
    }
    skip_prefixed(&mut body)?;
    for _actor in 0..number(&mut body)? {
        skip_prefixed(&mut body)?;
    }
    let mut kinds = Vec::new();
    for _column in 0..number(&mut body)? {
        kinds.push((number(&mut body)?, number(&mut body)?));
    }
    kinds.into_iter().map(|(kind, length)| Ok((kind, skip(&mut body, length)?))).collect()
}

/// Returns how many values a column stands for.
fn rows(kind: u64, mut data: &[u8]) -> Result<u64, Refusal> {
    const BOOLEAN: u64 = 4;
    const TEXT: u64 = 5;
    const RAW: u64 = 7;
    let mut rows: u64 = 0;
    while !data.is_empty() && kind != RAW {
        if kind == BOOLEAN {
            rows = rows.saturating_add(number(&mut data)?);
            continue;
        }
        let run = signed(&mut data)?;
        let (count, values) = match run {
            0 => (number(&mut data)?, 0),
            1.. => (run.unsigned_abs(), 1),
            _ => (run.unsigned_abs(), run.unsigned_abs()),
        };
        rows = rows.saturating_add(count);
        for _value in 0..values {
            if kind == TEXT {
                skip_prefixed(&mut data)?;
            } else {
                number(&mut data)?;
            }
        }
    }
    Ok(rows)
}

fn skip<'a>(data: &mut &'a [u8], length: u64) -> Result<&'a [u8], Refusal> {
    let length = usize::try_from(length).map_err(|_| Refusal::Message)?;
    let (skipped, rest) = data.split_at_checked(length).ok_or(Refusal::Message)?;
    *data = rest;
    Ok(skipped)
}

fn skip_prefixed(data: &mut &[u8]) -> Result<(), Refusal> {
    let length = number(data)?;
    skip(data, length).map(drop)
}

/// Reads a LEB128 number, signed or not, as its bits and how many they are.
fn bits(data: &mut &[u8]) -> Result<(u64, u32), Refusal> {
    let (mut value, mut shift) = (0_u64, 0);
    loop {
        let (byte, rest) = data.split_first().ok_or(Refusal::Message)?;
        *data = rest;
        if shift > 63 {
            return Err(Refusal::Message);
        }
        value |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return Ok((value, shift));
        }
    }
}

fn number(data: &mut &[u8]) -> Result<u64, Refusal> {
    bits(data).map(|(value, _)| value)
}

fn signed(data: &mut &[u8]) -> Result<i64, Refusal> {
    let (value, length) = bits(data)?;
    let unused = 64_u32.saturating_sub(length);
    Ok((value << unused).cast_signed() >> unused)
}

fn write_number(bytes: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        bytes.push((value & 0x7f) as u8 | 0x80);
        value >>= 7;
    }
    bytes.push(value as u8);
}
