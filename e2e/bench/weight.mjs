// What is downloaded.
import { readFile, readdir, stat } from "node:fs/promises";
import path from "node:path";
import { target } from "../support/server.mjs";
import { note } from "./rows.mjs";

const KB = 1000;
/** Who opens which of the parts that not everybody opens. */
const ROLES = { "a doctor": ["staff"], "a manager": ["office", "staff"], "a resident": ["resident"] };

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
  const worker = await readFile(path.join(site, "sw.js"), "utf8");
  const parts = JSON.parse(/const PARTS = (\{[^}]*\})/.exec(worker)[1]);
  // A site of one piece, as for development, has no parts.
  const apart = (named) => named.flatMap((part) => parts[part] ?? []).map((name) => name.slice(1));
  const others = apart(Object.keys(parts));
  for (const [who, opened] of Object.entries(ROLES)) {
    const own = apart(opened);
    const fetched = (name) => own.includes(name) || !others.includes(name);
    note(`app wasm of ${who}, brotli`, await sum((name) => of("app")(name) && fetched(name)), "KB", 750);
    note(`first install of ${who}, brotli`, await sum(fetched), "KB", 1500);
  }
}
