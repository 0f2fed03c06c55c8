import { isHtmlStart, type HtmlBlockEnd } from "./html-block.ts";
import { readDefinitions } from "./link-syntax.ts";
import type { InlineText } from "./scan-inline.ts";

/** What the block structure of a Markdown text holds, in document order. */
export type BlockFindings = {
  /** Paragraphs as they stand; definitions at their start and tables in them are still to be told apart. */
  paragraph(text: InlineText, depth: number): void;
  /** A heading's source without `#` signs or underline. `depth` counts the quotes and list items around it. */
  heading(level: number, text: InlineText, depth: number): void;
  /** The same for a heading with an underline, which may begin with definitions. */
  underlined(level: number, text: InlineText, depth: number): void;
  html(text: InlineText): void;
  /** Any other block: code, a rule, a list, a quote. It begins on `line`. */
  other(line: number, depth: number): void;
};

type Container =
  | { readonly type: "quote" }
  /** `indent`: columns up to its content. `isBare`: nothing stands on its first line. */
  | { readonly type: "item"; readonly indent: number; isBare: boolean };

type Leaf =
  | { readonly type: "paragraph"; readonly line: number; readonly lines: string[] }
  | { readonly type: "fence"; readonly sign: string; readonly length: number }
  | { readonly type: "html"; readonly line: number; readonly lines: string[]; readonly end: HtmlBlockEnd }
  | { readonly type: "comment" };

/**
 * CommonMark's first phase, line by line: which quotes and list items a line continues, which it opens, and to which
 * block its rest belongs. Code is dropped. Cost: linear in the text for a given depth of nesting, and depth is capped.
 */
export class BlockScanner {
  readonly #found: BlockFindings;
  readonly #containers: Container[] = [];
  #leaf: Leaf | undefined;
  #line = 0;
  /** Where in the text the last `%%` stands: a comment is only one if something ends it. */
  #lastComment = -1;

  constructor(found: BlockFindings) {
    this.#found = found;
  }

  scan(body: string, firstLine: number): void {
    this.#line = firstLine - 1;
    this.#lastComment = body.lastIndexOf("%%");
    for (let start = 0; start < body.length;) {
      const newline = body.indexOf("\n", start);
      const end = newline < 0 ? body.length : newline;
      this.#line++;
      const raw = body.slice(start, end);
      this.#readLine(raw.includes("\t") ? expandTabs(raw) : raw, end);
      start = end + 1;
    }
    this.#closeLeaf();
  }

  #readLine(line: string, end: number): void {
    if (this.#leaf?.type === "comment") {
      if (line.includes("%%")) this.#leaf = undefined;
      return;
    }
    const { at, matched } = this.#matchContainers(line);
    const isAll = matched === this.#containers.length;
    if (isAll && this.#continuesLeaf(line, at)) return;
    if (!isAll && this.#leaf !== undefined && this.#leaf.type !== "paragraph") this.#closeLeaf();
    this.#endDefinitions(line.slice(at).trimStart());
    this.#readBlocks(line, at, { matched, end });
  }

  /** How far a line goes on with the open containers. */
  #matchContainers(line: string): { at: number; matched: number } {
    let at = 0;
    let matched = 0;
    for (const container of this.#containers) {
      const indent = indentAt(line, at);
      const isBlank = at + indent >= line.length;
      if (container.type === "quote") {
        if (indent > 3 || line[at + indent] !== ">") break;
        at += indent + (line[at + indent + 1] === " " ? 2 : 1);
      } else if (isBlank) {
        if (container.isBare) break;
        at = Math.min(line.length, at + container.indent);
      } else if (indent >= container.indent) {
        at += container.indent;
        container.isBare = false;
      } else break;
      matched++;
    }
    return { at, matched };
  }

