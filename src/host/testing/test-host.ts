import { createMemoryStores } from "../../artifacts/memory-stores.ts";
import type { Stores } from "../../artifacts/stores.ts";
import { compareNames } from "../../base/byte-order.ts";
import { invariant } from "../../base/invariant.ts";
import { type JobId, asProjectId, asResourceId } from "../../model/ids.ts";
import { changeBetween, type Listing, type ListingChange } from "../../model/listing.ts";
import type { GraphComparison, GraphDiagnostics, GraphFormat, GraphText } from "../../model/diagnostics.ts";
import type { HistoryCount, HistoryPage, HistoryQuery } from "../../model/history.ts";
import type { ConsistencyToken } from "../../model/operation.ts";
import type { RelationPart, Relations } from "../../model/relations.ts";
import type { RelationshipType } from "../../model/relationship.ts";
import type { IntakeEntry } from "../../model/source.ts";
import type { AskedView, RunRow, ViewName, ViewRows } from "../../model/view-rows.ts";
import type { DeltaBatch, Inspection, Replies, RetryScope, RunTasks, TaskResult } from "../../model/wire.ts";
import type { WorkPlan, WorkSchedule } from "../../model/work-plan.ts";
import type { TaskEvent } from "../../model/output.ts";
import { openTestStore } from "../../store/testing/open-test-store.ts";
import type { Store } from "../../store/open-store.ts";
import type { TaskRunner } from "../../tasks/contract.ts";
import type { Fetcher } from "../../tasks/fetch/fetcher.ts";
import { resourcesOf } from "../../tasks/job-resources.ts";
import type { HostApi } from "../contract.ts";
import type { Query } from "../../circuit/query.ts";
import { openRows } from "../../circuit/crossing/open-rows.ts";
import { createLocalRunner } from "../local-runner.ts";
import { assembleHost } from "../open-host.ts";
import type { TestFolder } from "./test-folder.ts";

type BuildOptions = { readonly force?: boolean; readonly root?: string | null };

function chosen({ force = false, root = null }: BuildOptions) {
  return { force, root: root === null ? null : asResourceId(root) };
}

/** A whole host in Node: PGlite in memory, stores in memory, tasks in this thread. */
export class TestHost {
  readonly host: HostApi;
  readonly stores: Stores;
  readonly projectId: ReturnType<typeof asProjectId>;
  #told: { readonly name: string; readonly entries: Listing } | undefined;
  /** Of the last intake that recorded something. */
  token: ConsistencyToken | null = null;
  readonly views: { readonly [V in ViewName]: Map<string, ViewRows[V]> } = {
    node: new Map(),
    edge: new Map(),
    problem: new Map(),
    run: new Map(),
  };

  readonly #asked = new Map<string, Map<string, object>>();

  /** The resources of all jobs that ran, in order; scans are those of files. */
  readonly ran: string[];

  constructor(
    host: HostApi,
    stores: Stores,
    { projectId, ran }: { readonly projectId: string; readonly ran: string[] },
  ) {
    this.host = host;
    this.ran = ran;
    this.stores = stores;
    this.projectId = asProjectId(projectId);
    host.subscribe((batch) => this.#apply(batch));
  }

  /** Another project of the same host. */
  project(projectId: string): TestHost {
    return new TestHost(this.host, this.stores, { projectId, ran: this.ran });
  }

  async open(): Promise<void> {
    const { projectId } = this;
    const command = { type: "open-project", projectId, name: "test" } as const;
    await this.#ask("open-project", this.host.command<"open-project">(command));
  }

  async closeProject(): Promise<void> {
    const { projectId } = this;
    await this.#ask(
      "close-project",
      this.host.command<"close-project">({ type: "close-project", projectId }),
    );
  }

  /** Takes the folder in and builds everything, or what `root` needs. */
  async build(
    folder: TestFolder,
    options: BuildOptions & { readonly failed?: RetryScope } = {},
  ): Promise<RunRow> {
    const { projectId } = this;
    await this.open();
    await this.#tell(folder.entries());
    const { failed } = options;
    const build = { type: "build", projectId, ...chosen(options), ...(failed && { failed }) } as const;
    return (await this.#ask("build", this.host.command<"build">(build))).run;
  }

  /** Tells the folder without building it. */
  async takeIn(folder: TestFolder): Promise<void> {
    await this.open();
    await this.#tell(folder.entries());
  }

  /** What a build of this folder would do; without one, of the folder as last taken in. */
  plan(folder: TestFolder | null, options: BuildOptions = {}): Promise<WorkPlan> {
    const { projectId } = this;
    const entries = folder === null ? null : folder.entries();
    const command = { type: "plan", projectId, entries, ...chosen(options) } as const;
    return this.#ask("plan", this.host.command<"plan">(command));
  }

  workSchedule(root: string | null = null): Promise<WorkSchedule> {
    const { projectId } = this;
    const command = { type: "work-schedule", projectId, root: chosen({ root }).root } as const;
    return this.#ask("work-schedule", this.host.command<"work-schedule">(command));
  }

  /** Tells the folder as a change of what was told before, as a page does. */
  async #tell(entries: readonly IntakeEntry[]): Promise<void> {
    const told = this.#told;
    const complete = { base: null, entries, removed: [] };
    const change =
      told === undefined ? complete : { base: told.name, ...changeBetween(told.entries, entries) };
    const { listing } = await this.intake(change);
    this.#told =
      listing === null
        ? undefined
        : { name: listing, entries: new Map(entries.map((entry) => [entry.path, entry])) };
    if (listing === null) await this.#tell(entries);
  }

