import { compareNames } from "../base/byte-order.ts";
import { invariant } from "../base/invariant.ts";
import { edgeSources } from "./digraph.ts";
import type { Digraph } from "./digraph.ts";

/** A node as a writer shows it. */
export type DrawnNode = {
  /** Any text at all; what no format can carry is replaced, see `printable`. */
  readonly label: string;
  /** By default `box`. */
  readonly shape?: "box" | "round";
  /** Written by `writeNodeLink` alone, beside the label. The key `label` is the label's. */
  readonly data?: Readonly<Record<string, string>>;
};

export type DrawnEdge = {
  readonly source: number;
  readonly target: number;
  readonly label?: string;
  /** Written by `writeNodeLink` alone, as that of a node. */
  readonly data?: Readonly<Record<string, string>>;
};

/** What the writers of DOT, Mermaid and JSON write: nodes by number, and edges between them. */
export type Drawing = {
  readonly name: string;
  readonly nodes: readonly DrawnNode[];
  /** In any order: the writers sort them by source, target and label. */
  readonly edges: readonly DrawnEdge[];
};

/** The drawing of a graph whose node v is called `labels[v]`. Throws when a label is missing. Cost: O(nodes + edges). */
export function drawingOf(name: string, graph: Digraph, labels: readonly string[]): Drawing {
  invariant(labels.length === graph.nodes, "every node has a label");
  const sources = edgeSources(graph);
  const edges = Array.from(sources, (source, slot) => ({ source, target: graph.outTargets[slot]! }));
  return { name, nodes: labels.map((label) => ({ label })), edges };
}

/** The edges by source, then target, then label, so that their order in the drawing means nothing. */
export function sortedEdges({ nodes, edges }: Drawing): readonly DrawnEdge[] {
  for (const { source, target } of edges) {
    invariant(isNode(source, nodes) && isNode(target, nodes), "an edge joins two nodes of its drawing");
  }
  const isSorted = edges.every((edge, i) => i === 0 || compareEdges(edges[i - 1]!, edge) <= 0);
  return isSorted ? edges : edges.toSorted(compareEdges);
}

function compareEdges(a: DrawnEdge, b: DrawnEdge): number {
  return a.source - b.source || a.target - b.target || byLabel(a, b);
}

/** None before any. */
function byLabel(a: DrawnEdge, b: DrawnEdge): number {
  if (a.label === undefined || b.label === undefined)
    return Number(a.label !== undefined) - Number(b.label !== undefined);
  return compareNames(a.label, b.label);
}

function isNode(node: number, nodes: readonly DrawnNode[]): boolean {
  return Number.isInteger(node) && node >= 0 && node < nodes.length;
}

// oxlint-disable-next-line no-control-regex -- control characters are what is looked for
const unprintable = /[\0-\x08\x0b-\x1f\x7f]/g;

/**
 * The text without what text formats cannot carry: lone surrogates become U+FFFD, line ends `\n`, and other control
 * characters the signs that Unicode has for them (U+2400 and on). Tabs stay.
 */
export function printable(text: string): string {
  return wellFormed(text.replace(/\r\n?/g, "\n")).replace(unprintable, (sign) =>
    sign === "\x7f" ? "\u2421" : String.fromCharCode(0x2400 + sign.charCodeAt(0)),
  );
}

/** The text with U+FFFD in the place of each lone surrogate, which UTF-8 has no form for. */
export function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\ufffd");
}
