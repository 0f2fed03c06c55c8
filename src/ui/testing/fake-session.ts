import { invariant } from "../../base/invariant.ts";
import { asProjectId } from "../../model/ids.ts";
import type { ArtifactTotal } from "../../model/artifact.ts";
import type { GraphComparison, GraphDiagnostics } from "../../model/diagnostics.ts";
import type { HistoryQuery, HistoryRow } from "../../model/history.ts";
import type { PathStep, RelationGroup } from "../../model/relations.ts";
import type { EdgeRow, NodeRow, ProblemRow, RunRow, TaskRow } from "../../model/view-rows.ts";
import type { Inspection, ProjectSummary, RunTasks } from "../../model/wire.ts";
import type { WorkPlan } from "../../model/work-plan.ts";
import type { LiveView, OpenProject, Session, SessionState, StorageReport } from "../../session/contract.ts";
import { ComputedView } from "../../session/testing/computed-view.ts";
import { MemoryView } from "./memory-view.ts";

type Keyed = { readonly key: string };
type Query = Parameters<Session["view"]>[1];
type AskOptions = NonNullable<Parameters<Session["view"]>[2]>;

type FakeContent = {
  readonly nodes?: readonly NodeRow[];
  readonly edges?: readonly EdgeRow[];
  readonly problems?: readonly ProblemRow[];
  readonly runs?: readonly RunRow[];
  /** How tasks ended so far. */
  readonly tasksSoFar?: readonly TaskRow[];
  /** Rows of views that panels ask for, by label. */
  readonly asked?: AskedRows;
  readonly state?: Partial<SessionState>;
  readonly hasFolderPicker?: boolean;
  /** What a dry run tells. */
  readonly plan?: WorkPlan;
  readonly inspections?: ReadonlyMap<string, Inspection>;
  /** By resource; each answer is the first part. */
  readonly relations?: ReadonlyMap<string, readonly RelationGroup[]>;
  /** Parts of long groups, by the relationship that they follow. */
  readonly parts?: ReadonlyMap<string, RelationGroup>;
  /** By `from to`. */
  readonly paths?: ReadonlyMap<string, readonly PathStep[]>;
  readonly diagnostics?: GraphDiagnostics;
  /** By the signature of the earlier graph. */
  readonly comparisons?: ReadonlyMap<string, GraphComparison>;
  /** By run. */
  readonly tasks?: ReadonlyMap<string, RunTasks>;
  /** Operations of the log, the newest first; a test may put others before them. */
  readonly history?: readonly HistoryRow[];
  readonly summary?: ProjectSummary;
  readonly storage?: StorageReport;
  /** Whether the browser keeps what is stored when asked to. */
  readonly keeps?: boolean;
  readonly freed?: ArtifactTotal;
  /** Addresses of the preview by site path; without one there is no service worker. */
  readonly site?: ReadonlyMap<string, string>;
  /** Bytes by hash. */
  readonly bytes?: ReadonlyMap<string, Blob>;
};

const noStorage: StorageReport = { usage: null, quota: null, isKept: false };

export type FakeSession = Session & {
  readonly views: {
    readonly node: MemoryView<NodeRow>;
    readonly edge: MemoryView<EdgeRow>;
    readonly problem: MemoryView<ProblemRow>;
    readonly run: MemoryView<RunRow>;
  };
  /** A table that only queries look at. */
  readonly taskTable: MemoryView<TaskRow>;
  /** A view of whose rows the test gave some. */
  readonly asked: (label: string) => MemoryView<Keyed>;
  /** Every call that the UI made, as `name argument…`. */
  readonly calls: string[];
  readonly set: (change: Partial<SessionState>) => void;
};

export const fakeProject: OpenProject = {
  projectId: asProjectId("00000000-0000-4000-8000-000000000001"),
  name: "handbook",
  origin: "folder",
  watching: true,
};

const restingState: SessionState = {
  role: "leader",
  threads: "workers",
  project: null,
  recents: [],
  intake: null,
  notices: [],
  updateReady: false,
  offlineReady: true,
  online: true,
  exporting: null,
  writes: 0,
  transfer: null,
};

type FakeTables = FakeSession["views"] & { readonly task: MemoryView<TaskRow> };
type AskedRows = ReadonlyMap<string, readonly Keyed[]>;

function tablesOf({ nodes, edges, problems, runs }: FakeContent): FakeSession["views"] {
  return {
    node: new MemoryView(nodes),
    edge: new MemoryView(edges),
    problem: new MemoryView(problems),
    run: new MemoryView(runs),
  };
}

/** Views by label: of the rows given for it, or else of the rows that its query gives for the tables in memory. */
class FakeViews {
  readonly #tables: FakeTables;
  readonly #given: ReadonlyMap<string, MemoryView<Keyed>>;
  readonly #computed = new Map<string, LiveView<Keyed>>();

  constructor(tables: FakeTables, rows: AskedRows) {
    this.#tables = tables;
    this.#given = new Map([...rows].map(([label, of]) => [label, new MemoryView(of)]));
  }

  /** Who asks knows what rows a label has. */
  readonly view = ((label: string, query: Query, options?: AskOptions) =>
    this.#given.get(label) ?? this.#compute(label, query, options)) as Session["view"];

  given(label: string): MemoryView<Keyed> {
    const view = this.#given.get(label);
    invariant(view !== undefined, `the test gave rows for ${label}`);
    return view;
  }

  #compute(label: string, query: Query, { parameters = {} }: AskOptions = {}): LiveView<Keyed> {
    const name = `${label} ${JSON.stringify(parameters)}`;
    const view = this.#computed.get(name) ?? new ComputedView(this.#tables, query, parameters);
    this.#computed.set(name, view);
    return view;
  }
}

