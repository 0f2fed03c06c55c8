import { folderOf, type ProjectPath } from "../base/project-path.ts";
import type { Reference } from "../model/facts.ts";
import type { Problem } from "../model/problem.ts";
import {
  ambiguousProblem,
  brokenAnchorProblem,
  brokenLinkProblem,
  outsideProblem,
  unsafeProblem,
} from "./reference-faults.ts";
import { isExternal, isExternalName, schemeOf, splitWikilink } from "./reference-target.ts";
import { resolveAnchor } from "./resolve-anchor.ts";
import { resolvePath, type Place } from "./resolve-path.ts";
import { resolveFileName, resolveName } from "./resolve-wikilink.ts";
import { factsOf, type SiteIndex } from "./site-index.ts";

/** What a reference leads to. */
export type Resolution =
  | {
      readonly type: "file";
      readonly path: ProjectPath;
      /** As the page carries it, or as it was written when there is no such part. "" for the file as a whole. */
      readonly anchor: string;
      readonly anchorFound: boolean;
      /** Other files that the name would fit as well, ordered by name. */
      readonly ambiguous: readonly ProjectPath[];
      /** Whether the wikilink is `[[label|target]]`: then `Reference.target` is what it shows. */
      readonly labelFirst: boolean;
    }
  /** A folder that has documents but no index document: its listing. "" is the project's top. */
  | { readonly type: "folder"; readonly folder: string }
  | { readonly type: "external"; readonly url: string }
  | { readonly type: "broken"; readonly reason: BrokenReason };

/**
 * - `missing`: nothing in the project has this name
 * - `outside`: it leads out of the project, and is never followed
 * - `unsafe`: an address that could run script, or that reads the person's disk
 */
export type BrokenReason = "missing" | "outside" | "unsafe";

/** Finds what a reference of the document `from` leads to. Pure; a few look-ups, about a microsecond. */
export function resolveReference(index: SiteIndex, from: ProjectPath, reference: Reference): Resolution {
  const { form, target } = reference;
  if (target.startsWith("dendron://")) return resolveReference(index, from, withoutVault(reference));
  const isWiki = form === "wikilink" || form === "embed";
  if (isWiki ? isExternalName(target) : isExternal(target)) return resolveExternal(reference);
  if (target === "") return toFile(index, { path: from, wanted: reference.anchor, ambiguous: [] });
  return isWiki ? resolveWiki(index, from, reference) : resolveLink(index, from, reference);
}

/** What the person should know of a reference: at most one problem. */
export function problemsOf(
  index: SiteIndex,
  from: ProjectPath,
  reference: Reference,
  resolution: Resolution,
): Problem[] {
  if (resolution.type === "file") {
    if (!resolution.anchorFound) return [brokenAnchorProblem(index, from, reference, resolution)];
    if (resolution.ambiguous.length === 0) return [];
    return [ambiguousProblem(from, reference, [resolution.path, ...resolution.ambiguous])];
  }
  if (resolution.type !== "broken") return [];
  if (resolution.reason === "unsafe") return [unsafeProblem(from, reference)];
  if (resolution.reason === "outside") return [outsideProblem(from, reference)];
  return [brokenLinkProblem(index, from, reference)];
}

/** A link or an image: by path, else a bare file name by the one file of that name. */
function resolveLink(index: SiteIndex, from: ProjectPath, reference: Reference): Resolution {
  const place = resolvePath(index, folderOf(from), reference.target);
  const path = place.type === "missing" ? resolveFileName(index, reference.target) : undefined;
  return toResolution(index, reference, path === undefined ? place : { type: "file", path }, []);
}

const unsafeSchemes = new Set(["javascript", "vbscript", "file", "blob", "filesystem", "view-source"]);

