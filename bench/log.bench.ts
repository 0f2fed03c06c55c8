import { cpus } from "node:os";
import { test } from "@playwright/test";
import { openStore } from "../src/store/open-store.ts";
import { putTable } from "./figures.ts";
import { logSizes, measureLog, walkSizes, type LogFigure } from "./log-tasks.ts";
import { figuresOfPage } from "./page-figures.ts";

test("the log in Node and in Chromium", async () => {
  const store = await openStore({ dataDir: "memory://" });
  const inNode = await measureLog(store);
  await store.close();
  report(inNode, await figuresOfPage<readonly LogFigure[]>("log-page"));
});

/** Prints the figures and puts them into `bench/README.md`. */
function report(inNode: readonly LogFigure[], inChromium: readonly LogFigure[]): void {
  const where = `${cpus().length} cores, Node ${process.versions.node} with the database in memory, Chromium with it on disk.`;
  const text = [
    `${where}\n`,
    table("operations a second", logSizes, "operations/s", { inNode, inChromium }),
    "",
    table("milliseconds", walkSizes, "ms", { inNode, inChromium }),
  ].join("\n");
  putTable("log figures: written by npm run bench:log", text);
}

type Places = { readonly inNode: readonly LogFigure[]; readonly inChromium: readonly LogFigure[] };

function table(
  title: string,
  sizes: readonly number[],
  unit: string,
  { inNode, inChromium }: Places,
): string {
  const heads = [title, ...sizes.map((size) => `Node ${size}`), ...sizes.map((size) => `Chromium ${size}`)];
  const rows = inNode.flatMap((figure, n) =>
    figure.unit === unit
      ? [[figure.name, ...[...figure.values, ...(inChromium[n]?.values ?? [])].map(shown)]]
      : [],
  );
  const lines = [heads, heads.map(() => "---"), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}

function shown(value: number): string {
  return value >= 100 ? value.toFixed(0) : value.toFixed(1);
}
