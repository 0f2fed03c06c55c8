import type { Digraph } from "./digraph.ts";

/**
 * The same graph with every row ascending, so that graphs with the same edges are the same arrays in whatever order
 * the edges came. Cost: O(nodes + edges): turning a graph round twice, by counting, sorts its rows.
 */
export function withAscendingRows(graph: Digraph): Digraph {
  return {
    ...graph,
    outTargets: transpose(graph.nodes, graph.inStarts, graph.inSources, graph.outStarts),
    inSources: transpose(graph.nodes, graph.outStarts, graph.outTargets, graph.inStarts),
  };
}

/** Node by node, puts the node into the row of each value of its own row; the rows begin at `into`. */
function transpose(nodes: number, starts: Uint32Array, values: Uint32Array, into: Uint32Array): Uint32Array {
  const next = into.slice();
  const sorted = new Uint32Array(values.length);
  for (let v = 0; v < nodes; v++) {
    for (let slot = starts[v]!; slot < starts[v + 1]!; slot++) sorted[next[values[slot]!]!++] = v;
  }
  return sorted;
}
