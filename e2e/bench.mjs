// Measures the app against its budgets in a real Chromium and prints one table, with the run before beside it.
//
// XIANGYI_COUNTY has 2,000 residents in a team, XIANGYI_LARGE 10,000; XIANGYI_PARTS names what to measure, or everything.
import { advice } from "./bench/advice.mjs";
import { memory } from "./bench/memory.mjs";
import { coldOpen } from "./bench/open.mjs";
import { report } from "./bench/rows.mjs";
import { search } from "./bench/search.mjs";
import { firstSync } from "./bench/sync.mjs";
import { weight } from "./bench/weight.mjs";
import { startServer } from "./support/server.mjs";

/** Measures on a fresh copy of a county. */
const on = (county, measure) => async () => {
  const server = await startServer(county);
  await measure(server);
  await server.close();
};

const parts = {
  weight,
  sync: on(undefined, firstSync),
  open: on(undefined, coldOpen),
  memory: on(undefined, memory),
  advice: on(undefined, advice),
  search: on(process.env.XIANGYI_LARGE, search),
  // Its packages are installed only when it is wanted.
  lighthouse: on(undefined, async (server) => (await import("./lighthouse/measure.mjs")).judge(server)),
};

const wanted = process.env.XIANGYI_PARTS?.split(",") ?? Object.keys(parts);
for (const [name, measure] of Object.entries(parts)) {
  if (wanted.includes(name)) await measure();
}
await report();
