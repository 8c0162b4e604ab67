// Decision support beside the page: opens the knowledge that this device keeps, then answers in the order of the questions.
//
// What it needs comes after the shell and has a cache of its own, outside the versions of the app. A newer knowledge is
// fetched beside the one in use and taken by the next worker, never under anybody's hands; one that cannot be opened is not
// taken, and the one before stays until it is. The page sends [number, request]; it is told [number, reply], and with
// the number 0 how things stand (`app/src/guide/words.rs`).
import init, { answer, open } from "./guide.js";

const CACHE = "knowledge";
const WASM = { file: new URL("./guide_bg.wasm", import.meta.url).pathname, version: "@WASM@" };
// The manifest of what is in use, under its own address, and of what is to be used next.
const [USED, NEXT] = ["/knowledge.json", "/knowledge-next.json"];
const FOLLOWS = /^\/(knowledge|medicines)-[0-9a-f]{16}\./;

let damaged = false;
let refused;
const opened = start();

onmessage = ({ data }) => {
  if (data === "look") opened.then(look).catch(() => {});
  else opened.then(() => reply(...data)).catch(() => postMessage([data[0], null]));
};

const tell = (how) => postMessage([0, JSON.stringify(how)]);

function reply(number, request) {
  try {
    postMessage([number, answer(request) ?? null]);
  } catch {
    // What has panicked answers no more.
    tell({ died: true });
    close();
  }
}

/** Opens what is kept, or what the network has; returns the manifest of what it opened. */
async function start() {
  try {
    await init({ module_or_path: await file(WASM) });
    const used = (await openKept()) ?? (await openFetched());
    tell(used);
    look(used);
    return used;
  } catch (error) {
    tell({ damaged });
    close();
    throw error;
  }
}

async function openKept() {
  for (const name of [NEXT, USED]) {
    const manifest = await (await (await caches.open(CACHE)).match(name))?.json();
    if (manifest && (await opens(manifest).catch(() => false))) return manifest;
  }
  return undefined;
}

async function openFetched() {
  const manifest = await published();
  await opens(manifest);
  return manifest;
}

/** Opens the files of a manifest and, when that went well, keeps no others but those that are to be used next. */
async function opens(manifest) {
  const [knowledge, medicines] = await filesOf(manifest);
  try {
    open(new Uint8Array(knowledge), new TextDecoder().decode(medicines));
  } catch (error) {
    refused = manifest;
    throw error;
  }
  const cache = await caches.open(CACHE);
  await keep(cache, USED, JSON.stringify(manifest));
  const next = await (await cache.match(NEXT))?.json();
  if (next && same(next, manifest)) await cache.delete(NEXT);
  const wanted = [manifest, next].filter(Boolean).flatMap(({ knowledge, medicines }) => [knowledge.file, medicines.file]);
  const paths = (await cache.keys()).map(({ url }) => new URL(url).pathname);
  await Promise.all(paths.filter((path) => FOLLOWS.test(path) && !wanted.includes(path)).map((path) => cache.delete(path)));
  return true;
}

/** Looks for something newer than what is in use, and says what came of it. */
async function look(used) {
  const news = await newer(used).catch(() => "unreachable");
  tell({ ...used, news });
}

/** Fetches what is published beside what is in use. */
async function newer(used) {
  const manifest = await published();
  const cache = await caches.open(CACHE);
  if (same(manifest, used)) {
    await cache.delete(NEXT);
    return "none";
  }
  await filesOf(manifest);
  await keep(cache, NEXT, JSON.stringify(manifest));
  // What could not be opened waits for the next version of the app.
  return refused && same(refused, manifest) ? "none" : "here";
}

const same = (one, other) =>
  one.knowledge.version === other.knowledge.version && one.medicines.version === other.medicines.version;

const filesOf = ({ knowledge, medicines }) => Promise.all([file(knowledge), file(medicines)]);

const published = async () => (await fetched(USED, "no-cache")).json();

/** Returns a file, checked against its hash wherever it comes from: this device, or the network. */
async function file({ file: path, version }) {
  const cache = await caches.open(CACHE);
  const kept = await (await cache.match(path))?.arrayBuffer();
  if (kept) {
    if ((await hash(kept)) === version) return kept;
    damaged = true;
    await cache.delete(path);
  }
  // The browser's own copy is believed once.
  for (const how of ["default", "reload"]) {
    const bytes = await (await fetched(path, how)).arrayBuffer();
    if ((await hash(bytes)) !== version) continue;
    await keep(cache, path, bytes);
    return bytes;
  }
  damaged = true;
  throw new Error(path);
}

async function fetched(path, cache) {
  const response = await fetch(path, { cache });
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  return response;
}

// Without room it works this time, and is fetched again the next.
const keep = (cache, path, body) => cache.put(path, new Response(body)).catch(() => {});

async function hash(bytes) {
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}
