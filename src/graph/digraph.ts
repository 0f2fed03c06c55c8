import { invariant } from "../base/invariant.ts";

/**
 * A directed graph on compressed sparse rows. Nodes are the integers 0 to `nodes - 1`. The successors of node v are
 * `outTargets[outStarts[v]]` up to but not including `outTargets[outStarts[v + 1]]`; its predecessors are found in
 * `inSources` in the same way. Each row keeps the order in which the edges were given. Parallel edges and self loops
 * are kept. An edge is named by its slot in `outTargets`.
 *
 * Memory: 8 bytes a node and 8 bytes an edge.
 */
export type Digraph = {
  readonly nodes: number;
  readonly edges: number;
  readonly outStarts: Uint32Array;
  readonly outTargets: Uint32Array;
  readonly inStarts: Uint32Array;
  readonly inSources: Uint32Array;
};

/**
 * The graph with an edge from `sources[i]` to `targets[i]` for every i. Throws when the two differ in length or name
 * a node outside the graph. Cost: O(nodes + edges), two counting sorts.
 */
export function buildDigraph(nodes: number, sources: ArrayLike<number>, targets: ArrayLike<number>): Digraph {
  invariant(sources.length === targets.length, "every edge has a source and a target");
  const from = toNodes(sources);
  const to = toNodes(targets);
  const out = rows(nodes, from, to);
  const into = rows(nodes, to, from);
  return {
    nodes,
    edges: from.length,
    outStarts: out.starts,
    outTargets: out.values,
    inStarts: into.starts,
    inSources: into.values,
  };
}

/** The same nodes with every edge turned round. Shares the arrays of `graph`, so it costs nothing. */
export function reverse(graph: Digraph): Digraph {
  return {
    nodes: graph.nodes,
    edges: graph.edges,
    outStarts: graph.inStarts,
    outTargets: graph.inSources,
    inStarts: graph.outStarts,
    inSources: graph.outTargets,
  };
}

/** The node that each edge leaves, by edge slot. Cost: O(nodes + edges). */
export function edgeSources(graph: Digraph): Uint32Array {
  const sources = new Uint32Array(graph.edges);
  for (let v = 0; v < graph.nodes; v++) sources.fill(v, graph.outStarts[v], graph.outStarts[v + 1]);
  return sources;
}

/** How many edges enter each node, counting parallel ones and self loops. */
export function inDegrees(graph: Digraph): Int32Array {
  const degrees = new Int32Array(graph.nodes);
  for (let v = 0; v < graph.nodes; v++) degrees[v] = graph.inStarts[v + 1]! - graph.inStarts[v]!;
  return degrees;
}

function toNodes(values: ArrayLike<number>): Uint32Array {
  if (values instanceof Uint32Array) return values;
  const nodes = new Uint32Array(values.length);
  for (let i = 0; i < nodes.length; i++) {
    nodes[i] = values[i]!;
    // What is no integer from 0 to 2^32 - 1 does not survive the conversion.
    invariant(nodes[i] === values[i], "an edge joins two nodes of its graph");
  }
  return nodes;
}

/** A counting sort of `values` by `keys` that keeps the order of equal keys. */
function rows(nodes: number, keys: Uint32Array, values: Uint32Array) {
  const starts = new Uint32Array(nodes + 1);
  let greatest = -1;
  let last = 0;
  let isSorted = true;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (key < last) isSorted = false;
    if (key > greatest) greatest = key;
    last = key;
    // A key that is too great counts nowhere, and is refused below.
    starts[key + 1]!++;
  }
  invariant(greatest < nodes, "an edge joins two nodes of its graph");
  for (let v = 0; v < nodes; v++) starts[v + 1]! += starts[v]!;
  // Edges mostly come source by source or target by target.
  return { starts, values: isSorted ? values.slice() : scatter(starts, keys, values) };
}

/** Puts each value into the row of its key. */
function scatter(starts: Uint32Array, keys: Uint32Array, values: Uint32Array): Uint32Array {
  const next = starts.slice();
  const sorted = new Uint32Array(values.length);
  for (let i = 0; i < keys.length; i++) sorted[next[keys[i]!]!++] = values[i]!;
  return sorted;
}
