import type { Fault } from "../base/fault.ts";
import type { Json } from "../base/json.ts";
import type { ProjectPath } from "../base/project-path.ts";
import type { Artifact, ArtifactTotal } from "./artifact.ts";
import type { GraphComparison, GraphDiagnostics, GraphFormat, GraphText } from "./diagnostics.ts";
import type { HistoryCount, HistoryPage, HistoryQuery } from "./history.ts";
import type { JobId, ProjectId, ResourceId, SitePath } from "./ids.ts";
import type { ListingChange } from "./listing.ts";
import type { ConsistencyToken, ImportedOperation, Operation } from "./operation.ts";
import type { OutputRecord, TaskEvent } from "./output.ts";
import type { PackedRows } from "./packed-rows.ts";
import type { Problem } from "./problem.ts";
import type { PathStep, RelationPart, Relations } from "./relations.ts";
import type { RelationshipType } from "./relationship.ts";
import type { Settings } from "./settings.ts";
import type { IntakeEntry } from "./source.ts";
import type { WorkPlan, WorkSchedule } from "./work-plan.ts";
import type { SettledJob, WriteJob } from "./write-job.ts";
import type { AskedRow, AskedView, ViewName, ViewRows } from "./view-rows.ts";

/**
 * The four messages that cross threads, all of plain structured-cloneable data: Command (page to engine), Delta
 * (engine to page), Job (engine to task worker) and Outcome (task worker to engine).
 */

/** What a page asks of the engine. Every command may be sent twice: the second has no further effect. */
export type Command =
  | { readonly type: "open-project"; readonly projectId: ProjectId; readonly name: string }
  | {
      readonly type: "intake";
      readonly projectId: ProjectId;
      readonly change: ListingChange;
      /** What the intake could not read, or chose to leave out with a reason. */
      readonly problems: readonly Problem[];
    }
  | {
      readonly type: "build";
      readonly projectId: ProjectId;
      /** Build only what this resource needs, or everything. */
      readonly root: ResourceId | null;
      /** Run every task, even those whose inputs are the same as at their last success. */
      readonly force: boolean;
      /**
       * Try again what failed although its inputs are the same: `only` that and what it holds back, or that `too`.
       * Without it such failures stand.
       */
      readonly failed?: RetryScope;
    }
  | {
      /** A dry run: tells what a build would do, and changes nothing. */
      readonly type: "plan";
      readonly projectId: ProjectId;
      /** As for `build`. */
      readonly root: ResourceId | null;
      readonly force: boolean;
      /** The whole folder as it is now; `null` for as it was last read. */
      readonly entries: readonly IntakeEntry[] | null;
    }
  | {
      readonly type: "work-schedule";
      readonly projectId: ProjectId;
      /** For all that this resource needs, or for everything. */
      readonly root: ResourceId | null;
    }
  | { readonly type: "cancel"; readonly projectId: ProjectId }
  | { readonly type: "collect"; readonly projectId: ProjectId }
  | { readonly type: "inspect"; readonly projectId: ProjectId; readonly resourceId: ResourceId }
  | {
      readonly type: "relations";
      readonly projectId: ProjectId;
      readonly resourceId: ResourceId;
      /** `null` for the first of each group. */
      readonly part: RelationPart | null;
      /** Of the write that the answer must show; `null` for none in particular. */
      readonly token: ConsistencyToken | null;
    }
  | {
      readonly type: "find-path";
      readonly projectId: ProjectId;
      readonly from: ResourceId;
      readonly to: ResourceId;
      /** The types to go along; `null` for all. */
      readonly types: readonly RelationshipType[] | null;
      readonly token: ConsistencyToken | null;
    }
  | { readonly type: "diagnostics"; readonly projectId: ProjectId }
  | { readonly type: "compare-graph"; readonly projectId: ProjectId; readonly signature: string }
  | { readonly type: "export-graph"; readonly projectId: ProjectId; readonly format: GraphFormat }
  | { readonly type: "run-events"; readonly projectId: ProjectId; readonly jobId: JobId }
  | { readonly type: "run-trace"; readonly projectId: ProjectId; readonly jobId: JobId }
  | {
      readonly type: "history";
      readonly projectId: ProjectId;
      readonly query: HistoryQuery;
      /** Where the answer before said to go on; `null` for the newest. */
      readonly before: number | null;
    }
  | {
      readonly type: "count-history";
      readonly projectId: ProjectId;
      readonly query: HistoryQuery;
      readonly before: number | null;
    }
  | ({ readonly type: "add-children" } & ChangeOfChildren)
  | ({ readonly type: "remove-children" } & ChangeOfChildren)
  | { readonly type: "write-status"; readonly projectId: ProjectId; readonly jobId: string }
  | { readonly type: "site"; readonly projectId: ProjectId }
  | { readonly type: "close-project"; readonly projectId: ProjectId }
  | { readonly type: "delete-project"; readonly projectId: ProjectId }
  | { readonly type: "snapshot"; readonly projectId: ProjectId }
  | {
      /**
       * Asks for a view of the project's tables. Its deltas come with those of the others, the whole of it first, each
       * time that it is asked for; until it has rows there are none. It stays until the project is closed.
       */
      readonly type: "register-view";
      readonly projectId: ProjectId;
      readonly view: AskedView;
      /** A `ViewDefinition` of the circuit. */
      readonly definition: Json;
    }
  | { readonly type: "unregister-view"; readonly projectId: ProjectId; readonly view: AskedView }
  | PortableCommand;

