// A complaint in a farmhouse without a network: what was understood, what it may be and why, what to prescribe, and what a
// pharmacist says to it. The tests are one journey.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { follow, open, press, pressure, sign, signIn, synced, toSignature } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { go } from "../support/looks.mjs";
import { startServer } from "../support/server.mjs";

const NAME = "蒲桂芳";
const REASON = "以前用过，没有问题";
let server, doctor, pharmacist, resident;

before(async () => {
  server = await startServer();
  doctor = await Device.new(server, "tablet");
});

after(async () => {
  for (const device of [doctor, pharmacist]) await device?.close();
  await server?.close();
});

const next = () => doctor.page.locator(".foot").getByRole("button", { name: "下一步" }).click();
const chip = (name) => doctor.page.getByTestId("heard").getByRole("button", { name });
const question = () => doctor.page.getByTestId("question");
const line = (name) => doctor.page.getByTestId("line").filter({ has: doctor.page.getByRole("heading", { name }) });

/** Answers the question that is asked now, and returns what it was. */
async function answer(words) {
  const lead = question().locator(".lead");
  const asked = await lead.innerText();
  await question().getByRole("button", { name: words, exact: true }).click();
  await doctor.page.waitForFunction((asked) => document.querySelector("#next-question")?.innerText !== asked, asked);
  return asked;
}

/** Finds a medicine by what is typed and takes its first usual dose for so many days. */
async function prescribe(typed, name, days) {
  const { page } = doctor;
  const find = page.getByTestId("find-medicine");
  await find.getByRole("searchbox").fill(typed);
  await find.getByRole("button", { name, exact: true }).click();
  await line(name).getByTestId("usual").getByRole("button").first().click();
  await line(name).getByRole("button", { name: `${days} 天`, exact: true }).click();
  await line(name).getByRole("button", { name: "好了" }).click();
}

test("what is typed is understood, what is denied too, and can be corrected", async () => {
  const { page } = doctor;
  await signIn(doctor, "doctor1");
  await synced(page);
  await go(page, "/settings");
  await page.getByTestId("guide").getByText(/知识 .*，药品/).waitFor();
  await doctor.offline();
  await open(page, "pgf", NAME);
  resident = new URL(page.url()).pathname;
  await follow(page, "开始随访");
  await pressure(page, "14886");
  await next();
  await page.getByLabel("有什么不舒服？").fill("咳嗽三天，没有发烧，没有胸痛，头晕");
  await chip(/^咳嗽.*3 天/).waitFor();
  await chip(/^发热.*无/).waitFor();
  await chip(/^胸痛.*无/).waitFor();
  await chip(/^头晕/).click();
  await chip(/^头晕.*无/).waitFor();
});

test("three questions lead to causes, each with its reasons, its source and the version of the knowledge", async () => {
  const { page } = doctor;
  const asked = [await answer("没有"), await answer("没有"), await answer("不清楚")];
  assert.equal(new Set(asked).size, 3);
  await page.getByTestId("asked").getByText("已问 3").waitFor();
  await press(page, "都没有", "按时吃");
  await next();
  const causes = page.getByTestId("causes");
  const first = causes.locator("article.cause").first();
  await first.getByText(/约 \d+%/).waitFor();
  await first.getByText("为什么").click();
  await first.getByText(/^咳嗽：.*支持/).waitFor();
  await first.getByText(/知识版本 [0-9a-f]{8}/).waitFor();
  assert.equal(await page.getByTestId("red-flags").count(), 0);
});

test("a later answer raises a red flag, which is answered before the visit goes on", async () => {
  const { page } = doctor;
  await press(page, "上一步");
  // She says it only now; tapped, not typed.
  const tap = page.getByTestId("tap");
  await tap.locator("summary").click();
  await tap.getByRole("searchbox").fill("端坐呼吸");
  await tap.getByRole("button", { name: "端坐呼吸", exact: true }).click();
  const flags = page.getByTestId("red-flags");
  await flags.getByText(/依据：.*端坐呼吸/).waitFor();
  await next();
  await page.getByTestId("level").getByText(/马上去医院|马上叫救护车/).waitFor();
  await page.getByTestId("causes").getByRole("button", { name: "选为诊断" }).first().click();
  await page.locator(".in-full").getByText("这里能查").waitFor();
  await next();
  await page.getByText(/有危险信号：请选转诊或叫救护车/).first().waitFor();
  await press(page, "转诊");
  await next();
});

