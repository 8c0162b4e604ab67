// A resident with hypertension and type 2 diabetes: one visit serves both. The tests are one journey.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { follow, press, pressure, sign, signIn, synced, toSignature, visitOfBoth } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { go } from "../support/looks.mjs";
import { startServer } from "../support/server.mjs";

let server, doctor, resident;

before(async () => {
  server = await startServer();
  doctor = await Device.new(server, "tablet");
});

after(async () => {
  await doctor?.close();
  await server?.close();
});

test("a resident with both diseases is found on Today", async () => {
  const { page } = doctor;
  await signIn(doctor, "doctor1");
  await synced(page);
  resident = (await visitOfBoth(page)).replace(/\/visit$/, "");
  await doctor.offline();
  await go(page, resident);
  const next = page.locator("section").filter({ has: page.getByRole("heading", { name: "下一次" }) });
  await next.getByText("2型糖尿病", { exact: true }).waitFor();
});

test("glucose is typed on after the pressure and must say how it lies to meals", async () => {
  const { page } = doctor;
  await follow(page, "开始随访");
  await pressure(page, "12878");
  await press(page, "1", "7");
  await page.getByText(/血糖 17.0 mmol\/L，达到危急值/).first().waitFor();
  await press(page, "删除", "删除", "7", ".", "4");
  await page.locator(".foot").getByRole("button", { name: "下一步" }).click();
  await page.getByText("请选血糖是空腹还是非空腹").waitFor();
  await press(page, "空腹");
  await page.locator(".foot").getByRole("button", { name: "下一步" }).click();
});

test("signs of both diseases are asked once, and the advice is the stricter one", async () => {
  const { page } = doctor;
  const signs = page.locator("#danger");
  await signs.getByText("呼气有烂苹果样丙酮味").waitFor();
  assert.equal(await signs.getByText("意识改变").count(), 1);
  await press(page, "都没有", "按时吃");
  const advice = page.getByRole("status").filter({ hasText: "7.4" });
  await advice.getByText(/空腹血糖 7.4 mmol\/L，目标是低于 7.0，未达标/).waitFor();
  await advice.getByText("高血压 · 控制满意").waitFor();
  await advice.getByText("2型糖尿病 · 控制不满意").waitFor();
  await advice.getByText("为什么").click();
  await advice.getByText(/2型糖尿病患者健康管理服务规范.*分类干预/).first().waitFor();
});

test("one visit fills both forms", async () => {
  const { page } = doctor;
  await toSignature(page);
  await page.getByText("空腹血糖 7.4").first().waitFor();
  await sign(page);
  await press(page, "保存");
  const closing = page.getByTestId("closing");
  await closing.getByText("高血压患者随访服务记录", { exact: true }).waitFor();
  await closing.getByText("2型糖尿病患者随访服务记录").waitFor();
  await follow(page, "看居民页");
  await page.getByText(/128\/78、空腹血糖 7.4/).waitFor();
});

test("without a fasting glucose the diabetes stays due, and it is said", async () => {
  const { page } = doctor;
  await follow(page, "开始随访");
  await pressure(page, "12676");
  await page.getByText("没有空腹血糖，这次不算糖尿病随访").first().waitFor();
  await doctor.online();
  assert.deepEqual(doctor.errors, []);
});
