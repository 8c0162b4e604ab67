// One person works in several tabs of one browser, without and with a network. The tests are one journey.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { button, enterPin, finishVisit, follow, installed, open, press, pressure, signIn, synced, unlock } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { go } from "../support/looks.mjs";
import { startServer } from "../support/server.mjs";

const NAME = "蒲桂芳";
let server, doctor, a, b, resident;

before(async () => {
  server = await startServer();
  doctor = await Device.new(server, "tablet");
});

after(async () => {
  await doctor?.close();
  await server?.close();
});

const row = (page, text) => page.getByRole("listitem").filter({ hasText: text });
const seen = (page, text) => page.getByText(text).first().waitFor();
const waiting = (page, count) => page.getByRole("status").filter({ hasText: `待上传 ${count} 条` }).first().waitFor();
const elsewhere = (page) => page.getByTestId("form-elsewhere").waitFor();

/** Puts the text into a field and presses the button of its section. */
async function write(page, field, text, name) {
  await page.getByLabel(field, { exact: true }).fill(text);
  await press(page, name);
  await page.getByRole("main").getByText("已保存在本机", { exact: true }).waitFor();
}

/** Adds an allergy on the page of details, and waits until it is on the disk. */
async function allergic(page, to) {
  await page.getByLabel("对什么过敏", { exact: true }).fill(to);
  await press(page, "加上这个过敏");
  await row(page, to).waitFor();
}

/** Returns how many sockets the server has. */
async function sockets() {
  const text = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
  return Number(text.match(/^(?:xiangyi_)?connections (\d+)$/m)[1]);
}

/** Waits until `look` returns `wanted`, and says what it returned instead. */
async function until(look, wanted, milliseconds = 15_000) {
  const end = Date.now() + milliseconds;
  let found;
  do {
    found = await look();
    if (found === wanted) return;
    await new Promise((done) => setTimeout(done, 100));
  } while (Date.now() < end);
  assert.equal(found, wanted);
}

/** Returns whether the page has the socket: whether the lock is in its hands. */
const seated = (page) =>
  page.evaluate(async () => {
    const held = async () => (await navigator.locks.query()).held;
    const own = await navigator.locks.request(`probe ${Math.random()}`, async ({ name }) =>
      (await held()).find((lock) => lock.name === name).clientId);
    return (await held()).some(({ name, clientId }) => name.startsWith("socket ") && clientId === own);
  });

/** Lets the page believe that it is shown or hidden, as the browser tells it; headless Chromium shows all pages. */
const show = (page, shown) =>
  page.evaluate((shown) => {
    Object.defineProperty(document, "hidden", { configurable: true, value: !shown });
    document.dispatchEvent(new Event("visibilitychange"));
  }, shown);

test("two tabs are open, each by its own PIN, and the server has one socket", async () => {
  a = doctor.page;
  await signIn(doctor, "doctor1");
  await a.getByRole("navigation").first().waitFor();
  b = await doctor.newPage();
  // Everything still comes in through the first.
  await unlock(doctor, "/residents");
  for (const page of [a, b]) await synced(page);
  await seen(b, "本机共有 2000 位");
  await installed(a);
  assert.deepEqual([await seated(a), await seated(b)], [true, false], "both are seen: the first keeps it");
  await until(sockets, 1);
});

test("without a network, what one tab writes the other shows, and both count the same", async () => {
  await doctor.offline();
  for (const page of [a, b]) await open(page, "pgf", NAME);
  resident = new URL(a.url()).pathname;
  await follow(a, "修改资料");
  await write(a, "电话", "13900000001", "保存联系方式");
  await seen(b, "13900000001");
  for (const page of [a, b]) await waiting(page, 1);
  await go(a, resident);
  await follow(b, "修改资料");
  await allergic(b, "青霉素");
  await seen(a, "青霉素过敏");
  await seen(a, "13900000001");
  for (const page of [a, b]) await waiting(page, 2);
});

test("a form is open in one tab; the other says so, takes it over, and goes on where it was left", async () => {
  await b.getByLabel("病名", { exact: true }).fill("痛风");
  await follow(a, "修改资料");
  await elsewhere(a);
  await press(a, "在这里继续");
  const field = a.getByLabel("病名", { exact: true });
  await field.waitFor();
  assert.equal(await field.inputValue(), "痛风");
  await elsewhere(b);
});