  /** Code and HTML take their lines unread, up to their end. */
  #continuesLeaf(line: string, at: number): boolean {
    const leaf = this.#leaf;
    if (leaf?.type === "fence") {
      if (isFenceEnd(line, at, leaf)) this.#leaf = undefined;
      return true;
    }
    if (leaf?.type !== "html") return false;
    if (leaf.end === "blank" && line.slice(at).trim() === "") {
      this.#closeLeaf();
      return false;
    }
    leaf.lines.push(line.slice(at));
    if (leaf.end !== "blank" && leaf.end.test(line.slice(at))) this.#closeLeaf();
    return true;
  }

  /** A definition is no paragraph that the next line could go on with, unless that line may hold its title. */
  #endDefinitions(line: string): void {
    const leaf = this.#leaf;
    if (leaf?.type !== "paragraph" || /^["'(]/.test(line)) return;
    if (isDefinitions(leaf.lines)) this.#closeLeaf();
  }

  #readBlocks(line: string, from: number, state: { readonly matched: number; readonly end: number }): void {
    let { matched } = state;
    let at = from;
    for (;;) {
      const indent = indentAt(line, at);
      const rest = at + indent;
      if (rest >= line.length) return this.#blank(matched);
      const isOpen = this.#leaf?.type === "paragraph";
      if (indent > 3) {
        if (isOpen) return this.#text(line.slice(rest), matched);
        this.#enter(matched);
        return this.#found.other(this.#line, this.#containers.length);
      }
      if (this.#readLeaf(line, rest, { matched, end: state.end })) return;
      const opened = this.#openContainer(line, at, { indent, matched });
      if (opened === undefined) return this.#text(line.slice(rest), matched);
      at = opened;
      matched = this.#containers.length;
    }
  }

  #blank(matched: number): void {
    const keeps = this.#containers
      .slice(matched)
      .every((container) => container.type === "item" && !container.isBare);
    if (this.#leaf?.type === "paragraph") this.#closeLeaf();
    if (!keeps) this.#containers.length = matched;
  }

  /** Ends what the line does not continue. */
  #enter(matched: number): void {
    this.#closeLeaf();
    this.#containers.length = matched;
  }

  #text(text: string, matched: number): void {
    if (this.#leaf?.type === "paragraph") {
      this.#leaf.lines.push(text);
      return;
    }
    this.#enter(matched);
    this.#leaf = { type: "paragraph", line: this.#line, lines: [text] };
  }

  /** A block of one line, or the first line of code or HTML. */
  #readLeaf(line: string, at: number, state: { readonly matched: number; readonly end: number }): boolean {
    const { matched } = state;
    const sign = line[at] ?? "";
    if (sign === "#") return this.#atxHeading(line, at, matched);
    if (sign === "`" || sign === "~") return this.#openFence(line, at, matched);
    if (sign === "<") return this.#openHtml(line, at, matched);
    if (sign === "%") return this.#openComment(line, at, state);
    if (sign === "=" || sign === "-") {
      if (this.#underline(line, at, matched)) return true;
    }
    if ((sign === "-" || sign === "*" || sign === "_") && isRule(line, at, sign)) {
      this.#enter(matched);
      this.#found.other(this.#line, this.#containers.length);
      return true;
    }
    return false;
  }

  #atxHeading(line: string, at: number, matched: number): boolean {
    let level = 0;
    while (line[at + level] === "#") level++;
    const next = line[at + level];
    if (level > 6 || (next !== undefined && next !== " ")) return false;
    this.#enter(matched);
    const text = withoutClosingSigns(line.slice(at + level).trim());
    this.#found.heading(level, { text, line: this.#line }, this.#containers.length);
    return true;
  }

  #openFence(line: string, at: number, matched: number): boolean {
    const sign = line[at] ?? "";
    let length = 0;
    while (line[at + length] === sign) length++;
    if (length < 3 || (sign === "`" && line.includes("`", at + length))) return false;
    this.#enter(matched);
    this.#found.other(this.#line, this.#containers.length);
    this.#leaf = { type: "fence", sign, length };
    return true;
  }

  #openHtml(line: string, at: number, matched: number): boolean {
    const end = isHtmlStart(line.slice(at), this.#leaf?.type === "paragraph");
    if (end === undefined) return false;
    this.#enter(matched);
    this.#found.other(this.#line, this.#containers.length);
    this.#leaf = { type: "html", line: this.#line, lines: [line.slice(at)], end };
    if (end !== "blank" && end.test(line.slice(at))) this.#closeLeaf();
    return true;
  }

  /** A line that begins with `%%` begins a comment over any blocks, up to a line that holds the next `%%`. */
  #openComment(
    line: string,
    at: number,
    { matched, end }: { readonly matched: number; readonly end: number },
  ): boolean {
    if (!line.startsWith("%%", at) || line.includes("%%", at + 2) || this.#lastComment < end) return false;
    this.#enter(matched);
    this.#leaf = { type: "comment" };
    return true;
  }

  #underline(line: string, at: number, matched: number): boolean {
    const leaf = this.#leaf;
    if (leaf?.type !== "paragraph" || matched < this.#containers.length) return false;
    const text = line.slice(at).trimEnd();
    const sign = text[0] ?? "";
    for (const other of text) if (other !== sign) return false;
    this.#leaf = undefined;
    const heading = { text: leaf.lines.join("\n").trim(), line: leaf.line };
    this.#found.underlined(sign === "=" ? 1 : 2, heading, this.#containers.length);
    return true;
  }

  /** A quote, a list item or a footnote's text; gives where its content begins. */
  #openContainer(
    line: string,
    at: number,
    { indent, matched }: { readonly indent: number; readonly matched: number },
  ): number | undefined {
    if (this.#containers.length >= deepest && matched >= deepest) return undefined;
    const start = at + indent;
    if (line[start] === ">") {
      this.#push(matched, { type: "quote" });
      return start + (line[start + 1] === " " ? 2 : 1);
    }
    const note = footnoteMark(line, start);
    if (note !== null) {
      this.#push(matched, { type: "item", indent: 4, isBare: false });
      return note;
    }
    const mark = itemMark(
      line,
      start,
      this.#leaf?.type === "paragraph" && matched === this.#containers.length,
    );
    if (mark === undefined) return undefined;
    this.#push(matched, { type: "item", indent: indent + mark.width, isBare: mark.isBare });
    return start + mark.width;
  }

  #push(matched: number, container: Container): void {
    this.#enter(matched);
    this.#found.other(this.#line, this.#containers.length);
    this.#containers.push(container);
  }

  #closeLeaf(): void {
    const leaf = this.#leaf;
    this.#leaf = undefined;
    if (leaf?.type === "paragraph") {
      this.#found.paragraph({ text: leaf.lines.join("\n"), line: leaf.line }, this.#containers.length);
    }
    if (leaf?.type === "html") this.#found.html({ text: leaf.lines.join("\n"), line: leaf.line });
  }
}

