import { cpus } from "node:os";
import { test } from "@playwright/test";
import type { CrossingFigure } from "./crossing-page/page.ts";
import { markdown, putTable } from "./figures.ts";
import { figuresOfPage } from "./page-figures.ts";

test("rows from a worker to the page, as objects and as columns", async () => {
  report(await figuresOfPage<readonly CrossingFigure[]>("crossing-page"));
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
