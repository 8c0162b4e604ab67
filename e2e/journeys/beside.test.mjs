// Versions and tabs: the app of an earlier commit, which works in one tab, beside today's; and a new version that comes while
// two tabs are open. The tests are one journey.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { button, follow, installed, press, pressure, signIn, synced, unlock, version } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { go } from "../support/looks.mjs";
import { sites, startServer, versionOf } from "../support/server.mjs";

let server, doctor, old, young, next;

before(async () => {
  server = await startServer(undefined, sites.earlier);
  doctor = await Device.new(server, "tablet");
  // Another version to the service worker, with the same app in it.
  next = path.join(await mkdtemp(path.join(tmpdir(), "xiangyi-next-")), "site");
  await cp(sites.today, next, { recursive: true });
  const worker = path.join(next, "sw.js");
  // Its compressed copies would be served in its place.
  await Promise.all([".br", ".gz"].map((packed) => rm(worker + packed, { force: true })));
  await writeFile(worker, (await readFile(worker, "utf8")).replace(/const VERSION = "[^"]*"/, 'const VERSION = "next"'));
});

after(async () => {
  await doctor?.close();
  await server?.close();
  if (next) await rm(path.dirname(next), { recursive: true, force: true });
});

const elsewhere = (page) => page.getByRole("heading", { name: "已在另一个标签页打开" }).waitFor();
const locked = (page) => button(page, "2").waitFor();

/** Fetches the version that is published, until it waits; an update that was under way before finds nothing. */
const fetched = (page) =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.getRegistration();
    for (let look = 0; look < 150 && !registration.waiting; look += 1) {
      await registration.update();
      await new Promise((done) => setTimeout(done, 200));
    }
    return !!registration.waiting;
  });

test("the earlier app works; today's, in another tab, does not work beside it", async () => {
  old = doctor.page;
  await signIn(doctor, "doctor1");
  await synced(old);
  await installed(old);
  await server.publish(sites.today);
  assert.ok(await fetched(old));
  // Taken without the earlier app's knowledge, as when the browser itself puts it in place.
  await old.evaluate(async () => {
    const taken = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
    (await navigator.serviceWorker.getRegistration()).waiting.postMessage("take");
    await taken;
  });
  young = await doctor.newPage();
  await young.goto(doctor.url);
  await elsewhere(young);
  assert.equal(await version(old), await versionOf(sites.earlier));
  assert.equal(await version(young), await versionOf(sites.today));
  await follow(old, "居民");
});

test("each can take over from the other, and the other stops", async () => {
  await press(young, "在这里继续");
  await locked(young);
  await elsewhere(old);
  await press(old, "在这里继续");
  await locked(old);
  await elsewhere(young);
  await press(young, "在这里继续");
  await locked(young);
  await elsewhere(old);
  await old.close();
});

test("a new version waits for the form that another tab has open", async () => {
  await unlock(doctor, "/today");
  await synced(young);
  const form = await doctor.newPage();
  await unlock(doctor, "/residents");
  const resident = await form.getByRole("link").evaluateAll((links) =>
    links.map((link) => link.getAttribute("href")).find((href) => /^\/residents\/[^/]+$/.test(href)));
  await go(form, `${resident}/visit`);
  await pressure(form, "152");
  await form.evaluate(() => (window.sameAsBefore = true));
  await server.publish(next);
  assert.ok(await fetched(young));
  await press(young, "现在换上");
  await young.getByText("另一个标签页可能还有没填完的内容").waitFor();
  await form.getByText("152/", { exact: true }).first().waitFor();
  assert.equal(await form.evaluate(() => window.sameAsBefore), true, "nothing was reloaded");
  assert.equal(await form.getByTestId("update").count(), 0, "nothing is offered beside a form");

  await go(form, "/today");
  await form.getByTestId("update").waitFor();
  await press(young, "现在换上");
  for (const page of [young, form]) await locked(page);
  assert.equal(await form.evaluate(() => window.sameAsBefore), undefined, "all tabs change together");
  await unlock(doctor, `${resident}/visit`);
  await form.getByText("152/", { exact: true }).first().waitFor();
  assert.deepEqual(doctor.errors, []);
});
