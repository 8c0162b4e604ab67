// Every page in both languages, both sizes, both themes: axe finds nothing, fingers find their targets, nothing scrolls
// sideways on the narrowest telephone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { enterPin, open, press, signIn, synced, visitOfBoth } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { choose, go, looks, sideways, smallTargets, violations } from "../support/looks.mjs";
import { startServer } from "../support/server.mjs";

const NARROW = { width: 320, height: 720 };
const LEAST = { standard: 44, elder: 60 };
let server;

before(async () => {
  server = await startServer();
});

after(async () => {
  await server?.close();
});

/** Looks at one page in one look and returns what is wrong with it. */
async function wrong(page, name) {
  const size = await page.evaluate(() => document.documentElement.dataset.size);
  const found = await violations(page);
  const small = await smallTargets(page, LEAST[size]);
  const wide = await sideways(page);
  const problems = [...found, ...small.map((target) => `small: ${target}`), ...(wide > 0 ? [`${wide} px sideways`] : [])];
  return problems.map((problem) => `${name}: ${problem}`);
}

/** Waits until a page has drawn what it fetched. */
async function drawn(page) {
  await page.locator("h1").first().waitFor();
  await page.waitForFunction(() => !document.querySelector(".skeleton, [data-part=waiting]"));
}

/** Looks at pages in every look; `ready` waits for what a page fetches by itself after it is drawn. */
async function everyLook(device, paths, ready = async () => {}) {
  const { page } = device;
  const problems = [];
  await page.setViewportSize(NARROW);
  for (const look of looks) {
    const called = (path) => `${path} ${look.language} ${look.size} ${look.theme}`;
    await choose(page, look);
    await page.goto(device.url);
    await page.locator(".keys").waitFor();
    problems.push(...(await wrong(page, called("unlock"))));
    await enterPin(page);
    for (const path of paths) {
      await go(page, path);
      try {
        await drawn(page);
        await ready(page);
      } catch (cause) {
        throw new Error(`${called(path)} was not drawn`, { cause });
      }
      problems.push(...(await wrong(page, called(path))));
    }
  }
  return problems;
}

test("the way in", async () => {
  const device = await Device.new(server, "phone");
  const problems = [];
  try {
    const { page } = device;
    await page.setViewportSize(NARROW);
    for (const look of looks) {
      await page.goto(device.url);
      await choose(page, look);
      await page.reload();
      await page.locator("[data-account]").first().waitFor();
      problems.push(...(await wrong(page, `sign-in ${look.language} ${look.size} ${look.theme}`)));
    }
  } finally {
    await device.close();
  }
  assert.deepEqual(problems, []);
});

test("the pages of staff", async () => {
  const device = await Device.new(server, "phone");
  try {
    await signIn(device, "doctor1");
    await synced(device.page);
    const visit = await visitOfBoth(device.page);
    await open(device.page, "pgf", "蒲桂芳");
    const resident = new URL(device.page.url()).pathname;
    await device.page.getByRole("link", { name: "居民", exact: true }).first().click();
    await device.page.getByRole("searchbox").fill("王");
    await device.page.locator("article").filter({ hasText: "签约到" }).locator("a.cover, a").first().click();
    const contract = await device.page.getByRole("link", { name: "看合同、打印" }).getAttribute("href");
    const paths = ["/today", "/residents", contract, visit, resident, `${resident}/facts`, `${resident}/sign`, `${resident}/visit`, `${resident}/phone`, `${resident}/points`, "/health-points", "/points", "/points/claim", "/granted", "/quarantine", "/settings", "/settings/account", "/settings/more", "/sync-log"];
    assert.deepEqual(await everyLook(device, paths), []);
  } finally {
    await device.close();
  }
});

test("a visit with a complaint: what was understood and asked, what it may be and what is decided", async () => {
  const device = await Device.new(server, "phone");
  const { page } = device;
  const next = () => page.locator(".foot").getByRole("button", { name: "下一步" }).click();
  try {
    await signIn(device, "doctor1");
    await synced(page);
    await open(page, "张康", "张康");
    const visit = `${new URL(page.url()).pathname}/visit`;
    await go(page, visit);
    await press(page, "3", "8", "6");
    await next();
    await page.getByLabel("有什么不舒服？").fill("咳嗽三天，没有胸痛");
    await page.getByTestId("question").getByRole("button", { name: "不清楚" }).click();
    await page.getByTestId("asked").waitFor();
    const problems = await everyLook(device, [visit], (page) => page.getByTestId("question").waitFor());
    await choose(page, looks[0]);
    await page.goto(device.url);
    await enterPin(page);
    await go(page, visit);
    await next();
    await page.getByTestId("causes").getByRole("button", { name: "选为诊断" }).first().click();
    await press(page, "转诊");
    problems.push(...(await everyLook(device, [visit], (page) => page.locator(".in-full").waitFor())));
    assert.deepEqual(problems, []);
  } finally {
    await device.close();
  }
});

test("the pages of a manager", async () => {
  const device = await Device.new(server, "phone");
  try {
    await signIn(device, "manager1");
    await synced(device.page);
    assert.deepEqual(await everyLook(device, ["/review", "/close", "/settings"]), []);
  } finally {
    await device.close();
  }
});

test("a closed month and its pay list", async () => {
  const device = await Device.new(server, "phone");
  const { page } = device;
  try {
    await signIn(device, "manager1");
    await synced(page);
    await go(page, "/close");
    const month = await page.locator("#month").inputValue();
    await page.getByTestId("checklist").getByText(/服务器已确认全部/).waitFor();
    await page.getByTestId("checklist").getByRole("button", { name: "月结" }).click();
    await press(page, "确认月结");
    await page.getByTestId("replayed").waitFor();
    await synced(page);
    const ready = async (page) => {
      if (!page.url().includes("/pay/")) return page.getByTestId("replayed").waitFor();
      await page.locator("#pool").fill("10000");
      await page.locator("h2").first().waitFor();
    };
    assert.deepEqual(await everyLook(device, ["/close", `/pay/baima/${month}`], ready), []);
  } finally {
    await device.close();
  }
});

test("the pages of an administrator", async () => {
  const device = await Device.new(server, "phone");
  try {
    await signIn(device, "admin1");
    await device.page.getByTestId("accounts").waitFor();
    assert.deepEqual(await everyLook(device, ["/accounts"], (page) => page.getByTestId("accounts").waitFor()), []);
  } finally {
    await device.close();
  }
});

test("the pages of a resident", async () => {
  const device = await Device.new(server, "phone");
  try {
    await signIn(device, "resident1");
    await synced(device.page);
    assert.deepEqual(await everyLook(device, ["/home", "/home/reading", "/home/check", "/health", "/home/points", "/home/points/redeem", "/home/access", "/settings", "/settings/acting", "/settings/account"]), []);
  } finally {
    await device.close();
  }
});

const others = [
  ["an auditor", "auditor1", ["/audit"], (page) => page.getByTestId("audit").locator("b").first().waitFor()],
  ["who publishes rules", "county1", ["/rules", "/review"]],
  ["a pharmacist", "pharmacist1", ["/prescriptions"]],
  ["a doctor's own device and prescriptions", "doctor1", ["/settings/device", "/my-prescriptions"]],
];
for (const [who, account, paths, ready] of others) {
  test(`the pages of ${who}`, async () => {
    const device = await Device.new(server, "phone");
    try {
      await signIn(device, account);
      await device.page.locator("nav.tabs, .tabs").first().waitFor();
      assert.deepEqual(await everyLook(device, paths, ready), []);
    } finally {
      await device.close();
    }
  });
}
