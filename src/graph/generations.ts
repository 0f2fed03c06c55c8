import { inDegrees } from "./digraph.ts";
import type { Digraph } from "./digraph.ts";

/** The nodes of a graph in layers, each of which depends on earlier layers alone. */
export type Generations = {
  /** 1 + the greatest generation of the node's predecessors, 0 without any; -1 on or behind a cycle. */
  readonly generationOf: Int32Array;
  /** The nodes that have a generation, predecessors first, generation by generation. */
  readonly order: Uint32Array;
  /** How many generations there are. */
  readonly count: number;
};

/**
 * Layers the graph. `waiting` tells for how many predecessors each node waits, and is used up: by default for all of
 * them; 0 makes a node start at once whatever leads to it, and more than its predecessors keeps it and what depends
 * on it out. Cost: O(nodes + edges). Source: Kahn, Topological sorting of large networks, 1962.
 */
export function findGenerations(graph: Digraph, waiting: Int32Array = inDegrees(graph)): Generations {
  const { outStarts, outTargets, nodes } = graph;
  const generationOf = new Int32Array(nodes).fill(-1);
  const order = new Uint32Array(nodes);
  let tail = 0;
  for (let v = 0; v < nodes; v++) {
    if (waiting[v] !== 0) continue;
    generationOf[v] = 0;
    order[tail++] = v;
  }
  // First in, first out: nodes leave the queue by ascending generation, so the predecessor that frees a node is one
  // of its greatest generation.
  for (let head = 0; head < tail; head++) {
    const v = order[head]!;
    const end = outStarts[v + 1]!;
    const generation = generationOf[v]! + 1;
    for (let slot = outStarts[v]!; slot < end; slot++) {
      const next = outTargets[slot]!;
      if (--waiting[next]! !== 0 || generationOf[next] !== -1) continue;
      generationOf[next] = generation;
      order[tail++] = next;
    }
  }
  const count = tail === 0 ? 0 : generationOf[order[tail - 1]!]! + 1;
  return { generationOf, order: order.subarray(0, tail), count };
}

/** Whether no path leads from a node back to itself; a self loop is such a path. */
export function isAcyclic(graph: Digraph): boolean {
  return findGenerations(graph).order.length === graph.nodes;
}
