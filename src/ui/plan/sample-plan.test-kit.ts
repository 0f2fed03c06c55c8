import { asResourceId } from "../../model/ids.ts";
import type { PlannedTask, WorkPlan } from "../../model/work-plan.ts";

/** A plan of `count` pages: three that run, and others that wait for the first. */
export function samplePlan(count = 10): WorkPlan {
  return {
    tasks: Array.from({ length: count }, (_, n) => sampleTask(n)),
    clean: 7,
    removals: [],
    estimate: { lanes: 2, workMs: 12 * count, criticalMs: 24, totalMs: 6 * count, untimed: 0 },
  };
}

function sampleTask(n: number): PlannedTask {
  return {
    resourceId: asResourceId(`page:notes/note-${n}.md`),
    kind: "page",
    generation: n < 3 ? 1 : 2,
    expected: n < 3 ? "run" : "may-run",
    cause: n < 3 ? `notes/note-${n}.md changed` : "page:notes/note-0.md may change",
    estimateMs: 12,
  };
}
