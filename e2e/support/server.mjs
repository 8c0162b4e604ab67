// The real server on a copy of the demo county, so that a journey may change it.
import { spawn } from "node:child_process";
import { copyFile, cp, mkdtemp, readFile, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");
export const target = process.env.XIANGYI_TARGET ?? path.join(root, "target");
const county = process.env.XIANGYI_COUNTY ?? path.join(target, "journey");

/** Reads what the demo county's sign-in page offers: account, password, role and label of each. */
export async function offers() {
  return JSON.parse(await readFile(path.join(county, "demo.json"), "utf8"));
}

/** The site of this commit, and that of an earlier one (`e2e/earlier.toml`): what people may have on their devices. */
export const sites = { today: path.join(target, "site"), earlier: path.join(target, "earlier", "site") };

/** Returns which app a site has: the name of the module that starts it. */
export async function versionOf(site) {
  return (await readFile(path.join(site, "index.html"), "utf8")).match(/\/boot-[0-9a-f]{16}\.js/)[0];
}

/** Starts a server on a fresh copy of a demo county. */
export async function startServer(from = county, site = sites.today) {
  const dir = await mkdtemp(path.join(tmpdir(), "xiangyi-journey-"));
  await cp(from, dir, { recursive: true, filter: (file) => path.basename(file) !== "site" });
  const server = new Server(dir);
  await server.publish(site);
  await server.start();
  return server;
}

class Server {
  #child;
  #log = [];

  constructor(dir) {
    this.dir = dir;
    this.port = 0;
  }

  async start() {
    const program = process.env.XIANGYI_SERVER ?? path.join(target, "release/server");
    const database = `sqlite:${path.join(this.dir, "demo.db")}`;
    const site = path.join(this.dir, "site");
    const listen = `127.0.0.1:${this.port}`;
    const options = ["serve", "--listen", listen, "--database", database, "--site", site];
    this.#child = spawn(program, options, { stdio: ["ignore", "pipe", "pipe"] });
    this.#child.stderr.on("data", (data) => this.#log.push(String(data)));
    const lines = createInterface({ input: this.#child.stdout });
    await new Promise((ready, failed) => {
      this.#child.once("exit", (code) => failed(new Error(`server ended with ${code}\n${this.log()}`)));
      lines.on("line", (line) => {
        this.#log.push(line + "\n");
        const url = line.match(/^listening (http:\/\/\S+)/)?.[1];
        if (!url) return;
        this.port = Number(new URL(url).port);
        ready();
      });
    });
  }

  /** Puts a site in the place of the one that is served, if any, as somebody does who brings a server up to date. */
  async publish(site) {
    const [fresh, served] = ["site.new", "site"].map((name) => path.join(this.dir, name));
    await cp(site, fresh, { recursive: true }).catch((error) => {
      const hint = site === sites.earlier ? ": `cargo xtask build --earlier` makes it" : "";
      throw new Error(`there is no site in ${site}${hint}`, { cause: error });
    });
    // As `cargo xtask run` does: the list of accounts is in a copy of the site, which no other site has.
    await copyFile(path.join(this.dir, "demo.json"), path.join(fresh, "demo.json"));
    await rm(served, { recursive: true, force: true });
    await rename(fresh, served);
  }

  log() {
    return this.#log.join("");
  }

  /** Ends the server at once, as a power cut does. */
  async kill(signal = "SIGKILL") {
    const ended = new Promise((done) => this.#child.once("exit", done));
    if (this.#child.exitCode === null && this.#child.kill(signal)) await ended;
  }

  async close() {
    await this.kill("SIGTERM");
    await rm(this.dir, { recursive: true, force: true });
  }
}
