import { execFileSync } from "node:child_process";
import { cpus } from "node:os";
import { join } from "node:path";
import { test } from "@playwright/test";
import type { ParallelFigure } from "./circuit-parallel.ts";
import { markdown, putTable, shown } from "./figures.ts";
import { figuresOfPage } from "./page-figures.ts";

/** Built by `circuit.vite.config.ts`. */
const script = join(import.meta.dirname, "../node_modules/.cache/bench-circuit/circuit.mjs");

test("views kept true by one thread and by several", async () => {
  const told = execFileSync(process.execPath, [script, "parallel"], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });
  const inNode = JSON.parse(told) as readonly ParallelFigure[];
  const inChromium = await figuresOfPage<readonly ParallelFigure[]>("circuit-parallel-page");
  const names = Object.keys(inNode[0]?.values ?? {});
  const rows = inNode.flatMap(({ views, what }, n) =>
    Object.entries({ Node: inNode, Chromium: inChromium }).map(([place, figures]) => [
      views,
      what,
      place,
      ...names.map((name) => shown(figures[n]?.values[name] ?? NaN)),
    ]),
  );
  const text = `${cpus().length} cores, Node ${process.versions.node}.\n\n${markdown(["views", "what", "in", ...names], rows)}`;
  putTable("parallel figures: written by npm run bench:circuit:parallel", text);
});
