import { Tokenizer, type TokenizerCallbacks } from "htmlparser2";
import type { Heading } from "../model/facts.ts";
import { createAnchors } from "./anchors.ts";
import type { ReferenceRenderer } from "./render-references.ts";
import { balance } from "./sanitize-balance.ts";
import { sanitizeHtml } from "./sanitize-html.ts";
import { safeId } from "./sanitize-policy.ts";

/** An HTML document read once: what is to be shown of it, and its headings. */
export type ParsedHtml = {
  readonly source: string;
  /** 1-based line of the file on which `source` begins. */
  readonly line: number;
  /** Of the whole document. */
  readonly headings: readonly PlacedHeading[];
  /** Where `source` begins in the document. */
  readonly offset: number;
  readonly firstParagraph: null;
  readonly tooDeep: false;
  readonly found: boolean;
};

/** A heading and the offset of its tag. */
type PlacedHeading = Heading & { readonly start: number };

/** Finds the headings of an HTML document and cuts it to the section that is asked for (`null`: all of it). */
export function prepareHtml(source: string, line: number, anchor: string | null): ParsedHtml {
  const headings = findHeadings(source, line);
  const rest = { headings, firstParagraph: null, tooDeep: false } as const;
  if (anchor === null || anchor === "") return { source, line, offset: 0, found: true, ...rest };
  const index = headings.findIndex((heading) => heading.anchor === anchor);
  const first = headings[index];
  if (first === undefined) return { source: "", line, offset: 0, found: false, ...rest };
  const next = headings.find((other, i) => i > index && other.level <= first.level);
  const section = source.slice(first.start, next?.start);
  return { source: section, line: first.line, offset: first.start, found: true, ...rest };
}

/** The sanitised body, every heading with its anchor. */
export function renderHtmlBody(
  parsed: ParsedHtml,
  references: ReferenceRenderer,
  ids: "kept" | "dropped",
): string {
  const anchors = new Map(parsed.headings.map(({ start, anchor }) => [start - parsed.offset, anchor]));
  const anchorAt = (start: number): string | undefined => anchors.get(start);
  return balance(sanitizeHtml(parsed.source, { references, line: parsed.line, ids, anchorAt }));
}

function findHeadings(source: string, line: number): PlacedHeading[] {
  const finder = new HeadingFinder(source, line);
  const tokenizer = new Tokenizer({}, finder);
  tokenizer.write(source);
  tokenizer.end();
  return finder.headings;
}

/** On the tokenizer alone: the library's parser keeps a stack whose cost is quadratic in its depth. */
class HeadingFinder implements TokenizerCallbacks {
  readonly headings: PlacedHeading[] = [];
  readonly #source: string;
  readonly #lineOf: (offset: number) => number;
  readonly #anchors = createAnchors();
  #tag = { name: "", start: 0, id: "" };
  #attribute = { name: "", value: "" };
  #open: { readonly level: number; readonly id: string; readonly start: number } | undefined;
  #text = "";

  constructor(source: string, line: number) {
    this.#source = source;
    this.#lineOf = lineCounter(source, line);
  }

  onopentagname(start: number, end: number): void {
    this.#tag = { name: this.#source.slice(start, end).toLowerCase(), start: start - 1, id: "" };
  }

  onattribname(start: number, end: number): void {
    this.#attribute = { name: this.#source.slice(start, end).toLowerCase(), value: "" };
  }

  onattribdata(start: number, end: number): void {
    this.#attribute.value += this.#source.slice(start, end);
  }

  onattribentity(codePoint: number): void {
    this.#attribute.value += String.fromCodePoint(codePoint);
  }

  onattribend(): void {
    if (this.#attribute.name === "id" && this.#tag.id === "") this.#tag.id = this.#attribute.value;
  }

  onopentagend(): void {
    const { name, start, id } = this.#tag;
    if (!isHeading(name)) return;
    this.#open = { level: Number(name[1]), id, start };
    this.#text = "";
  }

  onselfclosingtag(): void {
    this.onopentagend();
  }

  ontext(start: number, end: number): void {
    if (this.#open !== undefined) this.#text += this.#source.slice(start, end);
  }

  ontextentity(codePoint: number): void {
    if (this.#open !== undefined) this.#text += String.fromCodePoint(codePoint);
  }

  onclosetag(start: number, end: number): void {
    if (this.#open === undefined || !isHeading(this.#source.slice(start, end).toLowerCase())) return;
    const { level, id, start: at } = this.#open;
    const text = this.#text.replace(/\s+/g, " ").trim();
    // A heading keeps its own id; without one it is called by its text, as the scan does.
    const anchor = safeId(id) || this.#anchors.ofText(text);
    this.headings.push({ level, text, anchor, line: this.#lineOf(at), start: at });
    this.#open = undefined;
  }

  oncomment(): void {}
  oncdata(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}
}

const isHeading = (name: string): boolean => /^h[1-6]$/.test(name);

/** Asked in ascending order, so the text is counted once. */
function lineCounter(source: string, first: number): (offset: number) => number {
  let line = first;
  let counted = 0;
  return (offset) => {
    for (let at = source.indexOf("\n", counted); at >= 0 && at < offset; at = source.indexOf("\n", counted)) {
      line++;
      counted = at + 1;
    }
    return line;
  };
}
