import { reverse } from "./digraph.ts";
import type { Digraph } from "./digraph.ts";

/**
 * The nodes that a path of at least one edge leads to from any of `starts`, ascending. A start is among them only
 * when such a path leads to it. Cost: O(nodes reached and their edges), and room for five bytes a node.
 */
export function findDescendants(graph: Digraph, starts: Iterable<number>): Uint32Array {
  const { outStarts, outTargets, nodes } = graph;
  const seen = new Uint8Array(nodes);
  const reached = new Uint32Array(nodes);
  let count = 0;
  const visit = (v: number) => {
    const end = outStarts[v + 1]!;
    for (let slot = outStarts[v]!; slot < end; slot++) {
      const next = outTargets[slot]!;
      if (seen[next] === 1) continue;
      seen[next] = 1;
      reached[count++] = next;
    }
  };
  for (const start of starts) visit(start);
  for (let head = 0; head < count; head++) visit(reached[head]!);
  return count * 16 < nodes ? reached.slice(0, count).sort() : marked(seen, count);
}

/** Where a good part of the graph is reached, looking at every mark is quicker than sorting. */
function marked(marks: Uint8Array, count: number): Uint32Array {
  const nodes = new Uint32Array(count);
  for (let v = 0, at = 0; at < count; v++) if (marks[v] === 1) nodes[at++] = v;
  return nodes;
}

/** The nodes from which a path of at least one edge leads to any of `ends`, ascending. */
export function findAncestors(graph: Digraph, ends: Iterable<number>): Uint32Array {
  return findDescendants(reverse(graph), ends);
}
