import { compareProblems, type Problem } from "../model/problem.ts";
import { fileId, type Status } from "../model/resource.ts";
import type { ProjectPath } from "../base/project-path.ts";
import type { Snapshot } from "../base/tracked-map.ts";
import type { ResourceId } from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";
import type { SourceRecord } from "../model/source.ts";
import type { NodeRow, TableRows } from "../model/view-rows.ts";
import type { Settled } from "./settlement.ts";
import type { ViewPort } from "./ports.ts";
import type { Derived, ProjectState } from "./project-state.ts";
import {
  cycleProblems,
  edgeRow,
  fileRow,
  goneKeys,
  problemRows,
  recordProblems,
  sourceProblems,
  staleRow,
  targetRow,
  taskRow,
} from "./rows.ts";
import type { Target } from "./target.ts";

type ReplacedView = "node" | "edge" | "problem";

/** Of a project's state, what a person sees. */
type ShownState = Pick<ProjectState, "projectId" | "sources" | "outputs" | "remote" | "intakeProblems">;

/** Of the end of a task, what a person sees. */
type ShownEnd = Pick<Settled, "target" | "record"> & { readonly event: Pick<Settled["event"], "outcome"> };

type Seen = {
  readonly sources: Snapshot<ProjectPath, SourceRecord>;
  readonly outputs: Snapshot<ResourceId, OutputRecord>;
  readonly stale: ReadonlySet<ProjectPath>;
};

/** What the rows of a graph were made of. */
type Shown = {
  readonly derived: Derived;
  readonly files: Map<ProjectPath, { readonly source: SourceRecord; readonly isStale: boolean }>;
  readonly outputs: Map<ResourceId, OutputRecord | undefined>;
  /** What all of the rows were looked at for; `null` before. */
  seen: Seen | null;
  /** Of files and of what tasks came to, by id; those that have any. */
  readonly problems: Map<ResourceId, readonly Problem[]>;
  /** Targets whose rows tell of a run what a new graph does not. */
  readonly ofRun: Set<ResourceId>;
};

