// Keeps the app on the device, so that it opens without a network. Holds program files only: what people
// entered lives encrypted in IndexedDB, and nothing under /api or /sync is ever kept here.
//
// A new version is fetched whole, then waits until a person takes it or every tab of the old one is closed: nothing is
// reloaded under anybody's hands.

const VERSION = "@VERSION@";
const FILES = ["@FILES@"];
const CACHE = `xiangyi-${VERSION}`;
const HASHED = /-[0-9a-f]{16}[./]/;
const NEVER = /^\/(api\/|sync$|metrics$|healthz$|readyz$|demo\.json$)/;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.data === "take" && self.skipWaiting());
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== location.origin || NEVER.test(url.pathname)) return;
  const path = event.request.mode === "navigate" ? "/index.html" : url.pathname;
  event.respondWith(keptOrFetched(path, event.request));
});

async function install() {
  const cache = await caches.open(CACHE);
  await Promise.all(FILES.map((path) => keep(cache, path)));
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
  await self.clients.claim();
}

async function keptOrFetched(path, request) {
  const cache = await caches.open(CACHE);
  const kept = (await cache.match(path)) ?? (HASHED.test(path) ? await caches.match(path) : undefined);
  return kept ?? fetch(request);
}
