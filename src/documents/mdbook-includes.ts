import type { ProjectPath } from "../base/project-path.ts";
import type { Problem } from "../model/problem.ts";

/**
 * What to tell of mdBook's `{{#include file}}` and `{{#rustdoc_include file}}` in a Markdown text whose first line is
 * `firstLine` of its file: they are not carried out and show as they are written. One problem a document, at the first
 * of them, since a book may have hundreds. mdBook carries them out in code too, but not behind a backslash.
 */
export function includeProblems(path: ProjectPath, body: string, firstLine: number): Problem[] {
  const [first, ...others] = body.matchAll(/(?<!\\)\{\{#(?:rustdoc_)?include[ \t]+([^\s{}][^{}\n]*)\}\}/g);
  if (first === undefined) return [];
  const line = firstLine + body.slice(0, first.index).split("\n").length - 1;
  const more = others.length === 0 ? "" : `, and ${others.length} more in this document`;
  return [
    {
      code: "mdbook-include",
      severity: "warning",
      message: `mdBook's include of "${(first[1] ?? "").trim()}" is not carried out and shows as it is written${more}.`,
      remedy: "Put the text of the file into the document, or embed a note with ![[note]].",
      path,
      line,
    },
  ];
}
