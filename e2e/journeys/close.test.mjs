// A month from a claim made by hand to the pay list: flagged, accepted in bulk, closed, corrected later, paid. The tests are one journey.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, before, test } from "node:test";
import { button, follow, press, signIn, synced } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { startServer } from "../support/server.mjs";

let server, doctor, manager, county;

before(async () => {
  server = await startServer();
  doctor = await Device.new(server, "tablet");
  manager = await Device.new(server, "desktop");
});

after(async () => {
  for (const device of [doctor, manager, county]) await device?.close();
  await server?.close();
});

/** The last day of last month in Shanghai: `2026-10-31`. */
function lastDay() {
  const today = new Date(Date.now() + 8 * 3_600_000);
  return new Date(Date.UTC(today.getUTCFullYear(), today.getUTCMonth(), 0)).toISOString().slice(0, 10);
}

const day = lastDay();
const month = day.slice(0, 7);

/** Claims work of that day by hand. */
async function claim(page, item, quantity, place) {
  await page.locator("#claim-on").fill(day);
  await page.getByRole("radio", { name: item }).check();
  await page.locator("#claim-quantity").fill(quantity);
  if (place) await page.locator("#claim-place").selectOption({ label: place });
  await page.locator("#claim-note").fill("见门诊日志");
  await page.getByTestId("preview").getByText(/^通过后计 [\d.]+ 分$/).waitFor();
  await page.getByTestId("claim").getByRole("button", { name: "申报" }).click();
  await page.getByText("已申报，等待审核。").waitFor();
}

test("the doctor claims by hand and offline what the app could not see", async () => {
  const { page } = doctor;
  await signIn(doctor, "doctor1");
  await synced(page);
  await follow(page, "积分");
  await follow(page, "申报");
  await doctor.offline();
  await page.getByTestId("claim").getByRole("button", { name: "申报" }).click();
  await page.getByRole("alert").getByText("请选择做了什么").waitFor();
  await claim(page, /^坐诊/, "2", "白坡彝族乡卫生院");
  await claim(page, /^教学查房/, "1", "白马镇卫生院");
  await follow(page, "回到我的积分");
  await page.locator("#month").selectOption(month);
  const line = page.getByTestId("points-line").filter({ hasText: "坐诊" });
  await line.getByText("怎么算的").click();
  await line.getByText(/基础 2\.00 分 × 2 次/).waitFor();
  await line.getByText("边远地区").waitFor();
  await doctor.online();
  await synced(page);
});

test("the manager sees what is odd beside the claims and accepts them together", async () => {
  const { page } = manager;
  await signIn(manager, "manager1");
  await synced(page);
  const group = page.getByTestId("review-group").filter({ hasText: "罗建军" });
  const odd = group.getByTestId("review-item").filter({ hasText: "同一天在 2 个机构都有申报" });
  await odd.first().waitFor();
  for (const item of ["坐诊", "教学查房"]) {
    await odd.filter({ hasText: item }).getByRole("checkbox").check();
  }
  await group.getByRole("button", { name: "通过选中的 2 条" }).click();
  await page.getByText("已通过 2 条。").waitFor();
  await synced(page);
});

test("the month is closed with a line only, once, and replays on this device", async () => {
  const { page } = manager;
  await follow(page, "月结");
  assert.equal(await page.locator("#month").inputValue(), month, "the month that is due comes first");
  const list = page.getByTestId("checklist");
  await manager.offline();
  await list.getByText("没有连上服务器，联网后才能月结").waitFor();
  await list.getByRole("button", { name: "月结" }).click();
  await list.getByText("还不能月结").waitFor();
  await manager.online();
  await list.getByText("已连上服务器").waitFor();
  await list.getByText(/服务器已确认全部 \d+ 份依据/).waitFor();
  await list.getByRole("button", { name: "月结" }).click();
  await press(page, "确认月结");
  await page.getByTestId("closed-month").getByText(/周国平 .*月结。/).waitFor();
  await page.getByTestId("replayed").waitFor();
  await synced(page);
  assert.equal(await button(page, "月结").count(), 0, "there is no second time, and no way back");
});

