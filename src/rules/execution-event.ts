import { invariant } from "../base/invariant.ts";
import type { RuleGraph } from "./rule-graph.ts";
import type { RuleSchedule } from "./rule-schedule.ts";

/** Where a rule stands in a schedule. All counted from 0 but the size. */
export type SchedulePlace = {
  /** Among all rules of the schedule. */
  readonly scheduleIndex: number;
  readonly generation: number;
  /** Within its generation. */
  readonly generationOrder: number;
  /** How many rules the generation has. */
  readonly generationSize: number;
};

/** How the run of a rule ended. */
export type RuleOutcome = {
  readonly rule: string;
  readonly status: "done" | "kept" | "failed" | "poisoned" | "cancelled";
  readonly durationMs: number;
  /** What came out, in the unit that fits it. */
  readonly rowsOut?: number;
  readonly bytesOut?: number;
};

/** One run of one rule, with the place that the plan gave it. Plain data. */
export type ExecutionEvent = SchedulePlace & {
  readonly rule: string;
  /** Name of the evidence that it makes. */
  readonly output: string;
  readonly status: RuleOutcome["status"];
  readonly durationMs: number;
  readonly rowsOut: number | null;
  readonly bytesOut: number | null;
  /** Of the rule graph that the schedule was made from. */
  readonly planSignature: string;
};

/** The place of each scheduled rule, by name. Cost: O(rules). */
export function placesOf(schedule: RuleSchedule): ReadonlyMap<string, SchedulePlace> {
  const places = new Map<string, SchedulePlace>();
  schedule.generations.forEach((rules, generation) => {
    rules.forEach((rule, generationOrder) => {
      const generationSize = rules.length;
      places.set(rule, { scheduleIndex: places.size, generation, generationOrder, generationSize });
    });
  });
  return places;
}

export type Execution = {
  readonly graph: RuleGraph;
  readonly schedule: RuleSchedule;
  readonly planSignature: string;
};

/**
 * The events of some outcomes in the order of the schedule; several of one rule stay in the order given. Throws for a
 * rule that is not in the schedule. Cost: O(rules + outcomes · log outcomes).
 */
export function executionEvents(
  { graph, schedule, planSignature }: Execution,
  outcomes: readonly RuleOutcome[],
): readonly ExecutionEvent[] {
  const places = placesOf(schedule);
  const events = outcomes.map(({ rule, status, durationMs, rowsOut, bytesOut }): ExecutionEvent => {
    const place = places.get(rule);
    const index = graph.ruleIndex.rankOf(rule);
    invariant(place !== undefined && index !== undefined, "a rule that ran is in the schedule");
    const output = graph.rules[index]!.output;
    const out = { rowsOut: rowsOut ?? null, bytesOut: bytesOut ?? null };
    return { rule, output, status, ...place, durationMs, ...out, planSignature };
  });
  return events.sort((a, b) => a.scheduleIndex - b.scheduleIndex);
}
