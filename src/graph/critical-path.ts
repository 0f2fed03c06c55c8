import { reverse } from "./digraph.ts";
import type { Digraph } from "./digraph.ts";
import { findGenerations } from "./generations.ts";

/** How long everything takes when each node starts as soon as its predecessors have ended. */
export type CriticalPath = {
  /** The weight of the longest path. */
  readonly length: number;
  /** One longest path, along edges; of several, the one with the least nodes from its beginning on. */
  readonly path: readonly number[];
  /** By node: the weight of the longest path that ends before it; the earliest time at which it can start. */
  readonly start: Float64Array;
  /** By node: the weight of the longest path from it on, its own weight included. */
  readonly remaining: Float64Array;
  /** By node: how much later it could start without making the whole longer. 0 all along the path. */
  readonly slack: Float64Array;
};

/**
 * The critical path of an acyclic part of a graph: nodes on or behind a cycle are left out, with NaN for their times.
 * `weights` are not negative. Cost: O(nodes + edges). Source: Kelley and Walker, Critical-path planning and
 * scheduling, 1959.
 */
export function findCriticalPath(graph: Digraph, weights: ArrayLike<number>): CriticalPath {
  const { order } = findGenerations(graph);
  const start = longestBefore(graph, order, weights);
  const after = longestBefore(reverse(graph), order.slice().reverse(), weights);
  const remaining = after.map((time, node) => time + (weights[node] ?? 0));
  let length = 0;
  for (const node of order) length = Math.max(length, start[node]! + remaining[node]!);
  const slack = start.map((time, node) => length - time - remaining[node]!);
  return { length, path: tracePath(graph, order, remaining), start, remaining, slack };
}

/** The longest path of a graph by edges, each counting one; see `findCriticalPath`. */
export function findLongestPath(graph: Digraph): readonly number[] {
  return findCriticalPath(graph, new Uint8Array(graph.nodes).fill(1)).path;
}

/** By node of `order`: the greatest sum of weights along a path to it, its own left out; NaN for other nodes. */
function longestBefore(graph: Digraph, order: Uint32Array, weights: ArrayLike<number>): Float64Array {
  const longest = new Float64Array(graph.nodes).fill(NaN);
  for (const node of order) longest[node] = 0;
  for (const node of order) {
    const end = longest[node]! + weights[node]!;
    for (let slot = graph.outStarts[node]!; slot < graph.outStarts[node + 1]!; slot++) {
      const next = graph.outTargets[slot]!;
      // Comparisons with NaN fail, so nodes without an order stay as they are.
      if (end > longest[next]!) longest[next] = end;
    }
  }
  return longest;
}

/** Follows from the least node with the most remaining the least successor with the most remaining. */
function tracePath(graph: Digraph, order: Uint32Array, remaining: Float64Array): readonly number[] {
  const better = (best: number, node: number) =>
    best === -1 ||
    remaining[node]! > remaining[best]! ||
    (remaining[node] === remaining[best] && node < best);
  let current = -1;
  for (const node of order) if (better(current, node)) current = node;
  const path: number[] = [];
  while (current !== -1) {
    path.push(current);
    let next = -1;
    for (let slot = graph.outStarts[current]!; slot < graph.outStarts[current + 1]!; slot++) {
      const successor = graph.outTargets[slot]!;
      if (!Number.isNaN(remaining[successor]!) && better(next, successor)) next = successor;
    }
    current = next;
  }
  return path;
}
