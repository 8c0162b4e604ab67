// What is downloaded.
import { readdir, stat } from "node:fs/promises";
import path from "node:path";
import { target } from "../support/server.mjs";
import { note } from "./rows.mjs";

const KB = 1000;

export async function weight() {
  const site = path.join(target, "site");
  const files = (await readdir(site, { recursive: true })).filter((name) => /\.(wasm|js|css|html|svg|png|webmanifest|bin|json)$/.test(name));
  const size = async (name) => {
    const packed = await stat(path.join(site, `${name}.br`)).catch(() => null);
    return (packed ?? (await stat(path.join(site, name)))).size;
  };
  const sum = async (wanted) => {
    let total = 0;
    for (const name of files.filter(wanted)) total += await size(name);
    return total / KB;
  };
  const of = (folder) => (name) => name.startsWith(`${folder}-`) && name.endsWith(".wasm");
  note("app wasm, the part before sign-in, brotli", await sum((name) => name.endsWith("app_bg.wasm")), "KB", 500);
  note("app wasm, every part, brotli", await sum(of("app")), "KB", 750);
  note("wasm that derives the PIN's key, brotli", await sum(of("pin")), "KB", 25);
  note("wasm of decision support, brotli", await sum(of("guide")), "KB", 250);
  note("knowledge and medicines, brotli", await sum((name) => /^(knowledge|medicines)-/.test(name)), "KB", 450);
  note("first install, brotli", await sum(() => true), "KB", 1500);
}