/** Schemes that only another program opens, such as `obsidian:`, are the person's choice and harmless here. */
function resolveExternal({ form, target }: Reference): Resolution {
  const scheme = schemeOf(target) ?? "https";
  const isPicture = (form === "image" || form === "embed") && /^data:image\//i.test(target);
  const unsafe = unsafeSchemes.has(scheme) || (scheme === "data" && !isPicture);
  return unsafe ? { type: "broken", reason: "unsafe" } : { type: "external", url: target };
}

/** `dendron://vault/note`: the vault's name says nothing about folders. */
function withoutVault(reference: Reference): Reference {
  return { ...reference, target: reference.target.replace(/^dendron:\/\/[^/]*\/?/, "") };
}

/** Target first, as Obsidian has it, else label first, as Dendron has it; which goes first the project's links tell. */
function resolveWiki(index: SiteIndex, from: ProjectPath, reference: Reference): Resolution {
  const { label } = reference;
  const asWritten = resolveName(index, folderOf(from), reference.target);
  const written = toResolution(index, reference, asWritten.place, asWritten.ambiguous);
  if (label === "" || /^\d+(?:x\d+)?$/.test(label)) return written;
  const isLabelFirst = prefersLabelFirst(index);
  if (written.type !== "broken" && !isLabelFirst) return written;
  const swapped = resolveLabelFirst(index, from, reference);
  if (swapped.type !== "broken") return swapped;
  // A label that happens to be some document's title is still a label.
  return isLabelFirst && asWritten.isLoose ? swapped : written;
}

function resolveLabelFirst(index: SiteIndex, from: ProjectPath, reference: Reference): Resolution {
  const parts = splitWikilink(reference.label.replace(/^dendron:\/\/[^/|]*\//, ""));
  if (isExternalName(parts.target)) return resolveExternal({ ...reference, ...parts });
  const swapped = { ...reference, ...parts };
  const resolution =
    parts.target === ""
      ? toFile(index, { path: from, wanted: parts.anchor, ambiguous: [] })
      : resolveUnlabelled(index, from, swapped);
  return resolution.type === "file" ? { ...resolution, labelFirst: true } : resolution;
}

function resolveUnlabelled(index: SiteIndex, from: ProjectPath, reference: Reference): Resolution {
  const { place, ambiguous } = resolveName(index, folderOf(from), reference.target);
  return toResolution(index, reference, place, ambiguous);
}

const labelFirst = new WeakMap<SiteIndex, boolean>();

/** Whether more of the project's labelled wikilinks lead somewhere when they are read label first. */
function prefersLabelFirst(index: SiteIndex): boolean {
  const known = labelFirst.get(index);
  if (known !== undefined) return known;
  let balance = 0;
  for (const [path, { facts }] of index.sources) {
    for (const reference of facts.type === "document" ? facts.references : []) {
      if (reference.form !== "wikilink" || reference.label === "" || reference.target === "") continue;
      const leads = (target: string): number =>
        resolveName(index, folderOf(path), target).place.type === "file" ? 1 : 0;
      balance += leads(splitWikilink(reference.label).target) - leads(reference.target);
    }
  }
  labelFirst.set(index, balance > 0);
  return balance > 0;
}

function toResolution(
  index: SiteIndex,
  reference: Reference,
  place: Place,
  ambiguous: readonly ProjectPath[],
): Resolution {
  if (place.type === "file") return toFile(index, { path: place.path, wanted: reference.anchor, ambiguous });
  return place.type === "folder" ? place : { type: "broken", reason: place.type };
}

function toFile(
  index: SiteIndex,
  found: { readonly path: ProjectPath; readonly wanted: string; readonly ambiguous: readonly ProjectPath[] },
): Resolution {
  const facts = factsOf(index, found.path);
  // Of other files only their own programs know the parts: `manual.pdf#page=3`.
  const anchor = facts === undefined ? found.wanted : resolveAnchor(facts, found.wanted);
  return {
    type: "file",
    path: found.path,
    anchor: anchor ?? found.wanted,
    anchorFound: anchor !== undefined,
    ambiguous: found.ambiguous,
    labelFirst: false,
  };
}
