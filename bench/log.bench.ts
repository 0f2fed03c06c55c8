import { cpus } from "node:os";
import { join } from "node:path";
import { chromium, test } from "@playwright/test";
import { build } from "vite";
import { chromiumFlags, chromiumPath } from "../scripts/chromium.mjs";
import { serveFolder } from "../scripts/server.mjs";
import { openStore } from "../src/store/open-store.ts";
import { putTable } from "./figures.ts";
import { logSizes, measureLog, walkSizes, type LogFigure } from "./log-tasks.ts";

const root = join(import.meta.dirname, "log-page");
const outDir = join(import.meta.dirname, "../node_modules/.cache/bench-log");

test("the log in Node and in Chromium", async () => {
  const store = await openStore({ dataDir: "memory://" });
  const inNode = await measureLog(store);
  await store.close();
  report(inNode, await measureInChromium());
});

async function measureInChromium(): Promise<readonly LogFigure[]> {
  await build({
    root,
    configFile: false,
    base: "./",
    logLevel: "error",
    build: { outDir, emptyOutDir: true, target: "es2023", chunkSizeWarningLimit: 5000 },
    worker: { format: "es" },
  });
  const server = await serveFolder({ root: outDir, port: 0 });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumFlags });
  const page = await browser.newPage();
  await page.goto(server.address);
  const figures = await page.evaluate(
    () => (globalThis as unknown as { figures: Promise<readonly LogFigure[]> }).figures,
  );
  await browser.close();
  await server.close();
  return figures;
}

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
