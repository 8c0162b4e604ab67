// What a thief finds on a used device that is closed: no name, number or clinical text, and no key that opens anything. The
// tests are one journey.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enterPin, finishVisit, follow, installed, open, press, pressure, signIn, synced } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { aside, dump, files, keyed, search, written } from "../support/disk.mjs";
import { go } from "../support/looks.mjs";
import { offers, startServer } from "../support/server.mjs";

const PHONE = "13987650042";
const ADDRESS = "桐花坪老槐树下第三家";
const ALLERGY = "野山参蜂蜜膏";
const CONDITION = "右踝旧伤遇雨酸胀";
const raw = new Map();
let server, device, page, stored, name, names;

before(async () => {
  server = await startServer();
  device = await Device.new(server, "tablet");
  page = device.page;
  // Every key that the page is handed as bytes: the data key, what wraps it, the way back. In the worker they cannot be seen, so
  // that the page derives by itself here.
  await device.context.exposeFunction("keyWas", (hex) => raw.set(hex, Buffer.from(hex, "hex")));
  await device.context.addInitScript(() => {
    const importKey = crypto.subtle.importKey.bind(crypto.subtle);
    crypto.subtle.importKey = (format, bytes, ...rest) => {
      if (format === "raw") window.keyWas([...new Uint8Array(bytes.buffer ?? bytes)].map((byte) => byte.toString(16).padStart(2, "0")).join(""));
      return importKey(format, bytes, ...rest);
    };
    delete window.Worker;
  });
});

after(async () => {
  await device?.close();
  await server?.close();
});

test("a doctor works: searches, corrects details, visits, leaves a form half filled in, exports, locks", async () => {
  await signIn(device, "doctor1");
  await synced(page);
  await installed(page);
  await go(page, "/residents");
  names = await page.getByRole("main").getByRole("link").allTextContents();
  names = names.map((name) => name.trim()).filter((name) => /^[\u4e00-\u9fff·]{2,6}$/.test(name)).slice(0, 40);
  // The demo's list of accounts names somebody in clear.
  const offered = JSON.stringify(await offers());
  names = names.filter((name) => !offered.includes(name));
  assert.ok(names.length > 10);
  name = names[0];
  await open(page, name, name);
  const resident = new URL(page.url()).pathname;
  await follow(page, "修改资料");
  for (const [field, text, button] of [["电话", PHONE, "保存联系方式"], ["组、门牌", ADDRESS, "保存联系方式"]]) {
    await page.getByLabel(field, { exact: true }).fill(text);
    await press(page, button);
    await page.getByRole("main").getByText("已保存在本机", { exact: true }).waitFor();
  }
  await page.getByLabel("对什么过敏", { exact: true }).fill(ALLERGY);
  await press(page, "加上这个过敏");
  await page.getByRole("listitem").filter({ hasText: ALLERGY }).waitFor();
  await page.getByLabel("病名", { exact: true }).fill(CONDITION);
  await go(page, resident);
  await follow(page, "开始随访");
  await pressure(page, "15296");
  await finishVisit(page);
  await synced(page);
  await device.offline();
  await go(page, `${resident}/facts`);
  await page.getByLabel("病名", { exact: true }).fill(CONDITION);
  await go(page, "/settings/device");
  await page.getByLabel("口令", { exact: true }).first().fill("雨后山路泥泞请慢慢走");
  await page.getByLabel("再输入一次口令").fill("雨后山路泥泞请慢慢走");
  const saved = page.waitForEvent("download");
  await press(page, "导出文件");
  await (await saved).delete();
  await page.goto(device.url + resident);
  await enterPin(page);
  await page.getByRole("heading", { name, level: 1 }).waitFor();
  await go(page, "/settings");
  await press(page, "现在锁定");
  await page.getByText("输入 PIN").first().waitFor();
  assert.ok(raw.size >= 3, `${raw.size} keys were seen`);
});

const needles = () => {
  const texts = [name, PHONE, ADDRESS, ALLERGY, CONDITION, "258036", "雨后山路泥泞请慢慢走", ...names];
  const keys = [...raw].map(([hex, bytes]) => [`a key ${hex.slice(0, 4)}…`, keyed(bytes)]);
  return [...texts.map((text) => [text, written(text)]), ...keys];
};

test("the databases hold none of it, and the search finds what is there", async () => {
  await aside(device);
  const rows = await dump(page);
  stored = rows.map(({ database, table, key, value }) => ({ name: `${database}/${table}/${key}`, value }));
  assert.ok(stored.length > 4000, `${stored.length} values`);
  assert.deepEqual(search(stored, needles()), []);
  assert.deepEqual(search(rows.map(({ key }) => ({ name: key, value: Buffer.from(key) })), needles()), []);
  const account = search(stored, [["account", written("doctor1")]]);
  assert.equal(account.length, 1, "the search reads what is in clear");
});

test("nor does any file of the profile", async () => {
  // Something in clear, put there for the search to find.
  const planted = "明文放在这里给搜索找";
  await page.evaluate(async (planted) => {
    localStorage.setItem("planted", planted);
  }, planted);
  await device.shut();
  const found = await files(device);
  assert.ok(found.length > 20);
  assert.deepEqual(search(found, needles()), []);
  assert.ok(search(found, [["planted", written(planted)]]).length > 0, "the search reads files");
  assert.ok(search(found, [["account", written("doctor1")]]).length > 0, "and databases");
});

test("nothing in it is a stored CryptoKey", () => {
  // The structured clone of a CryptoKey begins with this tag and the kind of key; raw bytes of ours never follow it.
  assert.deepEqual(stored.filter(({ value }) => value.includes("CryptoKey")).map(({ name }) => name), []);
});
