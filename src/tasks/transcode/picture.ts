import type { Fault } from "../../base/fault.ts";
import type { ImageFacts } from "../../model/facts.ts";
import { isOpaque, premultiply, unpremultiply } from "./alpha.ts";
import { decode } from "./decode.ts";
import { orient } from "./orient.ts";
import type { Raster } from "./raster.ts";
import { openResizer, type Resizer } from "./resizer.ts";
import { variantHeight, type TranscodeInput } from "./spec.ts";
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
  { path, facts }: Pick<TranscodeInput, "path" | "facts">,
  bytes: Uint8Array<ArrayBuffer>,
): Promise<OpenedPicture> {
  const held: { resizer?: Resizer } = {};
  const allocate = (width: number, height: number) => {
    held.resizer?.close();
    held.resizer = openResizer({ width, height });
    return held.resizer.pixels;
  };
  const decoded = await decode({ bytes, facts, allocate });
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
  const mismatch = mismatchOf(source, facts);
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
  /** Still to be applied. */
  readonly orientation: number;
};

/** Orientations from 5 on lay the picture on its side. */
const isTurned = (orientation: number) => orientation >= 5;

function mismatchOf({ width, height, orientation }: Source, facts: ImageFacts): string | undefined {
  const shown = isTurned(orientation) ? [height, width] : [width, height];
  if (shown[0] === facts.width && shown[1] === facts.height) return undefined;
  return `its header says ${facts.width} × ${facts.height} pixels and it holds ${shown.join(" × ")}`;
}

/** Turns after resizing, when there are fewer pixels to move. The last width is kept for a second format. */
function pictureOf(source: Source, facts: ImageFacts, resizer: Resizer): Picture {
  const opaque = facts.format === "jpeg" || isOpaque(source.pixels);
  if (!opaque) premultiply(source.pixels);
  let last: Raster | undefined;
  const make = (width: number) => {
    const height = variantHeight(facts, width);
    const turned = isTurned(source.orientation);
    const resized = turned ? resizer.resize(height, width) : resizer.resize(width, height);
    if (!opaque) unpremultiply(resized.data);
    return orient(resized, source.orientation);
  };
  return {
    atWidth: (width) => (last = last?.width === width ? last : make(width)),
    close: () => resizer.close(),
  };
}
