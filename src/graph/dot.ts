import { printable, sortedEdges } from "./drawing.ts";
import type { Drawing, DrawnNode } from "./drawing.ts";

/**
 * The drawing in Graphviz's language, node v as `n<v>`. Every label is taken as plain text: no quote, backslash,
 * `&` or escape in it means anything to Graphviz. Cost: O(text) and a sort of the edges.
 * Source: https://graphviz.org/doc/info/lang.html
 */
export function writeDot(drawing: Drawing): string {
  const lines = [`digraph ${quoted(drawing.name)} {`, "  rankdir=LR;", "  node [shape=box];"];
  drawing.nodes.forEach((node, number) => lines.push(`  n${number} [${attributesOf(node)}];`));
  for (const { source, target, label } of sortedEdges(drawing)) {
    lines.push(`  n${source} -> n${target}${label === undefined ? "" : ` [label=${quoted(label)}]`};`);
  }
  lines.push("}", "");
  return lines.join("\n");
}

function attributesOf({ label, shape }: DrawnNode): string {
  return `label=${quoted(label)}${shape === "round" ? ", shape=ellipse" : ""}`;
}

const plain = /^[\w :,./-]*$/;

/**
 * A label is read four times: as a string, for character references, for escapes such as `\N`, and for lines. Empty
 * lines get a blank, because Graphviz 14 may crash on them.
 */
function quoted(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  const escaped = printable(text)
    .replace(/^$/gm, text === "" ? "" : " ")
    .replaceAll("&", "&amp;")
    .replaceAll("\\", "\\\\")
    .replaceAll('"', '\\"')
    .replaceAll("\n", "\\n");
  return `"${escaped}"`;
}
