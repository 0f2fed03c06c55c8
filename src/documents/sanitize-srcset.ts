import type { Picture } from "../model/render.ts";
import { largestSource } from "./render-picture.ts";
import { loadableHref, type ReferenceRenderer } from "./render-references.ts";

/** A `srcset` ready to stand in a tag. */
export type SourceSet = {
  /** The attribute with a space before it, or "" when no candidate leads anywhere. */
  readonly html: string;
  /** Whether a candidate says how wide it is, so that `sizes` decides how wide the image is shown. */
  readonly hasWidths: boolean;
};

type Place = { readonly references: ReferenceRenderer; readonly line: number };

/**
 * `srcset` with each candidate's address rewritten, a picture standing for its widest file. Candidates that lead
 * nowhere are left out.
 */
export function sourceSet(value: string | undefined, { references, line }: Place): SourceSet {
  const candidates: string[] = [];
  let hasWidths = false;
  for (const { url, descriptor } of parseSourceSet(value ?? "")) {
    const resolution = references.source(url, line);
    const href = loadableHref(resolution);
    if (href === undefined) continue;
    if (descriptor.endsWith("w")) hasWidths = true;
    const written = resolution.type === "picture" ? descriptorOf(resolution.picture, descriptor) : descriptor;
    candidates.push(written === "" ? href : `${href} ${written}`);
  }
  const html = candidates.length === 0 ? "" : ` srcset="${candidates.join(", ")}"`;
  return { html, hasWidths };
}

/**
 * The author's descriptor. Where even the widest file of a picture is narrower than the original, a width shrinks in
 * proportion: browsers divide the true width by it, and would show the image too small.
 */
function descriptorOf(picture: Picture, descriptor: string): string {
  const largest = largestSource(picture);
  if (!descriptor.endsWith("w") || largest === undefined || largest.width >= picture.width) return descriptor;
  const width = (Number.parseFloat(descriptor) * largest.width) / picture.width;
  return `${Math.max(1, Math.round(width))}w`;
}

/** The candidates of a `srcset` as the HTML standard reads them: an address may hold commas but not end in one. */
export function parseSourceSet(
  value: string,
): readonly { readonly url: string; readonly descriptor: string }[] {
  const candidates: { url: string; descriptor: string }[] = [];
  const pattern = /[\s,]*([^\s,]\S*)/y;
  for (let match = pattern.exec(value); match !== null; match = pattern.exec(value)) {
    const found = match[1] ?? "";
    const url = found.replace(/,+$/, "");
    let descriptor = "";
    if (url === found) {
      const end = descriptorEnd(value, pattern.lastIndex);
      descriptor = value.slice(pattern.lastIndex, end).trim();
      pattern.lastIndex = end;
    }
    candidates.push({ url, descriptor: /^\d+(?:\.\d+)?[wx]$/.test(descriptor) ? descriptor : "" });
  }
  return candidates;
}

/** A comma inside parentheses does not end a descriptor. */
function descriptorEnd(value: string, from: number): number {
  let depth = 0;
  for (let at = from; at < value.length; at++) {
    const sign = value[at];
    if (sign === "(") depth++;
    else if (sign === ")") depth--;
    else if (sign === "," && depth <= 0) return at;
  }
  return value.length;
}
