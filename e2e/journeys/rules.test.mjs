// A version of the points rules from draft to publication, by two people. The tests are one journey.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { button, follow, press, signIn, synced } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { startServer } from "../support/server.mjs";

let server, first, second;

before(async () => {
  server = await startServer();
  first = await Device.new(server, "desk");
  second = await Device.new(server, "desk");
});

after(async () => {
  await first?.close();
  await second?.close();
  await server?.close();
});

/** How many versions are published. */
const versions = (page) => page.getByTestId("versions").locator(".card").count();

test("a draft begins with the rules in force and says what it changes", async () => {
  const { page } = first;
  await signIn(first, "county1");
  await synced(page);
  await follow(page, "规则");
  assert.equal(await versions(page), 1);
  await press(page, "起草新版本");
  await page.getByTestId("differences").getByText("没有差别").waitFor();
  await page.locator("#factor-0").fill("2");
  await page.getByTestId("differences").getByText("边远地区：系数由 1.3 改为 2").waitFor();
});

test("what is no figure is said where it stands, and nothing is saved", async () => {
  const { page } = first;
  await page.locator("#points-0").fill("两分");
  await press(page, "提请发布");
  await page.locator("#points-0-error").getByText("请填数字").waitFor();
  await page.locator("#points-0").fill("3");
});

test("the simulation counts the year once more, offline, and writes nothing", async () => {
  const { page } = first;
  await first.offline();
  await press(page, "开始试算");
  const total = page.getByTestId("simulation").getByText(/合计由 .* 分变为 .* 分/);
  await total.waitFor();
  const [, before, after] = (await total.textContent()).match(/由 ([\d.]+) 分变为 ([\d.]+) 分/);
  assert.ok(Number(after) > Number(before), `${before} → ${after}`);
  assert.ok((await page.getByTestId("simulation").locator("tbody tr").count()) > 1, "who gains is named");
  await first.online();
});

test("whoever proposes cannot publish; another manager can", async () => {
  await press(first.page, "提请发布");
  await first.page.getByText(/要由另一位医共体管理人员核对后发布/).waitFor();
  assert.equal(await button(first.page, "核对无误，发布").count(), 0);
  await synced(first.page);
  await signIn(second, "county2");
  await synced(second.page);
  await follow(second.page, "规则");
  await second.page.getByTestId("differences").getByText("边远地区：系数由 1.3 改为 2").waitFor();
  await press(second.page, "核对无误，发布");
  await second.page.getByText("没有草案").first().waitFor();
  assert.equal(await versions(second.page), 2);
  await synced(second.page);
});

test("the one in force stays in force until the day of the new one", async () => {
  await first.page.getByText("没有草案").first().waitFor();
  const cards = first.page.getByTestId("versions").locator(".card");
  assert.equal(await cards.count(), 2);
  assert.equal(await cards.nth(0).getByText("在用").count(), 0);
  await cards.nth(1).getByText("在用").waitFor();
});
