// Three people share one tablet; one of them forgets the PIN, another takes what was not sent along in a file. The tests are
// one journey.
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { choosePin, enterPin, follow, installed, newPin, open, press, signIn, synced } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { go } from "../support/looks.mjs";
import { offers, startServer } from "../support/server.mjs";

const NAME = "蒲桂芳";
const PINS = { doctor1: "258036", family1: "147036", nurse1: "369014" };
const PASSPHRASE = "雨后山路泥泞请慢慢走";
let server, tablet, page, folder, resident, file;

before(async () => {
  server = await startServer();
  folder = await mkdtemp(path.join(tmpdir(), "xiangyi-export-"));
  tablet = await Device.new(server, "tablet");
  // What time the device believes it is, in ms from the right one.
  await tablet.context.addInitScript(shifted);
  page = tablet.page;
});

after(async () => {
  await tablet?.close();
  await server?.close();
  await rm(folder, { recursive: true, force: true });
});

function shifted() {
  const now = Date.now.bind(Date);
  Date.now = () => now() + Number(localStorage.getItem("shift") ?? 0);
}

const seen = (text) => page.getByText(text).first().waitFor();
const people = () => page.getByTestId("people").getByRole("button");
const count = async () => (await people().first().waitFor(), people().count());
const navigation = () => page.getByRole("navigation").first().waitFor();
const waiting = (count) => page.getByRole("status").filter({ hasText: `待上传 ${count} 条` }).first().waitFor();

/** Locks the tablet for the next one. */
async function handOver() {
  await go(page, "/settings");
  await press(page, "交接平板");
  // Whatever was put off must not stop the app once it is locked.
  assert.deepEqual(tablet.errors, []);
}

/** Says at the door who it is, and types a PIN. */
async function come(account, pin = PINS[account]) {
  await people().filter({ hasText: account }).click();
  await enterPin(page, pin);
}

/** Adds an allergy to the resident, and waits until it is on the disk. */
async function allergic(to) {
  await go(page, `${resident}/facts`);
  await page.getByLabel("对什么过敏", { exact: true }).fill(to);
  await press(page, "加上这个过敏");
  await page.getByRole("listitem").filter({ hasText: to }).waitFor();
}

/** Types the password of an account at the door. */
async function password(account, secret) {
  const found = (await offers()).find((offer) => offer.account === account);
  await page.getByLabel("密码", { exact: true }).fill(secret ?? found.password);
  await press(page, "登录并设置新 PIN");
}

test("three people sign in on one tablet, each chooses a PIN, and the door knows them", async () => {
  await signIn(tablet, "doctor1");
  await synced(page);
  await installed(page);
  await open(page, "pgf", NAME);
  resident = new URL(page.url()).pathname;
  await handOver();
  await press(page, "换一个人");
  await choosePin(page, "family1", PINS.family1);
  await synced(page);
  await handOver();
  assert.equal(await count(), 2);
  await press(page, "添加一个人");
  await choosePin(page, "nurse1", PINS.nurse1);
  await synced(page);
  await handOver();
  assert.equal(await count(), 3);
  for (const account of Object.keys(PINS)) assert.equal(await people().filter({ hasText: account }).count(), 1);
});

test("what one has not sent stays through another's work, and neither PIN opens the other's", async () => {
  await tablet.offline();
  await come("doctor1");
  await navigation();
  await allergic("青霉素");
  await waiting(1);
  await handOver();
  await come("nurse1", PINS.doctor1);
  await seen(/PIN 不对/);
  await enterPin(page, PINS.nurse1);
  await navigation();
  await go(page, resident);
  await page.getByRole("heading", { name: NAME, level: 1 }).waitFor();
  assert.equal(await page.getByText("青霉素过敏").count(), 0, "the nurse's data is her own");
  assert.equal(await page.getByText(/待上传/).count(), 0);
  await handOver();
  await come("doctor1");
  await navigation();
  await go(page, resident);
  await seen("青霉素过敏");
  await waiting(1);
  await handOver();
});

test("wrong PINs make one wait, also after the browser was closed, and then the right one opens", async () => {
  await people().filter({ hasText: "family1" }).click();
  for (let number = 0; number < 5; number += 1) {
    await enterPin(page, "111222");
    await seen(number < 4 ? `已错 ${number + 1} 次` : /错的次数太多，请等 \d+ 秒/);
  }
  await tablet.shut();
  await tablet.open();
  await tablet.context.addInitScript(shifted);
  await tablet.offline();
  page = tablet.page;
  await page.goto(tablet.url);
  await people().filter({ hasText: "family1" }).click();
  await seen(/请等 \d+ 秒/);
  await enterPin(page, PINS.family1);
  await seen(/请等 \d+ 秒/);
  assert.equal(await page.getByRole("navigation").count(), 0, "the right PIN has to wait as well");
  await page.getByText(/请等 \d+ 秒/).first().waitFor({ state: "detached", timeout: 40_000 });
  await enterPin(page, PINS.family1);
  await navigation();
});

