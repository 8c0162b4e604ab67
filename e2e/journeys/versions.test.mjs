// Two of a team write the same resident's record apart, one with the app of an earlier commit, the other with today's.
// The tests are one journey.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { finishVisit, follow, installed, press, pressure, signIn, synced, unlock, version } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { go } from "../support/looks.mjs";
import { sites, startServer, versionOf } from "../support/server.mjs";

// Figures that nobody of the demo has otherwise.
const OLD = "148/88";
const NEW = "145/96、空腹血糖 7.4";
let server, old, young, resident;

before(async () => {
  server = await startServer(undefined, sites.earlier);
});

after(async () => {
  for (const device of [old, young]) await device?.close();
  await server?.close();
});

const seen = (page, figures) => page.getByText(figures).first().waitFor();

test("one device has the earlier app, the other today's", async () => {
  old = await Device.new(server, "tablet");
  await signIn(old, "doctor1");
  await synced(old.page);
  await installed(old.page);
  await server.publish(sites.today);
  young = await Device.new(server, "tablet");
  await signIn(young, "family1");
  await synced(young.page);
  assert.equal(await version(old.page), await versionOf(sites.earlier));
  assert.equal(await version(young.page), await versionOf(sites.today));
});

test("both write apart, today's app what the earlier one does not know", async () => {
  const due = young.page.getByRole("article").filter({ hasText: "高血压" }).filter({ hasText: "糖尿病" }).first();
  const visit = await due.getByRole("link", { name: "开始", exact: true }).getAttribute("href");
  resident = visit.replace(/\/visit$/, "");
  for (const device of [old, young]) {
    await device.offline();
    await go(device.page, resident);
    await follow(device.page, "开始随访");
  }
  await pressure(young.page, "14596");
  await press(young.page, "7", ".", "4", "空腹");
  await finishVisit(young.page);
  await pressure(old.page, OLD.replace("/", ""));
  await finishVisit(old.page);
});

test("each sees what the other wrote, as far as it knows it", async () => {
  for (const { page } of [old, young]) await go(page, resident);
  // One after the other: when both send at once, the earlier app never learns that its own work has arrived.
  for (const device of [old, young]) {
    await device.online();
    await synced(device.page);
  }
  await seen(old.page, NEW.split("、")[0]);
  await seen(young.page, OLD);
  await seen(young.page, NEW);
  assert.equal(await old.page.getByText(NEW).count(), 0, "the earlier app knows no glucose of visits");
});

test("the earlier app goes on writing to the record it does not wholly know", async () => {
  const { page } = old;
  await follow(page, "开始随访");
  await pressure(page, "13979");
  await finishVisit(page);
  await synced(page);
  await seen(young.page, "139/79");
  await seen(young.page, NEW);
});

test("what the earlier app did not know is still on its disk", async () => {
  const { page } = old;
  await page.evaluate(async () => void (await (await navigator.serviceWorker.getRegistration()).update()));
  await go(page, "/today");
  await press(page, "现在换上");
  const today = await versionOf(sites.today);
  await page.waitForFunction((today) => document.querySelector(`script[src="${today}"]`), today);
  await old.offline();
  await unlock(old, resident);
  for (const figures of [NEW, OLD, "139/79"]) await seen(page, figures);
  for (const { errors } of [old, young]) assert.deepEqual(errors, []);
});
