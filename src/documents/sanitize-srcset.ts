import { siteHref } from "./render-href.ts";
import { knownSources, sizesOf } from "./render-picture.ts";
import { loadableHref, type ReferenceRenderer } from "./render-references.ts";

/** A `srcset` ready to stand in a tag. */
export type SourceSet = {
  /** The attributes with a space before each, or "" when no candidate leads anywhere. */
  readonly html: string;
  /**
   * Who says how wide the image is shown: the author's `sizes`, since candidates name their widths; `sizes` that stand
   * in `html`; or the files themselves.
   */
  readonly sizedBy: "author" | "set" | "files";
};

type Place = { readonly references: ReferenceRenderer; readonly line: number };

/** A file and its width in pixels, 0 when it is not known. */
type Sized = { readonly href: string; readonly width: number };

/** What one candidate leads to; `files` ascend by width, and `fullWidth` is that of the original, or 0. */
type Candidate = {
  readonly descriptor: string;
  readonly files: readonly Sized[];
  readonly fullWidth: number;
};

/**
 * `srcset` with each candidate's address rewritten, and with all widths of its picture. Candidates that lead nowhere
 * are left out. Candidates by density become those of their true widths, shown as wide as `shownWidth` pixels or as the
 * plain candidate is, so that small screens get small files; where neither is known, each is its widest file.
 */
export function sourceSet(value: string | undefined, place: Place, shownWidth?: number): SourceSet {
  const candidates = candidatesOf(value ?? "", place);
  if (candidates.length === 0) return { html: "", sizedBy: "files" };
  if (candidates.some(({ descriptor }) => descriptor.endsWith("w"))) {
    return { html: withWidths(candidates, meantWidth), sizedBy: "author" };
  }
  const plain = candidates.find(({ descriptor }) => densityOf(descriptor) === 1);
  const width = shownWidth ?? plain?.fullWidth ?? 0;
  if (width === 0 || candidates.every(({ files }) => files.length === 1)) {
    return { html: withDensities(candidates), sizedBy: "files" };
  }
  const html = withWidths(candidates, (file, { descriptor }) => file.width || width * densityOf(descriptor));
  return { html: `${html} ${sizesOf(width)}`, sizedBy: "set" };
}

function candidatesOf(value: string, { references, line }: Place): readonly Candidate[] {
  return parseSourceSet(value).flatMap(({ url, descriptor }): Candidate[] => {
    const resolution = references.source(url, line);
    const href = loadableHref(resolution);
    if (href === undefined) return [];
    if (resolution.type !== "picture") return [{ descriptor, files: [{ href, width: 0 }], fullWidth: 0 }];
    const files = knownSources(resolution.picture).map((source) => ({
      href: siteHref(source.href),
      width: source.width,
    }));
    return [{ descriptor, files, fullWidth: resolution.picture.width }];
  });
}

/** The width that the author means, in proportion where a file is narrower than the original; `NaN` without one. */
function meantWidth(file: Sized, { descriptor, fullWidth }: Candidate): number {
  const written = descriptor.endsWith("w") ? Number.parseFloat(descriptor) : Number.NaN;
  return file.width === 0 || fullWidth === 0 ? written : (written * file.width) / fullWidth;
}

/** Without a descriptor it is 1. */
function densityOf(descriptor: string): number {
  return descriptor.endsWith("x") ? Number.parseFloat(descriptor) : 1;
}

function withDensities(candidates: readonly Candidate[]): string {
  const written = candidates.map(({ descriptor, files }) =>
    `${files.at(-1)?.href ?? ""} ${descriptor}`.trimEnd(),
  );
  return ` srcset="${written.join(", ")}"`;
}

/**
 * Every file by its width, ascending. Of two files of one width the one that the author names stays, since browsers
 * would take the first.
 */
function withWidths(
  candidates: readonly Candidate[],
  widthOf: (file: Sized, candidate: Candidate) => number,
): string {
  const byWidth = new Map<number, string>();
  const offer = (files: readonly Sized[], candidate: Candidate): void => {
    for (const file of files) {
      const width = Math.max(1, Math.round(widthOf(file, candidate)));
      if (!Number.isNaN(width) && !byWidth.has(width)) byWidth.set(width, file.href);
    }
  };
  for (const candidate of candidates) offer(candidate.files.slice(-1), candidate);
  for (const candidate of candidates) offer(candidate.files.slice(0, -1), candidate);
  const written = [...byWidth].sort(([a], [b]) => a - b).map(([width, href]) => `${href} ${width}w`);
  return ` srcset="${written.join(", ")}"`;
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
