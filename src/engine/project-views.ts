import { compareProblems, type Problem } from "../model/problem.ts";
import { fileId, type Status } from "../model/resource.ts";
import type { ProjectPath } from "../base/project-path.ts";
import type { Snapshot } from "../base/tracked-map.ts";
import type { ResourceId } from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";
import type { SourceRecord } from "../model/source.ts";
import type { NodeRow } from "../model/view-rows.ts";
import type { Relationship } from "../model/relationship.ts";
import { relationshipKey } from "./changes.ts";
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
import { generationOf } from "./work-schedule.ts";

/** Of a project's state, what a person sees. */
type ShownState = Pick<ProjectState, "projectId" | "sources" | "outputs" | "remote" | "intakeProblems">;

/** Of the end of a task, what a person sees. */
type ShownEnd = Pick<Settled, "target" | "record"> & { readonly event: Pick<Settled["event"], "outcome"> };

type ShownTarget = {
  readonly target: Target;
  readonly generation: number;
  readonly output: OutputRecord | undefined;
};

type Seen = {
  readonly sources: Snapshot<ProjectPath, SourceRecord>;
  readonly outputs: Snapshot<ResourceId, OutputRecord>;
  readonly stale: ReadonlySet<ProjectPath>;
};

/** What the rows of a graph were made of. */
type Shown = {
  readonly derived: Derived;
  readonly files: Map<ProjectPath, { readonly source: SourceRecord; readonly isStale: boolean }>;
  readonly targets: Map<ResourceId, ShownTarget>;
  /** What all rows of `derived` were looked at for; `null` before. */
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
  #edges: ReadonlySet<string> = new Set();
  #problems: ReadonlySet<string> = new Set();
  /** The tasks of the newest run. */
  readonly #tasks = new Set<string>();

  constructor(state: ShownState, views: Pick<ViewPort, "change">) {
    this.#state = state;
    this.#views = views;
  }

  /**
   * Shows the whole graph as it now is, with the targets that a build is to make. Cost: linear in what changed since,
   * and a look at each file and target where another graph was derived.
   */
  showGraph(derived: Derived, dirty: ReadonlyMap<ResourceId, string>): void {
    const last = this.#shown;
    const isSame = last?.derived === derived;
    const shown =
      last === null ? nothingShown(derived) : { ...last, derived, seen: isSame ? last.seen : null };
    const removals = isSame ? [] : this.#forgetGone(shown);
    const upserts = this.#nodeRows(shown, dirty);
    this.#views.change(this.#state.projectId, "node", { upserts, removals });
    const { relationships } = derived.blueprint;
    if (relationships !== last?.derived.blueprint.relationships) this.#showEdges(relationships);
    this.#shown = shown;
  }

  /** The keys of what was shown and is there no more. */
  #forgetGone({ derived, files, targets, problems }: Shown): readonly ResourceId[] {
    const paths = [...files.keys()].filter((path) => !this.#state.sources.has(path));
    const ids = [...targets.keys()].filter((id) => !derived.blueprint.targets.has(id));
    for (const path of paths) files.delete(path);
    for (const id of ids) targets.delete(id);
    const gone = [...paths.map(fileId), ...ids];
    for (const id of gone) problems.delete(id);
    return gone;
  }

  /** All that an edge's row tells is in its key: one that is shown need not be told again. */
  #showEdges(relationships: readonly Relationship[]): void {
    const all = new Map(relationships.map((relationship) => [relationshipKey(relationship), relationship]));
    const upserts = [...all].flatMap(([key, relationship]) =>
      this.#edges.has(key) ? [] : [edgeRow(relationship)],
    );
    const keys = new Set(all.keys());
    const removals = goneKeys(this.#edges, keys);
    this.#edges = keys;
    this.#views.change(this.#state.projectId, "edge", { upserts, removals });
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
    const { derived, ofRun, seen } = shown;
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
      const isShown = isSameTarget(shown.targets.get(id), shownTarget(derived, target, output));
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
    const upserts = problemRows(all.sort(compareProblems));
    const keys = new Set(upserts.map(({ key }) => key));
    const removals = goneKeys(this.#problems, keys);
    this.#problems = keys;
    this.#views.change(this.#state.projectId, "problem", { upserts, removals });
  }

  #targetRow(
    { schedule }: Derived,
    target: Target,
    now: { readonly status?: Status; readonly cause?: string; readonly cached?: boolean },
  ): NodeRow {
    const generation = shownGeneration(schedule, target);
    return targetRow(target, this.#state.outputs.get(target.id), { generation, ...now });
  }
}

function nothingShown(derived: Derived): Shown {
  return { derived, files: new Map(), targets: new Map(), seen: null, problems: new Map(), ofRun: new Set() };
}

/** What a cycle holds up stands with the first. */
function shownGeneration(schedule: Derived["schedule"], { id }: Target): number {
  return Math.max(1, generationOf(schedule, id));
}

function shownTarget({ schedule }: Derived, target: Target, output: OutputRecord | undefined): ShownTarget {
  return { target, generation: shownGeneration(schedule, target), output };
}

function isSameTarget(a: ShownTarget | undefined, b: ShownTarget): boolean {
  return a?.target === b.target && a.generation === b.generation && a.output === b.output;
}

function noteOutput(shown: Shown, target: Target, record: OutputRecord | undefined): void {
  const { targets, problems, derived } = shown;
  targets.set(target.id, shownTarget(derived, target, record));
  note(problems, target.id, record === undefined ? [] : recordProblems(target, record));
}

function note(all: Shown["problems"], id: ResourceId, problems: readonly Problem[]): void {
  if (problems.length > 0) all.set(id, problems);
  else all.delete(id);
}
