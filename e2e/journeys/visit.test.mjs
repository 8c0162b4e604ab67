// A home visit made offline reaches the team, the resident and the manager. The tests are one journey: each
// goes on where the one before ended.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { button, choosePin, follow, installed, open, press, pressure, sign, signIn, synced, toSignature, unlock } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { startServer } from "../support/server.mjs";

const NAME = "蒲桂芳";
let server, doctor, resident, manager;
let path;

before(async () => {
  server = await startServer();
});

after(async () => {
  for (const device of [doctor, resident, manager]) await device?.close();
  await server?.close();
});

test("the doctor signs in, sets a PIN and receives 2,000 residents", async () => {
  doctor = await Device.new(server, "tablet");
  await signIn(doctor, "doctor1");
  await synced(doctor.page);
  await follow(doctor.page, "居民");
  await doctor.page.getByText("本机共有 2000 位").waitFor();
  await installed(doctor.page);
});

test("without a network the browser opens again and the PIN unlocks it", async () => {
  await doctor.shut();
  doctor.line.cut();
  await doctor.open();
  await doctor.offline();
  await unlock(doctor);
  await doctor.page.getByRole("heading", { name: "今日", level: 1 }).waitFor();
});

test("pinyin initials find a resident", async () => {
  await open(doctor.page, "pgf", NAME);
  path = new URL(doctor.page.url()).pathname;
});

test("the hypertension package is signed by both", async () => {
  const { page } = doctor;
  await follow(page, "签约");
  await press(page, "核对无误");
  await page.getByRole("checkbox", { name: /高血压服务包/ }).check();
  await press(page, "下一步", "下一步", "核对无误，去签名");
  await sign(page);
  await press(page, "下一步");
  await page.getByRole("heading", { name: "请医生签名" }).waitFor();
  await sign(page);
  await press(page, "完成签约");
  await page.getByRole("heading", { name: "签好了" }).waitFor();
  await page.getByText("已保存在本机").first().waitFor();
  await follow(page, "回到居民页");
});

test("the contract can be looked at and printed again", async () => {
  const { page } = doctor;
  await follow(page, "看合同、打印");
  await page.getByRole("heading", { name: "签约协议" }).or(page.locator("article.contract h2")).first().waitFor();
  assert.equal(await page.locator("article.contract figure.signature path[d^=M]:not(.ground)").count(), 2);
  await page.emulateMedia({ media: "print" });
  assert.equal(await page.getByRole("button", { name: "打印" }).count(), 0, "only the paper is printed");
  assert.ok(await page.locator("article.contract").isVisible());
  await page.emulateMedia({ media: null });
  await follow(page, "回到居民页");
});

test("152/96 with a headache shows urgency, reason, clause and next date", async () => {
  const { page } = doctor;
  await follow(page, "开始随访");
  await pressure(page, "15296");
  await press(page, "下一步");
  await press(page, "都没有", "头痛头晕", "按时吃");
  const advice = page.getByRole("status").filter({ hasText: "152/96" });
  await advice.getByRole("heading", { name: /两周内复查/ }).waitFor();
  await advice.getByText("目标是低于 150/90，未达标").waitFor();
  await advice.getByText("为什么").click();
  await advice.getByText(/高血压患者健康管理服务规范.*分类干预/).first().waitFor();
  await advice.getByText(/下次随访：\d+ 年 \d+ 月 \d+ 日/).waitFor();
});

test("the visit closes with what it used up and what it claims", async () => {
  const { page } = doctor;
  await toSignature(page);
  await sign(page);
  await press(page, "保存");
  const closing = page.getByRole("main");
  await closing.getByRole("heading", { name: "已保存在本机" }).waitFor();
  await closing.getByText("高血压随访（第 1 次，共 4 次）").waitFor();
  await closing.getByText("+2.00").waitFor();
});

test("a tab killed in the middle of a second visit leaves the draft whole", async () => {
  await open(doctor.page, "pgf", NAME);
  await follow(doctor.page, "开始随访");
  await pressure(doctor.page, "14888");
  await doctor.page.getByText("草稿已保存").waitFor();
  await doctor.killTab();
  await doctor.newPage();
  await unlock(doctor, `${path}/visit`);
  await doctor.page.getByRole("button", { name: /148\/88/ }).waitFor();
});

test("what waits is counted, and online again it is on the server", async () => {
  const { page } = doctor;
  await follow(page, "返回");
  const waiting = page.getByRole("status").filter({ hasText: /待上传 \d+ 条/ }).first();
  assert.match(await waiting.innerText(), /待上传 [1-9]\d* 条/);
  await doctor.online();
  await synced(page);
});

test("the resident sees the package, what is used and left, and the pressure", async () => {
  resident = await Device.new(server, "phone");
  await signIn(resident, "resident2");
  const main = resident.page.getByRole("main");
  await main.getByText("高血压随访").first().waitFor();
  await main.getByRole("img", { name: "共 4 次，已用 1 次，还剩 3 次" }).waitFor();
  await main.getByText("152/96").first().waitFor();
});

