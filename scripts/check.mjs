// Runs every check, two at a time, the cheap ones first, and ends with one line: `N passed, N failed`.
// Each check counts as one; those that run tests count as many as they ran. Arguments name the only checks to run.
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { chromiumPath } from "./chromium.mjs";
import { tallyPlaywright, tallyVitest } from "./test-report.mjs";

/**
 * `report` reads the JSON that `arguments` made a test runner write. A check starts when those in `after` have
 * passed, and one that is `alone` has the machine to itself.
 *
 * @typedef {import("./test-report.mjs").Tally} Tally
 * @typedef {{ name: string, after?: string[], alone?: boolean, report?: (json: unknown) => Tally, arguments?: (file: string) => string[] }} Check
 * @typedef {{ code: number, output: string, ms: number }} Run
 */

/** Milliseconds after which a check that hangs is ended, so that the others are still counted. */
const timeLimit = 1_200_000;
const root = resolve(import.meta.dirname, "..");
const scratch = mkdtempSync(join(tmpdir(), "strata-check-"));

/** @param {string} file */
const vitestReport = (file) => ["--reporter=default", "--reporter=json", `--outputFile.json=${file}`];

/** @type {Check[]} */
const known = [
  { name: "format" },
  { name: "lint" },
  { name: "rules" },
  { name: "types" },
  { name: "layers" },
  { name: "unused" },
  { name: "build" },
  { name: "size", after: ["build"] },
  { name: "test:unit", report: tallyVitest, arguments: vitestReport },
  { name: "test:component", report: tallyVitest, arguments: vitestReport },
  {
    name: "test:e2e",
    after: ["build"],
    alone: true,
    report: tallyPlaywright,
    arguments: () => ["--reporter=line,json"],
  },
];

const wanted = process.argv.slice(2);
const checks = known.filter((check) => wanted.length === 0 || wanted.includes(check.name));
const environment = { ...process.env, CHROMIUM_PATH: findBrowser(), FORCE_COLOR: "0", CI: "1" };
const startedAt = performance.now();
/** @type {Map<string, Tally>} */
const results = new Map();
await runAll();
rmSync(scratch, { recursive: true, force: true });
process.exitCode = conclude();

function findBrowser() {
  try {
    return chromiumPath();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    console.log("0 passed, 1 failed");
    process.exit(1);
  }
}

/** Starts what can start whenever a check ends, until none is left. */
async function runAll() {
  const waiting = [...checks];
  /** @type {Map<string, Promise<void>>} */
  const running = new Map();
  while (waiting.length > 0 || running.size > 0) {
    const next = waiting.find((check) => canStart(check, running.size));
    if (next === undefined) {
      await Promise.race(running.values());
      continue;
    }
    waiting.splice(waiting.indexOf(next), 1);
    running.set(
      next.name,
      carryOut(next).finally(() => running.delete(next.name)),
    );
  }
}

/**
 * @param {Check} check
 * @param {number} running
 */
function canStart(check, running) {
  const settled = (check.after ?? []).every((name) => results.has(name) || !isWanted(name));
  return settled && running < (check.alone === true ? 1 : 2);
}

/** @param {string} name */
function isWanted(name) {
  return checks.some((check) => check.name === name);
}

/** @param {Check} check */
async function carryOut(check) {
  const broken = (check.after ?? []).find((name) => isWanted(name) && results.get(name)?.failed !== 0);
  if (broken !== undefined) {
    settle(
      check,
      { code: 1, output: `not run: ${broken} failed\n`, ms: 0 },
      { passed: 0, failed: 1, faults: [] },
    );
    return;
  }
  const file = join(scratch, `${check.name.replace(":", "-")}.json`);
  const run = await npmRun(check, file);
  settle(check, run, tallyOf(check, run, file));
}

/**
 * @param {Check} check
 * @param {string} file where the test runner writes its report
 * @returns {Promise<Run>}
 */
function npmRun(check, file) {
  const started = performance.now();
  const env = { ...environment, PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const extra = check.arguments?.(file) ?? [];
  // Ten minutes: a runner that hangs must not take the others with it.
  const child = spawn("npm", ["run", "--silent", check.name, "--", ...extra], {
    cwd: root,
    env,
    shell: process.platform === "win32",
    timeout: timeLimit,
  });
  let output = "";
  child.stdout.on("data", (/** @type {Buffer} */ part) => (output += part.toString()));
  child.stderr.on("data", (/** @type {Buffer} */ part) => (output += part.toString()));
  return new Promise((done) => {
    child.on("error", (error) =>
      done({ code: 1, output: `${output}${String(error)}\n`, ms: performance.now() - started }),
    );
    child.on("close", (code) => done({ code: code ?? 1, output, ms: performance.now() - started }));
  });
}

/**
 * A runner that ends badly without naming a failed test, or leaves no report, has failed all the same.
 *
 * @param {Check} check
 * @param {Run} run
 * @param {string} file
 * @returns {Tally}
 */
function tallyOf(check, run, file) {
  const plain = run.code === 0 ? { passed: 1, failed: 0, faults: [] } : { passed: 0, failed: 1, faults: [] };
  if (check.report === undefined) return plain;
  try {
    const tally = check.report(JSON.parse(readFileSync(file, "utf8")));
    if (run.code === 0 || tally.failed > 0) return tally;
    return { ...tally, failed: 1, faults: [`the test runner ended with code ${run.code}`] };
  } catch (error) {
    return { passed: 0, failed: 1, faults: [`no report could be read: ${String(error)}`] };
  }
}

/**
 * @param {Check} check
 * @param {Run} run
 * @param {Tally} tally
 */
function settle(check, run, tally) {
  results.set(check.name, tally);
  const counts = check.report === undefined ? "" : `  ${tally.passed} passed, ${tally.failed} failed`;
  const mark = tally.failed === 0 ? "ok  " : "FAIL";
  console.log(`${mark}  ${check.name.padEnd(15)} ${(run.ms / 1000).toFixed(1).padStart(6)} s${counts}`);
  // What failed comes first: the output may be long, and whoever keeps a log may cut its end off.
  if (tally.failed > 0) console.log([...tally.faults, run.output.trimEnd()].join("\n"));
}

/** Prints the totals. @returns {number} the exit code */
function conclude() {
  const tallies = [...results.values()];
  const passed = tallies.reduce((sum, tally) => sum + tally.passed, 0);
  const failed = tallies.reduce((sum, tally) => sum + tally.failed, 0);
  console.log(`all checks in ${((performance.now() - startedAt) / 1000).toFixed(0)} s`);
  console.log(`${passed} passed, ${failed} failed`);
  return failed === 0 && passed > 0 ? 0 : 1;
}
