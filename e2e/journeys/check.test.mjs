// A resident alone at home asks how soon somebody must see her: without a network, in plain words, never calmed against a
// danger sign, and always with a way to call. The tests are one journey.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { button, installed, press, signIn, synced, unlock } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { choose, go } from "../support/looks.mjs";
import { startServer } from "../support/server.mjs";

const CHECK = "/home/check";
const CALM = /可以先在家休息/;
let server, device;

before(async () => {
  server = await startServer();
  device = await Device.new(server, "phone");
});

after(async () => {
  await device?.close();
  await server?.close();
});

const field = () => device.page.getByLabel("您哪里不舒服？");
const check = () => device.page.getByTestId("check");
const result = () => device.page.getByTestId("check-result");
const heading = () => result().getByRole("heading").first().innerText().then((text) => text.replace(/\s/g, ""));
const calls = () => check().locator('a[href^="tel:"]').evaluateAll((links) => links.map((link) => link.getAttribute("href")));
const kept = () => device.page.evaluate(async () => (await (await caches.open("knowledge")).keys()).length);

/** Says in her own words what is wrong, and goes on. */
async function say(text) {
  await field().fill(text);
  await press(device.page, "下一步");
}

/** Answers every question alike until there is a result, and returns the questions. */
async function answer(words) {
  const asked = [];
  const question = check().locator("h2.lead");
  for (;;) {
    await question.or(result()).first().waitFor();
    if (await result().count()) return asked;
    const now = await question.innerText();
    asked.push(now);
    await button(device.page, words).click();
    await device.page.waitForFunction((now) => document.querySelector("[data-testid=check] h2.lead")?.innerText !== now, now);
  }
}

/** Of what a resident is told nothing. */
const DISEASES = /心肌梗死|冠心病|肺炎|气管炎|胃肠炎|脑卒中|肿瘤|癌/;

test("the check opens from home without a network, and what can be tapped is in sight", async () => {
  const { page } = device;
  await page.goto(device.url);
  await choose(page, { language: "zh-CN", size: "elder", theme: "light" });
  await signIn(device, "resident1");
  await synced(page);
  await installed(page);
  // It is in use once its manifest is kept.
  const inUse = () => page.evaluate(async () => Boolean(await (await caches.open("knowledge")).match("/knowledge.json")));
  while (!(await inUse())) await page.waitForTimeout(100);
  await device.offline();
  await go(page, "/home");
  await page.getByRole("link", { name: "问一问" }).click();
  await field().waitFor();
  const foot = await page.locator(".foot").boundingBox();
  for (const word of ["发烧", "咳嗽", "肚子疼"]) {
    const { y, height } = await button(page, word).boundingBox();
    assert.ok(y + height <= foot.y, `${word} ends at ${y + height}, the buttons begin at ${foot.y}`);
  }
});

test("nothing said is asked for, not judged", async () => {
  const { page } = device;
  await press(page, "下一步");
  await page.getByText("先写一写或点一点哪里不舒服").first().waitFor();
  assert.equal(await result().count(), 0);
});

test("words of danger end at the ambulance, with the doctor beside it and no disease named", async () => {
  await say("胸口闷，出冷汗");
  await result().waitFor();
  assert.match(await heading(), /马上打120/);
  const [first, second] = await calls();
  assert.equal(first, "tel:120");
  assert.match(second, /^tel:\d+$/);
  const text = await result().innerText();
  assert.doesNotMatch(text, CALM);
  assert.doesNotMatch(text, DISEASES);
});

test("one question at a time in plain words, and at the end the doctor can be called", async () => {
  const { page } = device;
  await press(page, "换个说法再问");
  await button(page, "咳嗽").click();
  await press(page, "下一步");
  const asked = await answer("没有");
  assert.ok(asked.length >= 1 && asked.length <= 8, `${asked.length} questions`);
  assert.equal(new Set(asked).size, asked.length, "none twice");
  for (const words of asked) assert.match(words, /[？?]/);
  assert.ok((await calls()).some((link) => /^tel:\d{5,}$/.test(link)), "the doctor can be called");
  assert.doesNotMatch(await result().innerText(), DISEASES);
});

test("no answer afterwards calms a danger sign", async () => {
  const { page } = device;
  for (const words of ["咳嗽，咳血", "拉肚子，大便发黑像柏油", "发烧，叫不醒"]) {
    await press(page, "换个说法再问");
    await say(words);
    await answer("没有");
    assert.match(await heading(), /马上|今天/, words);
    assert.doesNotMatch(await result().innerText(), CALM, words);
    assert.ok((await calls()).length > 0, words);
  }
});

test("what is not understood is not taken for health", async () => {
  const { page } = device;
  await press(page, "换个说法再问");
  await say("哎呀就是那个不对头嘛");
  await result().getByText(/听不懂不等于没事/).waitFor();
  assert.match(await heading(), /今天就去看医生/);
  assert.ok((await calls()).length > 0);
});

test("while it is being prepared the doctor can be called already", async () => {
  // The worker's questions are held back until they are let go.
  await device.context.addInitScript(() => {
    const Real = window.Worker;
    const held = [];
    window.letGo = () => held.splice(0).forEach((send) => send());
    window.Worker = class extends Real {
      constructor(url, options) {
        super(url, options);
        if (!String(url).includes("/guide-") || !sessionStorage.getItem("hold")) return;
        const send = this.postMessage.bind(this);
        this.postMessage = (...message) => held.push(() => send(...message));
      }
    };
  });
  await device.page.evaluate(() => sessionStorage.setItem("hold", "yes"));
  await unlock(device, "/home");
  await go(device.page, CHECK);
  await say("咳嗽三天");
  await device.page.getByText("正在准备…").waitFor();
  assert.ok((await calls()).length > 0);
  await device.page.evaluate(() => {
    sessionStorage.removeItem("hold");
    window.letGo();
  });
  await check().locator("h2.lead").or(result()).first().waitFor();
});

test("without the knowledge it says so, and whom to call; it goes on when the knowledge has come", async () => {
  const { page } = device;
  await page.evaluate(() => caches.delete("knowledge"));
  await (await device.context.newCDPSession(page)).send("Network.clearBrowserCache");
  await unlock(device, "/home");
  await go(device.page, CHECK);
  await page.getByText("现在答不了").waitFor();
  assert.ok((await calls()).includes("tel:120"));
  assert.equal(await kept(), 0);
  await device.online();
  await field().waitFor();
  await say("咳嗽三天");
  await check().locator("h2.lead").or(result()).first().waitFor();
  assert.deepEqual(device.errors, []);
});
