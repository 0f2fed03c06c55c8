import { expect, it } from "vitest";
import { openRows } from "../circuit/crossing/open-rows.ts";
import { from } from "../circuit/query.ts";
import type { ViewDefinition } from "../circuit/view.ts";
import { asProjectId } from "../model/ids.ts";
import type { CircuitShardRow, CircuitViewRow, ProblemRow } from "../model/view-rows.ts";
import type { DeltaBatch, PackedDelta } from "../model/wire.ts";
import { ViewHub } from "./view-hub.ts";

const project = asProjectId("p");

const problem = (key: string, severity: ProblemRow["severity"]): ProblemRow => ({
  key,
  severity,
  code: "broken-link",
  path: "a.md",
  line: null,
  message: "m",
  remedy: "r",
});

const counts: ViewDefinition = {
  plan: from<ProblemRow>("problem").groupBy(["severity"], ({ count }) => ({ count: count() })).plan,
  parameters: {},
  frequency: "realtime",
};

function listen(hub: ViewHub) {
  const batches: DeltaBatch[] = [];
  hub.subscribe((batch) => batches.push(batch));
  return {
    batches,
    /** The deltas since the last call, as what they say. */
    take: () => batches.splice(0).flatMap(({ deltas }) => deltas.map(said)),
  };
}

function said({ view, reset, upserts, removals }: PackedDelta) {
  const opened = openRows(upserts);
  if (!opened.ok) throw new Error(opened.reason);
  const rows = Array.from({ length: opened.rows.count }, (_, i) => opened.rows.rowAt(i));
  return { view, reset, rows, removals };
}

const errors = (count: number) => ({ key: '["error"]', severity: "error", count });

it("[H9] keeps a view that a page asked for true, beside those that are always there", () => {
  const hub = new ViewHub();
  const page = listen(hub);
  hub.change(project, "problem", { upserts: [problem("a", "error"), problem("b", "info")] });
  expect(hub.register(project, "view:counts", counts)).toBe(null);
  hub.flush();
  expect(page.take().map(({ view, reset }) => [view, reset])).toEqual([
    ["problem", true],
    ["view:counts", true],
  ]);
  hub.change(project, "problem", { upserts: [problem("c", "error")], removals: ["b"] });
  hub.flush();
  expect(page.take().find(({ view }) => view === "view:counts")).toEqual({
    view: "view:counts",
    reset: false,
    rows: [errors(2)],
    removals: ['["info"]'],
  });
  expect(hub.snapshot(project).map(said).at(-1)).toEqual({
    view: "view:counts",
    reset: true,
    rows: [errors(2)],
    removals: [],
  });
});

it("[H9] tells the whole of a view again when it is asked for again, and nothing when it has ended", () => {
  const hub = new ViewHub();
  const page = listen(hub);
  hub.change(project, "problem", { upserts: [problem("a", "error")] });
  hub.register(project, "view:counts", counts);
  hub.flush();
  page.take();
  expect(hub.register(project, "view:counts", structuredClone(counts))).toBe(null);
  hub.flush();
  expect(page.take()).toEqual([{ view: "view:counts", reset: true, rows: [errors(1)], removals: [] }]);
  hub.unregister(project, "view:counts");
  hub.change(project, "problem", { upserts: [problem("b", "error")] });
  hub.flush();
  expect(page.take().map(({ view }) => view)).toEqual(["problem"]);
});

it("[H9] refuses what is no definition, what its tables do not have, and another view under a taken name", () => {
  const hub = new ViewHub();
  expect(hub.register(project, "view:a", { ...counts, plan: { type: "scan" } })?.code).toBe("wrong-plan");
  expect(hub.register(project, "view:a", { ...counts, frequency: "often" })?.code).toBe("wrong-plan");
  expect(hub.register(project, "view:a", { ...counts, plan: { type: "scan", table: "page" } })?.code).toBe(
    "unknown-table",
  );
  hub.register(project, "view:a", counts);
  expect(hub.register(project, "view:a", { ...counts, frequency: "normal" })?.code).toBe("view-name-taken");
});

it("[H10] shows how the circuit fares in views of its own, and comes to rest", async () => {
  const hub = new ViewHub();
  const page = listen(hub);
  const shards = {
    plan: from<CircuitShardRow>("shard").plan,
    parameters: {},
    frequency: "realtime",
  } as const;
  const views = { plan: from<CircuitViewRow>("view").plan, parameters: {}, frequency: "normal" } as const;
  hub.register(project, "view:shards", shards);
  hub.register(project, "view:views", views);
  hub.change(project, "problem", { upserts: [problem("a", "error")] });
  await expect
    .poll(() => page.batches.flatMap(({ deltas }) => deltas.map(({ view }) => view)))
    .toContain("view:views");
  const told = page.take();
  const realtime = told.find(({ view }) => view === "view:shards")?.rows[0];
  expect(realtime).toMatchObject({ key: "realtime", entriesReceived: 1, viewsUpdated: 1 });
  const problems = told.find(({ view }) => view === "view:views")?.rows.find(({ key }) => key === "problem");
  expect(problems).toMatchObject({ rows: 1, incrementalUpdates: 1, fault: null });
  await new Promise((resolve) => setTimeout(resolve, 300));
  expect(page.take()).toEqual([]);
});

it("[H10] tells once that a closed project has no rows any more, and forgets its views", () => {
  const hub = new ViewHub();
  const page = listen(hub);
  hub.change(project, "problem", { upserts: [problem("a", "error")] });
  hub.register(project, "view:counts", { ...counts, frequency: "analytics" });
  hub.flush();
  page.take();
  hub.clear(project);
  hub.flush();
  const deltas = page.take();
  expect(deltas.every(({ reset, rows }) => reset && rows.length === 0)).toBe(true);
  expect(deltas.map(({ view }) => view)).toContain("view:counts");
  hub.change(project, "problem", { upserts: [problem("a", "error")] });
  hub.flush();
  expect(page.take().map(({ view }) => view)).toEqual(["problem"]);
});

it("[H10] shows as nothing what a row should hold and does not", () => {
  const hub = new ViewHub();
  const page = listen(hub);
  // What an earlier version may have stored.
  const old: unknown = { key: "a", severity: "error", code: null, path: 7, line: NaN, message: "m", more: 1 };
  hub.change(project, "problem", { upserts: [problem("b", "info"), old as ProblemRow] });
  hub.flush();
  expect(page.take()[0]?.rows).toEqual([
    problem("b", "info"),
    { key: "a", severity: "error", code: "", path: "", line: null, message: "m", remedy: "" },
  ]);
});
