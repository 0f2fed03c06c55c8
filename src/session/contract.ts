import type { Fault } from "../base/fault.ts";
import type { Query } from "../circuit/query.ts";
import type { Value } from "../circuit/row.ts";
import type { Frequency } from "../circuit/view.ts";
import type { GraphComparison, GraphDiagnostics, GraphFormat } from "../model/diagnostics.ts";
import type { HistoryCount, HistoryPage, HistoryQuery } from "../model/history.ts";
import type { ArtifactTotal } from "../model/artifact.ts";
import type { JobId, ProjectId, ResourceId } from "../model/ids.ts";
import type { ViewName, ViewRows } from "../model/view-rows.ts";
import type { RelationPart, Relations } from "../model/relations.ts";
import type { Inspection, ProjectSummary, Replies, RetryScope, RunTasks } from "../model/wire.ts";
import type { ConsistencyToken } from "../model/operation.ts";
import type { WorkPlan } from "../model/work-plan.ts";
import type { SettledJob, WriteJob } from "../model/write-job.ts";

/** A view that deltas keep true, in a form that `useSyncExternalStore` takes. */
export type LiveView<Row> = {
  /** Calls back after each frame in which the view changed. Returns the way to stop. */
  subscribe(listener: () => void): () => void;
  /** Ascends with every change: what React compares, since the rows are read in place. */
  version(): number;
  /** How many rows there are. */
  size(): number;
  /** A row never changes once it was given, and is the same object until another takes its place. */
  get(key: string): Row | undefined;
  /** All rows as they are while one reads, in the order of first arrival. Read to the end at once; nothing is copied. */
  rows(): Iterable<Row>;
  /** Keys that changed since `version`, or `undefined` when that is too long ago to tell. */
  changedSince(version: number): readonly string[] | undefined;
};

export type LiveViews = { readonly [V in ViewName]: LiveView<ViewRows[V]> };

/** What a view is asked for with, beside its query. */
export type AskOptions = {
  /** What the query's parameters stand for. */
  readonly parameters?: { readonly [name: string]: Value };
  /** How often it may change; `realtime`, once a frame, when nothing is said. */
  readonly frequency?: Frequency;
};

/** A project of an earlier visit. */
export type RecentProject = {
  readonly projectId: ProjectId;
  readonly name: string;
  /** `folder`: a handle to a real folder. `copy`: its files are kept in the browser. `import`: it has no folder yet. */
  readonly origin: "folder" | "copy" | "import";
  /** Milliseconds since the epoch. */
  readonly openedAt: number;
  /** Whether opening it will ask the person for permission again. */
  readonly needsPermission: boolean;
};

export type OpenProject = {
  readonly projectId: ProjectId;
  readonly name: string;
  readonly origin: "folder" | "copy" | "import";
  /** Whether changes in the folder are noticed by themselves. */
  readonly watching: boolean;
};

/** What the page shows beside the views. */
export type SessionState = {
  /** `leader`: this tab holds the engine. `follower`: another tab does, and this one follows it. */
  readonly role: "starting" | "leader" | "follower";
  readonly threads: "workers" | "single";
  readonly project: OpenProject | null;
  readonly recents: readonly RecentProject[];
  /** What is going on before a run exists: reading a folder, unpacking a ZIP. `found` counts files so far. */
  readonly intake: { readonly name: string; readonly found: number } | null;
  /** Shown until dismissed; the newest last. */
  readonly notices: readonly (Fault & { readonly id: number })[];
  /** A new version of the app is ready and waits for the person's word. */
  readonly updateReady: boolean;
  readonly offlineReady: boolean;
  readonly online: boolean;
  readonly exporting: {
    readonly to: "folder" | "zip";
    readonly done: number;
    readonly total: number;
  } | null;
  /** Ascends with each write of this page's to relationships that no view shows. */
  readonly writes: number;
  /** A whole project on its way into a file or out of one. */
  readonly transfer: {
    readonly direction: "export" | "import";
    /** Of the project, or of the file. */
    readonly name: string;
    readonly done: number;
    readonly total: number;
  } | null;
};

export type StorageReport = {
  /** Bytes used of those that the browser gives, database and copies of folders included; `null` where it does not tell. */
  readonly usage: number | null;
  readonly quota: number | null;
  /** Whether the browser keeps it until the person removes it; else it may clear it when the disk runs full. */
  readonly isKept: boolean;
};

export type BuildOptions = {
  /** Only what this needs, itself included. */
  readonly root?: ResourceId;
  /** Also what has not changed. */
  readonly force?: boolean;
  /** Try again what failed: `only` that and what it holds back, or that `too`. */
  readonly failed?: RetryScope;
};

