import { QuoteType, Tokenizer, type TokenizerCallbacks } from "htmlparser2";
import { escapeHtml } from "./escape-html.ts";
import type { ReferenceRenderer } from "./render-references.ts";
import { sanitizedTag, type Attributes } from "./sanitize-tag.ts";
import { allowedElements, emptiedElements, voidElements } from "./sanitize-policy.ts";

/** How a piece of HTML is cleaned. */
export type SanitizeOptions = {
  readonly references: ReferenceRenderer;
  /** The 1-based line of the file on which the piece begins. */
  readonly line: number;
  /** Fragments stand in foreign pages, where their ids would collide. */
  readonly ids: "kept" | "dropped";
  /** The anchor of the heading whose tag begins at `start` in the piece; `undefined` leaves its own id. */
  readonly anchorAt?: (start: number) => string | undefined;
};

/**
 * Only the allowed elements and attributes of a piece of HTML, every address rewritten through the references, text
 * escaped anew. Tags keep their order and are not paired: `balance` does that for the whole body, because Markdown
 * cuts HTML into pieces. Cost: linear.
 */
export function sanitizeHtml(html: string, options: SanitizeOptions): string {
  const filter = new Filter(html.includes("\0") ? html.replaceAll("\0", "\uFFFD") : html, options);
  return filter.run();
}

class Filter implements TokenizerCallbacks {
  readonly #source: string;
  readonly #options: SanitizeOptions;
  readonly #pieces: string[] = [];
  #name = "";
  #tagStart = 0;
  #attributes: Map<string, string> = new Map();
  #attributeName = "";
  #attributeValue = "";
  /** The element whose whole content is left out, and how many of its name are open. */
  #emptied = "";
  #depth = 0;
  #lineAt = 0;
  #line: number;

  constructor(source: string, options: SanitizeOptions) {
    this.#source = source;
    this.#options = options;
    this.#line = options.line;
  }

  run(): string {
    const tokenizer = new Tokenizer({}, this);
    tokenizer.write(this.#source);
    tokenizer.end();
    return this.#pieces.join("");
  }

  ontext(start: number, end: number): void {
    if (this.#emptied === "") this.#pieces.push(escapeHtml(this.#source.slice(start, end)));
  }

  ontextentity(codePoint: number): void {
    if (this.#emptied === "") this.#pieces.push(escapeHtml(characterOf(codePoint)));
  }

  onopentagname(start: number, end: number): void {
    this.#name = this.#source.slice(start, end).toLowerCase();
    this.#tagStart = start - 1;
    this.#attributes = new Map();
  }

  onattribname(start: number, end: number): void {
    this.#attributeName = this.#source.slice(start, end).toLowerCase();
    this.#attributeValue = "";
  }

  onattribdata(start: number, end: number): void {
    this.#attributeValue += this.#source.slice(start, end);
  }

  onattribentity(codePoint: number): void {
    this.#attributeValue += characterOf(codePoint);
  }

  onattribend(quote: QuoteType): void {
    const value = quote === QuoteType.NoValue ? "" : this.#attributeValue;
    // Of two attributes with one name, browsers take the first.
    if (!this.#attributes.has(this.#attributeName)) this.#attributes.set(this.#attributeName, value);
  }

  onopentagend(): void {
    if (this.#emptied !== "") {
      if (this.#name === this.#emptied) this.#depth++;
      return;
    }
    if (emptiedElements.has(this.#name)) {
      // An embed has no end tag.
      if (this.#name === "embed") return;
      this.#emptied = this.#name;
      this.#depth = 1;
      return;
    }
    this.#openTag();
  }

  onselfclosingtag(): void {
    // HTML ignores the slash of `<div/>`; SVG and MathML, where it counts, are left out.
    if (emptiedElements.has(this.#name)) return;
    if (this.#emptied === "") this.#openTag();
  }

  onclosetag(start: number, end: number): void {
    const name = this.#source.slice(start, end).toLowerCase();
    if (this.#emptied !== "") {
      if (name !== this.#emptied) return;
      this.#depth--;
      if (this.#depth === 0) this.#emptied = "";
      return;
    }
    if (allowedElements.has(name) && !voidElements.has(name)) this.#pieces.push(`</${name}>`);
  }

  oncomment(): void {}
  oncdata(): void {}
  ondeclaration(): void {}
  onprocessinginstruction(): void {}
  onend(): void {}

  #openTag(): void {
    if (!allowedElements.has(this.#name)) return;
    this.#identify();
    const attributes: Attributes = this.#attributes;
    const { references } = this.#options;
    this.#pieces.push(sanitizedTag(this.#name, attributes, { references, line: this.#currentLine() }));
  }

  /** Gives headings their anchors, and takes ids away where they are not kept. */
  #identify(): void {
    const { anchorAt, ids } = this.#options;
    const anchor =
      anchorAt !== undefined && /^h[1-6]$/.test(this.#name) ? anchorAt(this.#tagStart) : undefined;
    if (anchor !== undefined) this.#attributes.set("id", anchor);
    if (ids === "kept") return;
    this.#attributes.delete("id");
    this.#attributes.delete("name");
  }

  /** The line of the present tag; tags come in order, so the text is counted once. */
  #currentLine(): number {
    for (let at = this.#source.indexOf("\n", this.#lineAt); ; at = this.#source.indexOf("\n", this.#lineAt)) {
      if (at < 0 || at >= this.#tagStart) return this.#line;
      this.#line++;
      this.#lineAt = at + 1;
    }
  }
}

function characterOf(codePoint: number): string {
  return codePoint === 0 ? "\uFFFD" : String.fromCodePoint(codePoint);
}
