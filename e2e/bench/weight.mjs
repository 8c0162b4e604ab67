// What is downloaded.
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { target } from "../support/server.mjs";
import { note } from "./rows.mjs";

const KB = 1000;

export async function weight() {
  const site = path.join(target, "site");
  const files = (await readdir(site, { recursive: true })).filter((name) => /\.(wasm|js|css|html|svg|png|webmanifest)$/.test(name));
  const size = async (name) => {
    const packed = await stat(path.join(site, `${name}.br`)).catch(() => null);
    return (packed ?? (await stat(path.join(site, name)))).size;
  };
  const sum = async (wanted) => {
    let total = 0;
    for (const name of files.filter(wanted)) total += await size(name);
    return total / KB;
  };
  note("app wasm, the part before sign-in, brotli", await sum((name) => name.endsWith("app_bg.wasm")), "KB", 500);
  note("app wasm, every part, brotli", await sum((name) => name.endsWith(".wasm")), "KB", 750);
  note("first install, brotli", await sum(() => true), "KB", 1500);
}
