import type { Reference, ReferenceForm } from "../model/facts.ts";
import { isPunctuation } from "./character-references.ts";
import { ForwardSearch } from "./forward-search.ts";
import { wikilinkEnd } from "./heading-text.ts";
import { addressesIn, elementIdIn, readTag } from "./html-tags.ts";
import { labelKey, readInlineTail, readLabel } from "./link-syntax.ts";
import { splitAddress, splitWikilink } from "./reference-target.ts";

/** Text in which Markdown's inline markup counts, such as a paragraph or a cell of a table. */
export type InlineText = {
  readonly text: string;
  /** 1-based line of the file on which it begins; each line break in it is one in the file. */
  readonly line: number;
};

/** Where the scan puts what it finds. */
export type Findings = { readonly references: Reference[]; readonly elementIds: string[] };

/** Addresses of the document's reference definitions by `labelKey`. */
export type Definitions = ReadonlyMap<string, string>;

type Bracket = { readonly start: number; readonly isImage: boolean; hasInner: boolean };

type Found = Omit<Reference, "line"> & { readonly start: number };

/**
 * Finds the references of one text in one pass: a stack of open brackets, and jumps over code spans, comments,
 * escapes and tags. Cost: linear, also on hostile text.
 */
export function scanInline(inline: InlineText, definitions: Definitions, findings: Findings): void {
  if (!mayHold(inline.text)) return;
  const scanner = new InlineScanner(inline.text, definitions, findings.elementIds);
  const found = scanner.run().sort((a, b) => a.start - b.start);
  let line = inline.line;
  let at = 0;
  for (const { start, ...reference } of found) {
    for (; at < start; at++) if (inline.text.charCodeAt(at) === 10) line++;
    findings.references.push({ ...reference, line });
  }
}

/** Every reference has a bracket or a tag. */
function mayHold(text: string): boolean {
  return text.includes("[") || text.includes("<");
}

const special = new Uint8Array(128);
for (const sign of "\\`<[]!%") special[sign.charCodeAt(0)] = 1;

class InlineScanner {
  readonly #text: string;
  readonly #search: ForwardSearch;
  readonly #definitions: Definitions;
  readonly #elementIds: string[];
  readonly #brackets: Bracket[] = [];
  readonly #found: Found[] = [];
  /** Plain `[` below this place in the stack stand around a link, and links hold no links. */
  #inactiveBelow = 0;
  /** Ends of backtick runs by their length, ascending, made when the first backtick is met. */
  #ticks: Map<number, number[]> | undefined;
  /** Tags that were read to the text's end in vain: after a few, `<` is taken for text. */
  #deadTags = 0;

  constructor(text: string, definitions: Definitions, elementIds: string[]) {
    this.#text = text;
    this.#search = new ForwardSearch(text);
    this.#definitions = definitions;
    this.#elementIds = elementIds;
  }

  run(): Found[] {
    const text = this.#text;
    for (let at = 0; at < text.length;) {
      const code = text.charCodeAt(at);
      at = code < 128 && special[code] === 1 ? this.#step(at) : at + 1;
    }
    return this.#found;
  }

