import type { ProjectPath } from "../base/project-path.ts";
import type { Heading } from "../model/facts.ts";
import type { Problem } from "../model/problem.ts";
import { splitFrontMatter } from "./front-matter.ts";
import { markdownEngine, type ParsedMarkdown } from "./markdown-engine.ts";
import type { CodeBlock } from "./markdown-state.ts";
import { describe } from "./render-description.ts";
import { prepareHtml, renderHtmlBody, type ParsedHtml } from "./render-html.ts";
import { renderMarkdownBody } from "./render-markdown.ts";
import { ReferenceRenderer, type ReferenceSources } from "./render-references.ts";

/** A document, or the part of it that is asked for. */
export type DocumentText = {
  readonly path: ProjectPath;
  readonly syntax: "markdown" | "html";
  readonly text: string;
  /** `page`: the whole document with its ids. Else the anchor of a fragment, "" for a whole note. */
  readonly part: { readonly type: "page" } | { readonly type: "fragment"; readonly anchor: string };
};

/** A document read once, before what it needs is looked up. */
export type PreparedDocument = {
  readonly document: Omit<DocumentText, "text">;
  readonly parsed:
    | ({ readonly syntax: "markdown" } & ParsedMarkdown)
    | ({ readonly syntax: "html" } & ParsedHtml);
  readonly yaml: string | null;
};

/** The inside of a page's article, or a fragment. Its addresses have no place yet: see `rebase`. */
export type RenderedBody = {
  readonly html: string;
  readonly headings: readonly Heading[];
  /** Plain text for search engines, or `null`. */
  readonly description: string | null;
  readonly problems: readonly Problem[];
};

/** What the body is rendered with; `code` has the inside of `<code>` for each of `codeBlocks`. */
export type BodySources = Omit<ReferenceSources, "path"> & { readonly code: readonly string[] };

/** Reads a document. Never fails: any text is a document. Cost: linear, about 20 MB/s. */
export function prepareDocument(source: DocumentText): PreparedDocument {
  const { yaml, body, bodyLine } = splitFrontMatter(source.text);
  const { path, syntax, part } = source;
  const document = { path, syntax, part };
  const anchor = part.type === "page" ? null : part.anchor;
  if (syntax === "html") {
    return { document, yaml, parsed: { syntax: "html", ...prepareHtml(body, bodyLine, anchor) } };
  }
  const docId = anchor === null ? null : `${path}${anchor}`.replace(/[\s"'<>&#%]+/g, "-");
  const parsed = markdownEngine().parse(body, { part: anchor, lineOffset: bodyLine - 1, docId });
  return { document, yaml, parsed: { syntax: "markdown", ...parsed } };
}

/** The blocks of code in the order in which `renderBody` wants them back. */
export function codeBlocks(prepared: PreparedDocument): readonly CodeBlock[] {
  return prepared.parsed.syntax === "markdown" ? prepared.parsed.codeBlocks : [];
}

/** The body's HTML. May be called once for each prepared document. */
export function renderBody(prepared: PreparedDocument, sources: BodySources): RenderedBody {
  const { document, parsed, yaml } = prepared;
  const renderer = new ReferenceRenderer({ ...sources, path: document.path });
  const ids = document.part.type === "page" ? "kept" : "dropped";
  const html =
    parsed.syntax === "html"
      ? renderHtmlBody(parsed, renderer, ids)
      : renderMarkdownBody(parsed, { renderer, ids, code: sources.code });
  const isPage = document.part.type === "page";
  return {
    html,
    headings: parsed.headings,
    description: isPage ? describe(document.path, yaml, parsed.firstParagraph) : null,
    problems: [...renderer.problems, ...problemsOf(prepared)],
  };
}

function problemsOf({ document, parsed }: PreparedDocument): Problem[] {
  const { path, part } = document;
  const problems: Problem[] = [];
  if (parsed.tooDeep) problems.push({ ...tooDeep(path), path, line: null });
  if (!parsed.found && part.type === "fragment") {
    problems.push({ ...missingPart(path, part.anchor), path, line: null });
  }
  return problems;
}

function tooDeep(path: ProjectPath): Omit<Problem, "path" | "line"> {
  return {
    code: "nested-too-deep",
    severity: "warning",
    message: `${path} nests quotes, lists or emphasis a hundred levels deep; what stands deeper was left out.`,
    remedy: "Nest less deeply.",
  };
}

function missingPart(path: ProjectPath, anchor: string): Omit<Problem, "path" | "line"> {
  return {
    code: "missing-section",
    severity: "warning",
    message: `${path} has no section "${anchor}" to embed, so nothing was embedded.`,
    remedy: "Embed a heading or a block id that the document has.",
  };
}
