import { expect, type Page } from "@playwright/test";
import type { RunRow, ViewName, ViewRows } from "../src/model/view-rows.ts";
import type { Session, SessionState } from "../src/session/contract.ts";

/** What the page offers to scripts: the session under the name `strata`. */
type Scripted = { readonly strata: Session };

/** The rows of a view as the page has them now. */
export function rowsOf<V extends ViewName>(page: Page, view: V): Promise<readonly ViewRows[V][]> {
  const read = (name: string) => {
    const { strata } = globalThis as unknown as Scripted;
    return [...strata.views[name as V].rows()];
  };
  return page.evaluate(read, view);
}

/** What the page shows beside the views. */
export function stateOf(page: Page): Promise<SessionState> {
  return page.evaluate(() => (globalThis as unknown as Scripted).strata.state());
}

/** The newest run, or `undefined` before the first. */
export async function latestRun(page: Page): Promise<RunRow | undefined> {
  return (await rowsOf(page, "run")).toSorted((a, b) => a.startedAt - b.startedAt).at(-1);
}

/** Waits until a run that is not `before` has ended, and returns it. Without `before`, any run. */
export async function runAfter(page: Page, before: RunRow | undefined, timeout = 60_000): Promise<RunRow> {
  await page.waitForFunction(() => "strata" in globalThis);
  const run = await page.evaluate(endedRun, { before: before?.key, timeout });
  expect(run, `a run that ended within ${timeout / 1000} s`).not.toBeNull();
  return run!;
}

/** Runs in the page, and so uses nothing outside itself. */
function endedRun(wanted: { before: string | undefined; timeout: number }): Promise<RunRow | null> {
  const { run } = (globalThis as unknown as Scripted).strata.views;
  return new Promise((resolve) => {
    const look = () => {
      const ended = [...run.rows()].filter((row) => row.endedAt !== null && row.key !== wanted.before);
      const latest = ended.toSorted((a, b) => a.startedAt - b.startedAt).at(-1);
      const present = wanted.before === undefined ? undefined : run.get(wanted.before);
      if (latest === undefined || (present !== undefined && latest.startedAt < present.startedAt)) return;
      stop();
      resolve(latest);
    };
    const stop = run.subscribe(look);
    setTimeout(() => resolve(null), wanted.timeout);
    look();
  });
}

/** The runs that began after `before`: the watch over the folder may have started some by itself. */
export async function runsSince(page: Page, before: RunRow | undefined): Promise<readonly RunRow[]> {
  return (await rowsOf(page, "run")).filter((run) => run.startedAt > (before?.startedAt ?? 0));
}

/** Presses Build and waits for the run. */
export async function buildAgain(page: Page): Promise<RunRow> {
  const before = await latestRun(page);
  await page.getByRole("button", { name: "Build", exact: true }).click();
  return runAfter(page, before);
}
