import { extensionOf, type ProjectPath } from "../base/project-path.ts";
import type { Draft } from "./blueprint-draft.ts";
import { planCopy } from "./blueprint-pictures.ts";
import { planReferences } from "./blueprint-references.ts";

const styling = new Set(["css", "woff2", "woff", "ttf", "otf"]);

/**
 * Plans what a layout of the project's own needs: the files it refers to, and all style sheets and fonts, since what
 * a style sheet refers to is not looked into. Without such a layout, only what documents refer to is copied.
 */
export function planCopies(draft: Draft): void {
  const { layout } = draft.settings;
  const facts = layout === null ? undefined : draft.sources.get(layout)?.facts;
  if (layout === null || facts === undefined) return;
  if (facts.type === "document") planReferences(draft, layout, facts.references);
  for (const path of draft.sources.keys()) if (isStyling(path)) planCopy(draft, path);
}

function isStyling(path: ProjectPath): boolean {
  return styling.has(extensionOf(path));
}
