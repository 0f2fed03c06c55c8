import type { Json } from "../base/json.ts";

/** A heading of a document. */
export type Heading = {
  /** 1 to 6. */
  readonly level: number;
  /** Plain text, markup removed. */
  readonly text: string;
  /** Unique in its document; what a link's `#…` names. */
  readonly anchor: string;
  /** 1-based line in the file. */
  readonly line: number;
};

/**
 * How a reference was written:
 * - `link`: `[text](target)`, a used reference definition, an autolink to a file, or `href` in HTML
 * - `image`: `![alt](target)`, or `src` / `srcset` in HTML
 * - `wikilink`: `[[target#heading|label]]`
 * - `embed`: `![[target#heading]]`, of a note or of an image
 */
export type ReferenceForm = "link" | "image" | "wikilink" | "embed";

/** One reference of a document, as it was written. External URLs are kept too (`target` has a scheme or `//`). */
export type Reference = {
  readonly form: ReferenceForm;
  /** Percent-decoding undone for `link` and `image`; without `#…`, `?…`, label. "" means this document itself. */
  readonly target: string;
  /** What stands behind `#`, decoded, or "". */
  readonly anchor: string;
  /** What stands behind `|` in a wikilink or embed (a label, or a width such as `300`), or "". */
  readonly label: string;
  /** 1-based line in the file. */
  readonly line: number;
  /** The HTML element whose `src` it is, where that element shows no picture: a frame, a film, a script. */
  readonly element?: string;
};

/** What a scan finds in a document without rendering it. */
export type DocumentFacts = {
  readonly type: "document";
  readonly syntax: "markdown" | "html";
  /** From the front matter, else from the first heading of level 1, else `null`. */
  readonly title: string | null;
  readonly frontMatter: { readonly [key: string]: Json };
  readonly headings: readonly Heading[];
  /**
   * Obsidian block ids (`^id` at a line's end), without the caret. `firstLine` is where the named paragraph, list
   * item, table or quote begins, `line` where the id stands.
   */
  readonly blocks: readonly { readonly id: string; readonly firstLine: number; readonly line: number }[];
  /** Values of `id` (and of `name` on `<a>`) in the document's HTML, which links may name too; left out when empty. */
  readonly elementIds?: readonly string[];
  readonly references: readonly Reference[];
};

export type ImageFormat = "jpeg" | "png" | "webp" | "avif" | "gif" | "svg";

/** What the header of an image tells. */
export type ImageFacts = {
  readonly type: "image";
  readonly format: ImageFormat;
  /** Pixels as shown, that is after `orientation` is applied; 0 when an SVG states no size. */
  readonly width: number;
  readonly height: number;
  /** EXIF orientation 1 to 8; 1 when there is none. */
  readonly orientation: number;
  readonly animated: boolean;
};

export type OtherFacts = { readonly type: "other" };

export type SourceFacts = DocumentFacts | ImageFacts | OtherFacts;
