// Decision support comes after the app, stays on the device, mends what is damaged, and is renewed without the app. The
// tests are one journey.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { installed, press, signIn, synced, unlock } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { go } from "../support/looks.mjs";
import { startServer } from "../support/server.mjs";

const COMPLAINT = { advise: { age_months: 480, sex: "female", texts: ["咳嗽三天，发热38.5度，咳黄痰"] } };
const SETTINGS = "/settings";
let server, device, first;

before(async () => {
  server = await startServer();
  first = await manifest();
  device = await Device.new(server, "tablet");
});

after(async () => {
  await device?.close();
  await server?.close();
});

const served = (name) => path.join(server.dir, "site", name);
const manifest = async () => JSON.parse(await readFile(served("knowledge.json"), "utf8"));
const row = () => device.page.getByTestId("guide");
const says = (text) => row().getByText(text).waitFor();
const named = ({ version }) => version.slice(0, 8);
const kept = () => device.page.evaluate(async () => (await (await caches.open("knowledge")).keys()).map(({ url }) => new URL(url).pathname));

/** Puts another file of medicines in the place of the one that is published, as somebody does who brings the knowledge up to date. */
async function publishMedicines(content) {
  const version = createHash("sha256").update(content).digest("hex");
  const file = `/medicines-${version.slice(0, 16)}.json`;
  await writeFile(served(file), content);
  const next = { ...(await manifest()), medicines: { file, version, date: "2027-01-02" } };
  await replace("knowledge.json", JSON.stringify(next));
  return next.medicines;
}

/** Writes a file without its compressed copies, which would be served in its place. */
async function replace(name, content) {
  await Promise.all([".br", ".gz"].map((packed) => rename(served(name + packed), served(`${name}${packed}.old`)).catch(() => {})));
  await writeFile(served(name), content);
}

/** Asks a worker of its own in the page, as the app asks, and returns what it says of itself and what it answers. */
const ask = (request) =>
  device.page.evaluate(async (request) => {
    const worker = new Worker(document.querySelector("meta[name=guide]").content, { type: "module" });
    const said = [];
    const answer = await new Promise((done) => {
      worker.onmessage = ({ data: [number, text] }) => {
        if (number === 0) said.push(JSON.parse(text));
        if (number === 1 || !said.at(-1).knowledge) done(text);
      };
      worker.postMessage([1, JSON.stringify(request)]);
    });
    worker.terminate();
    return { said: said[0], reply: JSON.parse(answer) };
  }, request);

/** Changes a file that the app keeps, and clears what the browser keeps besides. */
async function damage(file) {
  await device.page.evaluate(async (file) => (await caches.open("knowledge")).put(file, new Response("not what it was")), file);
  const session = await device.context.newCDPSession(device.page);
  await session.send("Network.clearBrowserCache");
}

test("after the first page the knowledge arrives by itself, and the settings say which", async () => {
  const { page } = device;
  await signIn(device, "doctor1");
  await synced(page);
  await installed(page);
  const shell = await page.evaluate(async () => (await fetch("/sw.js")).text());
  for (const { file } of [first.knowledge, first.medicines]) assert.ok(!shell.includes(file), "a first install does not wait for it");
  await go(page, SETTINGS);
  await says(named(first.knowledge));
  await says(named(first.medicines));
  await says("已是最新");
});

test("of the app the device keeps what its role opens, and nothing of the others", async () => {
  const [kept, parts] = await device.page.evaluate(async () => {
    const shell = (await caches.keys()).find((name) => name.startsWith("xiangyi-"));
    const paths = (await (await caches.open(shell)).keys()).map(({ url }) => new URL(url).pathname);
    const worker = await (await fetch("/sw.js")).text();
    return [paths, JSON.parse(/const PARTS = (\{[^}]*\})/.exec(worker)[1])];
  });
  const { staff = [], ...others } = parts;
  assert.deepEqual(staff.filter((path) => !kept.includes(path)), []);
  const foreign = Object.values(others).flat().filter((path) => !staff.includes(path));
  assert.deepEqual(foreign.filter((path) => kept.includes(path)), []);
});

test("without a network it opens and answers", async () => {
  await device.offline();
  await unlock(device, SETTINGS);
  await says(named(first.knowledge));
  await says("没能检查更新");
  const { said, reply } = await ask(COMPLAINT);
  assert.equal(said.knowledge.version, first.knowledge.version);
  assert.equal(reply.advice.knowledge, first.knowledge.version);
  assert.ok(reply.advice.chips.length >= 2, "cough and fever are read");
  assert.ok(reply.advice.causes.length > 0);
});

test("a worker that dies is started again", async () => {
  const { page } = device;
  const runs = page.workers().find((worker) => worker.url().includes("/guide-"));
  const again = page.waitForEvent("worker");
  await runs.evaluate(() => void setTimeout(() => postMessage([0, '{"died":true}'])));
  await again;
  await says(named(first.knowledge));
  assert.equal(page.workers().length, 1);
});

test("a damaged file is not used; without a network that is said plainly", async () => {
  const { page } = device;
  await damage(first.medicines.file);
  await unlock(device, SETTINGS);
  await says("已损坏");
  assert.ok(!(await kept()).includes(first.medicines.file));
  await press(page, "再试一次");
  await says(/还没有下载到本机/);
});

test("once there is a network it is fetched again by itself", async () => {
  await device.online();
  await says(named(first.medicines));
  await damage(first.knowledge.file);
  const { reply } = await ask(COMPLAINT);
  assert.equal(reply.advice.knowledge, first.knowledge.version);
});

test("renewed knowledge is fetched at once, and used from the next start, with the same app", async () => {
  const { page } = device;
  const renewed = await publishMedicines(`${await readFile(served(first.medicines.file), "utf8")}\n`);
  await press(page, "检查更新");
  await says("新版本已下载");
  await says(named(first.medicines));
  const script = () => page.evaluate(() => document.querySelector("script[type=module]").src.replace(location.origin, ""));
  const app = await script();
  await device.offline();
  await unlock(device, SETTINGS);
  await says(named(renewed));
  assert.equal(await script(), app);
  assert.ok(!(await kept()).includes(first.medicines.file), "the version before is dropped");
});

test("knowledge that this app cannot read is left alone", async () => {
  const { page } = device;
  const used = (await manifest()).medicines;
  await device.online();
  await publishMedicines('{"of":"another time"}');
  await unlock(device, SETTINGS);
  await says(named(used));
  await device.page.waitForFunction(async () => (await (await caches.open("knowledge")).match("/knowledge-next.json")) !== undefined);
  await device.offline();
  await unlock(device, SETTINGS);
  await says(named(used));
  assert.equal((await ask(COMPLAINT)).said.medicines.version, used.version);
  assert.equal(await row().getByText("新版本已下载").count(), 0);
  assert.deepEqual(device.errors, []);
  await page.close();
});