/** A session over rows in memory. It carries out nothing: it notes what it was asked for. */
export function fakeSession(content: FakeContent = {}): FakeSession {
  let state: SessionState = { ...restingState, ...content.state };
  const listeners = new Set<() => void>();
  const calls: string[] = [];
  const set = (change: Partial<SessionState>) => {
    state = { ...state, ...change };
    for (const listener of listeners) listener();
  };
  const views = tablesOf(content);
  const taskTable = new MemoryView(content.tasksSoFar);
  const fakes = new FakeViews({ ...views, task: taskTable }, content.asked ?? new Map());
  return {
    views,
    taskTable,
    view: fakes.view,
    asked: (label) => fakes.given(label),
    calls,
    set,
    state: () => state,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hasFolderPicker: content.hasFolderPicker ?? true,
    ...notingCalls(calls),
    plan: async () => content.plan,
    inspect: async (id) => content.inspections?.get(id),
    relations: async (resourceId, part) => {
      const next = part && content.parts?.get(part.after);
      const first = content.relations?.get(resourceId) ?? [];
      return { resourceId, groups: part === undefined ? first : next === undefined ? [] : [next] };
    },
    writeStatus: async () => null,
    findPath: async (from, to) => ({ steps: content.paths?.get(`${from} ${to}`) ?? null }),
    diagnostics: async () => content.diagnostics,
    compareGraph: async (signature) => content.comparisons?.get(signature),
    runTasks: async (jobId) => content.tasks?.get(jobId),
    ...fakeHistory(content.history ?? []),
    projectSummary: async () => content.summary,
    previewUrl: (path) => (content.site === undefined ? null : (content.site.get(path) ?? "about:blank")),
    objectUrl: async (hash) => {
      const bytes = content.bytes?.get(hash);
      return bytes === undefined ? undefined : URL.createObjectURL(bytes);
    },
    ...fakeStorage(content, calls),
    dismiss: (id) => set({ notices: state.notices.filter((notice) => notice.id !== id) }),
  };
}

function fakeStorage(
  { storage = noStorage, keeps = true, freed }: FakeContent,
  calls: string[],
): Pick<Session, "storage" | "keepStorage" | "collect"> {
  return {
    storage: async () => storage,
    keepStorage: async () => {
      calls.push("keepStorage");
      return keeps;
    },
    collect: async () => {
      calls.push("collect");
      return freed;
    },
  };
}

type Noted = Omit<
  Session,
  | "views"
  | "view"
  | "state"
  | "subscribe"
  | "hasFolderPicker"
  | "inspect"
  | "plan"
  | "relations"
  | "writeStatus"
  | "findPath"
  | "diagnostics"
  | "compareGraph"
  | "runTasks"
  | "history"
  | "countHistory"
  | "projectSummary"
  | "previewUrl"
  | "objectUrl"
  | "storage"
  | "keepStorage"
  | "collect"
  | "dismiss"
>;

/** Operations that one answer looks at. */
const examined = 200;

/** Answers as the log does: a part of it at a time. A search looks at all that a row holds. */
function fakeHistory(log: readonly HistoryRow[]): Pick<Session, "history" | "countHistory"> {
  const part = ({ documentId, search }: HistoryQuery, before: number | null) => {
    const older = log.filter(
      (row) => (before === null || row.id < before) && (documentId === null || row.documentId === documentId),
    );
    const looked = older.slice(0, examined);
    const fits = (row: HistoryRow) => JSON.stringify(row).toLowerCase().includes(search.toLowerCase());
    return {
      rows: looked.filter(fits),
      next: older.length > examined ? (looked.at(-1)?.id ?? null) : null,
    };
  };
  return {
    history: async (query, before) => part(query, before),
    countHistory: async (query, before) => {
      const { rows, next } = part(query, before);
      return { matches: rows.length, next };
    },
  };
}

function notingCalls(calls: string[]): Noted {
  const note = async (...words: readonly string[]): Promise<undefined> => {
    calls.push(words.join(" "));
    return undefined;
  };
  return {
    openFolder: () => note("openFolder"),
    openDropped: (transfer) => note("openDropped", ...[...transfer.files].map((file) => file.name)),
    openFiles: (files) => note("openFiles", ...files.map((file) => file.name)),
    openSample: () => note("openSample"),
    openRecent: (id) => note("openRecent", id),
    forget: (id) => note("forget", id),
    closeProject: () => note("closeProject"),
    build: (options) => note("build", ...(options === undefined ? [] : [JSON.stringify(options)])),
    cancel: () => note("cancel"),
    exportToFolder: () => note("exportToFolder"),
    exportAsZip: () => note("exportAsZip"),
    exportProject: (content) => note("exportProject", content),
    importProject: (file) => note("importProject", ...(file === undefined ? [] : [file.name])),
    mergeProject: (file) => note("mergeProject", ...(file === undefined ? [] : [file.name])),
    chooseFolder: (files) => note("chooseFolder", ...(files ?? []).map((file) => file.name)),
    addChildren: (parent, children) => note("addChildren", parent, ...children),
    removeChildren: (parent, children) => note("removeChildren", parent, ...children),
    cancelTransfer: () => void calls.push("cancelTransfer"),
    exportGraph: (format) => note("exportGraph", format),
    saveTrace: (jobId) => note("saveTrace", jobId),
    applyUpdate: () => note("applyUpdate"),
  };
}
