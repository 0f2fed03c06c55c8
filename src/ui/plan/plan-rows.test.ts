import { expect, it } from "vitest";
import { asResourceId } from "../../model/ids.ts";
import type { PlannedTask, WorkPlan } from "../../model/work-plan.ts";
import { estimateWords, planRows, planSummary } from "./plan-rows.ts";

const task = (id: string, generation: number, expected: PlannedTask["expected"]): PlannedTask => ({
  resourceId: asResourceId(id),
  kind: "page",
  generation,
  expected,
  cause: "",
  estimateMs: null,
});

const plan: WorkPlan = {
  tasks: [task("c", -1, "poison"), task("a", 1, "run"), task("b", 2, "may-run"), task("d", 1, "reuse")],
  clean: 1234,
  removals: [asResourceId("x")],
  estimate: { lanes: 3, workMs: 3000, criticalMs: 800, totalMs: 1000, untimed: 1 },
};

it("puts the tasks of a generation under one head", () => {
  expect(planRows(plan).map((row) => (row.type === "task" ? row.key : row.words))).toEqual([
    "Held up by a cycle: 1 task",
    "c",
    "Generation 1: 2 tasks",
    "a",
    "d",
    "Generation 2: 1 task",
    "b",
  ]);
});

it("says what a build comes to and how long it takes", () => {
  expect(planSummary(plan)).toBe(
    "1 to run, 1 that may run, 1 taken over, 1 held back, 1,234 up to date, 1 removed.",
  );
  expect(estimateWords(plan)).toBe(
    "About 1.0 s: 3.0 s of work for 3 workers, the longest chain takes 800 ms. Nothing is known yet of 1 task.",
  );
  const nothing = { ...plan, tasks: [], removals: [] };
  expect(planSummary(nothing)).toBe("Nothing to do: 1,234 outputs up to date.");
  expect(estimateWords(nothing)).toBeUndefined();
});
