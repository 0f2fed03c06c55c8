import { invariant } from "../base/invariant.ts";
import type { Digraph } from "./digraph.ts";

/** Edges looked at before the search settles for the shortest cycle found so far. */
const defaultBudget = 5_000_000;

/**
 * A shortest cycle among `members`, which must be a component that holds a cycle: each node has an edge to the next,
 * the last one to the first, and the first is the least. Of several shortest cycles it takes one through the least
 * start, along the earliest edges. When more than `budget` edges have been looked at, it is the shortest found so
 * far. Cost: at the most O(members · edges between them); a breadth-first search from each member, no deeper than
 * the best cycle.
 */
export function findShortestCycle(
  graph: Digraph,
  members: Uint32Array,
  budget: number = defaultBudget,
): readonly number[] {
  const search = new CycleSearch(graph, members);
  let best: readonly number[] | undefined;
  for (const start of members) {
    const found = search.from(start, (best?.length ?? Infinity) - 1);
    best = found ?? best;
    if (best !== undefined && (best.length === 1 || search.looked > budget)) break;
    search.exclude(start);
  }
  invariant(best !== undefined, "a cyclic component holds a cycle");
  return rotate(best);
}

/** One breadth-first search after another over the same members, sharing its arrays. */
class CycleSearch {
  looked = 0;
  readonly #graph: Digraph;
  /** Place of each member in the arrays below. Excluded members and other nodes have none. */
  readonly #local = new Map<number, number>();
  readonly #parent: Int32Array;
  readonly #depth: Int32Array;
  readonly #round: Int32Array;
  #rounds = 0;

  constructor(graph: Digraph, members: Uint32Array) {
    this.#graph = graph;
    members.forEach((node, index) => this.#local.set(node, index));
    this.#parent = new Int32Array(members.length);
    this.#depth = new Int32Array(members.length);
    this.#round = new Int32Array(members.length);
  }

  /** Leaves a node out of later searches, once the shortest cycle through it is known. */
  exclude(node: number): void {
    this.#local.delete(node);
  }

  /** A shortest cycle through `start` of at most `limit` nodes, if there is one. */
  from(start: number, limit: number): readonly number[] | undefined {
    const { outStarts, outTargets } = this.#graph;
    const round = ++this.#rounds;
    const queue = [start];
    this.#depth[this.#local.get(start)!] = 1;
    for (let head = 0; head < queue.length; head++) {
      const v = queue[head]!;
      const depth = this.#depth[this.#local.get(v)!]!;
      if (depth > limit) return undefined;
      for (let slot = outStarts[v]!; slot < outStarts[v + 1]!; slot++) {
        this.looked++;
        const next = outTargets[slot]!;
        if (next === start) return this.#path(start, v);
        const local = this.#local.get(next);
        if (local === undefined || this.#round[local] === round) continue;
        this.#round[local] = round;
        this.#parent[local] = v;
        this.#depth[local] = depth + 1;
        queue.push(next);
      }
    }
    return undefined;
  }

  #path(start: number, last: number): readonly number[] {
    const path = [];
    for (let v = last; v !== start; v = this.#parent[this.#local.get(v)!]!) path.push(v);
    path.push(start);
    return path.reverse();
  }
}

/** The same cycle, told from its least node. */
function rotate(cycle: readonly number[]): readonly number[] {
  let least = 0;
  for (let i = 1; i < cycle.length; i++) if (cycle[i]! < cycle[least]!) least = i;
  return [...cycle.slice(least), ...cycle.slice(0, least)];
}