test("the telephone number written again in the other tab stands on the first, which it had seen", async () => {
  await go(a, resident);
  await press(b, "在这里继续");
  await write(b, "电话", "13900000002", "保存联系方式");
  await go(b, resident);
  for (const page of [a, b]) {
    await seen(page, "13900000002");
    assert.equal(await page.getByTestId("conflicts").count(), 0);
  }
  for (const page of [a, b]) await waiting(page, 3);
});

test("a visit signed in one tab is in the other's lists at once", async () => {
  await follow(a, "开始随访");
  await pressure(a, "15296");
  await go(b, `${resident}/visit`);
  await elsewhere(b);
  await go(b, resident);
  await finishVisit(a);
  await row(b, "152/96").waitFor();
  for (const page of [a, b]) await waiting(page, 4);
});

test("online again everything is sent through one socket, and both say so", async () => {
  await doctor.online();
  for (const page of [a, b]) await synced(page);
  await until(sockets, 1);
  assert.deepEqual([await seated(a), await seated(b)], [true, false]);
  await go(a, resident);
});

test("a tab that is hidden leaves the socket to the one that is seen", async () => {
  await show(a, false);
  await until(() => seated(b), true, 8_000);
  await synced(b);
  await until(sockets, 1);
  await show(a, true);
  await show(b, false);
  await until(() => seated(a), true, 8_000);
  await show(b, true);
  for (const page of [a, b]) await synced(page);
});

test("the tab with the socket is frozen: the other takes over in seconds, and nothing is lost when it wakes", async () => {
  await go(b, `${resident}/facts`);
  // Headless Chromium freezes no page; a debugger that stops its scripts leaves it the same way: sockets open, nothing answered.
  const session = await doctor.context.newCDPSession(a);
  await session.send("Debugger.enable");
  await session.send("Debugger.pause");
  const begun = Date.now();
  await allergic(b, "头孢");
  await until(() => seated(b), true, 12_000);
  console.log(`# frozen: the other has the socket after ${Date.now() - begun} ms`);
  await synced(b);
  await until(sockets, 1);
  await session.send("Debugger.resume");
  await session.send("Debugger.disable");
  await seen(a, "头孢过敏");
  await synced(a);
  assert.deepEqual([await seated(a), await seated(b)], [false, true]);
  await until(sockets, 1);
});

test("the tab with the socket is killed with work that is not sent: the other sends it", async () => {
  await doctor.offline();
  await allergic(b, "磺胺");
  await waiting(a, 1);
  await doctor.killTab();
  const begun = Date.now();
  await until(() => seated(a), true, 12_000);
  console.log(`# killed: the other has the socket after ${Date.now() - begun} ms`);
  await doctor.online();
  await synced(a);
  b = await doctor.newPage();
  await unlock(doctor, `${resident}/facts`);
  await row(b, "磺胺").waitFor();
});

test("thirty quick writes from both tabs in turn are all on the server", async () => {
  const other = await a.evaluate(() => location.pathname);
  assert.equal(other, resident);
  await go(a, "/residents");
  const second = await a.getByRole("link").filter({ hasNotText: NAME }).evaluateAll(
    (links) => links.map((link) => link.getAttribute("href")).find((href) => /^\/residents\/[^/]+$/.test(href)));
  await go(a, `${second}/facts`);
  const things = (tab) => Array.from({ length: 15 }, (_, number) => `${tab}粉${String.fromCharCode(0x4e00 + number)}`);
  for (const [number, name] of things("甲").entries()) {
    await Promise.all([allergic(a, name), allergic(b, things("乙")[number])]);
  }
  for (const page of [a, b]) await synced(page);
  const nurse = await Device.new(server, "phone");
  try {
    await signIn(nurse, "nurse1");
    await synced(nurse.page);
    for (const [path, tab] of [[second, "甲"], [resident, "乙"]]) {
      await go(nurse.page, path);
      for (const name of things(tab)) await seen(nurse.page, `${name}过敏`);
    }
    await go(nurse.page, resident);
    for (const text of ["13900000002", "青霉素过敏", "头孢过敏", "磺胺过敏", "152/96"]) await seen(nurse.page, text);
  } finally {
    await nurse.close();
  }
});

test("locked in one tab, all are locked; each opens by its own PIN", async () => {
  await go(a, "/settings");
  await press(a, "现在锁定");
  for (const page of [a, b]) await button(page, "2").waitFor();
  await enterPin(b);
  await b.getByRole("navigation").first().waitFor();
  await button(a, "2").waitFor();
  assert.deepEqual(doctor.errors, []);
});
