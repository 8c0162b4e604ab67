// The figures of one run, and the table of them with the run before beside it.
//
// They are kept in one file with those that xtask measures itself (xtask/src/bench/record.rs).
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { target } from "../support/server.mjs";

const file = path.join(target, "bench-app.json");
const rows = [];

/** Notes a figure that is to be at most `budget`. */
export const note = (what, value, unit, budget) => add({ what, value: Math.round(value * 10) / 10, unit, budget });

/** Notes a figure that is to be at least `budget`. */
export const noteAtLeast = (what, value, unit, budget) => add({ what, value, unit, budget, least: true });

function add(row) {
  rows.push(row);
  console.log(`${row.what}: ${figure(row.value, row.unit)}`);
}

const figure = (value, unit) => `${value} ${unit}`.trim();

/** Prints the table, and keeps the figures; those that were not measured this time stay as they were. */
export async function report() {
  const before = JSON.parse(await readFile(file, "utf8").catch(() => "[]"));
  console.log(`\n| what | measured | budget | run before | met |\n| --- | --- | --- | --- | --- |`);
  for (const { what, value, unit, budget, least } of rows) {
    const earlier = before.find((row) => row.what === what)?.value;
    const met = (least ? value >= budget : value <= budget) ? "yes" : "no";
    const limit = `${least ? "≥" : "≤"} ${figure(budget, unit)}`;
    console.log(`| ${what} | ${figure(value, unit)} | ${limit} | ${earlier === undefined ? "—" : figure(earlier, unit)} | ${met} |`);
  }
  const others = before.filter((row) => !rows.some(({ what }) => what === row.what));
  await writeFile(file, JSON.stringify([...rows, ...others]));
}
