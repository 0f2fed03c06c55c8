import type { Hasher } from "../base/xxhash.ts";
import { unreachable } from "../base/invariant.ts";
import type { ProjectPath } from "../base/project-path.ts";
import { asTaskKey, type ResourceId, type TaskKey } from "../model/ids.ts";
import type { KeyPart, OutputRecord } from "../model/output.ts";
import { mediaTypeOf } from "../model/media-type.ts";
import { filePathOf } from "../model/resource.ts";
import type { SourceRecord } from "../model/source.ts";
import { copy } from "../tasks/copy/spec.ts";
import { emit } from "../tasks/emit/spec.ts";
import { renderFragment } from "../tasks/render-fragment/spec.ts";
import { renderListing } from "../tasks/render-listing/spec.ts";
import { renderPage } from "../tasks/render-page/spec.ts";
import { transcode } from "../tasks/transcode/spec.ts";
import type { Since } from "./differing-files.ts";
import type { SiteFrame, Surroundings, Target, TargetOf } from "./target.ts";

/** What a target's key is read from. */
export type Known = {
  readonly sources: ReadonlyMap<ProjectPath, SourceRecord>;
  readonly outputs: ReadonlyMap<ResourceId, OutputRecord>;
  readonly frame: SiteFrame;
  /** Where it is known what the outputs were made for, causes name what differs. No part of a key. */
  readonly since?: Since | undefined;
  /** XXH64 of a value's JSON, kept by identity: the navigation of a folder is hashed once for all its pages. */
  readonly digest: (value: object) => string;
};

/** The task kind that makes each kind of target. */
export const specOf = {
  page: renderPage,
  fragment: renderFragment,
  variant: transcode,
  copy,
  listing: renderListing,
  feed: emit,
} as const;

/**
 * Everything that a target's output depends on, as labelled values. This one walk decides whether a task runs (by
 * the hash of the list) and says why it ran (by what differs between two lists). A variant's list holds no path, so
 * a moved image is not encoded again.
 */
export function keyParts(target: Target, known: Known): readonly KeyPart[] {
  const { kind, version } = specOf[target.kind];
  return [{ label: "rule", value: `${kind} ${version}` }, ...ownParts(target, known)];
}

/** The hash of a list of parts: of their labels and values, unambiguously. */
export function taskKeyOf(parts: readonly KeyPart[], hasher: Hasher): TaskKey {
  return asTaskKey(hasher.text(JSON.stringify(parts.map(({ label, value }) => [label, value]))));
}

/** Makes the `digest` of a `Known`. */
export function createDigest(hasher: Hasher): Known["digest"] {
  const seen = new WeakMap<object, string>();
  return (value) => {
    const known = seen.get(value);
    if (known !== undefined) return known;
    const digest = hasher.text(JSON.stringify(value));
    seen.set(value, digest);
    return digest;
  };
}

function ownParts(target: Target, known: Known): readonly KeyPart[] {
  switch (target.kind) {
    case "page":
      return [
        part("path", target.path),
        part("content", contentOf(known, target.path)),
        part("what its references lead to", known.digest(target.references)),
        ...surroundingParts(target, known),
        ...outputParts(target, known),
      ];
    case "fragment":
      return [
        part("part", `${target.path}#${target.anchor}`),
        part("content", contentOf(known, target.path)),
        part("what its references lead to", known.digest(target.references)),
        ...outputParts(target, known),
      ];
    case "variant":
      return variantParts(target, known);
    case "copy":
      return [part("content", contentOf(known, target.path)), part("type", mediaTypeOf(target.path))];
    case "listing":
      return [part("entries", known.digest(target.entries)), ...surroundingParts(target, known)];
    case "feed":
      return [part("contents", known.digest(target.emit))];
    default:
      return unreachable(target);
  }
}

function variantParts(target: TargetOf<"variant">, known: Known): readonly KeyPart[] {
  return [
    part("content", contentOf(known, target.path)),
    part("width", String(target.width)),
    part("format", target.format),
    part("setting images.quality", String(target.quality)),
    // The greatest width decides how much smaller the source may come out of the decoder.
    part("setting images.widths", String(target.shrink)),
  ];
}

function surroundingParts(
  target: Surroundings & { sitePath: string | null },
  known: Known,
): readonly KeyPart[] {
  const { siteTitle, language, baseUrl, stylesheet } = known.frame;
  return [
    part("place in the site", target.sitePath ?? ""),
    part("title", target.title),
    part("navigation", known.digest(target.navigation)),
    part("backlinks", known.digest(target.backlinks)),
    part("setting title", siteTitle),
    part("setting language", language),
    part("setting baseUrl", baseUrl ?? ""),
    part("place of the style sheet", stylesheet),
    part("layout", target.layout === null ? "default" : contentOf(known, target.layout)),
  ];
}

/** One part for each input that is itself made; files are covered by their content. */
function outputParts(target: Target, known: Known): readonly KeyPart[] {
  return target.inputs
    .filter((id) => filePathOf(id) === undefined)
    .map((id) => part(`output of ${id}`, known.outputs.get(id)?.artifact?.hash ?? "none"));
}

const part = (label: string, value: string): KeyPart => ({ label, value });

function contentOf(known: Known, path: ProjectPath): string {
  return known.sources.get(path)?.contentHash ?? "missing";
}
