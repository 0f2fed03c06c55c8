import { folderOf, relativePath, type ProjectPath } from "../base/project-path.ts";
import type { Reference } from "../model/facts.ts";
import type { Problem } from "../model/problem.ts";
import { nearestFile } from "./nearest-name.ts";
import { nearestPart } from "./nearest-text.ts";
import { factsOf, type SiteIndex } from "./site-index.ts";

/** Nothing in the project has the name. */
export function brokenLinkProblem(index: SiteIndex, from: ProjectPath, reference: Reference): Problem {
  const near = nearestFile(index, from, reference.target);
  return problem(from, reference, {
    code: "broken-reference",
    message: `${nounOf(reference)} "${written(reference)}" leads to nothing in this project.`,
    remedy:
      near === undefined
        ? "Correct the name, or add the file."
        : `Did you mean "${relativePath(folderOf(from), near)}"?`,
  });
}

/** The file is there, and the part of it is not. */
export function brokenAnchorProblem(
  index: SiteIndex,
  from: ProjectPath,
  reference: Reference,
  { path, anchor }: { readonly path: ProjectPath; readonly anchor: string },
): Problem {
  const facts = factsOf(index, path);
  const near = facts === undefined ? undefined : nearestPart(facts, anchor);
  return problem(from, reference, {
    code: "broken-anchor",
    message: `${nounOf(reference)} "${written(reference)}" leads to ${path}, which has no part "${anchor}".`,
    remedy:
      near === undefined ? "Correct the part behind #, or add such a heading." : `Did you mean "#${near}"?`,
  });
}

/** Several files fit the name equally well; the first one was taken. */
export function ambiguousProblem(
  from: ProjectPath,
  reference: Reference,
  paths: readonly ProjectPath[],
): Problem {
  return problem(from, reference, {
    code: "ambiguous-reference",
    message: `${nounOf(reference)} "${written(reference)}" fits ${listed(paths)}; it was read as ${paths[0] ?? ""}.`,
    remedy: "Write the folder too.",
  });
}

/** How many files are named: a site may hold thousands of one name. */
const mostNamed = 3;

function listed(paths: readonly ProjectPath[]): string {
  if (paths.length <= mostNamed) return paths.join(" and ");
  return `${paths.slice(0, mostNamed).join(", ")} and ${paths.length - mostNamed} more`;
}

/** It leads out of the folder that was opened. */
export function outsideProblem(from: ProjectPath, reference: Reference): Problem {
  return problem(from, reference, {
    code: "outside-reference",
    message: `${nounOf(reference)} "${written(reference)}" leads out of the project and is not followed.`,
    remedy: "Move the file into the project, or open the folder above.",
  });
}

/** Its scheme is one that a site must not carry. */
export function unsafeProblem(from: ProjectPath, reference: Reference): Problem {
  return problem(from, reference, {
    code: "unsafe-reference",
    message: `${nounOf(reference)} "${written(reference).slice(0, 80)}" has a scheme that could run script or read local files.`,
    remedy: "Use an https address or a file of the project.",
  });
}

function problem(
  path: ProjectPath,
  reference: Reference,
  words: Pick<Problem, "code" | "message" | "remedy">,
): Problem {
  return { ...words, severity: "warning", path, line: reference.line };
}

const nouns = { link: "The link", image: "The image", wikilink: "The link", embed: "The embed" } as const;

function nounOf(reference: Reference): string {
  return nouns[reference.form];
}

/** The reference as the person sees it in the file, near enough to be found. */
function written({ form, target, anchor, label }: Reference): string {
  const place = anchor === "" ? target : `${target}#${anchor}`;
  if (form === "link" || form === "image") return place;
  return `${form === "embed" ? "!" : ""}[[${place}${label === "" ? "" : `|${label}`}]]`;
}
