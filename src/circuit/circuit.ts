import type { ProjectId } from "../model/ids.ts";
import type { ViewName, ViewRows } from "../model/view-rows.ts";
import type { Delta } from "../model/wire.ts";
import { Table } from "./table.ts";

type Tables = { readonly [V in ViewName]: Table<V> };

/**
 * The views of one project. Rows go in as they come, and `flush` gives what they changed altogether, so that ten
 * updates of one row between two frames cost one. Cost: O(rows that came), a few microseconds each, however large
 * the views are. The circuit keeps the rows that it is given: do not change them afterwards.
 */
export class Circuit {
  readonly #tables: Tables;

  constructor(projectId: ProjectId) {
    this.#tables = {
      node: new Table(projectId, "node"),
      edge: new Table(projectId, "edge"),
      problem: new Table(projectId, "problem"),
      run: new Table(projectId, "run"),
    };
  }

  /**
   * Takes rows of a view in and out. A key that is removed and put in by the same call is put in; otherwise the last
   * word counts. Removing a key that is not there means nothing.
   */
  ingest<V extends ViewName>(
    view: V,
    upserts: readonly ViewRows[V][],
    removals: readonly string[] = [],
  ): void {
    this.#tables[view].ingest(upserts, removals);
  }

  /** Empties a view. The next flush tells the whole of it, with what came since. */
  clear(view: ViewName): void {
    this.#tables[view].clear();
  }

  /** The views that changed since the last flush, with the net effect on each. `[]` when none did. */
  flush(): readonly Delta[] {
    const { node, edge, problem, run } = this.#tables;
    const deltas = [node.flush(), edge.flush(), problem.flush(), run.flush()];
    return deltas.filter((delta) => delta !== undefined);
  }

  /** The whole of each view as it was at the last flush. A page that has it goes on with the deltas that follow. */
  snapshot(): readonly Delta[] {
    const { node, edge, problem, run } = this.#tables;
    return [node.snapshot(), edge.snapshot(), problem.snapshot(), run.snapshot()];
  }
}
