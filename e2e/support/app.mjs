// What people do in the app, in the words they read there.

export const PIN = "258036";

/** Returns the button with this whole name. */
export const button = (page, name) => page.getByRole("button", { name, exact: true }).first();

/** Presses a button by the whole of its name. */
export async function press(page, ...names) {
  for (const name of names) await button(page, name).click();
}

/** Follows a link by the whole of its name. */
export async function follow(page, name) {
  await page.getByRole("link", { name, exact: true }).first().click();
}

/** Signs in with an account that the demo offers, and chooses a PIN. */
export async function signIn(device, account) {
  await device.page.goto(device.url);
  await choosePin(device.page, account);
}

/** Chooses an account that the demo offers, and a PIN for it. */
export async function choosePin(page, account, pin = PIN) {
  await page.locator(`[data-account="${account}"]`).click();
  await newPin(page, pin);
}

/** Types a new PIN twice. */
export async function newPin(page, pin = PIN) {
  await page.getByRole("group", { name: "设置 6 位数字 PIN" }).waitFor();
  await enterPin(page, pin);
  await page.getByRole("group", { name: "再输入一次" }).waitFor();
  await enterPin(page, pin);
}

/** Enters the PIN on the keypad. */
export async function enterPin(page, pin = PIN) {
  await button(page, pin[0]).waitFor();
  await press(page, ...pin);
}

/** Opens the app on a device that was used before, and unlocks it. */
export async function unlock(device, path = "/") {
  await device.page.goto(device.url + path);
  await enterPin(device.page);
  await device.page.getByRole("navigation").first().waitFor();
}

/** Waits until everything is on the server. */
export async function synced(page, timeout = 120_000) {
  await page.getByRole("status").filter({ hasText: /^\s*已同步/ }).first().waitFor({ timeout });
}

/** Waits until the program is kept for opening without a network, with the pages of whoever is signed in. */
export async function installed(page) {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  // A site of one piece, or of an earlier version, keeps all of them at once.
  const apart = await page.evaluate(async () => /const PARTS = \{\s*"/.test(await (await fetch("/sw.js")).text()));
  const named = async () => (await caches.has("parts")) && (await (await caches.open("parts")).keys()).length > 0;
  if (apart) await page.waitForFunction(named);
}

/** Finds a resident in the list and opens their page. */
export async function open(page, query, name) {
  await follow(page, "居民");
  await page.getByRole("searchbox").fill(query);
  await follow(page, name);
  await page.getByRole("heading", { name, level: 1 }).waitFor();
}

/** Returns the address of a due visit to somebody with hypertension and diabetes, from Today. */
export async function visitOfBoth(page) {
  const all = page.getByRole("button", { name: /显示全部/ });
  while (await all.count()) await all.first().click();
  const both = page.locator("article").filter({ hasText: "高血压" }).filter({ hasText: "糖尿病" });
  return both.locator('a[href$="/visit"]').first().getAttribute("href");
}

/** Draws a signature on the glass. */
export async function sign(page) {
  const glass = page.locator(".glass").first();
  await glass.scrollIntoViewIfNeeded();
  const box = await glass.boundingBox();
  const at = (x, y) => [box.x + box.width * x, box.y + box.height * y];
  await page.mouse.move(...at(0.2, 0.6));
  await page.mouse.down();
  for (const step of [1, 2, 3, 4, 5, 6]) await page.mouse.move(...at(0.2 + step * 0.08, step % 2 ? 0.3 : 0.7));
  await page.mouse.up();
}

/** Types a pressure on the keypad: "15296" is 152/96. */
export const pressure = (page, digits) => press(page, ...digits);

/** Returns which app a page runs, as `versionOf` a site does. */
export const version = (page) => page.evaluate(() => document.querySelector("script[type=module]").getAttribute("src"));

/** Goes on in a visit to the step where it is signed. */
export async function toSignature(page) {
  const next = page.locator(".foot").getByRole("button", { name: "下一步" });
  while (await next.count()) await next.click();
  await page.locator("#signature").waitFor();
}

/** Goes through the rest of a visit once the pressure is in: nothing found, signed, saved. */
export async function finishVisit(page) {
  await press(page, "下一步", "都没有", "按时吃");
  await toSignature(page);
  await sign(page);
  await press(page, "保存");
  await page.getByRole("heading", { name: "已保存在本机" }).waitFor();
}
