// The key behind the PIN is derived in a worker; where there is none, the page does it, and both come to the same key. The tests
// are one journey.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { PIN, button, enterPin, installed, press, signIn, synced, unlock } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { startServer } from "../support/server.mjs";

let server, device;

before(async () => {
  server = await startServer();
  device = await Device.new(server, "phone");
});

after(async () => {
  await device?.close();
  await server?.close();
});

const derives = (worker) => worker.url().includes("/pin-");

test("a PIN is chosen beside the page, and the worker that knew it is gone", async () => {
  const { page } = device;
  let started = 0;
  page.on("worker", (worker) => (started += derives(worker) ? 1 : 0));
  await signIn(device, "resident1");
  await synced(page);
  await installed(page);
  assert.equal(started, 1);
  assert.equal(page.workers().filter(derives).length, 0);
});

test("without a network it is opened the same way, and a wrong PIN is refused", async () => {
  const { page } = device;
  await device.offline();
  await page.goto(device.url);
  await button(page, PIN[0]).waitFor();
  await press(page, ..."111222");
  await page.getByText(/PIN 不对/).first().waitFor();
  await enterPin(page);
  await page.getByRole("navigation").first().waitFor();
});

test("where there are no workers the page opens it by itself", async () => {
  await device.context.addInitScript(() => delete window.Worker);
  await unlock(device);
  assert.equal(await device.page.evaluate(() => typeof Worker), "undefined");
  assert.deepEqual(device.errors, []);
});
