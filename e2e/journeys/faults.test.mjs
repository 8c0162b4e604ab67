// What goes wrong with a device: no space, storage cleared, a bit flipped, a wrong clock, killed while a new version begins. Each
// is said, and nothing that was acknowledged is lost.
import assert from "node:assert/strict";
import { after, afterEach, before, test } from "node:test";
import { enterPin, follow, installed, open, press, pressure, sign, signIn, synced, toSignature, unlock, version } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { aside, dump, fill, flip } from "../support/disk.mjs";
import { go } from "../support/looks.mjs";
import { sites, startServer, versionOf } from "../support/server.mjs";

const NAME = "蒲桂芳";
let server, device, page, resident, cdp;

before(async () => {
  server = await startServer();
  device = await Device.new(server, "tablet");
  page = device.page;
  await signIn(device, "doctor1");
  await synced(page);
  await installed(page);
  await open(page, "pgf", NAME);
  resident = new URL(page.url()).pathname;
  cdp = await device.context.newCDPSession(page);
});

after(async () => {
  await device?.close();
  await server?.close();
});

afterEach(() => assert.deepEqual(device.errors.splice(0), []));

const seen = (text, tab = page) => tab.getByText(text).first().waitFor();
const trouble = (text) => page.getByTestId("trouble").filter({ hasText: text }).first().waitFor();
const waiting = (count) => page.getByRole("status").filter({ hasText: `待上传 ${count} 条` }).first().waitFor();

async function allergic(to) {
  await go(page, `${resident}/facts`);
  await page.getByLabel("对什么过敏", { exact: true }).fill(to);
  await press(page, "加上这个过敏");
  await page.getByRole("listitem").filter({ hasText: to }).waitFor();
}

/** Looks at the resident on a device that knows nothing but what the server has. */
async function elsewhere(...texts) {
  const colleague = await Device.new(server, "phone");
  try {
    await signIn(colleague, "nurse1");
    await synced(colleague.page);
    await go(colleague.page, resident);
    for (const text of texts) await seen(text, colleague.page);
  } finally {
    await colleague.close();
  }
}

test("the space runs out in the middle of a visit: it is said, the form stays, and is saved once there is space", async () => {
  await go(page, resident);
  await follow(page, "开始随访");
  await pressure(page, "15296");
  await fill(page, cdp, device.url);
  await press(page, "下一步", "都没有", "按时吃");
  await toSignature(page);
  await sign(page);
  await press(page, "保存");
  await seen("这台设备的存储空间已满");
  await trouble("存储空间已满，刚才没有保存成功");
  assert.equal(await page.getByRole("heading", { name: "已保存在本机" }).count(), 0);
  await cdp.send("Storage.overrideQuotaForOrigin", { origin: device.url });
  await press(page, "保存");
  await page.getByRole("heading", { name: "已保存在本机" }).waitFor();
  assert.equal(await page.getByTestId("trouble").filter({ hasText: "没有保存成功" }).count(), 0);
  await synced(page);
  await elsewhere("152/96");
});

test("the storage is cleared under an open app: what was not sent is stored again from memory, and sent", async () => {
  await device.offline();
  await allergic("青霉素");
  await waiting(1);
  await cdp.send("Storage.clearDataForOrigin", { origin: device.url, storageTypes: "indexeddb" });
  await trouble("本机数据被清除了");
  await trouble("未上传的有 1 条");
  await waiting(1);
  // It is on the disk again: a new page has it.
  await unlock(device, resident);
  await seen("青霉素过敏");
  await waiting(1);
  await device.online();
  await synced(page);
  await go(page, "/residents");
  await seen("本机共有 2000 位");
  await elsewhere("青霉素过敏");
});

test("the storage is cleared while the app is closed: the door says so and what to do", async () => {
  await aside(device);
  await cdp.send("Storage.clearDataForOrigin", { origin: device.url, storageTypes: "indexeddb" });
  await page.goto(device.url);
  await seen("这台设备上的数据被清除了");
  await signIn(device, "doctor1");
  await synced(page);
  await go(page, resident);
  await seen("青霉素过敏");
});

