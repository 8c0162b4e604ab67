// The app of an earlier commit is replaced by today's while a form is half filled in and work is unsent. The tests are
// one journey.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { finishVisit, follow, installed, open, press, pressure, signIn, synced, unlock, version } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { go } from "../support/looks.mjs";
import { sites, startServer, versionOf } from "../support/server.mjs";

const NAME = "蒲桂芳";
let server, doctor, resident, visit, earlier, today;

before(async () => {
  [earlier, today] = await Promise.all([versionOf(sites.earlier), versionOf(sites.today)]);
  server = await startServer(undefined, sites.earlier);
  doctor = await Device.new(server, "tablet");
});

after(async () => {
  await doctor?.close();
  await server?.close();
});

const registration = (page, look) => page.evaluate(async (look) => !!(await navigator.serviceWorker.getRegistration())[look], look);
const drafted = (page) => page.getByText("152/", { exact: true }).first().waitFor();
const waiting = (page, count) => page.getByRole("status").filter({ hasText: `待上传 ${count} 条` }).first().waitFor();
const seen = (page, figures) => page.getByText(figures).first().waitFor();

/** Records a visit from the resident's page. */
async function visited(page, digits) {
  await follow(page, "开始随访");
  await pressure(page, digits);
  await finishVisit(page);
}

async function assertUntouched(page) {
  await drafted(page);
  assert.equal(await version(page), earlier);
  assert.equal(await page.evaluate(() => window.sameAsBefore), true, "nothing was reloaded");
}

test("in an earlier app a visit waits to be sent and another is half filled in", async () => {
  const { page } = doctor;
  assert.notEqual(earlier, today, "the earlier commit has the same app");
  await signIn(doctor, "doctor1");
  await synced(page);
  await installed(page);
  const due = page.getByRole("article").filter({ hasText: "高血压" }).filter({ hasNotText: NAME }).first();
  visit = await due.getByRole("link", { name: "开始", exact: true }).getAttribute("href");
  await open(page, "pgf", NAME);
  resident = new URL(page.url()).pathname;
  await doctor.offline();
  await visited(page, "14888");
  await go(page, visit);
  await pressure(page, "152");
  await page.evaluate(() => (window.sameAsBefore = true));
  await assertUntouched(page);
});

test("today's version is downloaded and waits; the form stays as it is, and the earlier app sends", async () => {
  const { page } = doctor;
  await server.publish(sites.today);
  await doctor.online();
  // `update` returns when the new version is found; it waits once all of it is downloaded.
  await page.evaluate(async () => {
    const { installing } = await (await navigator.serviceWorker.getRegistration()).update();
    await new Promise((done) => installing.addEventListener("statechange", done, { once: true }));
  });
  assert.ok(await registration(page, "waiting"));
  await synced(page);
  assert.equal(await page.getByTestId("update").count(), 0, "nothing is offered beside a form");
  await assertUntouched(page);
});

test("without a network the earlier version goes on with what it has", async () => {
  const { page } = doctor;
  await doctor.offline();
  await follow(page, "今日");
  await page.getByTestId("update").waitFor();
  await go(page, resident);
  await visited(page, "13979");
  await waiting(page, 1);
  await go(page, visit);
  await assertUntouched(page);
  assert.ok(await registration(page, "waiting"));
});

test("the person takes it outside the form, and has everything", async () => {
  const { page } = doctor;
  await follow(page, "今日");
  await press(page, "现在换上");
  await page.waitForFunction((today) => document.querySelector(`script[src="${today}"]`), today);
  await unlock(doctor, "/residents");
  await page.getByText("本机共有 2000 位").waitFor();
  await waiting(page, 1);
  await go(page, resident);
  for (const figures of ["148/88", "139/79"]) await seen(page, figures);
  await go(page, visit);
  await drafted(page);
  assert.ok(!(await registration(page, "waiting")));
  const kept = await page.evaluate(async () => (await caches.keys()).filter((name) => name.startsWith("xiangyi-")));
  assert.equal(kept.length, 2, "the parts of the version before are kept for its pages");
});

test("the new version finishes the form and sends what the earlier one had not", async () => {
  const { page } = doctor;
  await pressure(page, "96");
  await finishVisit(page);
  await waiting(page, 2);
  await doctor.online();
  await synced(page);
  assert.deepEqual(doctor.errors, []);
  const phone = await Device.new(server, "phone");
  try {
    await signIn(phone, "resident2");
    await seen(phone.page, "139/79");
    await follow(phone.page, "健康");
    await seen(phone.page, "148/88");
  } finally {
    await phone.close();
  }
});
