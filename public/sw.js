// Keeps the app on the device, so that it opens without a network. Holds program files only: what people
// entered lives encrypted in IndexedDB, and nothing under /api or /sync is ever kept here.
//
// A new version is fetched whole, then waits until a person takes it or every tab of the old one is closed: nothing is
// reloaded under anybody's hands.
//
// A new device gets what everybody needs. The pages of a role come when somebody of that role has opened them: the page says so
// (app/src/parts.rs), and each version from then on is fetched with them.
//
// What decision support opens comes after the shell of a new device: its worker fetches it and keeps it in a cache of its
// own (app/worker/worker.js). A device that has it gets what the new version opens before that version may run.

const VERSION = "@VERSION@";
const FILES = ["@FILES@"];
// What each part of the app needs besides.
const PARTS = "@PARTS@";
const CACHE = `xiangyi-${VERSION}`;
// Names the parts that this device keeps, whatever the version.
const KEPT_PARTS = "parts";
const GUIDE = "@GUIDE@";
const KNOWLEDGE = "knowledge";
const HASHED = /-[0-9a-f]{16}[./]/;
const NEVER = /^\/(api\/|sync$|metrics$|healthz$|readyz$|demo\.json$)/;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.data === "take" && self.skipWaiting());
self.addEventListener("message", (event) => event.data.part && event.waitUntil(keepPart(event.data.part)));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || NEVER.test(url.pathname)) return;
  const path = event.request.mode === "navigate" ? "/index.html" : url.pathname;
  event.respondWith(keptOrFetched(path, event.request));
});

async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all(FILES.map((path) => keep(cache, path)));
  for (const part of await wantedParts()) await keepPart(part);
  if (await caches.has(KNOWLEDGE)) await renewGuide();
}

// A device that has kept a version which was in one piece for everybody goes on with all of it.
async function wantedParts() {
  if (await caches.has(KEPT_PARTS)) {
    const named = await (await caches.open(KEPT_PARTS)).keys();
    return named.map(({ url }) => new URL(url).pathname.slice(1));
  }
  const before = (await caches.keys()).some((name) => name.startsWith("xiangyi-") && name !== CACHE);
  return before ? Object.keys(PARTS) : [];
}

// Named last: what is named is here.
async function keepPart(part) {
  if (!PARTS[part]) return;
  const cache = await caches.open(CACHE);
  const missing = async (path) => !(await cache.match(path));
  await Promise.all(PARTS[part].map(async (path) => (await missing(path)) && keep(cache, path)));
  await (await caches.open(KEPT_PARTS)).put(`/${part}`, new Response());
}

// As the next knowledge: the worker of this version opens it, and goes back to what it has if it cannot.
async function renewGuide() {
  const cache = await caches.open(KNOWLEDGE);
  const manifest = await fetch("/knowledge.json", { cache: "no-cache" });
  if (!manifest.ok) throw new Error(`knowledge: ${manifest.status}`);
  const { knowledge, medicines } = await manifest.clone().json();
  await Promise.all([GUIDE, knowledge.file, medicines.file].map((path) => keep(cache, path)));
  await cache.put("/knowledge-next.json", manifest);
}

// A file whose name holds its hash is taken from an older version if that has it: an update over a village
// line costs only what changed.
async function keep(cache, path) {
  const old = HASHED.test(path) ? await caches.match(path) : undefined;
  const response = old ?? (await fetch(path, { cache: HASHED.test(path) ? "default" : "no-cache" }));
  if (!response.ok) throw new Error(`${path}: ${response.status}`);
  await cache.put(path, response);
}

// The version before is kept: a page of it may just be starting, and fetches its parts later. Names come oldest first.
async function activate() {
  const names = await caches.keys();
  const others = names.filter((name) => name.startsWith("xiangyi-") && name !== CACHE);
  await Promise.all(others.slice(0, -1).map((name) => caches.delete(name)));
  if (await caches.has(KNOWLEDGE)) await dropOtherGuides();
  await self.clients.claim();
}

async function dropOtherGuides() {
  const cache = await caches.open(KNOWLEDGE);
  const others = (await cache.keys()).filter(({ url }) => url.endsWith(".wasm") && !url.endsWith(GUIDE));
  await Promise.all(others.map((request) => cache.delete(request)));
}

async function keptOrFetched(path, request) {
  const cache = await caches.open(CACHE);
  const kept = (await cache.match(path)) ?? (HASHED.test(path) ? await caches.match(path) : undefined);
  return kept ?? fetch(request);
}
