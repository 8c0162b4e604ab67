// The first sync of a team of 2,000: plain, and again at 4× for the longest task.
import { synced } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { arrive, throttle } from "./device.mjs";
import { note } from "./rows.mjs";

export async function firstSync(server) {
  const device = await Device.new(server, "tablet");
  const from = await arrive(device);
  await device.page.locator(".rows article").first().waitFor({ timeout: 60_000 });
  note("first sync of 2,000 residents: usable", (performance.now() - from) / 1000, "s", 5);
  await synced(device.page);
  note("first sync of 2,000 residents: complete", (performance.now() - from) / 1000, "s", 20);
  await device.close();

  const slow = await Device.new(server, "tablet");
  await slow.context.addInitScript(() => {
    window.tasks = [];
    new PerformanceObserver((list) => window.tasks.push(...list.getEntries().map((entry) => entry.duration))).observe({
      entryTypes: ["longtask"],
    });
  });
  await slow.page.goto(slow.url);
  await throttle(slow.page, 4);
  await arrive(slow);
  // Wrapping the new key in the PIN is one long task by design, before anything is synced.
  await slow.page.getByTestId("first-sync").waitFor();
  await slow.page.evaluate(() => setTimeout(() => void (window.tasks.length = 0)));
  await synced(slow.page, 240_000);
  const tasks = await slow.page.evaluate(() => window.tasks);
  note("longest task while syncing, 4×", Math.max(0, ...tasks), "ms", 200);
  await slow.close();
}
