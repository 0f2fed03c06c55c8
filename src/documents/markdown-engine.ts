import MarkdownIt, { type MarkdownIt as Parser, type StateCore, type Token } from "markdown-it";
import footnotes from "markdown-it-footnote";
import type { Heading } from "../model/facts.ts";
import { findCallouts } from "./callouts.ts";
import { linkAddresses } from "./markdown-autolinks.ts";
import { comments } from "./markdown-comments.ts";
import { useLeanStates } from "./markdown-lean-state.ts";
import { marks } from "./markdown-marks.ts";
import { mathematics } from "./markdown-math.ts";
import type { RenderHooks } from "./markdown-hooks.ts";
import { nameParts } from "./markdown-parts.ts";
import { renderRules } from "./markdown-renderer.ts";
import { createEnvironment, parseStateOf, type CodeBlock, type ParseState } from "./markdown-state.ts";
import { findTasks } from "./markdown-tasks.ts";
import { wikilinks } from "./markdown-wikilinks.ts";

/** Markdown in two steps, so that what a rendering needs (code, fragments) can be looked up between them. */
export type MarkdownEngine = {
  parse(source: string, options: ParseOptions): ParsedMarkdown;
  /** May be called once for each parsed document. */
  render(parsed: ParsedMarkdown, hooks: RenderHooks): string;
};

export type ParseOptions = {
  /** `null` for the whole document, else the anchor of a section or `^id` of a block. */
  readonly part: string | null;
  /** Lines of the file before the source. */
  readonly lineOffset: number;
  /** Stands in the ids of footnotes of a fragment, which has no other ids; `null` for a page. */
  readonly docId: string | null;
};

export type ParsedMarkdown = {
  readonly headings: readonly Heading[];
  /** In document order. */
  readonly codeBlocks: readonly CodeBlock[];
  /** Source of the first paragraph of prose, or `null`. */
  readonly firstParagraph: string | null;
  /** Whether raw HTML is among the blocks, so that tags may be unpaired. */
  readonly hasHtml: boolean;
  readonly tooDeep: boolean;
  /** Whether the part that was asked for is there. */
  readonly found: boolean;
  /** The engine's own form of the document. */
  readonly tokens: readonly unknown[];
  readonly environment: unknown;
};

/** Blocks and inlines nested deeper are left out of the page: it keeps the stack of every browser safe. */
const deepest = 100;

let engine: MarkdownEngine | undefined;

/** The engine of this thread. */
export function markdownEngine(): MarkdownEngine {
  engine ??= createEngine(createDialect());
  return engine;
}

/** CommonMark alone, nothing sanitised: what the suite of examples is run against. Never for a page. */
export function renderPlain(source: string): string {
  plain ??= new MarkdownIt("commonmark", { maxNesting: deepest });
  plain.validateLink = () => true;
  return plain.render(source);
}

let plain: Parser | undefined;

function createEngine(md: Parser): MarkdownEngine {
  return {
    parse(source, { part, lineOffset, docId }) {
      const state: ParseState = {
        part: part === "" ? null : part,
        ids: docId === null ? "kept" : "dropped",
        lineOffset,
        lineCount: source.split("\n").length,
        headings: [],
        codeBlocks: [],
        firstParagraph: null,
        hasHtml: false,
        tooDeep: false,
        found: true,
      };
      const environment = createEnvironment(state, docId);
      const tokens = md.parse(source, environment);
      return { ...state, tokens, environment };
    },
    render(parsed, hooks) {
      const environment = { ...(parsed.environment as object), render: { hooks, openLinks: [] } };
      return md.renderer.render(parsed.tokens as Token[], md.options, environment);
    },
  };
}

function createDialect(): Parser {
  const md = new MarkdownIt({ html: true, maxNesting: deepest });
  useLeanStates(md);
  // Addresses reach the hooks as they were written, and the hooks judge and encode them.
  md.normalizeLink = (url) => url;
  md.validateLink = () => true;
  md.use(footnotes).use(wikilinks).use(comments).use(mathematics).use(marks);
  md.core.ruler.after("strip_references", "name_parts", nameParts);
  md.core.ruler.after("name_parts", "callouts", findCallouts);
  md.core.ruler.after("inline", "tasks", findTasks);
  md.core.ruler.after("tasks", "addresses", linkAddresses);
  md.core.ruler.push("survey", survey);
  Object.assign(md.renderer.rules, renderRules(md.renderer));
  return md;
}

/** Notes what a caller must know before rendering, and gives inline tokens the lines that they stand on. */
function survey(state: StateCore): void {
  const parse = parseStateOf(state.env);
  let line = 0;
  for (const token of state.tokens) {
    if (token.map !== null) line = token.map[0];
    if (token.level >= deepest - 1) parse.tooDeep = true;
    if (token.type === "html_block") parse.hasHtml = true;
    if (token.type === "fence" || token.type === "code_block") noteCode(token, parse);
    if (token.map === null) token.map = [line, line];
    token.map = [token.map[0] + parse.lineOffset + 1, token.map[1] + parse.lineOffset + 1];
    if (token.children !== null) surveyInline(token.children, token.map[0], parse);
  }
}

function surveyInline(children: readonly Token[], start: number, parse: ParseState): void {
  let line = start;
  for (const child of children) {
    if (child.type === "softbreak" || child.type === "hardbreak") line++;
    if (child.type === "html_inline") parse.hasHtml = true;
    if (child.level >= deepest - 1) parse.tooDeep = true;
    child.map = [line, line];
  }
}

function noteCode(token: Token, parse: ParseState): void {
  const language = token.type === "fence" ? (/^\s*([^\s,{}:]+)/.exec(token.info)?.[1] ?? "") : "";
  token.meta = { index: parse.codeBlocks.length };
  parse.codeBlocks.push({ code: token.content, language: language.toLowerCase() });
}