const total = async (page) => (await page.getByText(/^合计 [\d.]+ 分$/).first().textContent()).match(/[\d.]+/)[0];

test("a claim that comes later is entered by the next month, and the closed one stays as it was", async () => {
  const closed = await total(manager.page);
  const { page } = doctor;
  await page.getByTestId("closed").getByText(/周国平.*月结/).waitFor();
  await follow(page, "申报");
  await page.locator("#claim-on").fill(day);
  await page.getByText("这个月已经月结。通过后记入下一次月结。").waitFor();
  await claim(page, /^业务培训/, "1");
  await synced(page);
  await follow(manager.page, "审核");
  const item = manager.page.getByTestId("review-item").filter({ hasText: "业务培训" });
  await item.getByRole("button", { name: /^通过/ }).click();
  await item.getByRole("button", { name: /^通过/ }).waitFor({ state: "detached" });
  await synced(manager.page);
  await follow(page, "回到我的积分");
  await page.getByRole("heading", { name: "月结后的变动，记入下一次月结" }).waitFor();
  await page.getByTestId("correction").getByText("+1.50").waitFor();
  await follow(manager.page, "月结");
  await manager.page.locator("#month").selectOption(month);
  await manager.page.getByTestId("replayed").waitFor();
  assert.equal(await total(manager.page), closed);
  const next = await manager.page.locator("#month option").first().getAttribute("value");
  await manager.page.locator("#month").selectOption(next);
  await manager.page.getByRole("heading", { name: "将一并记入的更正" }).waitFor();
  await manager.page.getByTestId("correction").getByText("+1.50").waitFor();
});

test("another device works the closed month out again and comes to the same", async () => {
  county = await Device.new(server, "desktop");
  const { page } = county;
  await signIn(county, "county1");
  await synced(page);
  await follow(page, "月结");
  const places = page.locator("#institution");
  if (await places.count()) await places.selectOption({ label: "白马镇卫生院" });
  await page.locator("#month").selectOption(month);
  await page.getByTestId("replayed").waitFor();
  const mark = (device) => device.page.getByText(/^校验码 /).textContent();
  await manager.page.locator("#month").selectOption(month);
  assert.equal(await mark(county), await mark(manager));
});

/** Reads a table as a spreadsheet does. */
function parse(text) {
  assert.ok(text.startsWith("\ufeff"), "a spreadsheet takes it for UTF-8");
  const rows = [[]];
  const cell = /("(?:[^"]|"")*"|[^,\r\n]*)(,|\r\n|$)/y;
  cell.lastIndex = 1;
  while (cell.lastIndex < text.length) {
    const [, raw, end] = cell.exec(text);
    rows.at(-1).push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw);
    if (end === "\r\n") rows.push([]);
  }
  return rows.filter((row) => row.length > 0);
}

const fen = (amount) => Math.round(Number(amount) * 100);

test("the pay list sums to the pool to the fen, on the screen and in the table", async () => {
  const { page } = manager;
  await follow(page, "绩效分配");
  await page.locator("#pool").fill("一万");
  await page.locator("#pool-error").waitFor();
  await page.locator("#pool").fill("10000.01");
  await page.getByTestId("pay-sum").getByText("合计 10000.01 元").waitFor();
  const amounts = await page.getByTestId("share").locator(".worth").allTextContents();
  assert.ok(amounts.length > 0);
  assert.equal(amounts.map((amount) => fen(amount.replace(" 元", ""))).reduce((a, b) => a + b), 1_000_001);
  const [download] = await Promise.all([page.waitForEvent("download"), press(page, "导出表格（CSV）")]);
  assert.equal(download.suggestedFilename(), `pay-baima-${month}.csv`);
  const [head, ...rows] = parse(await readFile(await download.path(), "utf8"));
  assert.deepEqual(head, ["姓名", "账号", "积分", "金额（元）"]);
  const last = rows.pop();
  assert.equal(rows.length, amounts.length);
  assert.equal(rows.map((row) => fen(row[3])).reduce((a, b) => a + b), 1_000_001);
  assert.deepEqual([last[0], fen(last[3])], ["合计", 1_000_001]);
  assert.equal(rows.map((row) => fen(row[2])).reduce((a, b) => a + b), fen(last[2]));
});
