import { sortedEdges, wellFormed } from "./drawing.ts";
import type { Drawing, DrawnNode } from "./drawing.ts";

/**
 * The drawing as node-link JSON, one line: `{directed, multigraph, attrs, nodes: [{id, data}], links: [{source,
 * target, id, data}]}` with texts alone in `attrs` and `data`, which is what rustworkx and, with `edges="links"`,
 * networkx read. Labels are kept as they are, but for lone surrogates, which become U+FFFD.
 * Cost: O(text) and a sort of the edges.
 */
export function writeNodeLink(drawing: Drawing): string {
  const edges = sortedEdges(drawing);
  const isRepeated = edges.some(({ source, target }, i) => {
    const before = edges[i - 1];
    return before !== undefined && before.source === source && before.target === target;
  });
  const nodes = drawing.nodes.map((node, id) => ({ id, data: dataOf(node.label, node.data) }));
  const links = edges.map(({ source, target, label, data }, id) => {
    const isBare = label === undefined && data === undefined;
    return { source, target, id, data: isBare ? null : dataOf(label, data) };
  });
  const attrs = { name: wellFormed(drawing.name) };
  return `${JSON.stringify({ directed: true, multigraph: isRepeated, attrs, nodes, links })}\n`;
}

function dataOf(label: string | undefined, data: DrawnNode["data"]): Readonly<Record<string, string>> {
  const entries: [string, string][] = Object.entries(data ?? {});
  if (label !== undefined) entries.push(["label", label]);
  return Object.fromEntries(entries.map(([key, value]) => [wellFormed(key), wellFormed(value)] as const));
}
