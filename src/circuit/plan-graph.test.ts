import { expect, it } from "vitest";
import type { Expression } from "./expression.ts";
import { PlanGraph } from "./plan-graph.ts";
import type { PlanNode } from "./plan-node.ts";
import type { Plan } from "./plan.ts";
import type { Change, Changes, Row } from "./row.ts";

/** Tables as plain maps, and a graph over them. */
function open(spare = 4) {
  const tables = new Map<string, Map<string, Row>>();
  const graph = new PlanGraph({ rowsOf: (table) => tables.get(table)?.values() ?? [], spare });
  function put(table: string, rows: readonly Row[], removed: readonly string[] = []): Changes {
    const held = tables.get(table) ?? new Map<string, Row>();
    tables.set(table, held);
    const changes: Change[] = [
      ...removed.map((key) => ({ key, before: held.get(key), after: undefined })),
      ...rows.map((row) => ({ key: row.key, before: held.get(row.key), after: row })),
    ];
    for (const key of removed) held.delete(key);
    for (const row of rows) held.set(row.key, row);
    return changes;
  }
  return {
    graph,
    put: (table: string, rows: readonly Row[], removed: readonly string[] = []) =>
      graph.apply(new Map([[table, put(table, rows, removed)]])),
  };
}

const column = (name: string): Expression => ({ type: "column", name });
const scan: Plan = { type: "scan", table: "t" };
const large: Plan = {
  type: "filter",
  of: scan,
  where: { type: "compare", by: ">", left: column("size"), right: { type: "parameter", name: "least" } },
};

/** The same plan, written down in another order. */
const reordered: Plan = {
  where: {
    right: { name: "least", type: "parameter" },
    left: { name: "size", type: "column" },
    by: ">",
    type: "compare",
  },
  of: { table: "t", type: "scan" },
  type: "filter",
};

function rowsOf(node: PlanNode): readonly Row[] {
  const content = node.content();
  return content.type === "reset" ? content.rows : [];
}

it("[CP1] makes equal parts of plans, by plan and parameters, one part, and others not", () => {
  const { graph } = open();
  const a = graph.acquire(large, { least: 10 });
  expect(graph.acquire(reordered, { least: 10 })).toBe(a);
  expect(graph.acquire(large, { least: 11 })).not.toBe(a);
  expect(graph.acquire({ type: "project", of: large, columns: ["size"] }, { least: 10 }).inputs).toEqual([a]);
  expect(graph.metrics).toMatchObject({ operators: 4, hits: 3, misses: 4 });
});

it("[CP2] loads what is new from the present rows, and then tells changes", () => {
  const { graph, put } = open();
  put("t", [
    { key: "a", size: 20 },
    { key: "b", size: 5 },
  ]);
  const node = graph.acquire(
    {
      type: "map",
      of: large,
      columns: {
        twice: { type: "arithmetic", by: "*", left: column("size"), right: { type: "literal", value: 2 } },
      },
    },
    { least: 10 },
  );
  expect(rowsOf(node)).toEqual([{ key: "a", twice: 40 }]);
  const outcomes = put("t", [{ key: "b", size: 11 }], ["a"]);
  expect(outcomes.get(node)).toEqual({
    type: "changes",
    changes: [
      { key: "a", before: { key: "a", twice: 40 }, after: undefined },
      { key: "b", before: undefined, after: { key: "b", twice: 22 } },
    ],
  });
});

it("[CP3] runs the parts that a changed table leads to, each once, and no others", () => {
  const { graph, put } = open();
  const shared = graph.acquire(large, { least: 0 });
  const other = graph.acquire({ type: "scan", table: "u" });
  graph.acquire({ type: "union", of: [large, large] }, { least: 0 });
  graph.acquire({ type: "project", of: large, columns: [] }, { least: 0 });
  expect([...put("t", [{ key: "a", size: 1 }]).keys()]).toHaveLength(3);
  put("t", [{ key: "a", size: -1 }]);
  expect(shared.runs).toEqual({ incremental: 2, full: 1 });
  expect(other.runs).toEqual({ incremental: 0, full: 1 });
});

it("[CP4] leaves all parts right but one whose operator throws and those that depend on it, until its next change", () => {
  const { graph, put } = open();
  const poison = {
    key: "b",
    get size(): number {
      throw new Error("no size");
    },
  };
  const picked = graph.acquire({ type: "project", of: large, columns: ["size"] }, { least: 0 });
  const whole = graph.acquire(scan);
  put("t", [{ key: "a", size: 1 }]);
  const broken = put("t", [poison]);
  expect(broken.get(picked)).toMatchObject({ type: "fault", fault: { code: "view-failed" } });
  expect(broken.get(whole)).toMatchObject({ type: "changes" });
  expect(picked.content()).toMatchObject({ type: "fault" });
  expect(graph.acquire({ type: "union", of: [large] }, { least: 0 }).fault).toBe(picked.fault);
  const mended = put("t", [{ key: "b", size: 2 }]);
  expect(mended.get(picked)).toEqual({
    type: "reset",
    rows: [
      { key: "a", size: 1 },
      { key: "b", size: 2 },
    ],
  });
  expect(put("t", [], ["a"]).get(picked)).toMatchObject({ type: "changes" });
});

it("[CP5] keeps what nothing uses until a table of it changes, or there is too much of it", () => {
  const { graph, put } = open(2);
  const a = graph.acquire(large, { least: 1 });
  graph.release(a);
  expect(graph.acquire(large, { least: 1 })).toBe(a);
  graph.release(a);
  for (const least of [2, 3]) graph.release(graph.acquire(large, { least }));
  expect(graph.metrics).toMatchObject({ operators: 3, evictions: 1 });
  expect(graph.acquire(large, { least: 1 })).not.toBe(a);
  put("t", [{ key: "a", size: 5 }]);
  expect(graph.metrics).toMatchObject({ operators: 2, evictions: 3 });
});
