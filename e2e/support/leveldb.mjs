// The tables of LevelDB, in which Chromium keeps IndexedDB and localStorage, without their compression: a search for a text would
// pass over what Snappy has cut into pieces.

const MAGIC = 0xdb4775248b80fb57n;

function varint(bytes, at) {
  let [value, shift] = [0, 1];
  for (;;) {
    const byte = bytes[at++];
    value += (byte & 127) * shift;
    if (byte < 128) return [value, at];
    shift *= 128;
  }
}

/** Returns what Snappy made `bytes` from. */
export function unsnap(bytes) {
  let [length, at] = varint(bytes, 0);
  const out = Buffer.alloc(length);
  let end = 0;
  while (at < bytes.length) {
    const tag = bytes[at++];
    if ((tag & 3) === 0) {
      let size = (tag >> 2) + 1;
      if (size > 60) {
        const width = size - 60;
        size = bytes.readUIntLE(at, width) + 1;
        at += width;
      }
      end += bytes.copy(out, end, at, at + size);
      at += size;
      continue;
    }
    let [size, back] = [(tag >> 2) + 1, 0];
    if ((tag & 3) === 1) {
      size = ((tag >> 2) & 7) + 4;
      back = ((tag >> 5) << 8) | bytes[at++];
    } else {
      const width = (tag & 3) === 2 ? 2 : 4;
      back = bytes.readUIntLE(at, width);
      at += width;
    }
    for (const stop = end + size; end < stop; end += 1) out[end] = out[end - back];
  }
  return out;
}

function block(table, [offset, size]) {
  const bytes = table.subarray(offset, offset + size);
  return table[offset + size] === 1 ? unsnap(bytes) : bytes;
}

function handle(bytes, at) {
  const [offset, next] = varint(bytes, at);
  const [size, end] = varint(bytes, next);
  return [[offset, size], end];
}

/** Returns the data of a table, one Buffer a block; nothing for a file that is no table. */
export function blocks(table) {
  if (table.length < 48 || table.readBigUInt64LE(table.length - 8) !== MAGIC) return [];
  const footer = table.subarray(table.length - 48);
  const [, at] = handle(footer, 0);
  const index = block(table, handle(footer, at)[0]);
  const entries = index.length - 4 - 4 * index.readUInt32LE(index.length - 4);
  const found = [];
  for (let place = 0; place < entries; ) {
    const [, first] = varint(index, place);
    const [own, second] = varint(index, first);
    const [size, key] = varint(index, second);
    found.push(block(table, handle(index, key + own)[0]));
    place = key + own + size;
  }
  return found;
}
