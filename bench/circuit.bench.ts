import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { test } from "@playwright/test";
import type { Growth } from "./circuit-long.ts";
import type { CircuitFigure } from "./circuit-tasks.ts";
import { markdown, putTable, shown } from "./figures.ts";
import { figuresOfPage } from "./page-figures.ts";

/** Built by `circuit.vite.config.ts`. */
const script = join(import.meta.dirname, "../node_modules/.cache/bench-circuit/circuit.mjs");
const updates = Number(process.env["STRATA_UPDATES"] ?? 10_000_000);

test("views kept true by the circuit, by db-ivm and by recomputation", async () => {
  const inNode = runInNode<readonly CircuitFigure[]>(["measure"]);
  const flags = ["--js-flags=--expose-gc", "--enable-precise-memory-info"];
  const inChromium = await figuresOfPage<readonly CircuitFigure[]>("circuit-page", flags);
  const growth = runInNode<Growth>(["growth", String(updates)]);
  report(inNode, inChromium, growth);
});

/** In a process of its own, as a bundler ships it: what runs tests would wrap every module. */
function runInNode<T>(task: readonly string[]): T {
  const told = execFileSync(process.execPath, ["--expose-gc", script, ...task], {
    encoding: "utf8",
    maxBuffer: 1e8,
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(told) as T;
}

function report(
  inNode: readonly CircuitFigure[],
  inChromium: readonly CircuitFigure[],
  growth: Growth,
): void {
  const names = Object.keys(inNode[0]?.values ?? {});
  const head = ["rows", "what", "in"];
  const places = { Node: inNode, Chromium: inChromium };
  const rows = inNode.flatMap(({ rows: count, name, unit }, n) =>
    Object.entries(places).map(([place, figures]) => [
      count,
      `${name}, ${unit}`,
      place,
      ...names.map((contender) => shown(figures[n]?.values[contender] ?? NaN)),
    ]),
  );
  const memory = growth.megabytes.map((each) => each.toFixed(0)).join(", ");
  const text = [
    `${cpus().length} cores, Node ${process.versions.node}.\n`,
    markdown([...head, ...names], rows),
    "",
    `${updates.toLocaleString("en")} updates in batches of 1,000 over 100,000 rows in Node: ${shown(growth.rate)} a second,`,
    `making them included; live megabytes before them and after each tenth: ${memory}.`,
  ].join("\n");
  putTable("circuit figures: written by npm run bench:circuit", text);
}
