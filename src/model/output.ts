import type { Fault } from "../base/fault.ts";
import type { Artifact } from "./artifact.ts";
import type { JobId, ResourceId, SitePath, TaskKey } from "./ids.ts";
import type { Problem } from "./problem.ts";
import type { DerivedKind, Status } from "./resource.ts";

/**
 * One thing that a task key covers, in words a person understands, such as `setting images.quality`, `content of
 * a.md` or `output of variant:b.png@640.webp`. The key is the hash of all parts in order; what differs between two
 * lists of parts is why a task ran.
 */
export type KeyPart = { readonly label: string; readonly value: string };

/** What the database knows of a derived resource. */
export type OutputRecord = {
  readonly id: ResourceId;
  readonly kind: DerivedKind;
  readonly status: Status;
  /** Where the finished site has it; `null` for fragments. */
  readonly sitePath: SitePath | null;
  /** The last good output, kept through a failure. */
  readonly artifact: Artifact | null;
  /** Of the last task that ran to its end: at `FAILED` the one that failed, so that it is not tried again in vain. */
  readonly taskKey: TaskKey | null;
  /** What `taskKey` is the hash of. */
  readonly parts: readonly KeyPart[];
  /** What its last successful task found. */
  readonly problems: readonly Problem[];
  readonly fault: Fault | null;
  /** From this resource to the one that failed, when poisoned. */
  readonly culprits: readonly ResourceId[];
  /** One line: why it was built last. */
  readonly cause: string;
  readonly durationMs: number | null;
};

/** Where the plan of a run put a task. All counted from 0 but the size; -1 for what a cycle kept out of the plan. */
export type TaskPlace = {
  /** Among all tasks. */
  readonly scheduleIndex: number;
  /** Files have none, so what waits for files alone is in generation 0. */
  readonly generation: number;
  /** Within its generation. */
  readonly generationOrder: number;
  readonly generationSize: number;
  /** Of the rule graph that the plan was made from. */
  readonly planSignature: string;
};

/** What happened to one task of a run. */
export type TaskEvent = {
  readonly jobId: JobId;
  readonly resourceId: ResourceId;
  readonly outcome: "built" | "reused" | "failed" | "poisoned" | "cancelled";
  readonly place: TaskPlace;
  readonly worker: number | null;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly durationMs: number;
  readonly bytes: number;
  readonly cause: string;
};
