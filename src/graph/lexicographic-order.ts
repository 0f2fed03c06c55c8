import { inDegrees } from "./digraph.ts";
import type { Digraph } from "./digraph.ts";
import { NodeHeap } from "./node-heap.ts";

/**
 * The topological order that takes, at each step, the node of the least rank among those whose predecessors all came
 * before; equal ranks go by node. Nodes on or behind a cycle are left out. Ranks may be any numbers but NaN.
 * Cost: O((nodes + edges) · log nodes).
 */
export function sortLexicographically(graph: Digraph, ranks: ArrayLike<number>): Uint32Array {
  const waiting = inDegrees(graph);
  const ready = new NodeHeap(graph.nodes, ranks);
  for (let node = 0; node < graph.nodes; node++) if (waiting[node] === 0) ready.push(node);
  const order = new Uint32Array(graph.nodes);
  let count = 0;
  while (ready.size > 0) {
    const node = ready.pop();
    order[count++] = node;
    for (let slot = graph.outStarts[node]!; slot < graph.outStarts[node + 1]!; slot++) {
      const next = graph.outTargets[slot]!;
      if (--waiting[next]! === 0) ready.push(next);
    }
  }
  return order.subarray(0, count);
}
