import { compareProblems, type Problem } from "../model/problem.ts";
import type { Status } from "../model/resource.ts";
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

/** Keeps the views of one project true to its state. */
export class ProjectViews {
  readonly #state: ProjectState;
  readonly #views: ViewPort;
  readonly #keys: Record<keyof ReplacedViews, ReadonlySet<string>> = {
    node: new Set(),
    edge: new Set(),
    problem: new Set(),
  };

  constructor(state: ProjectState, views: ViewPort) {
    this.#state = state;
    this.#views = views;
  }

  /** Shows the whole graph as it now is; rows that did not change cost no delta. */
  showGraph(derived: Derived, dirty: ReadonlyMap<string, string>): void {
    const { sources, remote } = this.#state;
    const files = [...sources.values()].map((source) =>
      remote.stale.has(source.path) ? staleRow(source) : fileRow(source),
    );
    const targets = [...derived.blueprint.targets.values()].map((target) => {
      const cause = dirty.get(target.id);
      return this.#targetRow(derived, target, cause === undefined ? {} : { status: "DIRTY", cause });
    });
    this.#replace("node", [...files, ...targets]);
    this.#replace("edge", derived.blueprint.relationships.map(edgeRow));
  }

  showStatus(derived: Derived, target: Target, status: Status): void {
    this.#views.change(this.#state.projectId, "node", {
      upserts: [this.#targetRow(derived, target, { status })],
    });
  }

  showSettled(derived: Derived, batch: readonly Settled[]): void {
    const upserts = batch.map(({ target, event }) =>
      this.#targetRow(derived, target, { cached: event.outcome === "reused" }),
    );
    this.#views.change(this.#state.projectId, "node", { upserts });
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
