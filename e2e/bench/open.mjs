// A device that has everything, opened without a network and at 4×, three times; the median counts. A browser slows down
// pages only: what the worker takes that derives the key is counted four times here.
import { enterPin } from "../support/app.mjs";
import { filled, throttle } from "./device.mjs";
import { note } from "./rows.mjs";

export async function coldOpen(server) {
  const device = await filled(server);
  const times = [];
  for (let round = 0; round < 3; round += 1) {
    await device.shut();
    device.line.cut();
    await device.open();
    await device.context.addInitScript(watchWorkers);
    const { page } = device;
    await page.goto(device.url);
    await page.locator(".keys").waitFor();
    await throttle(page, 4);
    await page.evaluate(() => addEventListener("pointerdown", () => performance.mark("pressed"), true));
    await enterPin(page);
    await page.waitForFunction(() => performance.getEntriesByName("today-usable").length > 0, null, { timeout: 60_000 });
    times.push(
      await page.evaluate(() => {
        const last = (name) => performance.getEntriesByName(name).at(-1).startTime;
        return last("today-usable") - last("pressed") + 3 * (window.derived ?? 0);
      }),
    );
  }
  note("cold open offline to Today, 2,000 residents, 4×", times.sort((a, b) => a - b)[1] / 1000, "s", 3);
  await device.close();
}

/** Notes in the page how long the worker that derives the key lived. */
function watchWorkers() {
  const Plain = window.Worker;
  window.Worker = class extends Plain {
    #from = performance.now();
    #derives;

    constructor(address, options) {
      super(address, options);
      this.#derives = String(address).includes("/pin-");
    }

    terminate() {
      if (this.#derives) window.derived = performance.now() - this.#from;
      super.terminate();
    }
  };
}
