import { unreachable } from "../base/invariant.ts";
import {
  fileNameOf,
  folderOf,
  resolveFromFolder,
  withoutExtension,
  type ProjectPath,
} from "../base/project-path.ts";
import type { Resolution } from "../documents/resolve-reference.ts";
import { pageSitePath } from "../documents/site-paths.ts";
import { readableName, titleOfSource } from "../documents/source-title.ts";
import type { Reference } from "../model/facts.ts";
import type { ResourceId } from "../model/ids.ts";
import { labelFirstKey, referenceKey } from "../model/render.ts";
import type { RelationshipType } from "../model/relationship.ts";
import { fileId, fragmentId, sourceKindOf } from "../model/resource.ts";
import { relate, type Draft } from "./blueprint-draft.ts";
import { planCopy, planPicture } from "./blueprint-pictures.ts";
import { asOfFolder, pictureAt } from "./blueprint-remote.ts";
import type { PlannedReference } from "./target.ts";

type FileResolution = Extract<Resolution, { type: "file" }>;

/** One reference with what it leads to and what its page must wait for. */
export type PlannedLink = {
  readonly reference: Reference;
  readonly key: string;
  readonly planned: PlannedReference;
  readonly inputs: readonly ResourceId[];
  /** The embedded part that has to become a target. */
  readonly fragment: { readonly path: ProjectPath; readonly anchor: string } | null;
  /** The document that a plain link leads to, for its backlinks. */
  readonly linkedPage: ProjectPath | null;
};

type Way = Omit<PlannedLink, "reference" | "key">;
const way = (planned: PlannedReference, rest: Partial<Way> = {}): Way => ({
  inputs: [],
  fragment: null,
  linkedPage: null,
  ...rest,
  planned,
});

/** Plans all references of a document, in their order, and notes its problems and plain relationships. */
export function planReferences(
  draft: Draft,
  from: ProjectPath,
  references: readonly Reference[],
): PlannedLink[] {
  const record = draft.sources.get(from);
  return references.map((reference) => {
    const meant = asOfFolder(draft.remote, record, reference, (path) => unfetched(draft, path));
    const { resolution, problems } = draft.memory.resolve(draft.site, from, meant);
    draft.problems.push(...problems);
    noteRelationship(draft, from, meant, resolution);
    return { reference, key: keyOf(reference, resolution), ...planResolution(draft, meant, resolution) };
  });
}

/** The address of a document that the settings name and that could not be fetched. */
function unfetched({ settings, sources }: Draft, path: ProjectPath): string | undefined {
  return sources.has(path) ? undefined : settings.remote.documents[path];
}

/** Where the renderer looks a reference up; one with its label first has a key of its own. */
function keyOf({ form, target, anchor, label }: Reference, resolution: Resolution): string {
  const isLabelFirst = resolution.type === "file" && resolution.labelFirst;
  return isLabelFirst ? labelFirstKey(form, target, label) : referenceKey(form, target, anchor);
}

function planResolution(draft: Draft, reference: Reference, resolution: Resolution): Way {
  switch (resolution.type) {
    case "external":
      return planExternal(draft, reference, resolution.url);
    case "broken":
      return way({ type: "broken" });
    case "folder":
      return planListingLink(draft, resolution.folder);
    case "file":
      return planFile(draft, reference, resolution);
    default:
      return unreachable(resolution);
  }
}

function planExternal(draft: Draft, reference: Reference, url: string): Way {
  const path = pictureAt(draft.remote, reference, url);
  return path === undefined ? way({ type: "external", url }) : planImage(draft, reference, path);
}

function planFile(draft: Draft, reference: Reference, resolution: FileResolution): Way {
  const { path } = resolution;
  const kind = draft.sources.get(path)?.kind;
  if (kind === "document") {
    return reference.form === "embed"
      ? planEmbed(draft, reference, resolution)
      : planPageLink(draft, reference, resolution);
  }
  if (kind === "image") return planImage(draft, reference, path);
  const { id, sitePath } = planCopy(draft, path);
  return way({ type: "file", href: sitePath }, { inputs: reference.form === "link" ? [] : [id] });
}

function planPageLink(draft: Draft, reference: Reference, resolution: FileResolution): Way {
  const { path, anchor } = resolution;
  const href = pageSitePath(draft.sitePaths, path);
  const title = shownTitle(draft, reference, resolution);
  return way({ type: "page", href, anchor, title }, { linkedPage: path });
}

/** A folder without an index document has a listing in its place. */
function planListingLink(draft: Draft, folder: string): Way {
  const href = draft.sitePaths.listings.get(folder);
  const title = folder === "" ? "Contents" : readableName(fileNameOf(folder));
  return way(href === undefined ? { type: "broken" } : { type: "page", href, anchor: "", title });
}

/** What a wikilink shows: what stands first in `[[label|target]]`, else the document's title. */
function shownTitle(draft: Draft, reference: Reference, { path, labelFirst }: FileResolution): string {
  return labelFirst ? reference.target : titleOf(draft, path);
}

/** An embed of a section that does not exist shows as broken: the whole note would not be what was asked for. */
function planEmbed(draft: Draft, reference: Reference, resolution: FileResolution): Way {
  const { path, anchor } = resolution;
  if (!resolution.anchorFound) return way({ type: "broken" });
  const fragment = fragmentId(path, anchor);
  const href = pageSitePath(draft.sitePaths, path);
  return way(
    { type: "fragment", fragment, href, anchor, title: shownTitle(draft, reference, resolution) },
    { inputs: [fragment], fragment: { path, anchor } },
  );
}

/** A link to an image leads to its greatest variant: the file itself may tell where it was taken. */
function planImage(draft: Draft, reference: Reference, path: ProjectPath): Way {
  const { picture, inputs } = planPicture(draft, path);
  if (reference.form === "image" || reference.form === "embed") {
    return way({ type: "picture", picture }, { inputs });
  }
  const greatest = picture.sources.at(-1);
  return way(greatest === undefined ? { type: "broken" } : { type: "file", href: greatest.href }, { inputs });
}

/** What a page is called, and what a wikilink to it without a label shows. */
export function titleOf(draft: Draft, path: ProjectPath): string {
  const record = draft.sources.get(path);
  return record === undefined ? withoutExtension(fileNameOf(path)) : titleOfSource(record);
}

/**
 * What a file says of another, as its writer meant it; the build takes no order from it. A missing target is kept too,
 * so that the file is known to wait for it.
 */
function noteRelationship(
  draft: Draft,
  from: ProjectPath,
  reference: Reference,
  resolution: Resolution,
): void {
  const target = relatedPath(draft, from, reference, resolution);
  if (target === undefined || target === from) return;
  relate(draft, fileId(from), fileId(target), [
    meaningOf(draft, reference, target),
    { line: reference.line },
  ]);
}

function relatedPath(
  draft: Draft,
  from: ProjectPath,
  reference: Reference,
  resolution: Resolution,
): ProjectPath | undefined {
  if (resolution.type === "file") return resolution.path;
  if (resolution.type === "external") return pictureAt(draft.remote, reference, resolution.url);
  return resolution.type === "broken" ? resolveFromFolder(folderOf(from), reference.target) : undefined;
}

/** Documents are embedded, everything else is shown; Markdown's image of a document is no more than a link. */
function meaningOf(draft: Draft, { form }: Reference, target: ProjectPath): RelationshipType {
  if (form === "link" || form === "wikilink") return "references";
  const kind = draft.sources.get(target)?.kind ?? sourceKindOf(target);
  if (kind !== "document") return "uses-image";
  return form === "embed" ? "embeds" : "references";
}
