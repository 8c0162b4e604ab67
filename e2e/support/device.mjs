// A person's device: a browser profile on disk that can be closed, opened again, and lose its line.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { chromium } from "playwright-core";
import { Line } from "./line.mjs";

export const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
export const args = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

export const sizes = {
  phone: { width: 390, height: 844 },
  tablet: { width: 820, height: 1180 },
  desktop: { width: 1440, height: 900 },
};

export class Device {
  /**
   * Gives a person a new device of a size (`phone`, `tablet`, `desktop`) that reaches `server`; `options` are those of
   * the browser context.
   */
  static async new(server, size, options = {}) {
    const device = new Device();
    device.options = options;
    device.viewport = sizes[size];
    device.touch = size !== "desktop";
    device.profile = await mkdtemp(path.join(tmpdir(), "xiangyi-device-"));
    device.line = await Line.to(server);
    device.url = device.line.url;
    device.errors = [];
    await device.open();
    return device;
  }

  /** Opens the browser on this device's profile, with one page. */
  async open() {
    this.context = await chromium.launchPersistentContext(this.profile, {
      executablePath,
      headless: true,
      args,
      viewport: this.viewport,
      hasTouch: this.touch,
      locale: "zh-CN",
      timezoneId: "Asia/Shanghai",
      ...this.options,
    });
    this.context.setDefaultTimeout(30_000);
    this.page = this.context.pages()[0] ?? (await this.context.newPage());
    this.#watch(this.page);
    return this.page;
  }

  #watch(page) {
    page.on("pageerror", (error) => this.errors.push(String(error)));
    page.on("console", (message) => {
      // A request that fails because the line is cut is what the journey is about, not an error.
      const expected = /net::ERR_|Failed to load resource|WebSocket connection/.test(message.text());
      if (message.type() === "error" && !expected) this.errors.push(message.text());
    });
  }

  /** Opens another page in the same browser. */
  async newPage() {
    this.page = await this.context.newPage();
    this.#watch(this.page);
    return this.page;
  }

  async offline() {
    this.line.cut();
    await this.context.setOffline(true);
  }

  async online() {
    this.line.mend();
    await this.context.setOffline(false);
  }

  /** Closes the browser; the profile stays on disk. */
  async shut() {
    await this.context.close();
  }

  /** Kills the page's process: no handler of the page runs. */
  async killTab() {
    const page = this.page;
    const crashed = page.waitForEvent("crash");
    const session = await this.context.newCDPSession(page);
    session.send("Page.crash").catch(() => {});
    await crashed;
    await page.close();
  }

  async close() {
    await this.context.close();
    await this.line.close();
    await rm(this.profile, { recursive: true, force: true });
  }
}
