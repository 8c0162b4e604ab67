// Steps that several measurements share.
import { enterPin, synced } from "../support/app.mjs";
import { Device } from "../support/device.mjs";

/** Signs in on a new device and chooses a PIN; returns when its last figure was pressed. */
export async function arrive(device) {
  const { page } = device;
  await page.goto(device.url);
  await page.locator('[data-account="doctor1"]').click();
  await page.getByRole("group", { name: "设置 6 位数字 PIN" }).waitFor();
  await enterPin(page);
  await page.getByRole("group", { name: "再输入一次" }).waitFor();
  await enterPin(page);
  return performance.now();
}

/** A tablet that has everything and can be opened without a network; its page is still the one that synced. */
export async function filled(server) {
  const device = await Device.new(server, "tablet");
  await arrive(device);
  await synced(device.page);
  await device.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
  return device;
}

/** Makes a page's processor `rate` times slower. */
export async function throttle(page, rate) {
  const session = await page.context().newCDPSession(page);
  await session.send("Emulation.setCPUThrottlingRate", { rate });
}