test("bits are flipped: the unsent work is taken from its copy, the rest is fetched again, and it is said", async () => {
  await device.offline();
  await allergic("头孢");
  await waiting(1);
  await aside(device);
  const rows = (await dump(page)).filter(({ database }) => /^xiangyi-[0-9a-f]+$/.test(database));
  const database = rows[0].database;
  const keys = (table) => rows.filter((row) => row.table === table).map(({ key }) => key);
  const unsent = keys("state").filter((key) => key.startsWith("unsent/")).map((key) => key.slice("unsent/".length));
  assert.equal(unsent.length, 1);
  const [document] = unsent[0].split("/");
  // Everything of the resident's record, some of others, and a page of the index.
  const ours = keys("chunks").filter((key) => key.startsWith(document));
  const others = keys("chunks").filter((key) => !key.startsWith(document)).filter((_, at) => at % 500 === 7);
  await flip(page, [
    { database, table: "chunks", keys: [...ours, ...others] },
    { database, table: "pages", keys: ["000003"] },
  ]);
  await unlock(device, resident);
  await trouble("本机有数据损坏");
  await waiting(1);
  await device.online();
  await trouble("损坏的数据已经取回");
  await synced(page);
  await go(page, "/residents");
  await seen("本机共有 2000 位");
  await go(page, resident);
  for (const text of ["青霉素过敏", "头孢过敏", "152/96"]) await seen(text);
  await elsewhere("青霉素过敏", "头孢过敏", "152/96");
  // Nothing is damaged any more.
  await device.offline();
  await unlock(device, resident);
  for (const text of ["青霉素过敏", "头孢过敏", "152/96"]) await seen(text);
  assert.equal(await page.getByTestId("trouble").count(), 0);
  await device.online();
});

test("a clock that is two days off is said, with and without the server", async () => {
  await device.context.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + Number(localStorage.getItem("shift") ?? 0);
  });
  const shift = (days) => page.evaluate((shift) => localStorage.setItem("shift", String(shift)), days * 24 * 3_600_000);
  await shift(2);
  await unlock(device);
  await trouble("比服务器快了 2 天");
  await shift(-2);
  await unlock(device);
  await trouble("慢了 2 天");
  await device.offline();
  await unlock(device);
  await trouble("慢了 2 天");
  await shift(0);
  await device.online();
  await unlock(device);
  await synced(page);
  assert.equal(await page.getByTestId("trouble").count(), 0);
});

test("killed again and again while a new version takes over the data of an earlier one: all of it is there", async () => {
  const before = await startServer(undefined, sites.earlier);
  const old = await Device.new(before, "tablet");
  try {
    await signIn(old, "doctor1");
    await synced(old.page);
    await installed(old.page);
    await old.offline();
    await open(old.page, "pgf", NAME);
    await follow(old.page, "开始随访");
    await pressure(old.page, "13888");
    await press(old.page, "下一步", "都没有", "按时吃");
    await toSignature(old.page);
    await sign(old.page);
    await press(old.page, "保存");
    await old.page.getByRole("heading", { name: "已保存在本机" }).waitFor();
    await before.publish(sites.today);
    await old.online();
    // As when the browser itself puts the new version in place.
    await old.page.evaluate(async () => {
      const registration = await navigator.serviceWorker.getRegistration();
      for (let look = 0; look < 150 && !registration.waiting; look += 1) {
        await registration.update().catch(() => {});
        await new Promise((done) => setTimeout(done, 200));
      }
      const taken = new Promise((done) => navigator.serviceWorker.addEventListener("controllerchange", done, { once: true }));
      registration.waiting.postMessage("take");
      await taken;
    }).catch(() => {});
    const today = await versionOf(sites.today);
    await old.offline();
    await old.page.goto(old.url);
    // While the lock gets its way back, copies are made and two thousand rows are made anew.
    for (const moment of [0, 150, 400, 900]) {
      await enterPin(old.page);
      await new Promise((done) => setTimeout(done, moment));
      await old.killTab();
      await old.newPage();
      await old.page.goto(old.url);
    }
    await enterPin(old.page);
    await old.page.getByRole("navigation").first().waitFor();
    assert.equal(await version(old.page), today);
    await go(old.page, "/residents");
    await seen("本机共有 2000 位", old.page);
    await go(old.page, resident);
    await seen("138/88", old.page);
    await old.online();
    await synced(old.page);
    assert.equal(await old.page.getByTestId("trouble").count(), 0);
  } finally {
    await old.close();
    await before.close();
  }
});
