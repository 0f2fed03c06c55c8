import { cpus } from "node:os";
import { test } from "@playwright/test";
import { EngineProject, pathOf, textOf, type Cost } from "./engine-project.ts";
import { markdown, putTable } from "./figures.ts";
import { ninjaVersion, noOpWithNinja } from "./ninja.ts";

/** Files and outputs together: each document is a file, a page and, where it is embedded, a fragment. */
const sizes = [1000, 10_000, 100_000];

test("what changed, and what follows, beside Ninja", async () => {
  const ninja = ninjaVersion();
  if (ninja === undefined) process.stdout.write("There is no ninja on the PATH: its column stays empty.\n");
  const rows: (string | number)[][] = [];
  for (const size of sizes) {
    const documents = Math.round(size / 2.1);
    rows.push(...(await measure(documents)).map((row) => [size, ...row]));
    if (ninja !== undefined) rows.push([size, "Ninja, nothing changed", "", noOpWithNinja(size), "", "", ""]);
  }
  const heads = ["resources", "what", "tasks", "ms", "scanning", "planning", "building"];
  const where = `${cpus().length} cores, Node ${process.versions.node}, everything in memory, Ninja ${ninja ?? "none"}.`;
  putTable(
    "engine figures: written by npm run bench:engine",
    `${where}\n\n${markdown(heads, rows.map(shown))}`,
  );
});

async function measure(documents: number): Promise<(string | number)[][]> {
  const project = await EngineProject.open(documents);
  const line = (name: string, { ms, run }: Cost) => {
    if (run.failed + run.poisoned > 0) throw new Error(`${name}: ${run.failed} failed`);
    const { scanning = 0, planning = 0, building = 0 } = run.phaseMs;
    return [name, run.built, ms, scanning, planning, building];
  };
  const rows = [line("everything new", await project.buildAll())];
  await project.buildAll();
  rows.push(line("nothing changed, whole folder told", await project.buildAll()));
  const [leaf, embedded] = [5, Math.floor(documents / 20) * 10];
  const change = async (path: string, text: (version: number) => string): Promise<Cost> => {
    // The middle one after the first: what only that pays for is not what a person waits for every time.
    const costs: Cost[] = [];
    for (let version = 0; version < 10; version++) {
      project.write(path, text(version + 1));
      costs.push(await project.buildChange(path));
    }
    return middleOf(costs.slice(1));
  };
  rows.push(line("one leaf changed", await change(pathOf(leaf), (n) => textOf(leaf, n))));
  rows.push(line("one embedded note changed", await change(pathOf(embedded), (n) => textOf(embedded, n))));
  rows.push(
    line("the root of one in a hundred changed", await change("hub.md", (n) => `# Hub\n\nVersion ${n}.\n`)),
  );
  rows.push(line("a setting changed", await change("strata.yaml", (n) => `images:\n  quality: ${80 + n}\n`)));
  return rows;
}

/** The one of an odd number that took longer than one half of them and shorter than the other. */
function middleOf(costs: readonly Cost[]): Cost {
  const cost = costs.toSorted((a, b) => a.ms - b.ms)[costs.length >> 1];
  if (cost === undefined) throw new Error("nothing was changed");
  return cost;
}

function shown(row: readonly (string | number)[]): readonly (string | number)[] {
  const [size, name, tasks, ...times] = row;
  return [
    size ?? "",
    name ?? "",
    tasks ?? "",
    ...times.map((ms) => (typeof ms === "number" ? digits(ms) : ms)),
  ];
}

const digits = (ms: number): string => (ms >= 100 ? ms.toFixed(0) : ms.toFixed(1));
