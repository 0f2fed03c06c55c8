import type { EdgeRow, NodeRow } from "../../model/view-rows.ts";
import type { LiveView, LiveViews } from "../../session/contract.ts";

/**
 * Follows what of the rows matters to where things are drawn. A change of status alone, which happens hundreds of times
 * in a build, is no change of the shape.
 */
export class GraphShape {
  readonly #nodes = new Shape<NodeRow>((a, b) => a.generation === b.generation && a.label === b.label);
  readonly #edges = new Shape<EdgeRow>(() => true);

  /** Whether it is another than at the last call. Cost: the rows that changed since; at the first, all. */
  update({ node, edge }: Pick<LiveViews, "node" | "edge">): boolean {
    const isOtherNodes = this.#nodes.update(node);
    return this.#edges.update(edge) || isOtherNodes;
  }
}

/** The rows of a view as of the last look at it. */
class Shape<Row extends { readonly key: string }> {
  readonly #isAlike: (a: Row, b: Row) => boolean;
  readonly #known = new Map<string, Row>();
  #version = -1;

  constructor(isAlike: (a: Row, b: Row) => boolean) {
    this.#isAlike = isAlike;
  }

  update(view: LiveView<Row>): boolean {
    const version = view.version();
    const changed = this.#version < 0 ? undefined : view.changedSince(this.#version);
    this.#version = version;
    return changed === undefined ? this.#takeAll(view) : this.#takeThose(view, changed);
  }

  #takeThose(view: LiveView<Row>, keys: Iterable<string>): boolean {
    let isOther = false;
    for (const key of keys) {
      const before = this.#known.get(key);
      const after = view.get(key);
      if (after === undefined) this.#known.delete(key);
      else this.#known.set(key, after);
      if (before === undefined || after === undefined) isOther ||= before !== after;
      else isOther ||= !this.#isAlike(before, after);
    }
    return isOther;
  }

  #takeAll(view: LiveView<Row>): boolean {
    const keys = new Set(this.#known.keys());
    for (const { key } of view.rows()) keys.add(key);
    return this.#takeThose(view, keys);
  }
}
