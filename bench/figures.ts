import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import type { RunRow } from "../src/model/view-rows.ts";

/** What one corpus cost. Milliseconds. */
export type Figures = {
  readonly name: string;
  readonly documents: number;
  readonly pictures: number;
  readonly cold: RunRow;
  /** From the drop of the folder to the end of the run. */
  readonly coldWall: number;
  readonly nothing: RunRow;
  readonly nothingWall: number;
  readonly one: RunRow;
  readonly oneWall: number;
  readonly hugo: number | string;
  readonly sharp: number | string;
};

const phases = ["scanning", "planning", "building", "publishing"] as const;

/** Prints the figures and puts them into `bench/README.md`. */
export function report(all: readonly Figures[], tools: string): void {
  const table = [heading(tools), totals(all), "", stages(all)].join("\n");
  putTable("figures: written by npm run bench", table);
  writeFileSync(join(import.meta.dirname, "figures.json"), `${JSON.stringify(all, null, 2)}\n`);
}

/** Prints a text and puts it into `bench/README.md`, between the comment `name` and the next end of figures. */
export function putTable(name: string, text: string): void {
  process.stdout.write(`\n${text}\n`);
  const path = join(import.meta.dirname, "README.md");
  const begin = `<!-- ${name} -->`;
  const [before = "", rest = ""] = readFileSync(path, "utf8").split(begin);
  const after = rest.slice(/<!-- end of [a-z ]*figures -->/.exec(rest)?.index ?? rest.length);
  writeFileSync(path, `${before}${begin}\n\n${text}\n\n${after}`);
}

/** A figure with its first three digits at the least. */
export function shown(value: number): string {
  if (Number.isInteger(value) && value < 1000) return String(value);
  return value >= 1000 ? Math.round(value).toLocaleString("en") : value.toPrecision(3);
}

function heading(tools: string): string {
  return `${cpus().length} cores, Node ${process.versions.node}, ${tools}. Milliseconds.\n`;
}

function totals(all: readonly Figures[]): string {
  const rows = all.map((f) => [
    f.name,
    f.documents,
    f.pictures,
    ms(f.coldWall),
    ms(f.nothingWall),
    ms(f.oneWall),
    f.one.built,
    ms(f.hugo),
    ms(f.sharp),
  ]);
  const head = [
    "corpus",
    "documents",
    "pictures",
    "cold",
    "nothing changed",
    "one changed",
    "tasks then",
    "Hugo cold",
    "sharp",
  ];
  return markdown(head, rows);
}

function stages(all: readonly Figures[]): string {
  const rows = all.flatMap((f) =>
    (["cold", "nothing", "one"] as const).map((build) => {
      const run = f[build];
      return [f.name, build, run.built, run.failed, ...phases.map((phase) => ms(run.phaseMs[phase] ?? 0))];
    }),
  );
  return markdown(["corpus", "build", "tasks", "failed", ...phases], rows);
}

const ms = (value: number | string): string =>
  typeof value === "string" ? value : String(Math.round(value));

export function markdown(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
