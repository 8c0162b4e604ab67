// Kidneys: what a check could not know is typed where it says so, is a fact of the record from then on, with its day, and reaches
// the dose, the check and the pharmacist. The tests are one journey.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { follow, open, press, pressure, sign, signIn, synced, toSignature } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { go } from "../support/looks.mjs";
import { startServer } from "../support/server.mjs";

const NAME = "蒲桂芳";
const REASON = "肾内科医生看过，要求先用小量";
/** Creatinine in µmol/L with which a woman of her age filters less than 45 ml/min. */
const CREATININE = /血肌酐 152 μmol\/L/;
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
const line = (name) => doctor.page.getByTestId("line").filter({ has: doctor.page.getByRole("heading", { name }) });

/** Begins a visit and goes on to the step of the prescription. */
async function toPrescription() {
  const { page } = doctor;
  await follow(page, "开始随访");
  await pressure(page, "13884");
  await next();
  await press(page, "都没有", "按时吃");
  await next();
  await next();
  await page.getByTestId("find-medicine").waitFor();
}

/** Finds a medicine and opens it. */
async function find(typed, name) {
  const part = doctor.page.getByTestId("find-medicine");
  await part.getByRole("searchbox").fill(typed);
  await part.getByRole("button", { name, exact: true }).click();
  await line(name).getByTestId("usual").waitFor();
}

test("a check that lacks creatinine says so, and takes it there", async () => {
  const { page } = doctor;
  await signIn(doctor, "doctor1");
  await synced(page);
  await go(page, "/settings");
  await page.getByTestId("guide").getByText(/知识 .*，药品/).waitFor();
  await doctor.offline();
  await open(page, "pgf", NAME);
  resident = new URL(page.url()).pathname;
  await toPrescription();
  await find("ejsg", "二甲双胍");
  const usual = line("二甲双胍").getByTestId("usual");
  await usual.getByRole("button").first().click();
  await line("二甲双胍").getByRole("button", { name: "7 天", exact: true }).click();
  const told = page.locator("[data-flag=inform]").filter({ hasText: "无法核对：肌酐未知" });
  await told.getByRole("button", { name: "填血肌酐" }).click();
  assert.equal(await page.evaluate(() => document.activeElement.id), "creatinine");
  await page.keyboard.type("152");
  const known = page.getByTestId("known");
  await known.getByText(CREATININE).waitFor();
  await known.getByText("滤过率怎么来的？").click();
  await known.getByText(/CKD-EPI|Ann Intern Med/).first().waitFor();
});

test("the check stops what these kidneys cannot take, and no dose is offered any more", async () => {
  const { page } = doctor;
  const stop = page.locator("[data-flag=stop]").first();
  await stop.getByText(/二甲双胍与肾功能不符/).waitFor();
  await stop.getByText(CREATININE).waitFor();
  await line("二甲双胍").getByTestId("organs").getByText(/没有可取的常用量/).waitFor();
  assert.equal(await line("二甲双胍").getByTestId("usual").locator(".doses button").count(), 0);
  await line("二甲双胍").getByLabel("仍要开，写明理由").fill(REASON);
  await toSignature(page);
  await sign(page);
  await press(page, "保存");
  await page.getByTestId("closing").waitFor();
});

test("signed, it is a fact of the record with its day, and the next visit knows it", async () => {
  const { page } = doctor;
  await go(page, resident);
  await page.getByText(CREATININE).waitFor();
  await toPrescription();
  await find("ejsg", "二甲双胍");
  await line("二甲双胍").getByTestId("organs").getByText(/没有可取的常用量/).waitFor();
  await page.getByTestId("known").getByText(CREATININE).waitFor();
});

test("the pharmacist sees the rate and the day of the sample, and no name", async () => {
  await doctor.online();
  await synced(doctor.page);
  pharmacist = await Device.new(server, "desktop");
  const { page } = pharmacist;
  await signIn(pharmacist, "pharmacist1");
  await synced(page);
  await go(page, "/prescriptions");
  await page.getByRole("link").filter({ hasText: "二甲双胍" }).first().click();
  const desk = page.getByTestId("case").filter({ hasText: REASON });
  await desk.getByText(CREATININE).waitFor();
  assert.doesNotMatch(await page.getByRole("main").innerText(), new RegExp(NAME));
});

test("a newer result takes its place, and what was entered wrongly is taken out", async () => {
  const { page } = doctor;
  await go(page, `${resident}/facts`);
  const body = page.getByTestId("body");
  await body.getByText(CREATININE).first().waitFor();
  await body.getByLabel(/^血肌酐/).fill("15");
  await body.getByLabel("化验日期").fill("2030-01-01");
  await press(page, "保存这些结果");
  await body.getByText("化验日期不能在今天以后").waitFor();
  await body.getByLabel("化验日期").fill("");
  await press(page, "保存这些结果");
  await body.getByText(/血肌酐 15 μmol\/L/).first().waitFor();
  await body.getByTestId("body-entries").locator("summary").click();
  await body.getByTestId("body-entries").getByRole("button", { name: /的记错了$/ }).first().click();
  await body.getByText(CREATININE).first().waitFor();
  await body.getByText(/血肌酐 15 μmol\/L/).first().waitFor({ state: "detached" });
  assert.deepEqual([...doctor.errors, ...(pharmacist?.errors ?? [])], []);
});
