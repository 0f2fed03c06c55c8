import { ForwardSearch } from "./forward-search.ts";
import { readTag } from "./html-tags.ts";

/** What ends a block of HTML: a line that fits the pattern, or a blank line. */
export type HtmlBlockEnd = RegExp | "blank";

const fixed: readonly (readonly [start: RegExp, end: RegExp])[] = [
  [/^<(?:script|pre|style|textarea)(?=\s|>|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<![a-z]/i, />/],
  [/^<!\[CDATA\[/, /\]\]>/],
];

const blockNames = new Set(
  `address article aside base basefont blockquote body caption center col colgroup dd details dialog dir div dl dt
  fieldset figcaption figure footer form frame frameset h1 h2 h3 h4 h5 h6 head header hr html iframe legend li link
  main menu menuitem nav noframes ol optgroup option p param search section summary table tbody td tfoot th thead
  title tr track ul`.split(/\s+/),
);

/**
 * Whether a line begins a block of HTML, by the seven conditions of CommonMark, and what ends it. Any other tag
 * begins one only when it stands alone on its line and does not interrupt a paragraph.
 */
export function isHtmlStart(line: string, interrupts: boolean): HtmlBlockEnd | undefined {
  for (const [start, end] of fixed) if (start.test(line)) return end;
  const name = /^<\/?([a-z][a-z0-9]*)(?=\s|\/?>|$)/i.exec(line)?.[1]?.toLowerCase();
  if (name !== undefined && blockNames.has(name)) return "blank";
  if (interrupts) return undefined;
  const tag = readTag(line, 0, new ForwardSearch(line));
  return tag !== undefined && tag.name !== "" && line.slice(tag.end).trim() === "" ? "blank" : undefined;
}
