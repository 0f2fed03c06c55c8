import { invariant } from "../base/invariant.ts";
import type { Digraph } from "./digraph.ts";
import { placeOf } from "./sorted-nodes.ts";

/** Edges looked at before the search settles for the shortest cycle found so far. */
const defaultBudget = 2_000_000;

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

/** One breadth-first search after another over the same members, sharing its arrays, which are by place of member. */
class CycleSearch {
  looked = 0;
  readonly #graph: Digraph;
  readonly #members: Uint32Array;
  readonly #parent: Uint32Array;
  readonly #depth: Uint32Array;
  /** The last search that came to the member; a greater number than any search leaves it out of all. */
  readonly #round: Float64Array;
  #rounds = 0;

  constructor(graph: Digraph, members: Uint32Array) {
    this.#graph = graph;
    this.#members = members;
    this.#parent = new Uint32Array(members.length);
    this.#depth = new Uint32Array(members.length);
    this.#round = new Float64Array(members.length);
  }

  /** Leaves a node out of later searches, once the shortest cycle through it is known. */
  exclude(node: number): void {
    this.#round[placeOf(this.#members, node)] = Infinity;
  }

  /** A shortest cycle through `start` of at most `limit` nodes, if there is one. */
  from(start: number, limit: number): readonly number[] | undefined {
    const { outStarts, outTargets } = this.#graph;
    const round = ++this.#rounds;
    const queue = [placeOf(this.#members, start)];
    this.#depth[queue[0]!] = 1;
    for (let head = 0; head < queue.length; head++) {
      const place = queue[head]!;
      const node = this.#members[place]!;
      const depth = this.#depth[place]!;
      if (depth > limit) return undefined;
      for (let slot = outStarts[node]!; slot < outStarts[node + 1]!; slot++) {
        this.looked++;
        const next = outTargets[slot]!;
        if (next === start) return this.#path(queue[0]!, place);
        const nextPlace = placeOf(this.#members, next);
        if (nextPlace === -1 || this.#round[nextPlace]! >= round) continue;
        this.#round[nextPlace] = round;
        this.#parent[nextPlace] = place;
        this.#depth[nextPlace] = depth + 1;
        queue.push(nextPlace);
      }
    }
    return undefined;
  }

  #path(start: number, last: number): readonly number[] {
    const path = [];
    for (let place = last; place !== start; place = this.#parent[place]!) path.push(this.#members[place]!);
    path.push(this.#members[start]!);
    return path.reverse();
  }
}

/** The same cycle, told from its least node. */
function rotate(cycle: readonly number[]): readonly number[] {
  let least = 0;
  for (let i = 1; i < cycle.length; i++) if (cycle[i]! < cycle[least]!) least = i;
  return [...cycle.slice(least), ...cycle.slice(0, least)];
}
