// Health points from a follow-up to a reward: earned, disputed, answered, asked for, handed out. Both sides see the same sum,
// with a line and without one. The tests are one journey.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enterPin, finishVisit, follow, installed, open, press, pressure, signIn, synced } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { go } from "../support/looks.mjs";
import { startServer } from "../support/server.mjs";

const NAME = "蒲桂芳";
let server, doctor, resident;
let path;

before(async () => {
  server = await startServer();
  doctor = await Device.new(server, "tablet");
  resident = await Device.new(server, "phone");
});

after(async () => {
  for (const device of [doctor, resident]) await device?.close();
  await server?.close();
});

/** What a page says there is. */
const sum = async (page) => Number(await page.getByTestId("available").textContent());

/** Waits until a page says that there are so many points. */
const sumIs = (page, points) => page.getByTestId("available").getByText(String(points), { exact: true }).waitFor();

/** The entries of a kind, the newest first. */
const lines = (page, title) => page.getByTestId("health-line").filter({ hasText: title });

let earned;

test("a follow-up without a line earns at once, and says why", async () => {
  const { page } = doctor;
  await signIn(doctor, "doctor1");
  await synced(page);
  await open(page, "pgf", NAME);
  path = `${new URL(page.url()).pathname}/points`;
  await follow(page, "看积分");
  await page.getByTestId("available").waitFor();
  const before = await sum(page);
  await doctor.offline();
  await follow(page, "返回");
  await follow(page, "开始随访");
  await pressure(page, "12878");
  await finishVisit(page);
  await go(page, path);
  earned = before + 20;
  await sumIs(page, earned);
  const line = lines(page, "按时参加随访").first();
  await line.getByText("+20").waitFor();
  await line.getByText("怎么算的").click();
  await line.getByText(/凭据：.*罗建军的随访记录/).waitFor();
  await line.getByText(/示例.*health_points\.follow_up.*2026-07-01/).waitFor();
});

test("the resident sees the same sum, and the way to it from home", async () => {
  await doctor.online();
  await synced(doctor.page);
  const { page } = resident;
  await signIn(resident, "resident2");
  await synced(page);
  await page.getByTestId("health-points").getByText(`${earned} 分`).waitFor();
  await follow(page, "看积分");
  await sumIs(page, earned);
  await installed(page);
});

test("without a line the resident disputes the entry, and it waits", async () => {
  const { page } = resident;
  await resident.offline();
  const line = lines(page, "按时参加随访").first();
  await line.getByRole("button", { name: /有疑问/ }).click();
  await line.getByRole("button", { name: "提交疑问" }).click();
  await line.getByText("请写一句哪里不对").waitFor();
  await line.getByLabel("您觉得哪里不对？").fill("医生只来了十分钟");
  await line.getByRole("button", { name: "提交疑问" }).click();
  await line.getByText("等待答复").waitFor();
  await sumIs(page, earned);
  // What was saved is there after the telephone was off.
  await page.reload();
  await enterPin(page);
  await go(page, "/home/points");
  await lines(page, "按时参加随访").first().getByText(/提出疑问：医生只来了十分钟/).waitFor();
  await resident.online();
  await synced(page);
});

test("the team finds it on Today and answers without a line; both sides see the new sum", async () => {
  const { page } = doctor;
  await follow(page, "今日");
  await page.getByText(/健康积分：\d+ 项等您处理/).waitFor();
  await follow(page, "去处理");
  await page.getByTestId("participation").getByText(/位，共 2000 位/).waitFor();
  await page.getByRole("link", { name: `看积分：${NAME}` }).click();
  const wish = page.getByTestId("wish").filter({ hasText: "医生只来了十分钟" });
  await doctor.offline();
  await wish.getByRole("button", { name: /^答复/ }).click();
  await wish.getByRole("button", { name: "改分", exact: true }).click();
  await wish.getByRole("button", { name: "提交答复" }).click();
  await wish.getByText("请写理由，居民会看到").waitFor();
  await wish.getByLabel("改为多少分").fill("15");
  await wish.getByLabel("理由").fill("按时长核对后更正");
  await wish.getByRole("button", { name: "提交答复" }).click();
  earned -= 5;
  await sumIs(page, earned);
  await page.getByText("没有等待处理的申请或疑问。").waitFor();
  await doctor.online();
  await synced(page);
  await sumIs(resident.page, earned);
  const line = lines(resident.page, "按时参加随访").first();
  await line.getByText("已更正").waitFor();
  await line.getByText(/罗建军 答复：改为 15 分。按时长核对后更正/).waitFor();
});

test("the resident asks for a reward, the team hands it out, and the points go", async () => {
  const { page } = resident;
  await follow(page, "用积分换");
  const reward = page.getByTestId("reward").filter({ hasText: "免费测一次血糖" });
  await reward.getByRole("button", { name: /^申请/ }).click();
  const request = page.getByTestId("request").filter({ hasText: "免费测一次血糖" });
  await request.getByText("等家庭医生发放").waitFor();
  await page.getByTestId("free").getByText(String(earned - 30), { exact: true }).waitFor();
  await synced(page);
  const wish = doctor.page.getByTestId("wish").filter({ hasText: "免费测一次血糖" });
  await wish.getByRole("button", { name: /^发放/ }).click();
  earned -= 30;
  await sumIs(doctor.page, earned);
  await synced(doctor.page);
  await request.getByText("已领取").waitFor();
  await follow(page, "回到我的积分");
  await sumIs(page, earned);
  await lines(page, "免费测一次血糖").getByText("−30").waitFor();
});

test("what is handed out beyond the points leaves nothing and never less, on both sides", async () => {
  const { page } = doctor;
  const spot = page.getByTestId("on-the-spot");
  await spot.locator("#reward").selectOption("priority");
  await spot.getByText(/不够。发放后记为透支/).waitFor();
  await spot.getByRole("button", { name: "发放", exact: true }).click();
  const said = new RegExp(`多领了 ${120 - earned} 分的东西`);
  for (const { page } of [doctor, resident]) {
    await page.getByText(said).waitFor();
    await sumIs(page, 0);
  }
  // It was a slip: taken back, and the points are there again.
  await press(page, "撤销");
  await sumIs(page, earned);
  await synced(page);
  await sumIs(resident.page, earned);
});

test("both sides see the same after they were closed and opened without a line", async () => {
  const devices = [[doctor, path], [resident, "/home/points"]];
  for (const [device, path] of devices) {
    await device.offline();
    await device.page.reload();
    await enterPin(device.page);
    await go(device.page, path);
    await sumIs(device.page, earned);
    assert.deepEqual(device.errors, []);
  }
});
