import type { PlannedTask, WorkPlan } from "../../model/work-plan.ts";
import { countOf, formatCount } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";

/** A line of the list: the head of a generation, or a task of it. */
export type PlanRow =
  | { readonly type: "generation"; readonly key: string; readonly words: string }
  | { readonly type: "task"; readonly key: string; readonly task: PlannedTask };

export const expectedWords: Readonly<Record<PlannedTask["expected"], string>> = {
  run: "Runs",
  "may-run": "May run",
  reuse: "Taken over",
  fail: "Fails again",
  poison: "Held back",
};

/** The tasks of a plan, each generation under a head. */
export function planRows({ tasks }: Pick<WorkPlan, "tasks">): readonly PlanRow[] {
  const generations = new Map<number, PlannedTask[]>();
  for (const task of tasks) {
    const members = generations.get(task.generation);
    if (members === undefined) generations.set(task.generation, [task]);
    else members.push(task);
  }
  return [...generations]
    .sort(([a], [b]) => a - b)
    .flatMap(([generation, members]): readonly PlanRow[] => [
      { type: "generation", key: `generation ${generation}`, words: headWords(generation, members.length) },
      ...members.map((task) => ({ type: "task", key: task.resourceId, task }) as const),
    ]);
}

function headWords(generation: number, count: number): string {
  const name = generation < 0 ? "Held up by a cycle" : `Generation ${generation}`;
  return `${name}: ${countOf(count, "task")}`;
}

/** What a build would come to, in one line. */
export function planSummary({ tasks, clean, removals }: WorkPlan): string {
  const counts = new Map<string, number>();
  for (const { expected } of tasks) counts.set(expected, (counts.get(expected) ?? 0) + 1);
  const said = (["run", "may-run", "reuse", "fail", "poison"] as const).flatMap((expected) => {
    const count = counts.get(expected) ?? 0;
    return count === 0 ? [] : [`${formatCount(count)} ${endWords[expected]}`];
  });
  const rest = [...said, `${formatCount(clean)} up to date`];
  if (removals.length > 0) rest.push(`${formatCount(removals.length)} removed`);
  return tasks.length + removals.length === 0
    ? `Nothing to do: ${countOf(clean, "output")} up to date.`
    : `${rest.join(", ")}.`;
}

const endWords: Readonly<Record<PlannedTask["expected"], string>> = {
  run: "to run",
  "may-run": "that may run",
  reuse: "taken over",
  fail: "that fail again",
  poison: "held back",
};

/** How long that should take; `undefined` where nothing runs. */
export function estimateWords({ tasks, estimate }: WorkPlan): string | undefined {
  if (!tasks.some(({ expected }) => expected === "run" || expected === "may-run")) return undefined;
  const { totalMs, workMs, criticalMs, lanes, untimed } = estimate;
  const unknown = untimed === 0 ? "" : ` Nothing is known yet of ${countOf(untimed, "task")}.`;
  if (workMs === 0) return `No time is known yet for ${countOf(untimed, "task")}.`;
  return (
    `About ${formatDuration(totalMs)}: ${formatDuration(workMs)} of work for ${countOf(lanes, "worker")}, ` +
    `the longest chain takes ${formatDuration(criticalMs)}.${unknown}`
  );
}