  async intake(change: ListingChange): Promise<Replies["intake"]> {
    const { projectId } = this;
    const command = { type: "intake", projectId, change, problems: [] } as const;
    const reply = await this.#ask("intake", this.host.command<"intake">(command));
    this.token = reply.token ?? this.token;
    return reply;
  }

  /** Asks for a view as a page does; gives its rows, which deltas go on to keep true. */
  async ask<Row extends { readonly key: string }>(
    label: string,
    { plan }: Query<Row>,
  ): Promise<ReadonlyMap<string, Row>> {
    const view: AskedView = `view:${label}`;
    const rows = new Map<string, Row>();
    this.#asked.set(view, rows);
    const definition = { plan, parameters: {}, frequency: "realtime" } as const;
    const command = { type: "register-view", projectId: this.projectId, view, definition } as const;
    await this.#ask("register-view", this.host.command<"register-view">(command));
    return rows;
  }

  /** The finished site as text by path; binary files as their hash. */
  async site(): Promise<ReadonlyMap<string, string>> {
    const files = new Map<string, string>();
    for (const { path, hash, type } of await this.stores.site.list(this.projectId)) {
      const bytes = await this.stores.artifacts.get(hash);
      invariant(bytes !== undefined, `${path} of the site has its bytes`);
      files.set(path, isText(type) ? new TextDecoder().decode(bytes) : hash);
    }
    return files;
  }

  /** The finished site without the last good outputs that stand in for what could not be built. */
  async doneSite(): Promise<ReadonlyMap<string, string>> {
    const held = new Set(
      [...this.views.node.values()].filter(({ status }) => status !== "DONE").map((row) => row.sitePath),
    );
    return new Map([...(await this.site())].filter(([path]) => !held.has(path)));
  }

  /** The status of every resource. */
  statuses(): ReadonlyMap<string, string> {
    return new Map([...this.views.node.values()].map(({ key, status }) => [key, status]));
  }

  /** What the problems view holds, by key. */
  problems(): readonly ViewRows["problem"][] {
    return [...this.views.problem.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
  }

  /** What ran in `work`, without scans, by name. */
  async ranIn(work: () => Promise<unknown>): Promise<readonly string[]> {
    const before = this.ran.length;
    await work();
    return this.ran
      .slice(before)
      .filter((id) => !id.startsWith("file:"))
      .sort(compareNames);
  }

  /** Frees what nothing refers to, and tells how much that was. */
  collect(): Promise<Replies["collect"]> {
    const { projectId } = this;
    return this.#ask("collect", this.host.command<"collect">({ type: "collect", projectId }));
  }

  async inspect(resourceId: string): Promise<Inspection> {
    const command = {
      type: "inspect",
      projectId: this.projectId,
      resourceId: asResourceId(resourceId),
    } as const;
    return this.#ask("inspect", this.host.command<"inspect">(command));
  }

  /** With the token of the last intake, unless another is given. */
  async relations(
    resourceId: string,
    part: RelationPart | null = null,
    token: ConsistencyToken | null = this.token,
  ): Promise<Relations> {
    const { projectId } = this;
    const command = {
      type: "relations",
      projectId,
      resourceId: asResourceId(resourceId),
      part,
      token,
    } as const;
    return this.#ask("relations", this.host.command<"relations">(command));
  }

  async findPath(
    from: string,
    to: string,
    types: readonly RelationshipType[] | null = null,
  ): Promise<Replies["find-path"]["steps"]> {
    const { projectId, token } = this;
    const ends = { from: asResourceId(from), to: asResourceId(to) };
    const command = { type: "find-path", projectId, ...ends, types, token } as const;
    return (await this.#ask("find-path", this.host.command<"find-path">(command))).steps;
  }

  diagnostics(): Promise<GraphDiagnostics> {
    const { projectId } = this;
    return this.#ask("diagnostics", this.host.command<"diagnostics">({ type: "diagnostics", projectId }));
  }

  compareGraph(signature: string): Promise<GraphComparison> {
    const command = { type: "compare-graph", projectId: this.projectId, signature } as const;
    return this.#ask("compare-graph", this.host.command<"compare-graph">(command));
  }

  exportGraph(format: GraphFormat): Promise<GraphText> {
    const command = { type: "export-graph", projectId: this.projectId, format } as const;
    return this.#ask("export-graph", this.host.command<"export-graph">(command));
  }

  async events(jobId: JobId): Promise<readonly TaskEvent[]> {
    return (await this.runTasks(jobId)).events;
  }

  runTasks(jobId: JobId): Promise<RunTasks> {
    const command = { type: "run-events", projectId: this.projectId, jobId } as const;
    return this.#ask("run-events", this.host.command<"run-events">(command));
  }

  runTrace(jobId: JobId): Promise<Replies["run-trace"]> {
    const command = { type: "run-trace", projectId: this.projectId, jobId } as const;
    return this.#ask("run-trace", this.host.command<"run-trace">(command));
  }

  history(query: HistoryQuery, before: number | null = null): Promise<HistoryPage> {
    const command = { type: "history", projectId: this.projectId, query, before } as const;
    return this.#ask("history", this.host.command<"history">(command));
  }

  countHistory(query: HistoryQuery, before: number | null = null): Promise<HistoryCount> {
    const command = { type: "count-history", projectId: this.projectId, query, before } as const;
    return this.#ask("count-history", this.host.command<"count-history">(command));
  }

  async cancel(): Promise<void> {
    await this.#ask("cancel", this.host.command<"cancel">({ type: "cancel", projectId: this.projectId }));
  }

  async deleteProject(): Promise<void> {
    const { projectId } = this;
    await this.#ask(
      "delete-project",
      this.host.command<"delete-project">({ type: "delete-project", projectId }),
    );
  }

  async #ask<T extends keyof Replies>(type: T, reply: ReturnType<HostApi["command"]>): Promise<Replies[T]> {
    const answer = await reply;
    if (!answer.ok) throw new Error(`${type}: ${answer.fault.message}`);
    return answer.value as Replies[T];
  }