/** What exporting a whole project and importing it elsewhere ask of the engine. */
type PortableCommand =
  | { readonly type: "project-summary"; readonly projectId: ProjectId }
  | {
      readonly type: "log-page";
      readonly projectId: ProjectId;
      /** Ids: operations behind the first, up to the second. */
      readonly after: number;
      readonly until: number;
    }
  | {
      readonly type: "output-page";
      readonly projectId: ProjectId;
      /** The last id of the page before, or "". */
      readonly after: string;
    }
  | {
      /** Merges whole streams of another copy of the log into this one, all of them or none. */
      readonly type: "load";
      readonly projectId: ProjectId;
      readonly operations: readonly ImportedOperation[];
    }
  | {
      /** Says which bytes are about to come, so that none stay for ever if they turn out to be of no use. */
      readonly type: "expect-artifacts";
      readonly projectId: ProjectId;
      readonly artifacts: readonly Artifact[];
    }
  | {
      readonly type: "adopt-outputs";
      readonly projectId: ProjectId;
      readonly outputs: readonly OutputRecord[];
      /** `outputs`: they become the project's own, for a project without a folder; `memory`: a build may reuse them. */
      readonly as: "outputs" | "memory";
    }
  | {
      /** Shows a project whose folder was not chosen yet, as the log has it. */
      readonly type: "recall";
      readonly projectId: ProjectId;
      /** Those that its outputs were made with, or `null` when they are not known. */
      readonly settings: Settings | null;
    };

export type RetryScope = "only" | "too";

type ChangeOfChildren = {
  readonly projectId: ProjectId;
  readonly parentId: ResourceId;
  readonly childIds: readonly ResourceId[];
  /** A UUID of the page's: under it the write can be asked about, and asked for again when no answer came. */
  readonly jobId: string;
};

/** What the engine answers to each command when it could be carried out. */
export type Replies = {
  readonly "open-project": {
    /** Whether sources are known from an earlier session. */
    readonly known: boolean;
    /** Size and time at the last scan, by path: what matches need not be read again. */
    readonly resources: number;
  };
  readonly intake: {
    /** The name of the listing, for the next change of it; `null` when its base is not known: send it complete. */
    readonly listing: string | null;
    readonly changed: number;
    readonly removed: number;
    readonly unchanged: number;
    /** Stands for all that the intake recorded; `null` when that is nothing. */
    readonly token: ConsistencyToken | null;
  };
  /** The run's outcome: the counts of its last `RunRow`. */
  readonly build: { readonly run: ViewRows["run"] };
  readonly plan: WorkPlan;
  readonly "work-schedule": WorkSchedule;
  readonly cancel: { readonly cancelled: boolean };
  /** What the artifacts of all projects take. */
  /** What was freed: bytes that no output and no remembered result refers to. Waits for a build to end. */
  readonly collect: ArtifactTotal;
  readonly inspect: Inspection;
  readonly relations: Relations;
  /** The steps of the shortest way along outgoing relationships, none from a resource to itself; `null` without one. */
  readonly "find-path": { readonly steps: readonly PathStep[] | null };
  readonly diagnostics: GraphDiagnostics;
  readonly "compare-graph": GraphComparison;
  readonly "export-graph": GraphText;
  readonly "run-events": RunTasks;
  /** A run in the Trace Event Format, which ui.perfetto.dev opens. */
  readonly "run-trace": { readonly fileName: string; readonly mediaType: string; readonly text: string };
  readonly history: HistoryPage;
  readonly "count-history": HistoryCount;
  readonly "add-children": { readonly job: SettledJob };
  readonly "remove-children": { readonly job: SettledJob };
  /** `null` for a write of which nothing is known: it can be asked for again. */
  readonly "write-status": { readonly job: WriteJob | null };
  readonly site: { readonly files: readonly SiteFile[] };
  readonly "close-project": Record<string, never>;
  readonly "delete-project": Record<string, never>;
  readonly snapshot: { readonly deltas: readonly PackedDelta[] };
  readonly "register-view": Record<string, never>;
  readonly "unregister-view": Record<string, never>;
  readonly "project-summary": ProjectSummary;
  /** An empty page ends the log. */
  readonly "log-page": { readonly operations: readonly Operation[] };
  /** By id in byte order; an empty page ends the list. */
  readonly "output-page": { readonly outputs: readonly OutputRecord[] };
  readonly load: { readonly token: ConsistencyToken; readonly appended: number };
  readonly "expect-artifacts": Record<string, never>;
  readonly "adopt-outputs": Record<string, never>;
  readonly recall: Record<string, never>;
};

