import type { ProjectPath } from "../base/project-path.ts";
import type { ImageFacts } from "../model/facts.ts";
import type { ResourceId, SitePath } from "../model/ids.ts";
import type { Picture, PictureSource } from "../model/render.ts";
import { copyId, fileId, variantId } from "../model/resource.ts";
import type { Settings, VariantFormat } from "../model/settings.ts";
import { copySitePath, variantSitePath } from "../documents/site-paths.ts";
import { shrinkFor, variantHeight } from "../tasks/transcode/spec.ts";
import { relate, type Draft } from "./blueprint-draft.ts";
import type { TargetOf } from "./target.ts";

/** What a page needs to show an image: the picture, and the targets that make it. */
export type PlannedPicture = { readonly picture: Picture; readonly inputs: readonly ResourceId[] };

const mimeTypes: Readonly<Record<ImageFacts["format"] | VariantFormat, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  avif: "image/avif",
  gif: "image/gif",
  svg: "image/svg+xml",
};

/**
 * Plans the variants of an image, or its copy when it is animated or an SVG. An image whose header could not be read
 * has no outputs: what shows it waits for the file itself, and so is poisoned by its fault.
 */
export function planPicture(draft: Draft, path: ProjectPath): PlannedPicture {
  const record = draft.sources.get(path);
  const facts = record?.facts;
  if (record === undefined || record.fault !== null || facts?.type !== "image") {
    return { picture: { sources: [], width: 0, height: 0 }, inputs: [fileId(path)] };
  }
  return passesThrough(facts) ? planCopiedPicture(draft, path, facts) : planVariants(draft, path, facts);
}

/** SVGs have no pixels, and a moving picture would stand still. */
export function passesThrough(facts: ImageFacts): boolean {
  return facts.animated || facts.format === "svg";
}

/** The widths to make: those of the settings up to the source's own, which is added when it is below the greatest. */
export function variantWidths(sourceWidth: number, settings: Settings): readonly number[] {
  const widths = settings.images.widths.filter((width) => width < sourceWidth);
  const greatest = settings.images.widths.at(-1) ?? sourceWidth;
  return sourceWidth <= greatest ? [...widths, sourceWidth] : widths;
}

function planCopiedPicture(draft: Draft, path: ProjectPath, facts: ImageFacts): PlannedPicture {
  const { id, sitePath } = planCopy(draft, path);
  const { width, height, format } = facts;
  const source: PictureSource = { href: sitePath, width, height, type: mimeTypes[format] };
  return { picture: { sources: [source], width, height }, inputs: [id] };
}

function planVariants(draft: Draft, path: ProjectPath, facts: ImageFacts): PlannedPicture {
  const sources: PictureSource[] = [];
  const inputs: ResourceId[] = [];
  const widths = variantWidths(facts.width, draft.settings);
  const shrink = shrinkFor(facts, Math.max(...widths));
  for (const format of draft.settings.images.formats) {
    for (const width of widths) {
      const { id, sitePath } = planVariant(draft, path, { width, format, shrink });
      inputs.push(id);
      sources.push({ href: sitePath, width, height: variantHeight(facts, width), type: mimeTypes[format] });
    }
  }
  return { picture: { sources, width: facts.width, height: facts.height }, inputs };
}

type PlannedVariant = Pick<TargetOf<"variant">, "width" | "format" | "shrink">;

function planVariant(draft: Draft, path: ProjectPath, { width, format, shrink }: PlannedVariant) {
  const id = variantId(path, width, format);
  const sitePath = variantSitePath(draft.sitePaths, path, width, format);
  if (!draft.targets.has(id)) {
    const { quality } = draft.settings.images;
    draft.targets.set(id, {
      id,
      kind: "variant",
      sitePath,
      inputs: [fileId(path)],
      path,
      width,
      format,
      quality,
      shrink,
    });
    relate(draft, fileId(path), id, ["has-variant", { width, format }]);
  }
  return { id, sitePath };
}

/** Plans that the site holds a file as it is. */
export function planCopy(draft: Draft, path: ProjectPath): { id: ResourceId; sitePath: SitePath } {
  const id = copyId(path);
  const sitePath = copySitePath(draft.sitePaths, path);
  if (!draft.targets.has(id)) {
    draft.targets.set(id, { id, kind: "copy", sitePath, inputs: [fileId(path)], path });
    relate(draft, id, fileId(path), ["depends-on"]);
  }
  return { id, sitePath };
}
