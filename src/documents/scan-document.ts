import { extensionOf, type ProjectPath } from "../base/project-path.ts";
import type { DocumentFacts, Heading } from "../model/facts.ts";
import type { Problem } from "../model/problem.ts";
import { parseFrontMatter, splitFrontMatter, type FrontMatter } from "./front-matter.ts";
import { includeProblems } from "./mdbook-includes.ts";
import { scanHtml } from "./scan-html.ts";
import { scanMarkdown } from "./scan-markdown.ts";

/**
 * Finds what a document says about itself and refers to, without rendering it. Never fails: trouble is a problem and
 * the rest is found. Cost: linear in the text, on hostile text too.
 */
export function scanDocument(path: ProjectPath, text: string): { facts: DocumentFacts; problems: Problem[] } {
  const { yaml, body, bodyLine } = splitFrontMatter(text);
  const { frontMatter, problems } =
    yaml === null ? { frontMatter: {}, problems: [] } : parseFrontMatter(path, yaml);
  const syntax = syntaxOf(path);
  const found =
    syntax === "html"
      ? { ...scanHtml(body, bodyLine), blocks: [] }
      : { ...scanMarkdown(body, bodyLine), title: null };
  const { headings, blocks, references, elementIds } = found;
  const title = titleIn(frontMatter) ?? found.title ?? firstTitle(headings);
  const facts: DocumentFacts = { type: "document", syntax, title, frontMatter, headings, blocks, references };
  const includes = syntax === "markdown" ? includeProblems(path, body, bodyLine) : [];
  return {
    facts: elementIds.length === 0 ? facts : { ...facts, elementIds },
    problems: [...problems, ...includes],
  };
}

/** How a document is written, by its extension. */
export function syntaxOf(path: ProjectPath): DocumentFacts["syntax"] {
  const extension = extensionOf(path);
  return extension === "html" || extension === "htm" ? "html" : "markdown";
}

function titleIn(frontMatter: FrontMatter): string | null {
  const title = Object.hasOwn(frontMatter, "title") ? frontMatter["title"] : undefined;
  if (typeof title === "number") return String(title);
  return typeof title === "string" && title.trim() !== "" ? title.trim() : null;
}

function firstTitle(headings: readonly Heading[]): string | null {
  return headings.find(({ level, text }) => level === 1 && text !== "")?.text ?? null;
}