test("the manager sees the claim and accepts it", async () => {
  manager = await Device.new(server, "desktop");
  await signIn(manager, "manager1");
  const { page } = manager;
  await synced(page);
  const accept = page.getByRole("button", { name: new RegExp(`通过 罗建军 ${today()}的入户或面对面随访`) });
  await accept.click();
  await accept.waitFor({ state: "detached" });
  await synced(page);
});

test("the doctor's statement shows the points with rule, coefficient and ruling", async () => {
  const { page } = doctor;
  await follow(page, "积分");
  const line = page.locator("article, li, details").filter({ hasText: "入户或面对面随访" }).first();
  await line.getByText("怎么算的").click();
  await line.getByText(/基础 2\.00 分 × 1 次/).waitFor();
  await line.getByText(/周国平.*审核通过/).waitFor();
});

test("a figure that the manager changes, and a claim they reject, reach the claimant with the reason", async () => {
  const { page } = manager;
  const claims = page.getByTestId("review-group").filter({ hasText: "罗建军" }).getByTestId("review-item");
  const object = async (claim, points, reason) => {
    await claim.getByRole("button", { name: /^改分或不计分/ }).click();
    const form = claim.getByTestId("objection");
    await form.getByRole("button", { name: "保存审核" }).click();
    await form.getByText("请填写理由").waitFor();
    if (points) await form.getByLabel("核定分数").fill(points);
    else await form.getByRole("button", { name: "不计分" }).click();
    await form.getByLabel("理由").fill(reason);
    await form.getByRole("button", { name: "保存审核" }).click();
    await form.waitFor({ state: "detached" });
  };
  const waiting = claims.filter({ has: page.getByRole("button", { name: /^通过/ }) });
  await object(waiting.first(), "0.5", "路程没有那么远");
  await object(waiting.first(), "", "和前一天重复");
  await page.getByText("已改分或不计分：2 条").waitFor();
  await synced(page);
  await follow(doctor.page, "积分");
  await doctor.page.getByRole("button", { name: /^显示全部/ }).click();
  await doctor.page.getByText(/周国平.*调整为 0\.50 分，理由：路程没有那么远/).waitFor();
  await doctor.page.getByText(/周国平.*审核不计分，理由：和前一天重复/).waitFor();
});

test("a draft that was thrown away can be had back", async () => {
  const { page } = doctor;
  await follow(page, "今日");
  await press(page, `不要 ${NAME} 的这份草稿了`);
  await page.getByText(`${NAME} 的草稿已经去掉`).waitFor();
  await button(page, `不要 ${NAME} 的这份草稿了`).waitFor({ state: "detached" });
  await press(page, "撤销");
  await button(page, `不要 ${NAME} 的这份草稿了`).waitFor();
});

test("nobody's page raised an error", () => {
  for (const device of [doctor, resident, manager]) assert.deepEqual(device?.errors ?? [], []);
});

test("an app that stops says so and opens again", async () => {
  const { page } = manager;
  await page.evaluate(() => {
    const error = new WebAssembly.RuntimeError("unreachable");
    dispatchEvent(new ErrorEvent("error", { error }));
  });
  const notice = page.getByRole("alert").filter({ hasText: "程序出错，已经停下" });
  await notice.waitFor();
  await press(page, "重新打开");
  await notice.waitFor({ state: "hidden" });
});

test("a part of the app that does not arrive is named, and fetched again", async () => {
  // Without a service worker the page itself fetches, as on a first visit.
  const device = await Device.new(server, "phone", { serviceWorkers: "block" });
  try {
    const { page } = device;
    const part = /split_resident\.wasm/;
    await page.route(part, (route) => route.abort());
    await signIn(device, "resident1");
    await page.getByText("这一部分还没有下载到这台设备").waitFor();
    await page.unroute(part);
    await press(page, "再试一次");
    await page.getByTestId("doctor").waitFor();
  } finally {
    await device.close();
  }
});

test("a first sync that breaks off leaves on the disk what it had brought", async () => {
  const device = await Device.new(server, "tablet");
  try {
    const { page } = device;
    const many = /本机共有 (\d+) 位/;
    const count = async () => {
      await follow(device.page, "居民");
      return Number((await device.page.getByText(many).innerText()).match(many)[1]);
    };
    await page.goto(device.url);
    // As in a village: on this machine's own line all is here before it can be cut.
    device.line.rate = 200_000;
    await choosePin(page, "doctor1");
    await installed(page);
    await page.getByText(/已接收 1\d{3} 份/).waitFor();
    await device.offline();
    device.line.rate = undefined;
    await page.getByText("离线").first().waitFor();
    await follow(page, "今日");
    const before = await count();
    assert.ok(before > 0 && before < 2000, `${before}`);
    await device.shut();
    await device.open();
    await device.offline();
    await unlock(device);
    assert.equal(await count(), before);
    await device.online();
    await synced(device.page);
    await follow(device.page, "今日");
    assert.equal(await count(), 2000);
  } finally {
    await device.close();
  }
});

/** Returns today in Shanghai as the app writes it. */
function today() {
  const parts = new Intl.DateTimeFormat("en", { timeZone: "Asia/Shanghai", month: "numeric", day: "numeric" });
  const [month, day] = parts.formatToParts(new Date()).filter((part) => part.type !== "literal");
  return `${month.value} 月 ${day.value} 日`;
}