/**
 * Whether a paragraph so far holds whole definitions and nothing else. They are told apart again when they are
 * collected, so only short ones are looked at, lest a long paragraph is read once for each of its lines.
 */
function isDefinitions(lines: readonly string[]): boolean {
  if (lines.length > 8 || !(lines[0] ?? "").startsWith("[")) return false;
  const text = lines.join("\n");
  return readDefinitions(text, new Map()) >= text.trimEnd().length;
}

/** As deep as markdown-it nests by default. */
const deepest = 100;

function indentAt(line: string, at: number): number {
  let end = at;
  while (line.charCodeAt(end) === 32) end++;
  return end - at;
}

/** Tabs as the spaces that they stand for, with stops at every fourth column. */
function expandTabs(line: string): string {
  let result = "";
  for (const part of line.split("\t")) {
    result += part;
    result += " ".repeat(4 - (result.length % 4));
  }
  return result.trimEnd();
}

function isFenceEnd(
  line: string,
  at: number,
  fence: { readonly sign: string; readonly length: number },
): boolean {
  const indent = indentAt(line, at);
  if (indent > 3) return false;
  let end = at + indent;
  while (line[end] === fence.sign) end++;
  return end - at - indent >= fence.length && line.slice(end).trim() === "";
}

function isRule(line: string, at: number, sign: string): boolean {
  let count = 0;
  for (let i = at; i < line.length; i++) {
    if (line[i] === sign) count++;
    else if (line[i] !== " ") return false;
  }
  return count >= 3;
}

function withoutClosingSigns(text: string): string {
  let end = text.length;
  while (text[end - 1] === "#") end--;
  return end === 0 || text[end - 1] === " " ? text.slice(0, end).trimEnd() : text;
}

/**
 * The marker of a list item and how far its content stands from the marker's start. In a paragraph only an item with
 * content interrupts, and only a list that begins with 1.
 */
function itemMark(
  line: string,
  start: number,
  interrupts: boolean,
): { readonly width: number; readonly isBare: boolean } | undefined {
  const length = markLength(line, start);
  const next = line[start + length];
  if (length === 0 || (next !== undefined && next !== " ")) return undefined;
  const spaces = indentAt(line, start + length);
  const isBare = start + length + spaces >= line.length;
  if (interrupts && (isBare || (length > 1 && line.slice(start, start + length - 1) !== "1")))
    return undefined;
  return { width: length + (isBare || spaces > 4 ? 1 : spaces), isBare };
}

function markLength(line: string, start: number): number {
  const sign = line[start] ?? "";
  if (sign === "-" || sign === "*" || sign === "+") return 1;
  let end = start;
  while (line.charCodeAt(end) >= 48 && line.charCodeAt(end) <= 57) end++;
  const closes = line[end] === "." || line[end] === ")";
  return end > start && end - start <= 9 && closes ? end - start + 1 : 0;
}

/** Where the text of a footnote `[^label]:` begins, or `null`. */
function footnoteMark(line: string, start: number): number | null {
  if (line[start] !== "[" || line[start + 1] !== "^") return null;
  const end = line.indexOf("]", start);
  if (end <= start + 2 || line[end + 1] !== ":" || /\s/.test(line.slice(start, end))) return null;
  return end + 2 + indentAt(line, end + 2);
}
