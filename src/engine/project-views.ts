import { compareProblems, type Problem } from "../model/problem.ts";
import type { Status } from "../model/resource.ts";
import type { ProjectPath } from "../base/project-path.ts";
import type { ResourceId } from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";
import type { SourceRecord } from "../model/source.ts";
import type { NodeRow, ViewRows } from "../model/view-rows.ts";
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
  staleRow,
  targetRow,
} from "./rows.ts";
import type { Target } from "./target.ts";

type ReplacedViews = Omit<ViewRows, "run">;

/** What the rows of a graph were made of. */
type Shown = {
  readonly derived: Derived;
  readonly files: Map<ProjectPath, { readonly source: SourceRecord; readonly isStale: boolean }>;
  readonly outputs: Map<ResourceId, OutputRecord | undefined>;
  /** Targets whose rows tell of a run what a new graph does not. */
  readonly ofRun: Set<ResourceId>;
};

/** Keeps the views of one project true to its state. */
export class ProjectViews {
  readonly #state: ProjectState;
  readonly #views: ViewPort;
  #shown: Shown | null = null;
  readonly #keys: Record<keyof ReplacedViews, ReadonlySet<string>> = {
    node: new Set(),
    edge: new Set(),
    problem: new Set(),
  };

  constructor(state: ProjectState, views: ViewPort) {
    this.#state = state;
    this.#views = views;
  }

  /**
   * Shows the whole graph as it now is, with the targets that a build is to make. Cost: one look at each file and
   * target, and a row for each that changed since; all rows, where another graph was derived.
   */
  showGraph(derived: Derived, dirty: ReadonlyMap<ResourceId, string>): void {
    if (this.#shown?.derived === derived) {
      const upserts = [...this.#fileRows(this.#shown), ...this.#targetRows(this.#shown, dirty)];
      this.#views.change(this.#state.projectId, "node", { upserts });
      return;
    }
    const shown: Shown = { derived, files: new Map(), outputs: new Map(), ofRun: new Set() };
    this.#replace("node", [...this.#fileRows(shown), ...this.#targetRows(shown, dirty)]);
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

  showSettled(derived: Derived, batch: readonly Settled[]): void {
    const upserts = batch.map(({ target, event }) => {
      this.#shown?.ofRun.add(target.id);
      return this.#targetRow(derived, target, { cached: event.outcome === "reused" });
    });
    this.#views.change(this.#state.projectId, "node", { upserts });
  }

  /** The rows of files that are not as shown, which they are then. */
  #fileRows({ files }: Shown): readonly NodeRow[] {
    const { sources, remote } = this.#state;
    const rows: NodeRow[] = [];
    for (const [path, source] of sources) {
      const isStale = remote.stale.has(path);
      const shown = files.get(path);
      if (shown?.source === source && shown.isStale === isStale) continue;
      files.set(path, { source, isStale });
      rows.push(isStale ? staleRow(source) : fileRow(source));
    }
    return rows;
  }

  /** The rows of targets that are not as shown, or that are to be made. */
  #targetRows(
    { derived, outputs, ofRun }: Shown,
    dirty: ReadonlyMap<ResourceId, string>,
  ): readonly NodeRow[] {
    const rows: NodeRow[] = [];
    for (const target of derived.blueprint.targets.values()) {
      const { id } = target;
      const output = this.#state.outputs.get(id);
      const cause = dirty.get(id);
      const isShown = outputs.has(id) && outputs.get(id) === output;
      if (isShown && cause === undefined && !ofRun.has(id)) continue;
      outputs.set(id, output);
      rows.push(this.#targetRow(derived, target, cause === undefined ? {} : { status: "DIRTY", cause }));
    }
    ofRun.clear();
    for (const id of dirty.keys()) ofRun.add(id);
    return rows;
  }

  showProblems(derived: Derived): void {
    this.#replace("problem", problemRows(this.#problems(derived)));
  }

  #problems(derived: Derived): readonly Problem[] {
    const { sources, intakeProblems, outputs } = this.#state;
    const problems: Problem[] = [...intakeProblems, ...derived.blueprint.problems, ...cycleProblems(derived)];
    for (const { path, fault, problems: noticed } of sources.values()) {
      problems.push(...noticed);
      if (fault !== null) problems.push({ ...fault, path, line: null });
    }
    for (const target of derived.blueprint.targets.values()) {
      const record = outputs.get(target.id);
      if (record !== undefined) problems.push(...recordProblems(target, record));
    }
    return problems.sort(compareProblems);
  }

  #targetRow(
    { schedule }: Derived,
    target: Target,
    now: { readonly status?: Status; readonly cause?: string; readonly cached?: boolean },
  ): NodeRow {
    const generation = (schedule.places.get(target.id)?.generation ?? 0) + 1;
    return targetRow(target, this.#state.outputs.get(target.id), { generation, ...now });
  }

  #replace<V extends keyof ReplacedViews>(view: V, upserts: readonly ViewRows[V][]): void {
    const keys = new Set(upserts.map(({ key }) => key));
    const removals = goneKeys(this.#keys[view], keys);
    this.#keys[view] = keys;
    this.#views.change(this.#state.projectId, view, { upserts, removals });
  }
}
