// What a device has on its disk, seen without its app and without a PIN.
import { readFile, readdir } from "node:fs/promises";
import path from "node:path";
import { blocks } from "./leveldb.mjs";

/** Goes to a page of the origin that runs no app: the disk is then in nobody's hands. */
export const aside = (device, page = device.page) => page.goto(`${device.url}/icon.svg`);

/** Returns what every database of the origin holds: database, table, key, and the value as a Buffer. */
export async function dump(page) {
  const rows = await page.evaluate(async () => {
    const done = (request) => new Promise((ready, failed) => {
      request.onsuccess = () => ready(request.result);
      request.onerror = () => failed(request.error);
    });
    const text = (bytes) => {
      let all = "";
      for (let at = 0; at < bytes.length; at += 8192) all += String.fromCharCode(...bytes.subarray(at, at + 8192));
      return btoa(all);
    };
    const rows = [];
    for (const { name } of await indexedDB.databases()) {
      const database = await done(indexedDB.open(name));
      for (const table of database.objectStoreNames) {
        const store = database.transaction(table).objectStore(table);
        const [keys, values] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
        keys.forEach((key, at) => {
          const value = values[at];
          const bytes = value instanceof Uint8Array ? value : new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));
          rows.push([name, table, String(key), text(bytes)]);
        });
      }
      database.close();
    }
    return rows;
  });
  return rows.map(([database, table, key, value]) => ({ database, table, key, value: Buffer.from(value, "base64") }));
}

/** Changes one bit of stored values: `wanted` names database, table and keys. */
export const flip = (page, wanted) =>
  page.evaluate(async (wanted) => {
    const done = (request) => new Promise((ready, failed) => {
      request.onsuccess = () => ready(request.result);
      request.onerror = () => failed(request.error);
    });
    for (const { database: name, table, keys } of wanted) {
      const database = await done(indexedDB.open(name));
      const store = database.transaction(table, "readwrite").objectStore(table);
      for (const key of keys) {
        const value = await done(store.get(key));
        value[value.length >> 1] ^= 4;
        await done(store.put(value, key));
      }
      database.close();
    }
  }, wanted);

/** Returns every file of the profile of a device whose browser is closed, tables of LevelDB also without their compression. */
export async function files(device) {
  const found = [];
  for (const entry of await readdir(device.profile, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const file = path.join(entry.parentPath, entry.name);
    const [name, value] = [path.relative(device.profile, file), await readFile(file)];
    found.push({ name, value }, ...blocks(value).map((value, number) => ({ name: `${name}, block ${number}`, value })));
  }
  return found;
}

/** Returns the ways in which a text may lie on a disk. */
export const written = (text) => [Buffer.from(text, "utf8"), Buffer.from(text, "utf16le")];

/** Returns the ways in which a key may lie on a disk. */
export const keyed = (raw) => [raw, ...["hex", "base64", "base64url"].map((form) => Buffer.from(raw.toString(form).replace(/=+$/, "")))];

/** Returns where one of `needles` (a name and its forms) is found among `values` (a name and a Buffer). */
export function search(values, needles) {
  const hits = [];
  for (const { name, value } of values) {
    for (const [needle, forms] of needles) {
      if (forms.some((form) => value.includes(form))) hits.push(`${needle} in ${name}`);
    }
  }
  return hits;
}

/** Takes the space of the origin away, and waits until the browser means it: it asks how much there is every half minute. */
export async function fill(page, cdp, origin) {
  await cdp.send("Storage.overrideQuotaForOrigin", { origin, quotaSize: 1 });
  await page.evaluate(async () => {
    const open = indexedDB.open("probe", 1);
    open.onupgradeneeded = () => open.result.createObjectStore("probe");
    const database = await new Promise((ready) => (open.onsuccess = () => ready(open.result)));
    const refused = () => new Promise((done) => {
      const transaction = database.transaction("probe", "readwrite", { durability: "strict" });
      transaction.objectStore("probe").put(new Uint8Array(4096), "probe");
      transaction.oncomplete = () => done(false);
      transaction.onabort = () => done(true);
    });
    while (!(await refused())) await new Promise((done) => setTimeout(done, 500));
    database.close();
  });
}
