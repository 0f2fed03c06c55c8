import { cpus } from "node:os";
import { join } from "node:path";
import { chromium, test } from "@playwright/test";
import { build } from "vite";
import { chromiumFlags, chromiumPath } from "../scripts/chromium.mjs";
import { serveFolder } from "../scripts/server.mjs";
import type { CrossingFigure } from "./crossing-page/page.ts";
import { markdown, putTable } from "./figures.ts";

const root = join(import.meta.dirname, "crossing-page");
const outDir = join(import.meta.dirname, "../node_modules/.cache/bench-crossing");

test("rows from a worker to the page, as objects and as columns", async () => {
  await build({
    root,
    configFile: false,
    base: "./",
    logLevel: "error",
    build: { outDir, emptyOutDir: true, target: "es2023" },
    worker: { format: "es" },
  });
  const server = await serveFolder({ root: outDir, port: 0 });
  const browser = await chromium.launch({ executablePath: chromiumPath(), args: chromiumFlags });
  const page = await browser.newPage();
  await page.goto(server.address);
  const figures = await page.evaluate(
    () => (globalThis as unknown as { figures: Promise<readonly CrossingFigure[]> }).figures,
  );
  await browser.close();
  await server.close();
  report(figures);
});

function report(figures: readonly CrossingFigure[]): void {
  const head = ["rows", "as", "leaving the worker", "taken in by the page", "50 rows read", "all read"];
  const rows = figures.map(({ count, form, leave, arrive, screen, all }) => [
    count,
    form,
    ...[leave, arrive, screen, all].map((ms) => ms.toFixed(2)),
  ]);
  const where = `${cpus().length} cores, Chromium. Milliseconds, medians.\n`;
  putTable("crossing figures: written by npm run bench:crossing", `${where}\n${markdown(head, rows)}`);
}
