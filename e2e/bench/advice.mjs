// How long decision support takes: the worker of the release site, asked by a page as the app asks it, on the cases that it is
// judged by. A browser slows down pages only, so what a worker takes counts four times here.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { args, executablePath } from "../support/device.mjs";
import { note } from "./rows.mjs";

const SLOWER = 4;
const shared = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../shared");

export async function advice(server) {
  const complaints = (await lines("decision/data/cases/vignettes.jsonl")).map(complaint);
  const prescriptions = (await lines("medicines/data/cases/medication.jsonl")).map(prescription);
  const browser = await chromium.launch({ executablePath, args, headless: true });
  const page = await browser.newPage();
  await page.goto(`http://127.0.0.1:${server.port}/`);
  const opened = await page.evaluate(open);
  const advised = await page.evaluate(ask, complaints.map((advise) => ({ advise })));
  const answered = complaints.flatMap((asked, at) => {
    const { question } = advised[at].reply.advice;
    return question ? [{ ...asked, told: [{ finding: question.finding, state: "absent" }], asked: 1 }] : [];
  });
  const next = await page.evaluate(ask, answered.map((advise) => ({ advise })));
  const checked = await page.evaluate(ask, prescriptions);
  await browser.close();
  note("decision support: opened, 4×", (SLOWER * opened) / 1000, "s", 3);
  tell("advice on a complaint", advised, 50);
  tell("next question after an answer", next, 30);
  tell("check of a prescription", checked, 50);
}

/** Notes the median and what 95 of 100 keep within, and says how many were asked and what the slowest took. */
function tell(what, answers, budget) {
  const times = answers.map(({ took }) => took * SLOWER).sort((a, b) => a - b);
  const within = (share) => times[Math.min(Math.floor(times.length * share), times.length - 1)];
  note(`${what}, 4×`, within(0.5), "ms", budget);
  note(`${what}, 95 of 100, 4×`, within(0.95), "ms", budget);
  console.log(`  of ${times.length}; the slowest ${times.at(-1).toFixed(1)} ms`);
}

/** Starts the worker in the page and returns how long it took to open what it knows. */
async function open() {
  const worker = new Worker(document.querySelector("meta[name=guide]").content, { type: "module" });
  window.worker = worker;
  const from = performance.now();
  await new Promise((done) => worker.addEventListener("message", done, { once: true }));
  return performance.now() - from;
}

/** Asks one after the other; returns each reply and how long it took. */
async function ask(requests) {
  const { worker } = window;
  const answers = [];
  for (const [at, request] of requests.entries()) {
    const text = JSON.stringify(request);
    const from = performance.now();
    const [, reply] = await new Promise((done) => {
      worker.onmessage = ({ data }) => data[0] === at + 1 && done(data);
      worker.postMessage([at + 1, text]);
    });
    answers.push({ took: performance.now() - from, reply: JSON.parse(reply) });
  }
  return answers;
}

async function lines(file) {
  const text = await readFile(path.join(shared, file), "utf8");
  return text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

function complaint({ age_years, age_months, sex, pregnant_weeks, history, vitals, text }) {
  const tenths = (value) => (value === undefined ? null : Math.round(value * 10));
  return {
    age_months: Math.round(age_months ?? (age_years ?? 40) * 12),
    sex: sex ?? null,
    pregnant_weeks: pregnant_weeks ?? null,
    history: history ?? [],
    vitals: vitals ? { ...vitals, temperature: tenths(vitals.temperature), glucose: tenths(vitals.glucose) } : {},
    texts: [text],
  };
}

function prescription({ age_years, sex, weight_kg, egfr, pregnant_weeks, lactating, conditions, allergies, prescription }) {
  const patient = {
    age_days: Math.round(age_years * 365.25),
    sex: ["female", "male"].includes(sex) ? sex : null,
    weight: weight_kg ? Math.round(weight_kg * 1000) : null,
    egfr: egfr ? Math.round(egfr) : null,
    pregnant_weeks: pregnant_weeks ?? null,
    lactating: lactating ?? false,
    conditions: conditions ?? [],
    allergies: allergies ?? [],
  };
  const written = prescription.map((line) => Object.fromEntries(Object.entries(line).filter(([, value]) => value !== null)));
  return { check: { patient, lines: written } };
}