test("an interaction stops the prescription, is changed; a warning is answered with a reason", async () => {
  const { page } = doctor;
  await prescribe("xftt", "辛伐他汀", 28);
  await prescribe("克拉霉素", "克拉霉素", 7);
  const stop = page.locator("[data-flag=stop]").first();
  await stop.getByText(/辛伐他汀与克拉霉素有相互作用|克拉霉素与辛伐他汀有相互作用/).waitFor();
  await stop.getByText("不能这样开").waitFor();
  await next();
  await page.getByText(/有提示没有处理/).first().waitFor();
  await line("克拉霉素").getByRole("button", { name: /去掉.*克拉霉素/ }).first().click();
  await page.locator("[data-flag=stop]").first().waitFor({ state: "detached" });
  await prescribe("amxl", "阿莫西林", 7);
  await prescribe("氯苯那敏", "氯苯那敏", 3);
  const warn = page.locator("[data-flag=warn]").first();
  await warn.getByText(/该年龄用氯苯那敏需慎重/).waitFor();
  await warn.getByRole("button", { name: REASON }).click();
  await next();
  await toSignature(page);
  await page.getByText(new RegExp(`该年龄用氯苯那敏需慎重：${REASON}`)).waitFor();
  await sign(page);
  await press(page, "保存");
  const closing = page.getByTestId("closing");
  await closing.getByTestId("prescribed").getByText(/辛伐他汀/).waitFor();
});

test("all of it is in the record, with the versions it was made with", async () => {
  const { page } = doctor;
  await go(page, resident);
  const visit = page.locator("article, li").filter({ hasText: "咳嗽三天，没有发烧" }).last();
  await visit.getByText("危险信号：", { exact: false }).first().waitFor();
  await visit.getByText(/阿莫西林/).first().waitFor();
  await visit.getByText("为什么").first().click();
  await visit.getByText(/端坐呼吸/).first().waitFor();
  await visit.getByText(/知识版本 [0-9a-f]{8}/).first().waitFor();
  await visit.getByText("提醒和理由").click();
  await visit.getByText(new RegExp(REASON)).first().waitFor();
  await visit.getByText(/药品知识版本 [0-9a-f]{8}/).first().waitFor();
});

test("the pharmacist sees the prescription and no name, and the verdict comes back to the prescriber", async () => {
  await doctor.online();
  await synced(doctor.page);
  // The county may have a verdict on an earlier prescription that nobody has read.
  await go(doctor.page, "/today");
  await doctor.page.locator("article").first().waitFor();
  const unread = await doctor.page.getByText(/^药师意见 \d+ 条$/).allTextContents();
  const before = Number(unread[0]?.match(/\d+/) ?? 0);
  pharmacist = await Device.new(server, "desktop");
  const { page } = pharmacist;
  await signIn(pharmacist, "pharmacist1");
  await synced(page);
  await go(page, "/prescriptions");
  await page.getByRole("link").filter({ hasText: "辛伐他汀" }).filter({ hasText: "氯苯那敏" }).first().click();
  const desk = page.getByTestId("case").filter({ hasText: "辛伐他汀" });
  await desk.getByText(new RegExp(`医生的理由：${REASON}`)).waitFor();
  assert.doesNotMatch(await page.getByRole("main").innerText(), new RegExp(NAME));
  await page.getByTestId("opinion").getByRole("button", { name: "建议调整" }).first().click();
  await page.getByLabel("理由").fill("老人用氯苯那敏易跌倒，改用氯雷他定");
  await press(page, "保存意见");
  await synced(page);
  await go(doctor.page, "/today");
  await doctor.page.getByText(`药师意见 ${before + 1} 条`).waitFor();
  await go(doctor.page, resident);
  await doctor.page.getByText(/改用氯雷他定/).first().waitFor();
  assert.deepEqual([...doctor.errors, ...pharmacist.errors], []);
});
