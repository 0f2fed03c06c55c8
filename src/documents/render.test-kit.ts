import { Parser } from "htmlparser2";
import { parseProjectPath, type ProjectPath } from "../base/project-path.ts";
import { asSitePath } from "../model/ids.ts";
import type { PageFrame, ResolvedReferences } from "../model/render.ts";
import { escapeHtml } from "./escape-html.ts";
import { highlightCode } from "./highlight.ts";
import {
  codeBlocks,
  prepareDocument,
  renderBody,
  type BodySources,
  type DocumentText,
  type RenderedBody,
} from "./render-document.ts";

/** A path that the test knows to be good. */
export function path(text: string): ProjectPath {
  const parsed = parseProjectPath(text);
  if (parsed === undefined) throw new Error(`no project path: ${text}`);
  return parsed;
}

type Options = Partial<Omit<DocumentText, "text">> & Partial<BodySources>;

/** The body of a document as the tasks render it. */
export function render(text: string, options: Options = {}): RenderedBody {
  const prepared = prepareDocument({
    path: options.path ?? path("notes/a.md"),
    syntax: options.syntax ?? "markdown",
    part: options.part ?? { type: "page" },
    text,
  });
  return renderBody(prepared, {
    references: options.references ?? {},
    fragments: options.fragments ?? new Map(),
    code: codeBlocks(prepared).map((block) =>
      block.language === "" ? escapeHtml(block.code) : highlightCode(block),
    ),
  });
}

/** The inside of a page's article. */
export const html = (text: string, references: ResolvedReferences = {}): string =>
  render(text, { references }).html;

export const frame: PageFrame = {
  siteTitle: "Site",
  language: "en",
  baseUrl: null,
  sitePath: asSitePath("notes/a.html"),
  title: "Title",
  navigation: [],
  backlinks: [],
  stylesheet: asSitePath("strata.css"),
};

/** An element as a browser would find it, and how deep it stands. */
export type Found = {
  readonly name: string;
  readonly attributes: { readonly [name: string]: string };
  readonly text: string;
  readonly parents: readonly string[];
};

/** Every element of some HTML in document order, read by a parser that shares nothing with the renderer. */
export function elementsOf(source: string): Found[] {
  const found: { name: string; attributes: Record<string, string>; text: string; parents: string[] }[] = [];
  const open: typeof found = [];
  const parser = new Parser({
    onopentag(name, attributes) {
      const element = { name, attributes, text: "", parents: open.map((parent) => parent.name) };
      found.push(element);
      open.push(element);
    },
    ontext(text) {
      for (const element of open) element.text += text;
    },
    onclosetag() {
      open.pop();
    },
  });
  parser.end(source);
  return found;
}
