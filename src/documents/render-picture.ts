import { compareNames } from "../base/byte-order.ts";
import type { Picture, PictureSource } from "../model/render.ts";
import { attribute, escapeHtml } from "./escape-html.ts";
import { siteHref } from "./render-href.ts";

/** How a document asks for an image to be shown. */
export type Shown = {
  readonly alt: string;
  readonly title: string;
  /** Pixels, or `undefined` for the image's own size. */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
};

/** The widest that an image gets: the measure of the text column in the default layout. */
const columnWidth = 704;

/** An image with all its widths and formats, loaded when it comes near, its place kept free until then. */
export function renderPicture(picture: Picture, shown: Shown): string {
  const groups = groupsOf(picture);
  const last = groups.at(-1)?.at(-1);
  if (last === undefined) return "";
  const size = shownSize(picture, shown);
  const img = `<img src="${siteHref(last.href)}"${attribute("width", size.width)}${attribute("height", size.height)} loading="lazy" decoding="async" alt="${escapeHtml(shown.alt)}"${attribute("title", shown.title)}>`;
  if (picture.sources.length === 1) return img;
  const sizes = sizesOf(size.width ?? picture.width);
  const sources = groups.map((group) => `<source type="${group[0]?.type ?? ""}" ${srcset(group)} ${sizes}>`);
  return `<picture>${sources.join("")}${img}</picture>`;
}

/** What an `<img>` of the document's own HTML gets in place of its `src`. */
export function imageAttributes(picture: Picture, shown: Pick<Shown, "width">): string {
  const group = knownSources(picture);
  const last = group.at(-1);
  if (last === undefined) return "";
  const src = ` src="${siteHref(last.href)}"`;
  return group.length === 1 ? src : `${src} ${srcset(group)} ${sizesOf(shown.width ?? picture.width)}`;
}

/** The one file that stands for a picture where only one can be named. */
export function largestSource(picture: Picture): PictureSource | undefined {
  return knownSources(picture).at(-1);
}

/** The widths of a picture in the type that all browsers know, ascending. */
export function knownSources(picture: Picture): readonly PictureSource[] {
  return groupsOf(picture).at(-1) ?? [];
}

/** The sources of each type, the type that a browser should prefer first and the one that all know last. */
function groupsOf(picture: Picture): readonly (readonly PictureSource[])[] {
  const groups = new Map<string, PictureSource[]>();
  for (const source of picture.sources) {
    const group = groups.get(source.type);
    if (group === undefined) groups.set(source.type, [source]);
    else group.push(source);
  }
  return [...groups]
    .sort(([a], [b]) => preference(a) - preference(b) || compareNames(a, b))
    .map(([, group]) => group);
}

const preferred = ["image/avif", "image/webp"];

function preference(type: string): number {
  const rank = preferred.indexOf(type);
  return rank < 0 ? preferred.length : rank;
}

function srcset(group: readonly PictureSource[]): string {
  return `srcset="${group.map((source) => `${siteHref(source.href)} ${source.width}w`).join(", ")}"`;
}

/** How wide an image of `width` pixels is shown at each width of the window; 0 is as wide as the column. */
export function sizesOf(width: number): string {
  const column = width > 0 && width < columnWidth ? width : columnWidth;
  return `sizes="(min-width: ${column + 48}px) ${column}px, 100vw"`;
}

/** The shown size with the proportions of the picture when only one side is asked for. */
function shownSize(
  picture: Picture,
  shown: Shown,
): { width: number | undefined; height: number | undefined } {
  const known = picture.width > 0 && picture.height > 0;
  if (shown.width === undefined) {
    return known ? { width: picture.width, height: picture.height } : { width: undefined, height: undefined };
  }
  const proportional = known
    ? Math.max(1, Math.round((shown.width * picture.height) / picture.width))
    : undefined;
  return { width: shown.width, height: shown.height ?? proportional };
}
