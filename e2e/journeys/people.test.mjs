// Accounts: a resident comes in by a code and acts for a parent, a second factor is asked for, an administrator moves a
// doctor, and a device is signed out from another one. The tests are one journey.
import assert from "node:assert/strict";
import { createHmac } from "node:crypto";
import { after, before, test } from "node:test";
import { enterPin, follow, open, press, signIn, synced } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { go } from "../support/looks.mjs";
import { offers, startServer } from "../support/server.mjs";

let server, doctor, phone, office, password;

before(async () => {
  server = await startServer();
  ({ password } = (await offers())[0]);
  doctor = await Device.new(server, "tablet");
  await signIn(doctor, "doctor1");
  await synced(doctor.page);
});

after(async () => {
  await office?.close();
  await phone?.close();
  await doctor?.close();
  await server?.close();
});

/** The code that an authenticator app shows for a secret. */
function totp(secret, at = Date.now()) {
  const signs = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  const bits = [...secret].map((sign) => signs.indexOf(sign).toString(2).padStart(5, "0")).join("");
  const key = Buffer.from(bits.match(/.{8}/g).map((byte) => parseInt(byte, 2)));
  const counter = Buffer.alloc(8);
  counter.writeBigUInt64BE(BigInt(Math.floor(at / 30_000)));
  const hash = createHmac("sha1", key).update(counter).digest();
  const at4 = hash.readUInt32BE(hash[19] & 15) & 0x7fffffff;
  return String(at4 % 1_000_000).padStart(6, "0");
}

/** The doctor makes a code for the resident who is open, to be used by `who`. */
async function code(who) {
  const { page } = doctor;
  await follow(page, "手机使用");
  await page.getByTestId("give").getByText(who, { exact: true }).click();
  await press(page, "生成");
  return (await page.getByTestId("code").textContent()).replaceAll(/\s/g, "");
}

/** Chooses a PIN on a new device. */
async function choosePin(page) {
  await enterPin(page);
  await page.getByRole("group", { name: "再输入一次" }).waitFor();
  await enterPin(page);
}

test("a resident signs up on a phone with a code from the doctor", async () => {
  await open(doctor.page, "pgf", "蒲桂芳");
  const given = await code("本人");
  assert.match(given, /^\d{10}$/);
  phone = await Device.new(server, "phone");
  const { page } = phone;
  await page.goto(`${phone.url}/#code=${given}`);
  assert.equal(await page.getByLabel("一次性码", { exact: true }).inputValue(), given);
  await page.getByLabel("账号").fill("guifang");
  await page.getByLabel("新密码").fill("grain rain 8");
  await press(page, "继续");
  await choosePin(page);
  await page.getByRole("heading", { name: "您好" }).waitFor();
  await page.getByText("蒲桂芳").first().waitFor();
});

test("a further code lets the same phone act for a parent, and says so", async () => {
  await follow(doctor.page, "居民");
  await doctor.page.getByRole("searchbox").fill("王");
  const link = doctor.page.locator("article a").first();
  const name = (await link.textContent()).trim();
  await link.click();
  await doctor.page.getByRole("heading", { level: 1 }).first().waitFor();
  const given = await code("子女，代父母办理");
  const { page } = phone;
  await go(page, "/settings/acting");
  await page.getByLabel("一次性码", { exact: true }).fill("0000000000");
  await press(page, "加上");
  await page.getByText(/这个码不对/).first().waitFor();
  await page.getByLabel("一次性码", { exact: true }).fill(given);
  await press(page, "加上");
  await page.getByText("加好了，资料正在接收。").waitFor();
  await page.getByTestId("acting").getByText("子女，代父母办理").waitFor();
  await go(page, "/home");
  await page.getByRole("group", { name: "看谁的" }).getByRole("button", { name }).click();
  await page.getByRole("heading", { name: "您好" }).locator("xpath=..").getByText(name).waitFor();
});

test("the doctor sees who acts and ends it; the phone loses the record", async () => {
  const { page } = doctor;
  await page.reload();
  await enterPin(page);
  await page.getByTestId("acting").getByText("guifang").waitFor();
  await page.getByTestId("acting").getByRole("button", { name: /终止/ }).click();
  await page.getByText("还没有人注册").waitFor();
  await phone.page.getByText("资料还没有收到").waitFor();
});

test("a second factor is set up in the settings and asked for at the next sign-in", async () => {
  const { page } = doctor;
  await go(page, "/settings/account");
  const card = page.getByTestId("factor");
  await card.getByLabel("现在的密码").fill(password);
  await press(page, "开启");
  const secret = (await page.getByTestId("secret").textContent()).trim();
  await card.getByLabel("验证码").fill(totp(secret));
  await press(page, "确认开启");
  await page.getByTestId("recovery").locator("li").nth(7).waitFor();
  assert.equal(await page.getByTestId("recovery").locator("li").count(), 8);
  const recovery = await page.getByTestId("recovery").locator("li").first().textContent();
  await press(page, "我已记下");
  await card.getByText("已开启：登录时要输入验证码。").waitFor();

  const other = await Device.new(server, "phone");
  try {
    await other.page.goto(other.url);
    await other.page.locator('[data-account="doctor1"]').click();
    await other.page.getByText("请输入验证码").waitFor();
    await other.page.getByLabel("验证码").fill(recovery);
    await press(other.page, "登录");
    await choosePin(other.page);
    await synced(other.page);

    await go(page, "/settings");
    await go(page, "/settings/account");
    await page.getByTestId("sessions").getByRole("button", { name: /退出/ }).first().click();
    await other.page.getByRole("status").filter({ hasText: /登录已?过期/ }).first().waitFor();
    assert.deepEqual(other.errors, []);
  } finally {
    await other.close();
  }
});

test("an administrator moves a doctor to another team, and sees no record", async () => {
  office = await Device.new(server, "desktop");
  const { page } = office;
  await signIn(office, "admin1");
  await page.getByRole("heading", { name: "账号", level: 1 }).waitFor();
  await page.getByRole("searchbox").fill("nurse1");
  await page.getByRole("button", { name: "修改 nurse1" }).click();
  const nurse = await Device.new(server, "phone");
  try {
    await signIn(nurse, "nurse1");
    await synced(nurse.page);
    await go(nurse.page, "/residents");
    await nurse.page.locator("article").first().waitFor();
    const shown = () => nurse.page.locator("article a").evaluateAll((links) => links.map((link) => link.pathname));
    const before = await shown();
    const edit = page.getByTestId("edit");
    await edit.getByLabel("单位").selectOption("deshi");
    await edit.getByLabel("团队").selectOption("deshi-1");
    await press(page, "保存");
    await edit.getByText("办好了").waitFor();
    // Two thousand people of the team that was left go; those of the other team come.
    const moved = (before) => {
      const links = [...document.querySelectorAll("article a")].map((link) => link.pathname);
      return links.length > 0 && !links.some((link) => before.includes(link));
    };
    await nurse.page.waitForFunction(moved, before, { timeout: 120_000 });
  } finally {
    await nurse.close();
  }
  await go(page, "/residents");
  await page.waitForFunction(() => document.querySelectorAll("article").length === 0);
  assert.deepEqual(office.errors, []);
  assert.deepEqual(doctor.errors, []);
});