/** All that the UI can do. No call rejects: trouble becomes a notice. */
export type Session = {
  readonly views: LiveViews;
  /**
   * A view of the shown project's tables that the engine keeps true for as long as someone listens to it; it is empty
   * until then. The same object for the same query and options. `label` is what metrics call it.
   */
  view<Row extends { readonly key: string }>(
    label: string,
    query: Query<Row>,
    options?: AskOptions,
  ): LiveView<Row>;
  /** In a form that `useSyncExternalStore` takes: the same object until something changed. */
  state(): SessionState;
  subscribe(listener: () => void): () => void;

  /** Opens the picker. Call from a click. */
  openFolder(): Promise<void>;
  /** Takes what was dropped: a folder, several files, or a ZIP. Call inside the `drop` event. */
  openDropped(transfer: DataTransfer): Promise<void>;
  /** Takes the files of an `<input type="file" webkitdirectory>` or of a ZIP. */
  openFiles(files: readonly File[]): Promise<void>;
  openSample(): Promise<void>;
  /** Asks for permission first where it must. Call from a click. */
  openRecent(projectId: ProjectId): Promise<void>;
  /** Removes the project, all that was made from it included, from this browser; never touches its folder. */
  forget(projectId: ProjectId): Promise<void>;
  closeProject(): Promise<void>;
  /** Whether `openFolder` has a picker that gives a handle; else the UI offers a directory input. */
  readonly hasFolderPicker: boolean;

  /** Looks at the folder again and builds what changed. */
  build(options?: BuildOptions): Promise<void>;
  /** What `build` would do: looks at the folder again and changes nothing. `undefined` when there is no answer. */
  plan(options?: Pick<BuildOptions, "root" | "force">): Promise<WorkPlan | undefined>;
  cancel(): Promise<void>;
  inspect(resourceId: ResourceId): Promise<Inspection | undefined>;
  /**
   * The relationships of a resource, the last change of the folder and the last write of this page included, or, with
   * `token`, the write that gave it, of whatever page.
   */
  relations(
    resourceId: ResourceId,
    part?: RelationPart,
    token?: ConsistencyToken,
  ): Promise<Relations | undefined>;
  /**
   * Makes documents children of another, exactly once, also where the engine ends on the way. Resolves with how that
   * ended, or with `undefined` when it is not known.
   */
  addChildren(parentId: ResourceId, childIds: readonly ResourceId[]): Promise<SettledJob | undefined>;
  /** Takes children from a document, as `addChildren` gives them. */
  removeChildren(parentId: ResourceId, childIds: readonly ResourceId[]): Promise<SettledJob | undefined>;
  /** How far a write has come; `null` for one of which nothing is known, `undefined` when there is no answer. */
  writeStatus(jobId: string): Promise<WriteJob | null | undefined>;
  /** The shortest way along outgoing relationships; `undefined` when there is no answer. */
  findPath(from: ResourceId, to: ResourceId): Promise<Replies["find-path"] | undefined>;
  /** What the rule graph says of itself; `undefined` before the folder was read. */
  diagnostics(): Promise<GraphDiagnostics | undefined>;
  /** How the present graph differs from the kept one of this signature. */
  compareGraph(signature: string): Promise<GraphComparison | undefined>;
  /** Saves the rule graph as a file. */
  exportGraph(format: GraphFormat): Promise<void>;
  runTasks(jobId: JobId): Promise<RunTasks | undefined>;
  /** Saves a run as a trace that ui.perfetto.dev opens. */
  saveTrace(jobId: JobId): Promise<void>;
  /** Operations of the log, the newest first, or those before the place where the last page said to go on. */
  history(query: HistoryQuery, before: number | null): Promise<HistoryPage | undefined>;
  /** How many operations of one part of the log fit; asked part after part. */
  countHistory(query: HistoryQuery, before: number | null): Promise<HistoryCount | undefined>;
  /** The address at which the service worker serves a file of the finished site, or `null` without one. */
  previewUrl(sitePath: string): string | null;
  /** The bytes of an output or of a file as an object URL; the caller revokes it. */
  objectUrl(hash: string, type: string): Promise<string | undefined>;
  exportToFolder(): Promise<void>;
  exportAsZip(): Promise<void>;

  /** What a file of the whole project would hold; `undefined` where no project is open. */
  projectSummary(): Promise<ProjectSummary | undefined>;
  /** Saves the open project with its history, and with the finished files if asked for. Call from a click. */
  exportProject(content: "history" | "everything"): Promise<void>;
  /**
   * Imports a project file: into its project, where this browser has it, else as a new one. Without a file it asks
   * for one: call from a click.
   */
  importProject(file?: File): Promise<void>;
  /** Merges a project file into the open project, whichever project it is of. */
  mergeProject(file?: File): Promise<void>;
  /** Gives an imported project its folder: by the picker, or from the files of a directory input. */
  chooseFolder(files?: readonly File[]): Promise<void>;
  /** Stops an export or import of a project. Of a first import nothing stays; another is completed by importing again. */
  cancelTransfer(): void;
  /** The room that this browser gives, and what is used of it. */
  storage(): Promise<StorageReport>;
  /** Asks the browser to keep what is stored until the person removes it; tells whether it does. Call from a click. */
  keepStorage(): Promise<boolean>;
  /** Frees what nothing refers to any more; tells how much, or `undefined` when there is no answer. */
  collect(): Promise<ArtifactTotal | undefined>;
  dismiss(noticeId: number): void;
  applyUpdate(): Promise<void>;
};
