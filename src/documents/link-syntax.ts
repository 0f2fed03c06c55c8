import { unescapeMarkdown } from "./character-references.ts";
import { ForwardSearch } from "./forward-search.ts";

/** A link's address as written between its brackets, escapes undone, and where what was read ends. */
export type Address = { readonly address: string; readonly end: number };

const isBlank = (text: string, at: number): boolean => {
  const sign = text[at];
  return sign === " " || sign === "\n" || sign === "\t";
};

/** The first place at or behind `at` that is no space, tab or line break. */
export function skipBlanks(text: string, at: number): number {
  let end = at;
  while (isBlank(text, end)) end++;
  return end;
}

/** An address of CommonMark at `at`: in `<…>`, or without spaces and with balanced parentheses. */
export function readAddress(text: string, at: number, search: ForwardSearch): Address | undefined {
  return text[at] === "<" ? readAngled(text, at, search) : readBare(text, at);
}

function readAngled(text: string, at: number, search: ForwardSearch): Address | undefined {
  if (search.next(">", at) < 0) return undefined;
  for (let i = at + 1; i < text.length; i++) {
    const sign = text[i];
    if (sign === ">") return { address: unescapeMarkdown(text.slice(at + 1, i)), end: i + 1 };
    if (sign === "\n" || sign === "<") return undefined;
    if (sign === "\\") i++;
  }
  return undefined;
}

/** Deeper nesting is no address in any parser that stays linear. */
const deepest = 32;

function readBare(text: string, at: number): Address | undefined {
  let depth = 0;
  let i = at;
  for (; i < text.length; i++) {
    const sign = text[i] ?? "";
    if (sign <= " " || sign === "\u007F") break;
    if (sign === "\\") {
      if (text[i + 1] === " ") break;
      i++;
    } else if (sign === "(") {
      if (++depth > deepest) return undefined;
    } else if (sign === ")" && depth-- === 0) break;
  }
  if (depth > 0 || i === at) return undefined;
  const end = Math.min(i, text.length);
  return { address: unescapeMarkdown(text.slice(at, end)), end };
}

/** Where a title in quotes or parentheses at `at` ends, or -1. */
export function titleEnd(text: string, at: number): number {
  const open = text[at];
  if (open !== '"' && open !== "'" && open !== "(") return -1;
  const close = open === "(" ? ")" : open;
  for (let i = at + 1; i < text.length; i++) {
    const sign = text[i];
    if (sign === close) return i + 1;
    if (sign === "(" && open === "(") return -1;
    if (sign === "\\") i++;
  }
  return -1;
}

/** `(address "title")` behind a link's text; `at` is where the `(` stands. An empty address is one too. */
export function readInlineTail(text: string, at: number, search: ForwardSearch): Address | undefined {
  if (text[at] !== "(") return undefined;
  const start = skipBlanks(text, at + 1);
  const found = readAddress(text, start, search) ?? { address: "", end: start };
  let end = skipBlanks(text, found.end);
  if (end > found.end) {
    const title = titleEnd(text, end);
    if (title >= 0) end = skipBlanks(text, title);
  }
  return text[end] === ")" ? { address: found.address, end: end + 1 } : undefined;
}

/** The greatest length of a label in CommonMark. */
const longestLabel = 999;

/** `[label]` at `at`: its inside and its end; `undefined` when it holds a bracket or is too long. */
export function readLabel(text: string, at: number): { label: string; end: number } | undefined {
  if (text[at] !== "[") return undefined;
  const last = Math.min(text.length, at + longestLabel + 2);
  for (let i = at + 1; i < last; i++) {
    const sign = text[i];
    if (sign === "]") return { label: text.slice(at + 1, i), end: i + 1 };
    if (sign === "[") return undefined;
    if (sign === "\\") i++;
  }
  return undefined;
}

/** The form in which labels are compared: white space and case do not count. */
export function labelKey(label: string): string {
  return label.trim().replace(/\s+/g, " ").toLowerCase().toUpperCase();
}

/** A reference definition at `at`, where a line begins: `[label]: address "title"`. */
function readDefinition(
  text: string,
  at: number,
  search: ForwardSearch,
): { readonly key: string; readonly address: string; readonly end: number } | undefined {
  const label = readLabel(text, at);
  if (label === undefined || text[label.end] !== ":" || label.label.trim() === "") return undefined;
  const start = skipBlanks(text, label.end + 1);
  const found = readAddress(text, start, search);
  if (found === undefined) return undefined;
  const end = definitionEnd(text, found.end);
  return end < 0 ? undefined : { key: labelKey(label.label), address: found.address, end };
}

/** Reads the definitions that a paragraph begins with; gives where its own text begins. First definitions win. */
export function readDefinitions(text: string, definitions: Map<string, string>): number {
  const search = new ForwardSearch(text);
  let at = 0;
  for (;;) {
    const found = text[at] === "[" ? readDefinition(text, at, search) : undefined;
    if (found === undefined) return at;
    if (!definitions.has(found.key)) definitions.set(found.key, found.address);
    at = found.end;
  }
}

/** A title must end its line; one that does not is no title, and then the address must end its own. */
function definitionEnd(text: string, at: number): number {
  const next = skipBlanks(text, at);
  const title = next > at ? titleEnd(text, next) : -1;
  const behindTitle = title < 0 ? -1 : restOfLine(text, title);
  return behindTitle >= 0 ? behindTitle : restOfLine(text, at);
}

/** Where the next line begins when nothing but blanks follows on this one, else -1. */
function restOfLine(text: string, at: number): number {
  let end = at;
  while (text[end] === " " || text[end] === "\t") end++;
  if (end >= text.length) return text.length;
  return text[end] === "\n" ? end + 1 : -1;
}
