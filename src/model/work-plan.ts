import type { ResourceId } from "./ids.ts";
import type { DerivedKind } from "./resource.ts";

/**
 * What a build would do with a target that it does not take for done:
 * - `run`: its task runs
 * - `may-run`: it waits for one that runs, and runs unless that turns out unchanged
 * - `reuse`: its task ran before with these inputs, and its output is taken over
 * - `fail`: its task failed before with these inputs, in a way that trying again does not mend
 * - `poison`: it waits for something that cannot be built
 */
export type ExpectedEnd = "run" | "may-run" | "reuse" | "fail" | "poison";

export type PlannedTask = {
  readonly resourceId: ResourceId;
  readonly kind: DerivedKind;
  /** Files are in generation 0; -1 for what a cycle keeps out of the schedule. */
  readonly generation: number;
  readonly expected: ExpectedEnd;
  /** Why, in one line. */
  readonly cause: string;
  /** `null` for what does not run, and where nothing of its kind was timed yet. */
  readonly estimateMs: number | null;
};

/** What a build would do: the answer of a dry run. */
export type WorkPlan = {
  /** By generation, then in the order of the schedule. */
  readonly tasks: readonly PlannedTask[];
  /** How many targets are as a build from scratch would make them. */
  readonly clean: number;
  /** Outputs that nothing asks for any more. */
  readonly removals: readonly ResourceId[];
  readonly estimate: WorkEstimate;
};

/** How long the tasks that run, or may run, would take together. Milliseconds. */
export type WorkEstimate = {
  /** How many tasks run at a time. */
  readonly lanes: number;
  /** All tasks one after the other. */
  readonly workMs: number;
  /** The longest chain of tasks that wait for each other. */
  readonly criticalMs: number;
  /** No schedule is faster: the greater of the chain and of the work shared by the lanes. */
  readonly totalMs: number;
  /** Tasks that no earlier timing tells anything of; they count as nothing. */
  readonly untimed: number;
};

/** Files and targets by generation: 0 for files, else 1 + the greatest of what a target waits for. */
export type WorkSchedule = {
  readonly generations: readonly (readonly ResourceId[])[];
  /** What cycles hold up; they have no generation. */
  readonly blocked: readonly ResourceId[];
};
