import { readFileSync } from "node:fs";
import { expect, type Page } from "@playwright/test";
import { test } from "./app.ts";
import { goTo } from "./project.ts";
import { runAfter } from "./session.ts";

type Raw = Readonly<Record<string, unknown>>;
type Trace = { readonly traceEvents: readonly Raw[]; readonly otherData: Raw };

test("shows when which worker had which task, saves it as a trace, and still has it after a reload", async ({
  openApp,
}) => {
  const page = await openApp();
  await page.getByRole("button", { name: "Try the sample" }).click();
  const run = await runAfter(page, undefined);
  await goTo(page, "Runs");
  const timeline = page.getByRole("application", {
    name: /^Timeline of [\d,]+ tasks on \d workers?\. Critical path/u,
  });
  await expect(timeline).toBeVisible();
  await timeline.focus();
  await page.keyboard.press("ArrowRight");
  const said = page.getByRole("region", { name: "Timeline" }).getByRole("status");
  await expect(said).toContainText("Outcome: Built");
  const name = (await said.textContent())?.split(",")[0];
  await page.keyboard.press("End");
  await expect(said).not.toContainText(`${name},`);

  const trace = await savedTrace(page);
  expect(trace.otherData["run"]).toBe(run.key);
  const bars = trace.traceEvents.filter(({ ph, tid }) => ph === "X" && Number(tid) >= 10);
  expect(bars).toHaveLength(run.built);
  expect(overlaps(bars)).toEqual([]);
  const stages = trace.traceEvents.filter(({ cat }) => cat === "stage").map((stage) => stage["name"]);
  expect(stages).toEqual(["intake", "scan", "fetch", "append", "prepare", "plan", "dispatch", "publish"]);
  expect(trace.traceEvents.filter(({ ph, tid }) => ph === "X" && tid === 2).length).toBeGreaterThan(0);

  await page.reload();
  await runAfter(page, run);
  await goTo(page, "Runs");
  const rows = page.getByRole("grid", { name: "Runs" }).getByRole("row");
  await expect(rows).toHaveCount(3);
  await rows.last().click();
  await expect(timeline).toBeVisible();
  expect(await savedTrace(page)).toEqual(trace);
});

async function savedTrace(page: Page): Promise<Trace> {
  const downloading = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save as trace" }).click();
  return JSON.parse(readFileSync(await (await downloading).path(), "utf8")) as Trace;
}

/** Bars that begin before the one before them on their track has ended. */
function overlaps(bars: readonly Raw[]): readonly Raw[] {
  const free = new Map<unknown, number>();
  return bars.filter(({ tid, ts, dur }) => {
    const before = free.get(tid) ?? 0;
    free.set(tid, Number(ts) + Number(dur));
    return Number(ts) < before;
  });
}
