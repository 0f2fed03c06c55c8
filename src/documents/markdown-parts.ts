import type { StateCore, Token } from "markdown-it";
import { blockAnchor, createAnchors } from "./anchors.ts";
import { headingText } from "./heading-text.ts";
import { parseStateOf, type ParseState } from "./markdown-state.ts";
import { sectionRange, type LineRange } from "./sections.ts";

type Block = { readonly id: string; readonly firstLine: number; readonly line: number };

/**
 * Run between blocks and inlines: names headings and `^id` blocks, and keeps only the part that was asked for, so that
 * a section's inlines alone are parsed while definitions of the whole document still count.
 */
export function nameParts(state: StateCore): void {
  const parse = parseStateOf(state.env);
  nameHeadings(state.tokens, parse);
  const blocks = nameBlocks(state.tokens, parse);
  parse.firstParagraph = firstParagraphOf(state.tokens);
  if (parse.part === null) return;
  const lineCount = parse.lineOffset + parse.lineCount;
  const range = sectionRange({ headings: parse.headings, blocks }, parse.part, lineCount);
  parse.found = range !== undefined;
  state.tokens = range === undefined ? [] : tokensWithin(state.tokens, range, parse.lineOffset);
}

function nameHeadings(tokens: readonly Token[], parse: ParseState): void {
  const anchors = createAnchors();
  for (const [i, token] of tokens.entries()) {
    if (token.type !== "heading_open") continue;
    const content = tokens[i + 1]?.content ?? "";
    const anchor = anchors.ofHeading(content);
    if (parse.ids === "kept") token.attrSet("id", anchor);
    const line = parse.lineOffset + (token.map?.[0] ?? 0) + 1;
    parse.headings.push({ level: Number(token.tag.slice(1)), text: headingText(content), anchor, line });
  }
}

/** `^id` at the end of a paragraph, a heading or a list item, or alone behind the block that it names. */
function nameBlocks(tokens: Token[], parse: ParseState): Block[] {
  const blocks: Block[] = [];
  for (const [i, token] of tokens.entries()) {
    const caret = token.type === "inline" ? token.content.lastIndexOf("^") : -1;
    if (caret < 0) continue;
    const id = /^[A-Za-z0-9-]+$/.exec(token.content.slice(caret + 1).trimEnd())?.[0];
    if (id === undefined || (caret > 0 && !/\s/.test(token.content[caret - 1] ?? ""))) continue;
    const named = caret === 0 ? siblingBefore(tokens, i - 1) : ownerOf(tokens, i);
    if (named === undefined) continue;
    token.content = token.content.slice(0, caret).trimEnd();
    // A heading keeps the anchor by which links know it.
    if (parse.ids === "kept" && named.attrGet("id") === null) named.attrSet("id", blockAnchor(id));
    const line = parse.lineOffset + (token.map?.[1] ?? 1);
    blocks.push({ id, firstLine: parse.lineOffset + (named.map?.[0] ?? 0) + 1, line });
    if (caret === 0) hideParagraph(tokens, i);
  }
  return blocks;
}

/** The block that ends right before the one at `at`, on the same level. */
function siblingBefore(tokens: readonly Token[], at: number): Token | undefined {
  const level = tokens[at]?.level ?? 0;
  for (let i = at - 1; i >= 0; i--) {
    const token = tokens[i];
    if (token === undefined || token.level < level) return undefined;
    if (token.level === level && token.nesting >= 0) return token;
  }
  return undefined;
}

/** The list item that begins with this inline, else its paragraph or heading. */
function ownerOf(tokens: readonly Token[], inline: number): Token | undefined {
  const item = tokens[inline - 2];
  return item?.type === "list_item_open" ? item : tokens[inline - 1];
}

function hideParagraph(tokens: readonly Token[], inline: number): void {
  for (const token of [tokens[inline - 1], tokens[inline + 1]]) if (token !== undefined) token.hidden = true;
}

function firstParagraphOf(tokens: readonly Token[]): string | null {
  const at = tokens.findIndex(
    (token, i) => token.type === "paragraph_open" && token.level === 0 && isProse(tokens[i + 1]?.content),
  );
  return tokens[at + 1]?.content ?? null;
}

/** Whether a paragraph begins with words, rather than with an image, an embed or HTML. */
const isProse = (content: string | undefined): boolean =>
  content !== undefined && content !== "" && !/^(?:!\[|<|\[!|\[\[|\{)/.test(content);

const containers = new Set(["blockquote_open", "bullet_list_open", "ordered_list_open", "list_item_open"]);

/**
 * The blocks that begin inside a range of lines, in the containers that hold them. Footnotes and definitions stay,
 * wherever they stand. Cost: one pass.
 */
function tokensWithin(tokens: readonly Token[], range: LineRange, lineOffset: number): Token[] {
  const first = range.firstLine - 1 - lineOffset;
  const last = range.lastLine - 1 - lineOffset;
  const kept: Token[] = [];
  const decisions: { readonly keep: boolean; readonly isContainer: boolean }[] = [];
  for (const token of tokens) {
    const around = decisions.at(-1);
    if (token.nesting < 0) {
      if (decisions.pop()?.keep === true) kept.push(token);
      continue;
    }
    const isContainer = around?.isContainer !== false && containers.has(token.type);
    const decides = around === undefined || around.isContainer;
    const keep = decides ? begins(token, first, last, isContainer) : around.keep;
    if (keep) kept.push(token);
    if (token.nesting > 0) decisions.push({ keep, isContainer });
  }
  return kept;
}

function begins(token: Token, first: number, last: number, isContainer: boolean): boolean {
  if (token.type === "footnote_reference_open") return true;
  const [start, end] = token.map ?? [-1, -1];
  return isContainer ? start <= last && end > first : start >= first && start <= last;
}
