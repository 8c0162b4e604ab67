// A resident lets another team's doctor see their record for an hour, sees who looked, and takes it back. The tests are one journey.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enterPin, installed, press, signIn, synced, unlock } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { go } from "../support/looks.mjs";
import { startServer } from "../support/server.mjs";

const NAME = "蒲桂芳";
const READER = "other2";
let server, phone, tablet, record;

before(async () => {
  server = await startServer();
  phone = await Device.new(server, "phone");
  tablet = await Device.new(server, "tablet");
});

after(async () => {
  for (const device of [phone, tablet]) {
    if (device) assert.deepEqual(device.errors, []);
    await device?.close();
  }
  await server?.close();
});

const section = (page, id) => page.getByTestId(id);

/** Whether the reader's device knows the person: in its list, and under the address that was open. */
async function knows(page) {
  await go(page, "/residents");
  await page.getByRole("searchbox").fill(NAME);
  // The list answers at once, from the disk.
  await page.getByText(/找到 \d+ 位/).first().waitFor();
  const listed = await page.getByRole("link", { name: NAME, exact: true }).count();
  await go(page, record);
  const heading = page.getByRole("heading", { name: NAME, level: 1 });
  const missing = page.getByText("这台设备上没有这位居民");
  await heading.or(missing).first().waitFor();
  const opened = await heading.count();
  assert.equal(opened > 0, listed > 0, "list and page agree");
  return opened > 0;
}

/** Gives the record to the reader by name. */
async function give(page) {
  await page.getByLabel("医生的账号", { exact: true }).fill(READER);
  await press(page, "给一小时");
  await section(page, "give").getByText(`已给 ${READER}`).waitFor();
}

/** Takes back what runs. */
async function revoke(page) {
  await section(page, "running").getByRole("button", { name: /^收回/ }).first().click();
  await page.getByText("已收回").first().waitFor();
}

test("a code on the telephone, typed on the tablet, shows the record for an hour, to read only", async () => {
  await signIn(tablet, READER);
  await synced(tablet.page);
  await signIn(phone, "resident2");
  await synced(phone.page);
  await go(phone.page, "/home/access");
  await section(phone.page, "running").getByText("现在没有别人能看").waitFor();
  await press(phone.page, "出示二维码");
  await phone.page.locator("svg.qr path").waitFor();
  const code = await section(phone.page, "code").innerText();
  assert.match(code, /^\d{5} \d{5}$/);

  const page = tablet.page;
  await go(page, "/granted");
  await page.getByLabel("数字", { exact: true }).fill(code);
  await press(page, "开始查看");
  const link = section(page, "held").getByRole("link", { name: NAME });
  await link.waitFor();
  await section(page, "held").getByText(/还剩 (59|60) 分钟/).waitFor();
  await link.click();
  await page.getByRole("heading", { name: NAME, level: 1 }).waitFor();
  record = new URL(page.url()).pathname;
  await page.getByText("只能查看，不能修改").waitFor();
  assert.equal(await page.locator(`a[href="${record}/visit"]`).count(), 0, "no visit can be begun");
  assert.equal(await page.locator(`a[href="${record}/facts"]`).count(), 0, "nothing can be corrected");
  for (const name of [/^改约/, /^作废/]) assert.equal(await page.getByRole("button", { name }).count(), 0, `${name}`);
});

test("the resident sees who looked, and when", async () => {
  await section(phone.page, "looked").getByText("杨成富").waitFor();
  await section(phone.page, "running").getByText("杨成富").waitFor();
});

test("taken back while the tablet is connected, the record is gone from it, and stays gone without a network", async () => {
  const page = tablet.page;
  await installed(page);
  await revoke(phone.page);
  await page.getByText("这台设备上没有这位居民").waitFor();
  assert.equal(await knows(page), false);
  await tablet.offline();
  await unlock(tablet, "/residents");
  assert.equal(await knows(page), false);
});

test("what was seen and taken back while the tablet had no network is gone after its next contact", async () => {
  const page = tablet.page;
  await tablet.online();
  await give(phone.page);
  await page.reload();
  await enterPin(page);
  await synced(page);
  await section(phone.page, "running").getByText("杨成富").waitFor();
  await assertSoon(() => knows(page), true);
  await tablet.offline();
  assert.equal(await knows(page), true, "what is on the device can be seen without a network for the hour");
  await revoke(phone.page);
  await tablet.online();
  // The page that was open says so by itself.
  await page.getByText("这台设备上没有这位居民").waitFor();
  await assertSoon(() => knows(page), false);
  await tablet.offline();
  await unlock(tablet, "/residents");
  assert.equal(await knows(page), false);
  await tablet.online();
});

/** Waits until `look` returns `wanted`. */
async function assertSoon(look, wanted, milliseconds = 20_000) {
  const end = Date.now() + milliseconds;
  let found;
  do found = await look();
  while (found !== wanted && Date.now() < end);
  assert.equal(found, wanted);
}

test("without a network the pages say that they need one", async () => {
  await phone.offline();
  await press(phone.page, "出示二维码");
  await section(phone.page, "give").getByText(/网络/).first().waitFor();
  await phone.online();
});