  #rowsOf(view: ViewName | AskedView): Map<string, object> | undefined {
    const always: { readonly [view: string]: Map<string, object> } = this.views;
    return always[view] ?? this.#asked.get(view);
  }

  #apply({ deltas }: DeltaBatch): void {
    for (const { projectId, view, reset, upserts, removals } of deltas) {
      if (projectId !== this.projectId) continue;
      const rows = this.#rowsOf(view);
      if (rows === undefined) continue;
      const opened = openRows(upserts);
      invariant(opened.ok, `the rows of ${view} can be read`);
      if (reset) rows.clear();
      for (const key of removals) rows.delete(key);
      for (let i = 0; i < opened.rows.count; i++) {
        rows.set(opened.rows.keyAt(i), opened.rows.rowAt(i));
      }
    }
  }
}

const isText = (type: string) => type.startsWith("text/") || type.startsWith("application/xml");

type Alter = (result: TaskResult) => TaskResult;

/** What outlives a host: its database and its stores. */
export type TestDisk = { readonly store: Store; readonly stores: Stores };

export async function createTestDisk(): Promise<TestDisk> {
  return { store: await openTestStore(), stores: createMemoryStores() };
}

/** The world around a test's host. Without a fetcher no server is asked. */
export type Outside = {
  readonly fetcher?: Fetcher;
  readonly online?: () => boolean;
  readonly clock?: () => number;
};

/**
 * Opens a host of its own in memory. About 0.7 s, most of it for the database. `alter` changes what tasks answer.
 */
export async function openTestHost(
  projectId = "00000000-0000-4000-8000-000000000001",
  alter: Alter = (result) => result,
  outside: Outside = {},
): Promise<TestHost> {
  return openTestHostOn(await createTestDisk(), { projectId, alter, outside });
}

type TestHostOptions = {
  readonly projectId: string;
  readonly alter: Alter;
  /** Where the tasks run; in this thread by default. */
  readonly runner?: TaskRunner;
  readonly outside?: Outside;
};

let runs = 0;

/** Opens a host on what another one left. */
export async function openTestHostOn(
  { store, stores }: TestDisk,
  { projectId, alter, runner, outside = {} }: TestHostOptions,
): Promise<TestHost> {
  const { fetcher, online = () => true, clock = () => Date.now() } = outside;
  const { artifacts, highlighted } = stores;
  const ran: string[] = [];
  const host = await assembleHost({
    stores,
    runner: recording(runner ?? createLocalRunner({ artifacts, highlighted, fetcher }), ran, alter),
    store,
    newId: () => `run-${runs++}`,
    clock,
    online,
  });
  return new TestHost(host, stores, { projectId, ran });
}

/** The same runner, with a note of what it was asked to make. */
function recording(runner: TaskRunner, ran: string[], alter: Alter): TaskRunner {
  return {
    ...runner,
    run: async (job, signal) => {
      for (const item of job.items) ran.push(...resourcesOf(job.kind, item));
      const outcome = await runner.run(job, signal);
      return { ...outcome, results: outcome.results.map(alter) };
    },
  };
}
