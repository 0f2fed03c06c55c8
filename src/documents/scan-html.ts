import { Parser } from "htmlparser2";
import type { Heading } from "../model/facts.ts";
import { createAnchors } from "./anchors.ts";
import { ForwardSearch } from "./forward-search.ts";
import { addressesIn, elementIdIn, readTag } from "./html-tags.ts";
import { splitAddress } from "./reference-target.ts";
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
      for (const { form, address } of addressesIn(tag.name, tag.attributes)) {
        findings.references.push({ form, ...splitAddress(address), line: current });
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
  const parser: Parser = new Parser(
    {
      onopentag: (name, attributes) => reader.open(name, attributes, parser.startIndex),
      ontext: (text) => reader.text(text),
      onclosetag: (name) => reader.close(name),
    },
    { decodeEntities: true },
  );
  parser.end(html);
  return reader.findings();
}

type OpenHeading = {
  readonly name: string;
  readonly id: string | undefined;
  readonly line: number;
  text: string;
};

class HtmlReader {
  readonly #html: string;
  readonly #found: Findings = { references: [], elementIds: [] };
  readonly #headings: Heading[] = [];
  readonly #anchors = createAnchors();
  #title: string | null = null;
  #inTitle = false;
  #heading: OpenHeading | undefined;
  #at = 0;
  #line: number;

  constructor(html: string, firstLine: number) {
    this.#html = html;
    this.#line = firstLine;
  }

  open(name: string, values: Readonly<Record<string, string>>, start: number): void {
    const attributes = Object.entries(values).map(([key, value]) => ({ name: key, value }));
    const line = this.#lineAt(start);
    for (const { form, address } of addressesIn(name, attributes)) {
      this.#found.references.push({ form, ...splitAddress(address), line });
    }
    const id = elementIdIn(name, attributes);
    const isHeading = /^h[1-6]$/.test(name);
    if (id !== undefined && !isHeading) this.#found.elementIds.push(id);
    if (isHeading) this.#heading = { name, id, line, text: "" };
    if (name === "title" && this.#title === null) this.#inTitle = true;
  }

  text(text: string): void {
    if (this.#heading !== undefined) this.#heading.text += text;
    if (this.#inTitle) this.#title = (this.#title ?? "") + text;
  }

  close(name: string): void {
    if (name === "title") this.#inTitle = false;
    const heading = this.#heading;
    if (heading?.name !== name) return;
    this.#heading = undefined;
    const text = squeeze(heading.text);
    const anchor = heading.id ?? this.#anchors.ofText(text);
    this.#headings.push({ level: Number(name[1]), text, anchor, line: heading.line });
  }

  findings(): HtmlFindings {
    const title = this.#title === null ? null : squeeze(this.#title);
    return { ...this.#found, title: title === "" ? null : title, headings: this.#headings };
  }

  #lineAt(start: number): number {
    for (; this.#at < start; this.#at++) if (this.#html.charCodeAt(this.#at) === 10) this.#line++;
    return this.#line;
  }
}

function squeeze(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}
