// Lighthouse on a telephone as it judges by default: what was measured here, worked out for a slow fourth-generation line
// and a processor four times slower.
//
// Sign-in is judged as on a first visit: a new browser that keeps nothing, on the site as a county serves it, without the
// demo's list of accounts. Today and the resident's home exist only on a device that holds the documents, behind a PIN
// that is asked after every load. What is judged there is the way that a person goes each morning: one navigation that
// loads the app from what the device keeps, shows the keypad, has the six digits pressed at once, derives the key, and
// ends when the page is there. The page presses the keys itself: after a press from outside Chromium looks for no larger
// paint, and the keypad would be judged in place of the page behind it.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import lighthouse from "lighthouse";
import puppeteer from "puppeteer-core";
import { noteAtLeast } from "../bench/rows.mjs";
import { PIN, installed, signIn, synced } from "../support/app.mjs";
import { Device, args, executablePath } from "../support/device.mjs";

const RUNS = 3;
const BUDGETS = { accessibility: 100, "best-practices": 95, performance: 90 };
const METRICS = ["first-contentful-paint", "largest-contentful-paint", "total-blocking-time", "cumulative-layout-shift", "speed-index"];

/** Judges sign-in, Today and the resident's home, and notes the median of each score. */
export async function judge(server) {
  const today = () => performance.getEntriesByName("today-usable").length > 0;
  const home = () => document.querySelector(".resident-home h1") !== null;
  conclude("Today", await behindPin(server, "doctor1", today));
  conclude("resident's home", await behindPin(server, "resident1", home));
  await writeFile(path.join(server.dir, "site/demo.json"), "[]");
  conclude("sign-in", await firstVisits(`http://127.0.0.1:${server.port}/`));
}

async function firstVisits(url) {
  const results = [];
  for (let run = 0; run < RUNS; run += 1) {
    const profile = await mkdtemp(path.join(tmpdir(), "xiangyi-lighthouse-"));
    const browser = await launch(profile);
    results.push(await judged(browser, () => url));
    await browser.close();
    await rm(profile, { recursive: true, force: true });
  }
  return results;
}

/** Signs in on a telephone and lets everything arrive, then judges what opens with the PIN; `opened` sees that it has. */
async function behindPin(server, account, opened) {
  const device = await Device.new(server, "phone");
  await signIn(device, account);
  await synced(device.page);
  await installed(device.page);
  await device.shut();
  const browser = await launch(device.profile);
  const results = [];
  for (let run = 0; run < RUNS; run += 1) {
    results.push(await judged(browser, (page) => () => unlocked(page, device.url, opened)));
  }
  await browser.close();
  await device.close();
  return results;
}

const launch = (userDataDir) => puppeteer.launch({ executablePath, args, userDataDir, headless: true });

/** Returns Lighthouse's result for one way to a page: an address, or what a person does. */
async function judged(browser, way) {
  const page = await browser.newPage();
  const { lhr } = await lighthouse(way(page), { onlyCategories: Object.keys(BUDGETS) }, undefined, page);
  await page.close();
  if (lhr.runtimeError) throw new Error(lhr.runtimeError.message);
  return lhr;
}

async function unlocked(page, url, opened) {
  await page.goto(url, { waitUntil: "domcontentloaded" });
  await page.waitForSelector(".keys");
  await page.evaluate((pin) => {
    const keys = [...document.querySelectorAll(".keys button")];
    for (const digit of pin) keys.find((key) => key.textContent.trim() === digit).click();
  }, PIN);
  await page.waitForFunction(opened);
}

/** Notes the scores of a page, and says what each run measured and what cost points. */
function conclude(name, results) {
  for (const [category, budget] of Object.entries(BUDGETS)) {
    const scores = results.map((result) => Math.round(result.categories[category].score * 100));
    noteAtLeast(`Lighthouse mobile, ${name}: ${category}`, median(scores), "", budget);
  }
  for (const { audits, categories, environment } of results) {
    const metrics = METRICS.map((metric) => `${metric} ${audits[metric].displayValue}`);
    const failed = ["accessibility", "best-practices"].flatMap((category) =>
      categories[category].auditRefs.filter(({ id, weight }) => weight > 0 && (audits[id].score ?? 1) < 1).map(({ id }) => id),
    );
    console.log(`  ${[...metrics, ...failed].join(", ")}; speed of this machine ${environment.benchmarkIndex}`);
  }
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
