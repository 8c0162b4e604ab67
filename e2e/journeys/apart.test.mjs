// Two people change one resident on two devices without a network. The tests are one journey.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { follow, installed, open, press, pressure, sign, signIn, synced, toSignature, unlock } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { startServer } from "../support/server.mjs";

const NAME = "蒲桂芳";
let server, doctor, nurse, both;

before(async () => {
  server = await startServer();
  [doctor, nurse] = both = [await Device.new(server, "tablet"), await Device.new(server, "phone")];
});

after(async () => {
  for (const device of both) await device?.close();
  await server?.close();
});

const row = (page, text) => page.getByRole("listitem").filter({ hasText: text });

/** Puts the text into a field and presses the button of its section. */
async function write(page, field, text, button) {
  await page.getByLabel(field, { exact: true }).fill(text);
  await press(page, button);
  await page.getByRole("main").getByText("已保存在本机", { exact: true }).waitFor();
}

/** Lets both have all of it, whoever was online first. */
async function meet() {
  for (const device of both) await device.online();
  for (const { page } of both) await synced(page);
}

test("both have the resident, and a visit of today to speak about", async () => {
  await signIn(doctor, "doctor1");
  await signIn(nurse, "nurse1");
  for (const { page } of both) await synced(page);
  for (const { page } of both) await installed(page);
  const { page } = doctor;
  await open(page, "pgf", NAME);
  await follow(page, "开始随访");
  await pressure(page, "15296");
  await press(page, "下一步", "都没有", "按时吃");
  await toSignature(page);
  await sign(page);
  await press(page, "保存");
  await follow(page, "看居民页");
  await synced(page);
  await open(nurse.page, "pgf", NAME);
  await row(nurse.page, "152/96").waitFor();
});

test("without a network both change the telephone number, and each something else", async () => {
  for (const device of both) await device.offline();
  for (const { page } of both) await follow(page, "修改资料");
  await write(doctor.page, "电话", "13900000001", "保存联系方式");
  await write(nurse.page, "电话", "13900000002", "保存联系方式");
  await press(doctor.page, "加上这个过敏");
  await doctor.page.getByText("请先填写这一项").waitFor();
  await write(doctor.page, "对什么过敏", "青霉素", "加上这个过敏");
  await write(nurse.page, "药名", "缬沙坦胶囊", "加上这个药");
});

test("what is typed and not saved is there after the tab was killed", async () => {
  await nurse.page.getByLabel("病名", { exact: true }).fill("痛风");
  await nurse.page.getByTestId("draft-state").filter({ hasText: "草稿已保存" }).waitFor();
  const where = new URL(nurse.page.url()).pathname;
  await nurse.killTab();
  await nurse.newPage();
  await unlock(nurse, where);
  const field = nurse.page.getByLabel("病名", { exact: true });
  await field.waitFor();
  assert.equal(await field.inputValue(), "痛风");
  await press(nurse.page, "加上这个健康问题");
  await nurse.page.getByRole("listitem").filter({ hasText: "痛风" }).waitFor();
});

test("together again, different facts have merged and the same one shows both values with their authors", async () => {
  await meet();
  for (const { page } of both) {
    await open(page, "pgf", NAME);
    const conflicts = page.getByTestId("conflicts");
    await conflicts.getByText(/13900000001（/).waitFor();
    await conflicts.getByText(/13900000002（/).waitFor();
    const said = await conflicts.getByRole("listitem").allTextContents();
    assert.equal(said.length, 2);
    assert.equal(said.filter((line) => line.includes("现在显示的")).length, 1);
    assert.notEqual(said[0].match(/（(.*?)，/)[1], said[1].match(/（(.*?)，/)[1], "each names its author");
    await page.getByText("青霉素过敏").first().waitFor();
    await page.getByText("缬沙坦胶囊").first().waitFor();
    await page.getByText("痛风").first().waitFor();
  }
  await follow(doctor.page, "今日");
  await doctor.page.locator("article").filter({ hasText: NAME }).filter({ hasText: "分别改了" }).first().waitFor();
});

test("written once more, it is settled for both", async () => {
  const { page } = doctor;
  await open(page, "pgf", NAME);
  await follow(page, "修改资料");
  await write(page, "电话", "13900000003", "保存联系方式");
  await synced(page);
  await nurse.page.getByTestId("conflicts").waitFor({ state: "detached" });
  await nurse.page.getByText("13900000003").first().waitFor();
  assert.equal(await page.getByTestId("conflicts").count(), 0);
});

test("voided here and planned anew there: the void stands, the plan is kept and shown", async () => {
  for (const device of both) await device.offline();
  await open(doctor.page, "pgf", NAME);
  const visit = row(doctor.page, "152/96");
  await visit.getByRole("button", { name: "作废", exact: true }).click();
  const dialog = doctor.page.locator("dialog[open]");
  await dialog.getByText("填错了居民").click();
  await dialog.getByRole("button", { name: "作废这次随访" }).click();
  await visit.getByText("已作废：填错了居民").waitFor();

  await press(nurse.page, "改约");
  const date = new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10);
  await nurse.page.getByLabel("哪一天", { exact: true }).fill(date);
  await nurse.page.getByLabel("给下一位医生的话", { exact: true }).fill("带药盒来");
  await press(nurse.page, "就约这天");
  await row(nurse.page, "带药盒来").waitFor();

  await meet();
  for (const { page } of both) {
    const both = row(page, "152/96").filter({ hasText: "已作废：填错了居民" });
    await both.getByText(/带药盒来/).waitFor();
  }
  for (const device of both) assert.deepEqual(device.errors, []);
});
