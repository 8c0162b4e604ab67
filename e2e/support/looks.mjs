// How a page looks to those who need it large, dark, in English, or read aloud: axe, sizes of targets, sideways scroll.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";

const axe = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** Every combination of language, size and theme. */
export const looks = ["zh-CN", "en"].flatMap((language) =>
  ["standard", "elder"].flatMap((size) => ["light", "dark"].map((theme) => ({ language, size, theme }))),
);

/** Makes a look the choice of this device; it holds from the next load on. */
export const choose = (page, look) =>
  page.evaluate((look) => localStorage.setItem("appearance", JSON.stringify(look)), { lock_after: null, ...look });

/** Goes to a page of the app without loading it anew. */
export const go = (page, path) =>
  page.evaluate((path) => {
    history.pushState(null, "", path);
    dispatchEvent(new PopStateEvent("popstate"));
  }, path);

/** Makes the window as tall as its page: what lies under the bar at the foot is scrolled to, and no smaller for it. */
async function unfolded(page, look) {
  const window = page.viewportSize();
  const height = await page.evaluate(() => document.scrollingElement.scrollHeight);
  if (height > window.height) await page.setViewportSize({ ...window, height });
  try {
    return await look();
  } finally {
    if (height > window.height) await page.setViewportSize(window);
  }
}

/** Returns what axe finds, one line each; empty when it finds nothing. */
export async function violations(page) {
  // Evaluated by the debugger, since the policy of the page lets no foreign script in.
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe);
  const run = () => page.evaluate((values) => axe.run(document, { runOnly: { type: "tag", values } }), RULES);
  const { violations } = await unfolded(page, run);
  return violations.map((found) => `${found.id}: ${found.nodes.map((node) => node.target.join(" ")).join(" | ")}`);
}

/** Returns what can be pressed and is smaller than `least` pixels either way, but for links within a sentence. */
export const smallTargets = (page, least) =>
  page.evaluate((least) => {
    const pressable = "a[href], button, input, select, textarea, summary, [role=button], [tabindex='0']";
    const small = [];
    for (const element of document.querySelectorAll(pressable)) {
      const inSentence = element.matches("p a");
      // A radio or checkbox is pressed by its label, a row by the link that covers it.
      const covers = getComputedStyle(element, "::after").position === "absolute" && element.matches(".cover");
      const target = element.closest("label") ?? (covers ? element.closest("article, li") : element);
      const { width, height } = target.getBoundingClientRect();
      const seen = width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true });
      if (seen && !inSentence && Math.min(width, height) + 0.5 < least) {
        small.push(`${element.tagName} "${target.textContent.trim().slice(0, 20)}" ${width.toFixed()}×${height.toFixed()}`);
      }
    }
    return small.slice(0, 5);
  }, least);

/** Returns by how many pixels a page is wider than its window. */
export const sideways = (page) => page.evaluate(() => document.scrollingElement.scrollWidth - innerWidth);
