import type { Fault } from "../../base/fault.ts";
import type { ImageFacts } from "../../model/facts.ts";
import { maxPixels, type TranscodeInput, type Variant } from "./spec.ts";

const megapixels = (pixels: number) => `${Math.round(pixels / 1_048_576)} megapixels`;

/** Why a picture must not be decoded at all; `undefined` when it may. */
export function refusalOf({ path, facts }: TranscodeInput): Fault | undefined {
  if (facts.format === "svg" || facts.animated) return notStill(path);
  if (facts.width * facts.height > maxPixels) return tooLarge(path, facts);
  return undefined;
}

function notStill(path: string): Fault {
  return {
    code: "image-not-still",
    severity: "error",
    message: `The image ${path} is drawn or moves, so no variants can be made of it.`,
    remedy: "Let the site hold it as it is.",
  };
}

function tooLarge(path: string, { width, height }: ImageFacts): Fault {
  return {
    code: "image-too-large",
    severity: "error",
    message: `The image ${path} has ${width} × ${height} pixels, more than the ${megapixels(maxPixels)} that are safe to decode.`,
    remedy: "Save it with fewer pixels.",
  };
}

export function undecodable(path: string, reason: string): Fault {
  return {
    code: "image-undecodable",
    severity: "error",
    message: `The image ${path} could not be decoded (${reason}).`,
    remedy: "The file is damaged or incomplete: save the image again, or replace it.",
  };
}

export function notSupported(path: string, format: string): Fault {
  return {
    code: "image-not-supported",
    severity: "error",
    message: `This browser cannot decode the image ${path} (${format.toUpperCase()}).`,
    remedy: "Save it as JPEG or PNG, or use a newer browser.",
  };
}

export function notEncoded(path: string, variant: Variant, reason: string): Fault {
  return {
    code: "image-not-encoded",
    severity: "error",
    message: `The image ${path} could not be encoded as ${variant.format.toUpperCase()}, ${variant.width} pixels wide (${reason}).`,
    remedy:
      "Ask for a smaller width or another format in strata.yaml, or close other programs to free memory.",
  };
}