  /** Reads what stands at `at` and gives the place behind it. */
  #step(at: number): number {
    const text = this.#text;
    switch (text[at]) {
      case "\\":
        return at + (isPunctuation(text[at + 1]) ? 2 : 1);
      case "`":
        return this.#codeSpan(at);
      case "<":
        return this.#angle(at);
      case "%":
        return this.#comment(at);
      case "[":
        return this.#openBracket(at, at, false);
      case "!":
        return text[at + 1] === "[" ? this.#openBracket(at, at + 1, true) : at + 1;
      default:
        return this.#closeBracket(at);
    }
  }

  #codeSpan(at: number): number {
    const behind = runEnd(this.#text, at);
    this.#ticks ??= tickRuns(this.#text);
    const ends = this.#ticks.get(behind - at) ?? [];
    while (ends.length > 0 && (ends.at(-1) ?? 0) <= behind) ends.pop();
    return ends.at(-1) ?? behind;
  }

  #comment(at: number): number {
    if (this.#text[at + 1] !== "%") return at + 1;
    const end = this.#search.next("%%", at + 2);
    return end < 0 ? at + 2 : end + 2;
  }

  #angle(at: number): number {
    const autolink = this.#autolink(at);
    if (autolink !== undefined) return autolink;
    if (this.#deadTags > 16) return at + 1;
    const tag = readTag(this.#text, at, this.#search);
    if (tag === undefined) {
      this.#deadTags += this.#search.next("<", at + 1) < 0 ? 1 : 0;
      return at + 1;
    }
    for (const { address, ...rest } of addressesIn(tag.name, tag.attributes)) {
      this.#found.push({ ...splitAddress(address), ...rest, start: at });
    }
    const id = elementIdIn(tag.name, tag.attributes);
    if (id !== undefined) this.#elementIds.push(id);
    return tag.end;
  }

  #autolink(at: number): number | undefined {
    const end = this.#search.next(">", at);
    if (end < 0 || !/[a-z0-9]/i.test(this.#text[at + 1] ?? "")) return undefined;
    // An address holds no `<`, so a near one spares looking at the rest.
    if (this.#search.within("<", at + 1, end)) return undefined;
    const inside = this.#text.slice(at + 1, end);
    const isUrl = /^[a-z][a-z0-9+.-]{1,31}:/i.test(inside) && !hasControl(inside);
    if (isUrl) this.#add("link", at, inside);
    else if (/^[a-z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-z0-9][a-z0-9.-]*$/i.test(inside)) {
      this.#add("link", at, `mailto:${inside}`);
    } else return undefined;
    return end + 1;
  }

  #openBracket(at: number, bracket: number, isImage: boolean): number {
    if (this.#text[bracket + 1] === "[") {
      const end = wikilinkEnd(this.#search, bracket + 2);
      const inside = end === undefined ? "" : this.#text.slice(bracket + 2, end);
      if (end !== undefined && inside.trim() !== "") {
        this.#found.push({ form: isImage ? "embed" : "wikilink", start: at, ...splitWikilink(inside) });
        return end + 2;
      }
    }
    this.#brackets.push({ start: at, isImage, hasInner: false });
    return bracket + 1;
  }

  #closeBracket(at: number): number {
    const bracket = this.#brackets.pop();
    if (bracket === undefined) return at + 1;
    const isInactive = !bracket.isImage && this.#brackets.length < this.#inactiveBelow;
    this.#inactiveBelow = Math.min(this.#inactiveBelow, this.#brackets.length);
    const outer = this.#brackets.at(-1);
    if (outer !== undefined) outer.hasInner = true;
    const link = isInactive
      ? undefined
      : (readInlineTail(this.#text, at + 1, this.#search) ?? this.#defined(at, bracket));
    if (link === undefined) return at + 1;
    this.#add(bracket.isImage ? "image" : "link", bracket.start, link.address);
    if (!bracket.isImage) this.#inactiveBelow = this.#brackets.length;
    return link.end;
  }

  /** `[text][label]`, `[label][]` and `[label]` of a label that the document defines. */
  #defined(at: number, bracket: Bracket): { address: string; end: number } | undefined {
    if (this.#definitions.size === 0) return undefined;
    const label = readLabel(this.#text, at + 1);
    const end = label?.end ?? at + 1;
    if (label !== undefined && label.label !== "") return this.#lookUp(label.label, end);
    const start = bracket.start + (bracket.isImage ? 2 : 1);
    // A label holds no brackets and at most 999 signs.
    if (bracket.hasInner || at - start > 999) return undefined;
    return this.#lookUp(this.#text.slice(start, at), end);
  }

  #lookUp(label: string, end: number): { address: string; end: number } | undefined {
    const address = this.#definitions.get(labelKey(label));
    return address === undefined ? undefined : { address, end };
  }

  #add(form: ReferenceForm, start: number, address: string): void {
    this.#found.push({ form, start, ...splitAddress(address) });
  }
}

/** Spaces and control characters are no part of an address. */
function hasControl(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 32 || code === 127) return true;
  }
  return false;
}

function runEnd(text: string, at: number): number {
  let end = at;
  while (text.charCodeAt(end) === 96) end++;
  return end;
}

/** The ends of all backtick runs by length, the last first, so that those passed can be dropped from the tail. */
function tickRuns(text: string): Map<number, number[]> {
  const runs = new Map<number, number[]>();
  for (let at = text.indexOf("`"); at >= 0;) {
    const end = runEnd(text, at);
    const ends = runs.get(end - at);
    if (ends === undefined) runs.set(end - at, [end]);
    else ends.push(end);
    at = text.indexOf("`", end);
  }
  for (const ends of runs.values()) ends.reverse();
  return runs;
}
