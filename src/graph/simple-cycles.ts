import { withAscendingRows } from "./ascending-rows.ts";
import { buildDigraph } from "./digraph.ts";
import type { Digraph } from "./digraph.ts";
import { NodeHeap } from "./node-heap.ts";
import { placeOf } from "./sorted-nodes.ts";
import { findCyclicComponents } from "./strongly-connected.ts";

export type SimpleCycles = {
  /**
   * Each cycle from its least node on, every node once; cycles by their nodes. Parallel edges make one cycle, and a
   * self loop is a cycle of one node.
   */
  readonly cycles: readonly (readonly number[])[];
  /** Whether these are all; `false` when there were more than the limit. */
  readonly complete: boolean;
};

/**
 * The first `limit` simple cycles of a graph; there can be exponentially many, so ask for few. The order of the edges
 * in the graph means nothing. Cost: O((nodes + edges) · (cycles found + 1)).
 * Source: Johnson, Finding all the elementary circuits of a directed graph, 1975.
 */
export function findSimpleCycles(graph: Digraph, limit: number): SimpleCycles {
  const cycles: (readonly number[])[] = [];
  const waiting = new Components(graph);
  for (;;) {
    const members = waiting.takeLeast();
    if (members === undefined) return { cycles, complete: true };
    const part = induce(graph, members);
    const search = new CircuitSearch(part);
    for (let found = search.next(); found !== undefined; found = search.next()) {
      if (cycles.length >= limit) return { cycles, complete: false };
      cycles.push(found.map((place) => members[place]!));
    }
    waiting.add(members, withoutFirst(part));
  }
}

/** Components with a cycle that are still to be searched, the one with the least node first. */
class Components {
  readonly #membersOf = new Map<number, Uint32Array>();
  readonly #heap: NodeHeap;

  constructor(graph: Digraph) {
    // Each component is known by its least node, and no node is the least of two.
    this.#heap = new NodeHeap(graph.nodes, new Uint8Array(graph.nodes));
    for (const members of findCyclicComponents(graph)) this.#put(members);
  }

  takeLeast(): Uint32Array | undefined {
    if (this.#heap.size === 0) return undefined;
    const least = this.#heap.pop();
    const members = this.#membersOf.get(least);
    this.#membersOf.delete(least);
    return members;
  }

  /** Adds the cyclic components of a graph whose node v stands for `members[v]`. */
  add(members: Uint32Array, graph: Digraph): void {
    for (const places of findCyclicComponents(graph)) this.#put(places.map((place) => members[place]!));
  }

  #put(members: Uint32Array): void {
    this.#membersOf.set(members[0]!, members);
    this.#heap.push(members[0]!);
  }
}

/** The graph between some nodes, by their places, rows ascending and without parallel edges. */
function induce(graph: Digraph, members: Uint32Array): Digraph {
  const sources: number[] = [];
  const targets: number[] = [];
  /** By place: 1 + the last source with an edge to it. */
  const last = new Uint32Array(members.length);
  members.forEach((node, from) => {
    for (let slot = graph.outStarts[node]!; slot < graph.outStarts[node + 1]!; slot++) {
      const to = placeOf(members, graph.outTargets[slot]!);
      if (to === -1 || last[to] === from + 1) continue;
      last[to] = from + 1;
      sources.push(from);
      targets.push(to);
    }
  });
  return withAscendingRows(buildDigraph(members.length, sources, targets));
}

/** The same nodes without the edges of node 0, all of whose cycles are known. */
function withoutFirst({ nodes, outStarts, outTargets }: Digraph): Digraph {
  const sources: number[] = [];
  const targets: number[] = [];
  for (let v = 1; v < nodes; v++) {
    for (let slot = outStarts[v]!; slot < outStarts[v + 1]!; slot++) {
      if (outTargets[slot] === 0) continue;
      sources.push(v);
      targets.push(outTargets[slot]!);
    }
  }
  return buildDigraph(nodes, sources, targets);
}

/**
 * The cycles through node 0 of one component, one at a time. A node from which the path could not get back to 0 is
 * blocked until a node on the way becomes free again; so between two cycles no edge is followed more than twice.
 */
class CircuitSearch {
  readonly #graph: Digraph;
  readonly #path: number[] = [];
  readonly #cursor: Uint32Array;
  readonly #blocked: Uint8Array;
  /** By node on the path: whether a cycle was found since the path came to it. */
  readonly #closed: Uint8Array;
  /** By node: those that become free when it does. */
  readonly #waiters = new Map<number, Set<number>>();

  constructor(graph: Digraph) {
    this.#graph = graph;
    this.#cursor = new Uint32Array(graph.nodes);
    this.#blocked = new Uint8Array(graph.nodes);
    this.#closed = new Uint8Array(graph.nodes);
    this.#enter(0);
  }

  next(): readonly number[] | undefined {
    const { outStarts, outTargets } = this.#graph;
    while (this.#path.length > 0) {
      const node = this.#path.at(-1)!;
      if (this.#cursor[node] === outStarts[node + 1]) {
        this.#leave(node);
        continue;
      }
      const to = outTargets[this.#cursor[node]!++]!;
      if (to === 0) {
        this.#closed[node] = 1;
        return [...this.#path];
      }
      if (this.#blocked[to] === 0) this.#enter(to);
    }
    return undefined;
  }

  #enter(node: number): void {
    this.#path.push(node);
    this.#cursor[node] = this.#graph.outStarts[node]!;
    this.#blocked[node] = 1;
    this.#closed[node] = 0;
  }

  #leave(node: number): void {
    this.#path.pop();
    if (this.#closed[node] === 1) {
      const parent = this.#path.at(-1);
      if (parent !== undefined) this.#closed[parent] = 1;
      this.#free(node);
      return;
    }
    const { outStarts, outTargets } = this.#graph;
    for (let slot = outStarts[node]!; slot < outStarts[node + 1]!; slot++) {
      const waiters = this.#waiters.get(outTargets[slot]!) ?? new Set();
      this.#waiters.set(outTargets[slot]!, waiters.add(node));
    }
  }

  #free(start: number): void {
    const stack = [start];
    while (stack.length > 0) {
      const node = stack.pop()!;
      if (this.#blocked[node] === 0) continue;
      this.#blocked[node] = 0;
      for (const waiter of this.#waiters.get(node) ?? []) stack.push(waiter);
      this.#waiters.delete(node);
    }
  }
}
