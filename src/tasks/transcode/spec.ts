import type { ProjectPath } from "../../base/project-path.ts";
import type { ImageFacts } from "../../model/facts.ts";
import type { ResourceId } from "../../model/ids.ts";
import type { VariantFormat } from "../../model/settings.ts";
import type { SourceBytes } from "../../model/source.ts";
import type { TaskSpec } from "../contract.ts";

export type Variant = {
  readonly resourceId: ResourceId;
  /** Pixels, never above the source's. The height follows from the source's proportions (`variantHeight`). */
  readonly width: number;
  readonly format: VariantFormat;
  /** 1 to 100. */
  readonly quality: number;
};

/** All variants of one source that are to be made now, so that it is decoded once. */
export type TranscodeInput = {
  readonly path: ProjectPath;
  readonly bytes: SourceBytes;
  readonly facts: ImageFacts;
  readonly shrink: Shrink;
  readonly variants: readonly Variant[];
};

/**
 * How many times smaller, each way, a picture is decoded. A JPEG is made of blocks of 8 × 8 pixels, each of which gives
 * 4 × 4, 2 × 2 or 1 × 1 for less work.
 */
export type Shrink = 1 | 2 | 4 | 8;

/** The most that a picture can be shrunk while it is decoded and still be as wide as its greatest variant. */
export function shrinkFor({ format, width }: ImageFacts, greatestVariant: number): Shrink {
  const shrinks: readonly Shrink[] = format === "jpeg" ? [8, 4, 2] : [];
  return shrinks.find((shrink) => width >= greatestVariant * shrink) ?? 1;
}

/** Makes the widths and formats of one image. The item answers with a result for each variant. */
export const transcode: TaskSpec<TranscodeInput, null> = {
  kind: "transcode",
  version: 4,
  batch: 1,
  timeLimit: 120_000,
};

/** Pixels above which an image is refused before it is decoded: 4 bytes each make 256 MiB. */
export const maxPixels = 64 * 1024 * 1024;

/** The height of a variant: proportional, rounded, at least 1. */
export function variantHeight(source: Pick<ImageFacts, "width" | "height">, width: number): number {
  return Math.max(1, Math.round((source.height * width) / source.width));
}
