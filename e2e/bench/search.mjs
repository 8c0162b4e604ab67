// The slowest keystroke of a search among 10,000 residents: from the key to the painted list.
import { follow, synced } from "../support/app.mjs";
import { Device } from "../support/device.mjs";
import { arrive } from "./device.mjs";
import { note } from "./rows.mjs";

export async function search(server) {
  const device = await Device.new(server, "tablet");
  const { page } = device;
  await arrive(device);
  await synced(page, 400_000);
  await follow(page, "居民");
  await page.getByText(/本机共有 10000 位/).waitFor();
  const times = await page.evaluate(async () => {
    const box = document.querySelector("[type=search]");
    const painted = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    const times = [];
    for (const query of ["w", "wq", "wqf", "王", "王桂", "139", "1391", "0"]) {
      await painted();
      const from = performance.now();
      box.value = query;
      box.dispatchEvent(new InputEvent("input", { bubbles: true }));
      await painted();
      times.push(performance.now() - from);
    }
    return times;
  });
  note("search among 10,000, slowest of 8 keystrokes, with its paint", Math.max(...times), "ms", 50);
  await device.close();
}
