import { printable, sortedEdges } from "./drawing.ts";
import type { Drawing, DrawnNode } from "./drawing.ts";

/**
 * The drawing as a Mermaid flowchart, node v as `n<v>`. Every label is taken as plain text. Mermaid itself draws no
 * more than 500 edges and 50,000 characters unless its page sets `maxEdges` and `maxTextSize`. The drawing's name is
 * left out. Cost: O(text) and a sort of the edges. Source: https://mermaid.js.org/syntax/flowchart.html
 */
export function writeMermaid(drawing: Drawing): string {
  const lines = ["flowchart LR"];
  drawing.nodes.forEach((node, number) => lines.push(`  n${number}${bodyOf(node)}`));
  for (const { source, target, label } of sortedEdges(drawing)) {
    const text = label === undefined ? "" : `|${quoted(label)}|`;
    lines.push(`  n${source} -->${text} n${target}`);
  }
  lines.push("");
  return lines.join("\n");
}

function bodyOf({ label, shape }: DrawnNode): string {
  return shape === "round" ? `([${quoted(label)}])` : `[${quoted(label)}]`;
}

/**
 * Punctuation stands as `#<code>;`, so that nothing in a label is Markdown, HTML, a comment or a directive; a point
 * or hyphen within a word may stay. So do the four letters of which Mermaid makes marks of its own (`ﬂ°…¶ß`).
 */
const unsafe = /[\t!-+:-@[-`{-\x7f\u{b0}\u{b6}\u{df}\u{fb02}]|[-.](?![0-9A-Za-z])/gu;

const plain = /^[0-9A-Za-z ,/]+$/;

function quoted(text: string): string {
  if (plain.test(text)) return `"${text}"`;
  // An empty string is no string to Mermaid's grammar.
  if (text === "") return '" "';
  const safe = printable(text).replace(unsafe, (sign) => `#${sign.codePointAt(0)!};`);
  return `"${safe.replaceAll("\n", "<br/>")}"`;
}
