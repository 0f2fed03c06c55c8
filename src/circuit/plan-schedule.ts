import type { PlanNode } from "./plan-node.ts";

/** A part to run; `table` is that of a scan. */
export type Turn = { readonly node: PlanNode; readonly table: string | undefined };

/** How many sets of tables a schedule remembers the turns of. */
const remembered = 64;

/**
 * In which order parts run. A part is added after its inputs, so the order of adding is one in which every part comes after
 * what it depends on.
 */
export class PlanSchedule {
  readonly #turns = new Map<PlanNode, Turn>();
  /** The turns that a set of tables leads to, by the tables' names. Forgotten when parts come or go. */
  readonly #affected = new Map<string, readonly Turn[]>();

  add(node: PlanNode, table: string | undefined): void {
    this.#turns.set(node, { node, table });
    this.#affected.clear();
  }

  remove(node: PlanNode): void {
    this.#turns.delete(node);
    this.#affected.clear();
  }

  /** The parts whose rows come from any of these tables. Cost: one look-up but for the first time after a change of the parts. */
  affectedBy(tables: ReadonlyMap<string, unknown>): readonly Turn[] {
    const names = [...tables.keys()];
    const key = names.length === 1 ? `=${names[0]}` : JSON.stringify(names.toSorted());
    const known = this.#affected.get(key);
    if (known !== undefined) return known;
    const turns = [...this.#turns.values()].filter(({ node }) => names.some((name) => node.tables.has(name)));
    if (this.#affected.size >= remembered) this.#affected.clear();
    this.#affected.set(key, turns);
    return turns;
  }
}
