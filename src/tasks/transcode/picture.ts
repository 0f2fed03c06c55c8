import type { Fault } from "../../base/fault.ts";
import type { ImageFacts } from "../../model/facts.ts";
import { isOpaque, premultiply, unpremultiply } from "./alpha.ts";
import { decode } from "./decode.ts";
import { isTurned, orient, storedSize } from "./orient.ts";
import type { ChannelOrder, Raster } from "./raster.ts";
import { openResizer, type Resizer } from "./resizer.ts";
import { variantHeight, type Shrink, type TranscodeInput } from "./spec.ts";
import { notSupported, undecodable } from "./transcode-faults.ts";

/** A decoded picture that gives itself at any width up to its own, upright, with color not premultiplied. */
export type Picture = {
  atWidth(width: number): Raster;
  /** Gives the memory back. */
  close(): void;
};

export type OpenedPicture =
  | { readonly ok: true; readonly picture: Picture }
  | { readonly ok: false; readonly fault: Fault };

/** Decodes a picture. What is wrong with its bytes is a fault. */
export async function openPicture(
  { path, facts, shrink }: Pick<TranscodeInput, "path" | "facts" | "shrink">,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<OpenedPicture> {
  const held: { resizer?: Resizer } = {};
  const allocate = (width: number, height: number) => {
    held.resizer?.close();
    held.resizer = openResizer({ width, height }, extentOf({ width, height }, facts, shrink));
    return held.resizer.pixels;
  };
  const decoded = await decode({ bytes, facts, shrink, allocate });
  const { resizer } = held;
  if (decoded.status === "unsupported") return { ok: false, fault: notSupported(path, facts.format) };
  if (decoded.status === "broken" || resizer === undefined) {
    resizer?.close();
    return {
      ok: false,
      fault: undecodable(path, decoded.status === "broken" ? decoded.reason : "no pixels"),
    };
  }
  const source = { ...decoded, orientation: decoded.status === "stored" ? facts.orientation : 1 };
  const mismatch = mismatchOf(source, facts, shrink);
  if (mismatch !== undefined) {
    resizer.close();
    return { ok: false, fault: undecodable(path, mismatch) };
  }
  return { ok: true, picture: pictureOf(source, facts, resizer) };
}

type Source = {
  readonly width: number;
  readonly height: number;
  readonly pixels: Uint8ClampedArray;
  readonly order: ChannelOrder;
  /** Still to be applied. */
  readonly orientation: number;
};

type Size = { readonly width: number; readonly height: number };

/** The size that the file's own comes to, shrunk: less than the pixels' by what a block at an edge does not fill. */
function extentOf(pixels: Size, facts: ImageFacts, asked: Shrink): Size {
  const whole = storedSize(facts);
  const shrink = shrinkOf(pixels, whole, asked) ?? 1;
  return shrink === 1 ? pixels : { width: whole.width / shrink, height: whole.height / shrink };
}

/** How much smaller than its file a picture came out of the decoder: as much as was asked for, or not at all. */
function shrinkOf({ width, height }: Size, whole: Size, asked: Shrink): Shrink | undefined {
  const shrinks: readonly Shrink[] = [1, asked];
  return shrinks.find(
    (shrink) => width === Math.ceil(whole.width / shrink) && height === Math.ceil(whole.height / shrink),
  );
}

function mismatchOf(
  { width, height, orientation }: Source,
  facts: ImageFacts,
  asked: Shrink,
): string | undefined {
  const [across, down] = isTurned(orientation) ? [height, width] : [width, height];
  if (shrinkOf({ width: across, height: down }, facts, asked) !== undefined) return undefined;
  const shown = [across, down];
  return `its header says ${facts.width} × ${facts.height} pixels and it holds ${shown.join(" × ")}`;
}

/** Turns after resizing, when there are fewer pixels to move. The last width is kept for a second format. */
function pictureOf(source: Source, facts: ImageFacts, resizer: Resizer): Picture {
  const opaque = facts.format === "jpeg" || isOpaque(source.pixels);
  if (!opaque) premultiply(source.pixels);
  let last: Raster | undefined;
  const make = (width: number) => {
    const height = variantHeight(facts, width);
    const stored = isTurned(source.orientation) ? { width: height, height: width } : { width, height };
    const resized = resizer.resize(stored, source.order);
    if (!opaque) unpremultiply(resized.data);
    return orient(resized, source.orientation);
  };
  return {
    atWidth: (width) => (last = last?.width === width ? last : make(width)),
    close: () => resizer.close(),
  };
}