test("a tablet that nobody touches locks itself", async () => {
  await go(page, "/settings");
  await press(page, "5 分钟");
  await page.evaluate(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() + 6 * 60_000;
  });
  await people().first().waitFor({ timeout: 15_000 });
  await page.reload();
});

test("a forgotten PIN needs a network and the password, and costs nothing", async () => {
  await people().filter({ hasText: "doctor1" }).click();
  await press(page, "忘记 PIN");
  await password("doctor1");
  await seen("没有网络。重新设置 PIN 需要网络");
  await tablet.online();
  await password("doctor1", "wrong password");
  await seen("账号或密码不对");
  await password("doctor1");
  await newPin(page, "974150");
  await navigation();
  await go(page, resident);
  await seen("青霉素过敏");
  await synced(page);
  await handOver();
  await come("doctor1");
  await seen(/PIN 不对/);
  await enterPin(page, "974150");
  await navigation();
  PINS.doctor1 = "974150";
});

test("what is not sent can neither be deleted nor signed out of, but exported", async () => {
  await handOver();
  await come("nurse1");
  await navigation();
  await tablet.offline();
  await allergic("头孢");
  await waiting(1);
  await go(page, "/settings");
  await press(page, "退出登录");
  await seen("现在还不能退出");
  await go(page, "/settings/device");
  await seen("未上传 1 条");
  await press(page, "删除");
  await seen("现在还不能删除");
  assert.equal(await page.getByRole("dialog").count(), 0);
  await page.getByLabel("口令", { exact: true }).first().fill("太短");
  await press(page, "导出文件");
  await seen("口令至少要 10 个字");
  await page.getByLabel("口令", { exact: true }).first().fill(PASSPHRASE);
  await page.getByLabel("再输入一次口令").fill(PASSPHRASE);
  const saved = page.waitForEvent("download");
  await press(page, "导出文件");
  file = path.join(folder, "nurse.xye");
  await (await saved).saveAs(file);
  await seen("文件已交给浏览器保存");
});

test("then it may be deleted, and nobody else loses anything", async () => {
  await press(page, "删除");
  await page.getByRole("dialog").getByText("只在刚才导出的文件里").waitFor();
  await press(page, "删除本机数据");
  await people().first().waitFor();
  assert.equal(await people().filter({ hasText: "nurse1" }).count(), 0);
  assert.equal(await count(), 2);
  await come("doctor1");
  await navigation();
  await go(page, resident);
  await seen("青霉素过敏");
  await handOver();
});

test("the file brings it back, with its passphrase, to its owner, once", async () => {
  await tablet.online();
  const takeIn = async (passphrase, chosen = file) => {
    await page.locator("#import-file").setInputFiles(chosen);
    await page.locator("#import-passphrase").fill(passphrase);
    await press(page, "导入");
  };
  await come("doctor1");
  await navigation();
  await go(page, "/settings/device");
  await takeIn(PASSPHRASE);
  await seen("这个文件是另一个账号导出的");
  await handOver();
  await press(page, "添加一个人");
  await choosePin(page, "nurse1", PINS.nurse1);
  await synced(page);
  await go(page, resident);
  await seen("青霉素过敏");
  assert.equal(await page.getByText("头孢过敏").count(), 0);
  await go(page, "/settings/device");
  const other = path.join(folder, "other.xye");
  await writeFile(other, "nothing of ours");
  await takeIn(PASSPHRASE, other);
  await seen("这不是导出的文件");
  await takeIn("错的口令错的口令错的口令");
  await seen("口令不对，或文件已损坏");
  await takeIn(PASSPHRASE);
  await seen("已导入未上传的内容 1 条");
  await synced(page);
  await takeIn(PASSPHRASE);
  await seen("已导入未上传的内容 0 条");
  await go(page, resident);
  await seen("头孢过敏");
  const colleague = await Device.new(server, "phone");
  try {
    await signIn(colleague, "family1");
    await synced(colleague.page);
    await go(colleague.page, resident);
    for (const text of ["青霉素过敏", "头孢过敏"]) await colleague.page.getByText(text).first().waitFor();
  } finally {
    await colleague.close();
  }
});

test("after a month without the server the tablet asks for it, and keeps what was not sent", async () => {
  await tablet.offline();
  await allergic("磺胺");
  await waiting(1);
  await page.evaluate(() => localStorage.setItem("shift", String(31 * 24 * 3_600_000)));
  await page.goto(tablet.url);
  await come("nurse1");
  await seen("已经 31 天没有连过服务器");
  assert.equal(await page.getByRole("navigation").count(), 0);
  await tablet.online();
  await enterPin(page, PINS.nurse1);
  await navigation();
  await synced(page);
  await go(page, resident);
  await seen("磺胺过敏");
  assert.deepEqual(tablet.errors, []);
});