/** What happened in a run. */
export type RunTasks = {
  /** What happened to each task, in the order of the plan. */
  readonly events: readonly TaskEvent[];
  /** Of the chains of tasks that waited for each other, the one that took longest; none where that is not known. */
  readonly critical: readonly ResourceId[];
};

/** What an export of a project would hold. */
export type ProjectSummary = {
  readonly operations: number;
  /** The id of the last of them. */
  readonly last: number;
  readonly outputs: number;
  readonly artifacts: number;
  /** Of all artifacts together. */
  readonly bytes: number;
  /** `null` before the folder was read. */
  readonly settings: Settings | null;
};

export type CommandType = Command["type"];
export type CommandOf<T extends CommandType> = Extract<Command, { readonly type: T }>;

export type Reply<T extends CommandType> =
  | { readonly ok: true; readonly value: Replies[T] }
  | { readonly ok: false; readonly fault: Fault };

/** Something that a person can put back as it was: a file, what was fetched, or a setting. */
export type ChangedInput = {
  /** What happened to it, such as `a.md is new`. */
  readonly words: string;
} & (
  | { readonly resourceId: ResourceId; readonly setting: null }
  /** Its name in `strata.yaml`, such as `images.quality`. */
  | { readonly resourceId: null; readonly setting: string }
);

/** Everything the inspector shows of a resource beyond its row. */
export type Inspection = {
  readonly resourceId: ResourceId;
  /** From the resource to the file or setting at the root of its last rebuild, one line each. */
  readonly causes: readonly string[];
  /** The resources of these lines in the same order, the file at the root last where there is one. */
  readonly reasons: readonly ResourceId[];
  /**
   * What at the root changed since before its last rebuild, or since its last build where it waits for one: with all
   * of these put back the resource would be as it was. `null` where it is not known any more, or nothing changed.
   */
  readonly roots: readonly ChangedInput[] | null;
  /** All that a change of this resource could reach. */
  readonly impact: readonly ResourceId[];
  readonly fault: Fault | null;
  /** From this resource to the one that failed, when poisoned. */
  readonly culprits: readonly ResourceId[];
};

export type SiteFile = Artifact & { readonly path: SitePath };

/** What changed in one view. A `reset` holds the whole content and replaces what the page had. */
export type Delta = { readonly [V in ViewName]: DeltaOf<V, ViewRows[V]> }[ViewName] | AskedDelta;

/** What changed in a view that a page asked for. */
export type AskedDelta = DeltaOf<AskedView, AskedRow>;

type DeltaOf<V, Row> = {
  readonly projectId: ProjectId;
  readonly view: V;
  readonly reset: boolean;
  readonly upserts: readonly Row[];
  readonly removals: readonly string[];
};

/** A delta on its way to the page: the rows of its upserts as columns. */
export type PackedDelta = {
  readonly projectId: ProjectId;
  readonly view: ViewName | AskedView;
  readonly reset: boolean;
  readonly upserts: PackedRows;
  readonly removals: readonly string[];
};

/** One frame of deltas. `sequence` ascends by 1, so a page that missed one asks for a snapshot. */
export type DeltaBatch = { readonly sequence: number; readonly deltas: readonly PackedDelta[] };

/** One unit of work for a task worker: several items of one kind, to spare round trips. */
export type Job = {
  readonly id: string;
  readonly kind: string;
  readonly items: readonly TaskItem[];
};

/** `input` is what the kind's `spec.ts` declares. Its resource's outcome comes back under the same id. */
export type TaskItem = { readonly resourceId: ResourceId; readonly input: unknown };

/** How one resource of a job ended. */
export type TaskResult =
  | {
      readonly status: "done";
      readonly resourceId: ResourceId;
      /** The output, already in the artifact store; `null` for a task that only finds facts. */
      readonly artifact: Artifact | null;
      /** What the kind's `spec.ts` declares beyond the artifact. */
      readonly value: unknown;
      readonly problems: readonly Problem[];
      readonly durationMs: number;
      /** Files whose bytes the task read, for the check against the edges that it declared. */
      readonly read: readonly ProjectPath[];
    }
  | {
      readonly status: "failed";
      readonly resourceId: ResourceId;
      readonly fault: Fault;
      readonly durationMs: number;
    };

/** The answer to a job: one result for each resource that the job makes. */
export type Outcome = {
  readonly jobId: string;
  readonly worker: number;
  readonly results: readonly TaskResult[];
  /**
   * When a worker began with the job and when it was free again, in milliseconds of a clock of the runner's that only
   * ascends. A task worker itself does not tell.
   */
  readonly span?: { readonly from: number; readonly to: number };
};
