import { reverse } from "./digraph.ts";
import type { Digraph } from "./digraph.ts";

/**
 * The nodes that a path of at least one edge leads to from any of `starts`, ascending. A start is among them only
 * when such a path leads to it. Cost: O(nodes reached and their edges), and one byte a node.
 */
export function findDescendants(graph: Digraph, starts: Iterable<number>): Uint32Array {
  const { outStarts, outTargets } = graph;
  const seen = new Uint8Array(graph.nodes);
  const reached: number[] = [];
  const visit = (v: number) => {
    for (let slot = outStarts[v]!; slot < outStarts[v + 1]!; slot++) {
      const next = outTargets[slot]!;
      if (seen[next] === 1) continue;
      seen[next] = 1;
      reached.push(next);
    }
  };
  for (const start of starts) visit(start);
  for (let head = 0; head < reached.length; head++) visit(reached[head]!);
  return Uint32Array.from(reached).sort();
}

/** The nodes from which a path of at least one edge leads to any of `ends`, ascending. */
export function findAncestors(graph: Digraph, ends: Iterable<number>): Uint32Array {
  return findDescendants(reverse(graph), ends);
}
