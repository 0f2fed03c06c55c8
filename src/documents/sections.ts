import type { DocumentFacts, Reference } from "../model/facts.ts";

/** Lines of a file, 1-based, both ends included. */
export type LineRange = { readonly firstLine: number; readonly lastLine: number };

/**
 * The lines that an anchor names: the whole file for "", a block for `^id`, else the heading with this anchor and all
 * that stands below it up to the next heading of its level or above. `undefined` when the document has no such part.
 */
export function sectionRange(
  facts: Pick<DocumentFacts, "headings" | "blocks">,
  anchor: string,
  lineCount: number,
): LineRange | undefined {
  if (anchor === "") return { firstLine: 1, lastLine: lineCount };
  if (anchor.startsWith("^")) return blockRange(facts, anchor.slice(1));
  const index = facts.headings.findIndex((heading) => heading.anchor === anchor);
  const heading = facts.headings[index];
  if (heading === undefined) return undefined;
  const next = facts.headings.find((other, i) => i > index && other.level <= heading.level);
  return { firstLine: heading.line, lastLine: next === undefined ? lineCount : next.line - 1 };
}

function blockRange(facts: Pick<DocumentFacts, "blocks">, id: string): LineRange | undefined {
  const block = facts.blocks.find((other) => other.id === id);
  return block && { firstLine: block.firstLine, lastLine: block.line };
}

/**
 * The embeds that stand inside a range. A fragment depends on these alone, so a section that embeds another section
 * of its own file depends on that section and not on itself.
 */
export function embedsOf(facts: Pick<DocumentFacts, "references">, range: LineRange): readonly Reference[] {
  return facts.references.filter(
    ({ form, line }) => form === "embed" && line >= range.firstLine && line <= range.lastLine,
  );
}
