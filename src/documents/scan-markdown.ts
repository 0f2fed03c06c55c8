import type { Heading, Reference } from "../model/facts.ts";
import { createAnchors } from "./anchors.ts";
import { headingText } from "./heading-text.ts";
import { readDefinitions } from "./link-syntax.ts";
import { BlockScanner, type BlockFindings } from "./scan-blocks.ts";
import { scanHtmlText } from "./scan-html.ts";
import { scanInline, type InlineText } from "./scan-inline.ts";
import { splitTable } from "./table-rows.ts";

/** What one pass over a Markdown text finds, in document order. */
export type MarkdownFindings = {
  readonly headings: readonly Heading[];
  readonly blocks: readonly { readonly id: string; readonly firstLine: number; readonly line: number }[];
  readonly references: readonly Reference[];
  readonly elementIds: readonly string[];
};

/**
 * Scans a Markdown text without its front matter. `firstLine` is its first line in the file. Blocks come first,
 * inline text after, because a definition may stand behind its uses. Cost: linear.
 */
export function scanMarkdown(body: string, firstLine: number): MarkdownFindings {
  const collector = new Collector();
  new BlockScanner(collector).scan(body, firstLine);
  const findings = { references: [] as Reference[], elementIds: [] as string[] };
  for (const { isHtml, text } of collector.texts) {
    if (isHtml) scanHtmlText(text, findings);
    else scanInline(text, collector.definitions, findings);
  }
  return { headings: collector.headings, blocks: collector.blocks, ...findings };
}

type Block = { readonly id: string; readonly firstLine: number; readonly line: number };

class Collector implements BlockFindings {
  readonly texts: { readonly isHtml: boolean; readonly text: InlineText }[] = [];
  readonly headings: Heading[] = [];
  readonly blocks: Block[] = [];
  readonly definitions = new Map<string, string>();
  readonly #anchors = createAnchors();
  /** Where the block before began, by depth: a line `^id` alone names it. */
  readonly #starts: number[] = [];

  paragraph(paragraph: InlineText, depth: number): void {
    const text = this.#withoutDefinitions(paragraph);
    if (text.text.trim() === "") return;
    this.#findBlockId(text, depth);
    this.#start(text.line, depth);
    for (const part of splitTable(text) ?? [text]) this.texts.push({ isHtml: false, text: part });
  }

  underlined(level: number, source: InlineText, depth: number): void {
    this.heading(level, this.#withoutDefinitions(source), depth);
  }

  heading(level: number, text: InlineText, depth: number): void {
    const content = text.text.trim();
    this.headings.push({
      level,
      text: headingText(content),
      anchor: this.#anchors.ofHeading(content),
      line: text.line,
    });
    this.#start(text.line, depth);
    this.texts.push({ isHtml: false, text });
  }

  html(text: InlineText): void {
    this.texts.push({ isHtml: true, text });
  }

  other(line: number, depth: number): void {
    this.#start(line, depth);
  }

  #start(line: number, depth: number): void {
    this.#starts[depth] = line;
    this.#starts.length = depth + 1;
  }

  #withoutDefinitions(paragraph: InlineText): InlineText {
    const { text } = paragraph;
    const at = readDefinitions(text, this.definitions);
    if (at === 0) return paragraph;
    return { text: text.slice(at), line: paragraph.line + text.slice(0, at).split("\n").length - 1 };
  }

  #findBlockId({ text, line }: InlineText, depth: number): void {
    if (!text.includes("^")) return;
    const lineStart = text.lastIndexOf("\n", text.trimEnd().length - 1) + 1;
    const found = /(?:^|\s)\^([A-Za-z0-9-]+)\s*$/.exec(text.slice(lineStart).slice(-200));
    const id = found?.[1];
    if (id === undefined) return;
    const last = line + text.slice(0, lineStart).split("\n").length - 1;
    const isAlone = text.trim() === `^${id}`;
    this.blocks.push({ id, firstLine: isAlone ? (this.#starts[depth] ?? line) : line, line: last });
  }
}
