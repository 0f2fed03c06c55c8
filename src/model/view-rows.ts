import type { Severity } from "../base/fault.ts";
import type { Json } from "../base/json.ts";
import type { TaskEvent } from "./output.ts";
import type { RelationshipType } from "./relationship.ts";
import type { ResourceKind, Status } from "./resource.ts";

/** The tables whose rows reach the page, by name. Each row has a key that is unique in its table. */
export type ViewRows = {
  readonly node: NodeRow;
  readonly edge: EdgeRow;
  readonly problem: ProblemRow;
  readonly run: RunRow;
};

export type ViewName = keyof ViewRows;
export const viewNames: readonly ViewName[] = ["node", "edge", "problem", "run"];

/** The tables of which a page can ask for views: these, and some that reach it in no other way. */
export type TableRows = ViewRows & { readonly task: TaskRow; readonly storage: StorageRow };
export type TableName = keyof TableRows;

/** A view beyond these that a page asked for, under a name of its own. */
export type AskedView = `view:${string}`;

/** A row of such a view. */
export type AskedRow = { readonly key: string; readonly [column: string]: Json };

/** One resource: a file of the folder or something made from it. */
export type NodeRow = {
  /** A `ResourceId`. */
  readonly key: string;
  readonly kind: ResourceKind;
  /** What a person calls it: the path of the file, of the output, or `name#section`. */
  readonly label: string;
  readonly status: Status;
  /** 0-based column of the graph: 0 for files, else 1 + the greatest of what it depends on. */
  readonly generation: number;
  /** One line: why the last run built it, or why it is as it is. */
  readonly cause: string;
  /** Of its last task; `null` for files and for what never ran. */
  readonly durationMs: number | null;
  /** Of the file or of the output; `null` when there is none yet. */
  readonly bytes: number | null;
  /** Where the finished site has it, or `null`. */
  readonly sitePath: string | null;
  /** Content hash of the file or output, or `null`. */
  readonly hash: string | null;
  /** Whether the last run took the output from an earlier one instead of making it. */
  readonly cached: boolean;
};

/** One relationship. `ordersBuild` tells whether `then` waits for `first`; plain links do not. */
export type EdgeRow = {
  readonly key: string;
  readonly first: string;
  readonly then: string;
  readonly type: RelationshipType;
  readonly ordersBuild: boolean;
};

export type ProblemRow = {
  readonly key: string;
  readonly severity: Severity;
  readonly code: string;
  readonly path: string;
  readonly line: number | null;
  readonly message: string;
  readonly remedy: string;
};

export type RunPhase =
  | "scanning"
  | "fetching"
  | "planning"
  | "building"
  | "publishing"
  | "done"
  | "failed"
  | "cancelled";

/** One build run. The newest has the greatest `startedAt`. */
export type RunRow = {
  /** A `JobId`. */
  readonly key: string;
  readonly phase: RunPhase;
  /** Milliseconds since the epoch. */
  readonly startedAt: number;
  readonly endedAt: number | null;
  /** Tasks that the plan holds, in the present phase. */
  readonly total: number;
  /** Of them: finished in any way. */
  readonly settled: number;
  /** Of the settled: a worker made the output. */
  readonly built: number;
  /** Of the settled: taken from an earlier run, or found unchanged. */
  readonly reused: number;
  /** Of the reused: an earlier task with the same key had made the output; `null` for a run that did not count them. */
  readonly cacheHits: number | null;
  readonly failed: number;
  readonly poisoned: number;
  /** Tasks that the end of the run came before. */
  readonly cancelled: number;
  /** Of all outputs built in this run. */
  readonly bytesOut: number;
  /** Tasks a second over the last few seconds; 0 when unknown. */
  readonly rate: number;
  /** Milliseconds, or `null` when unknown. */
  readonly timeLeft: number | null;
  /** Milliseconds spent in each phase so far, by name. */
  readonly phaseMs: { readonly [phase: string]: number };
  /** The steps that the run went through, in their order; none for a run that did not note them. */
  readonly stages: readonly RunStage[];
  /** The `ResourceId` of what alone was asked for; `null` for everything. */
  readonly root: string | null;
  readonly signature: string | null;
};

/** A step of a run, in milliseconds since the epoch. */
export type RunStage = {
  readonly name: string;
  readonly startedAt: number;
  /** `null` while it goes on. */
  readonly endedAt: number | null;
};

/** How a task of the newest run ended, under the id of its resource. See `TaskEvent`. */
export type TaskRow = { readonly key: string } & Omit<TaskEvent, "resourceId">;

/** What is stored for all projects. */
export type StorageRow = {
  /** Finished files, and what was fetched. */
  readonly key: "artifacts";
  readonly count: number;
  readonly bytes: number;
};

/** How the views of one frequency fare, under its name: a table that views can be asked for of. */
export type CircuitShardRow = {
  readonly key: string;
  readonly views: number;
  /** Rows touched since the last flush. */
  readonly pending: number;
  readonly flushes: number;
  /** Milliseconds of the last flush, and the median of the latest 64. */
  readonly lastMs: number | null;
  readonly medianMs: number | null;
  /** Of the last flush: what came for it, what of it was left, and what that reached. */
  readonly entriesReceived: number;
  readonly entriesAfterCoalesce: number;
  readonly tablesTouched: number;
  readonly viewsUpdated: number;
  /** Parts of plans: found for another view, made, dropped, and there now, with the rows that these keep. */
  readonly cacheHits: number;
  readonly cacheMisses: number;
  readonly evictions: number;
  readonly operators: number;
  readonly rowsHeld: number;
};

/** How a view fares, under its name: a table that views can be asked for of. */
export type CircuitViewRow = {
  readonly key: string;
  readonly frequency: string;
  readonly strategy: string;
  readonly rows: number;
  readonly fullRecomputes: number;
  readonly incrementalUpdates: number;
  readonly cacheHits: number;
  readonly cacheMisses: number;
  /** Milliseconds of taking in and telling its last change, and the median of the latest 64; its plan is with the shard. */
  readonly lastMs: number | null;
  readonly medianMs: number | null;
  /** Why it is not up to date. */
  readonly fault: string | null;
};