/** Keeps the views of one project true to its state. */
export class ProjectViews {
  readonly #state: ShownState;
  readonly #views: Pick<ViewPort, "change">;
  #shown: Shown | null = null;
  readonly #keys: Record<ReplacedView, ReadonlySet<string>> = {
    node: new Set(),
    edge: new Set(),
    problem: new Set(),
  };

  /** The tasks of the newest run. */
  readonly #tasks = new Set<string>();

  constructor(state: ShownState, views: Pick<ViewPort, "change">) {
    this.#state = state;
    this.#views = views;
  }

  /**
   * Shows the whole graph as it now is, with the targets that a build is to make. Cost: linear in what changed since;
   * all rows, where another graph was derived.
   */
  showGraph(derived: Derived, dirty: ReadonlyMap<ResourceId, string>): void {
    if (this.#shown?.derived === derived) {
      const upserts = this.#nodeRows(this.#shown, dirty);
      this.#views.change(this.#state.projectId, "node", { upserts });
      return;
    }
    const shown = nothingShown(derived);
    this.#replace("node", this.#nodeRows(shown, dirty));
    const { relationships } = derived.blueprint;
    if (relationships !== this.#shown?.derived.blueprint.relationships) {
      this.#replace("edge", relationships.map(edgeRow));
    }
    this.#shown = shown;
  }

  showStatus(derived: Derived, target: Target, status: Status): void {
    this.#shown?.ofRun.add(target.id);
    this.#views.change(this.#state.projectId, "node", {
      upserts: [this.#targetRow(derived, target, { status })],
    });
  }

  showSettled(derived: Derived, batch: readonly ShownEnd[]): void {
    const upserts = batch.map(({ target, event, record }) => {
      this.#shown?.ofRun.add(target.id);
      if (this.#shown !== null) noteOutput(this.#shown, target, record);
      return this.#targetRow(derived, target, { cached: event.outcome === "reused" });
    });
    this.#views.change(this.#state.projectId, "node", { upserts });
  }

  /** A new run has no tasks yet. */
  forgetTasks(): void {
    this.#views.change(this.#state.projectId, "task", { removals: [...this.#tasks] });
    this.#tasks.clear();
  }

  /** Of tasks that ended, those that were committed. */
  showTasks(batch: readonly Pick<Settled, "event" | "isNews">[]): void {
    const upserts = batch.filter(({ isNews }) => isNews).map(({ event }) => taskRow(event));
    for (const { key } of upserts) this.#tasks.add(key);
    this.#views.change(this.#state.projectId, "task", { upserts });
  }

  /** The rows that are not as shown, or that tell what is to be made. */
  #nodeRows(shown: Shown, dirty: ReadonlyMap<ResourceId, string>): readonly NodeRow[] {
    const rows = [...this.#fileRows(shown), ...this.#targetRows(shown, dirty)];
    const { sources, outputs, remote } = this.#state;
    shown.seen = {
      sources: sources.snapshot(),
      outputs: outputs.snapshot(),
      stale: new Set(remote.stale),
    };
    return rows;
  }

  /** The rows of files that are not as shown, which they are then. */
  #fileRows({ files, problems, seen }: Shown): readonly NodeRow[] {
    const { sources, remote } = this.#state;
    const rows: NodeRow[] = [];
    const among =
      seen === null
        ? sources.keys()
        : new Set([...seen.sources.changesTo(sources).keys(), ...seen.stale, ...remote.stale]);
    for (const path of among) {
      const source = sources.get(path);
      if (source === undefined) continue;
      const isStale = remote.stale.has(path);
      const shown = files.get(path);
      if (shown?.source === source && shown.isStale === isStale) continue;
      files.set(path, { source, isStale });
      note(problems, fileId(path), sourceProblems(source));
      rows.push(isStale ? staleRow(source) : fileRow(source));
    }
    return rows;
  }

  /** The rows of targets that are not as shown, or that are to be made. */
  #targetRows(shown: Shown, dirty: ReadonlyMap<ResourceId, string>): readonly NodeRow[] {
    const { derived, outputs, ofRun, seen } = shown;
    const { targets } = derived.blueprint;
    const rows: NodeRow[] = [];
    const among =
      seen === null
        ? targets.keys()
        : new Set([...seen.outputs.changesTo(this.#state.outputs).keys(), ...dirty.keys(), ...ofRun]);
    for (const id of among) {
      const target = targets.get(id);
      if (target === undefined) continue;
      const output = this.#state.outputs.get(id);
      const cause = dirty.get(id);
      const isShown = outputs.has(id) && outputs.get(id) === output;
      if (isShown && cause === undefined && !ofRun.has(id)) continue;
      noteOutput(shown, target, output);
      rows.push(this.#targetRow(derived, target, cause === undefined ? {} : { status: "DIRTY", cause }));
    }
    ofRun.clear();
    for (const id of dirty.keys()) ofRun.add(id);
    return rows;
  }

  /** Of the graph that was shown last. Cost: linear in the problems. */
  showProblems(derived: Derived): void {
    const all: Problem[] = [...this.#state.intakeProblems, ...derived.blueprint.problems];
    all.push(...cycleProblems(derived));
    for (const problems of this.#shown?.problems.values() ?? []) all.push(...problems);
    this.#replace("problem", problemRows(all.sort(compareProblems)));
  }

  #targetRow(
    { schedule }: Derived,
    target: Target,
    now: { readonly status?: Status; readonly cause?: string; readonly cached?: boolean },
  ): NodeRow {
    const generation = (schedule.places.get(target.id)?.generation ?? 0) + 1;
    return targetRow(target, this.#state.outputs.get(target.id), { generation, ...now });
  }

  #replace<V extends ReplacedView>(view: V, upserts: readonly TableRows[V][]): void {
    const keys = new Set(upserts.map(({ key }) => key));
    const removals = goneKeys(this.#keys[view], keys);
    this.#keys[view] = keys;
    this.#views.change(this.#state.projectId, view, { upserts, removals });
  }
}

function nothingShown(derived: Derived): Shown {
  return { derived, files: new Map(), outputs: new Map(), seen: null, problems: new Map(), ofRun: new Set() };
}

function noteOutput({ outputs, problems }: Shown, target: Target, record: OutputRecord | undefined): void {
  outputs.set(target.id, record);
  note(problems, target.id, record === undefined ? [] : recordProblems(target, record));
}

function note(all: Shown["problems"], id: ResourceId, problems: readonly Problem[]): void {
  if (problems.length > 0) all.set(id, problems);
  else all.delete(id);
}
