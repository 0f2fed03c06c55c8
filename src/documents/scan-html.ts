import { Tokenizer, type TokenizerCallbacks } from "htmlparser2";
import type { Heading } from "../model/facts.ts";
import { createAnchors } from "./anchors.ts";
import { ForwardSearch } from "./forward-search.ts";
import { addressesIn, elementIdIn, readTag, type Attribute } from "./html-tags.ts";
import { splitAddress } from "./reference-target.ts";
import { safeId } from "./sanitize-policy.ts";
import type { Findings, InlineText } from "./scan-inline.ts";

/** Scans a block of raw HTML inside Markdown: what its tags refer to, and the ids that they carry. */
export function scanHtmlText({ text, line }: InlineText, findings: Findings): void {
  const search = new ForwardSearch(text);
  let counted = 0;
  let current = line;
  for (let at = text.indexOf("<"); at >= 0;) {
    const tag = readTag(text, at, search);
    if (tag !== undefined) {
      for (; counted < at; counted++) if (text.charCodeAt(counted) === 10) current++;
      for (const { address, ...rest } of addressesIn(tag.name, tag.attributes)) {
        findings.references.push({ ...splitAddress(address), ...rest, line: current });
      }
      const id = elementIdIn(tag.name, tag.attributes);
      if (id !== undefined) findings.elementIds.push(id);
    }
    at = text.indexOf("<", afterTag(text, tag, at));
  }
}

/** Behind a tag; behind the whole element where its content is not HTML. A comment without end hides all behind it. */
function afterTag(text: string, tag: ReturnType<typeof readTag>, at: number): number {
  if (tag === undefined) return text.startsWith("<!--", at) ? text.length : at + 1;
  if (tag.name !== "script" && tag.name !== "style" && tag.name !== "textarea") return tag.end;
  const close = new RegExp(`</${tag.name}`, "gi");
  close.lastIndex = tag.end;
  return close.exec(text)?.index ?? text.length;
}

/** What a scan of an HTML document finds. */
export type HtmlFindings = Findings & {
  readonly title: string | null;
  readonly headings: readonly Heading[];
};

/** Scans an HTML document whose first line is `firstLine` of its file. Cost: linear. */
export function scanHtml(html: string, firstLine: number): HtmlFindings {
  const reader = new HtmlReader(html, firstLine);
  const tokenizer = new Tokenizer({}, reader);
  tokenizer.write(html);
  tokenizer.end();
  return reader.findings();
}

type OpenHeading = { readonly level: number; readonly id: string; readonly line: number; text: string };

/**
 * On the tokenizer alone: the library's parser keeps a stack whose cost is quadratic in its depth. Headings are paired
 * as the renderer pairs them: the next closing tag of any heading ends the one that is open.
 */
class HtmlReader implements TokenizerCallbacks {
  readonly #html: string;
  readonly #found: Findings = { references: [], elementIds: [] };
  readonly #headings: Heading[] = [];
  readonly #anchors = createAnchors();
  #name = "";
  #start = 0;
  #attributes = new Map<string, string>();
  #value = "";
  #attributeName = "";
  #title: string | null = null;
  #inTitle = false;
  #heading: OpenHeading | undefined;
  #counted = 0;
  #line: number;

  constructor(html: string, firstLine: number) {
    this.#html = html;
    this.#line = firstLine;
  }

  onopentagname(start: number, end: number): void {
    this.#name = this.#html.slice(start, end).toLowerCase();
    this.#start = start - 1;
    this.#attributes = new Map();
  }

  onattribname(start: number, end: number): void {
    this.#attributeName = this.#html.slice(start, end).toLowerCase();
    this.#value = "";
  }

  onattribdata(start: number, end: number): void {
    this.#value += this.#html.slice(start, end);
  }

  onattribentity(codePoint: number): void {
    this.#value += String.fromCodePoint(codePoint);
  }

  onattribend(): void {
    // Of two attributes with one name, browsers take the first.
    if (!this.#attributes.has(this.#attributeName)) this.#attributes.set(this.#attributeName, this.#value);
  }

  onopentagend(): void {
    const name = this.#name;
    const attributes = Array.from(this.#attributes, ([key, value]): Attribute => ({ name: key, value }));
    const line = this.#lineAt(this.#start);
    for (const { address, ...rest } of addressesIn(name, attributes)) {
      this.#found.references.push({ ...splitAddress(address), ...rest, line });
    }
    const id = elementIdIn(name, attributes);
    if (isHeading(name)) this.#heading = { level: Number(name[1]), id: safeId(id ?? ""), line, text: "" };
    else if (id !== undefined) this.#found.elementIds.push(id);
    if (name === "title" && this.#title === null) this.#inTitle = true;
  }

  onselfclosingtag(): void {
    this.onopentagend();
  }

  ontext(start: number, end: number): void {
    if (this.#heading !== undefined || this.#inTitle) this.#text(this.#html.slice(start, end));
  }

  ontextentity(codePoint: number): void {
    this.#text(String.fromCodePoint(codePoint));
  }

  onclosetag(start: number, end: number): void {
    const name = this.#html.slice(start, end).toLowerCase();
    if (name === "title") this.#inTitle = false;
    const heading = this.#heading;
    if (heading === undefined || !isHeading(name)) return;
    this.#heading = undefined;
    const text = squeeze(heading.text);
    const anchor = heading.id || this.#anchors.ofText(text);
    this.#headings.push({ level: heading.level, text, anchor, line: heading.line });
  }

  oncomment(): void {}
  oncdata(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  findings(): HtmlFindings {
    const title = this.#title === null ? null : squeeze(this.#title);
    return { ...this.#found, title: title === "" ? null : title, headings: this.#headings };
  }

  #text(text: string): void {
    if (this.#heading !== undefined) this.#heading.text += text;
    if (this.#inTitle) this.#title = (this.#title ?? "") + text;
  }

  #lineAt(start: number): number {
    for (; this.#counted < start; this.#counted++)
      if (this.#html.charCodeAt(this.#counted) === 10) this.#line++;
    return this.#line;
  }
}

const isHeading = (name: string): boolean => /^h[1-6]$/.test(name);

function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
