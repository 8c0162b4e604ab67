// The renderer's own memory after so many visits through the screens.
import { readFile, readdir } from "node:fs/promises";
import { enterPin, press, pressure, sign, synced, toSignature } from "../support/app.mjs";
import { go } from "../support/looks.mjs";
import { filled } from "./device.mjs";
import { note } from "./rows.mjs";

const VISITS = Number(process.env.XIANGYI_VISITS ?? 200);

export async function memory(server) {
  const device = await filled(server);
  // Opened again, so that nothing of the first sync is counted.
  await device.shut();
  const page = await device.open();
  await page.goto(device.url);
  await enterPin(page);
  await synced(page);
  const due = page.locator("article").filter({ has: page.locator('a.go[href$="/visit"]') });
  await due.first().waitFor();
  const people = await due.evaluateAll((cards) =>
    cards.map((card) => ({ path: card.querySelector('a.go[href$="/visit"]').getAttribute("href"), sugar: card.textContent.includes("糖尿病") })),
  );
  for (let count = 0; count < VISITS; count += 1) await visit(page, people[count % people.length]);
  await synced(page);
  note(`renderer memory (PSS) after ${VISITS} visits`, (await pss(device.profile)) / 1024, "MB", 300);
  await device.close();
}

/** Makes a visit from its first figure to the closing card. */
async function visit(page, { path, sugar }) {
  await go(page, path);
  await pressure(page, "15296");
  if (sugar) await press(page, "7", ".", "4", "空腹");
  await page.locator(".foot").getByRole("button", { name: "下一步" }).click();
  await press(page, "都没有", "按时吃");
  await toSignature(page);
  await sign(page);
  await press(page, "保存");
  await page.getByRole("heading", { name: "已保存在本机" }).waitFor();
}

/** The proportional memory, in KB, of the largest renderer of the browser with this profile. */
async function pss(profile) {
  const processes = [];
  for (const pid of (await readdir("/proc")).filter((name) => /^\d+$/.test(name))) {
    const line = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => "");
    const parent = (await readFile(`/proc/${pid}/stat`, "utf8").catch(() => "")).split(") ").at(-1)?.split(" ")[1];
    processes.push({ pid, parent, line });
  }
  const browser = processes.find(({ line }) => line.includes(`--user-data-dir=${profile}`) && !line.includes("--type="));
  const below = (pid) => processes.filter(({ parent }) => parent === pid).flatMap((child) => [child, ...below(child.pid)]);
  const sizes = [];
  for (const { pid } of below(browser.pid).filter(({ line }) => line.includes("--type=renderer"))) {
    const rollup = await readFile(`/proc/${pid}/smaps_rollup`, "utf8");
    sizes.push(Number(rollup.match(/^Pss:\s+(\d+)/m)[1]));
  }
  return Math.max(...sizes);
}
