// A new version arrives while a form is half filled in and work is unsent. The tests are one journey.
import assert from "node:assert/strict";
import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { after, before, test } from "node:test";
import { follow, installed, open, press, pressure, sign, signIn, synced, unlock } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { go } from "../support/looks.mjs";
import { startServer } from "../support/server.mjs";

const NAME = "蒲桂芳";
let server, doctor, visit;

before(async () => {
  server = await startServer();
  doctor = await Device.new(server, "tablet");
});

after(async () => {
  await doctor?.close();
  await server?.close();
});

const version = (page) => page.evaluate(() => document.querySelector("meta[name=release]")?.content ?? "first");
const registration = (page, look) => page.evaluate(async (look) => !!(await navigator.serviceWorker.getRegistration())[look], look);
const drafted = (page) => page.getByText("15/", { exact: true }).first().waitFor();

/** Puts a next version in the place of the site: other content, therefore another service worker. */
async function release() {
  const site = path.join(server.dir, "site");
  const change = async (name, from, to) => {
    const file = path.join(site, name);
    const text = await readFile(file, "utf8");
    assert.ok(text.includes(from));
    await writeFile(file, text.replace(from, to));
    for (const packed of [".br", ".gz"]) await rm(file + packed, { force: true });
  };
  await change("index.html", "</head>", '<meta name="release" content="next"></head>');
  await change("sw.js", 'const VERSION = "', 'const VERSION = "next-');
}

test("a visit waits to be sent and another is half filled in", async () => {
  const { page } = doctor;
  await signIn(doctor, "doctor1");
  await synced(page);
  await installed(page);
  await open(page, "pgf", NAME);
  const resident = new URL(page.url()).pathname;
  await doctor.offline();
  await follow(page, "开始随访");
  await pressure(page, "15296");
  await press(page, "下一步", "都没有", "头痛头晕", "按时吃", "下一步", "下一步", "下一步");
  await sign(page);
  await press(page, "保存");
  await page.getByRole("heading", { name: "已保存在本机" }).waitFor();
  await follow(page, "看居民页");
  await follow(page, "开始随访");
  visit = new URL(page.url()).pathname;
  assert.equal(visit, `${resident}/visit`);
  await pressure(page, "15/");
  await drafted(page);
  await page.evaluate(() => (window.sameAsBefore = true));
});

test("the new version is downloaded and waits; the form stays as it is", async () => {
  const { page } = doctor;
  await release();
  await doctor.online();
  // `update` returns when the new version is found; it waits once all of it is downloaded.
  await page.evaluate(async () => {
    const { installing } = await (await navigator.serviceWorker.getRegistration()).update();
    await new Promise((done) => installing.addEventListener("statechange", done, { once: true }));
  });
  assert.ok(await registration(page, "waiting"));
  await synced(page);
  assert.equal(await page.evaluate(() => window.sameAsBefore), true, "nothing was reloaded");
  assert.equal(await page.getByTestId("update").count(), 0, "nothing is offered beside a form");
  await drafted(page);
  assert.equal(await version(page), "first");
});

test("without a network the old version goes on with what it has", async () => {
  const { page } = doctor;
  await doctor.offline();
  await follow(page, "今日");
  await page.getByTestId("update").waitFor();
  await go(page, visit);
  await drafted(page);
  assert.equal(await version(page), "first");
  assert.equal(await page.evaluate(() => window.sameAsBefore), true, "nothing was reloaded");
  assert.ok(await registration(page, "waiting"));
});

test("the person takes it outside the form, and has everything", async () => {
  const { page } = doctor;
  await follow(page, "今日");
  await press(page, "现在换上");
  await page.waitForFunction(() => document.querySelector("meta[name=release]"));
  assert.equal(await version(page), "next");
  await unlock(doctor, visit);
  await drafted(page);
  assert.ok(!(await registration(page, "waiting")));
  const kept = await page.evaluate(() => caches.keys());
  assert.equal(kept.length, 2, "the parts of the version before are kept for its pages");
  assert.deepEqual(doctor.errors, []);
});
