import type { Picture } from "../model/render.ts";
import { attribute, escapeHtml } from "./escape-html.ts";
import { imageAttributes, sizesOf } from "./render-picture.ts";
import { loadableHref, type ReferenceRenderer } from "./render-references.ts";
import { isAllowedAttribute, safeClasses, safeId } from "./sanitize-policy.ts";
import { sourceSet } from "./sanitize-srcset.ts";

export type Attributes = ReadonlyMap<string, string>;

/** Where a tag stands and what its addresses are resolved with. */
export type TagPlace = { readonly references: ReferenceRenderer; readonly line: number };

/** An allowed element's start tag with its allowed attributes, addresses rewritten. */
export function sanitizedTag(name: string, attributes: Attributes, place: TagPlace): string {
  if (name === "a") return anchorTag(attributes, place);
  if (name === "img") return imageTag(attributes, place);
  return otherTag(name, attributes, place);
}

const addresses = new Set(["href", "src", "srcset", "poster", "name"]);

function plainAttributes(element: string, attributes: Attributes): string {
  let result = "";
  for (const [name, value] of attributes) {
    if (addresses.has(name) || !isAllowedAttribute(element, name)) continue;
    if (name === "id") result += attribute(name, safeId(value));
    else if (name === "class") result += attribute(name, safeClasses(value));
    else result += value === "" ? ` ${name}` : attribute(name, value);
  }
  return result;
}

/** A link keeps its element even when it leads nowhere, because its end tag comes later. */
function anchorTag(attributes: Attributes, { references, line }: TagPlace): string {
  const plain = plainAttributes("a", attributes);
  const anchor = attributes.has("id") ? "" : attribute("id", safeId(attributes.get("name") ?? ""));
  const href = attributes.get("href");
  if (href === undefined) return `<a${plain}${anchor}>`;
  const { open, close } = references.link(href, "", line);
  if (close !== "</a>") return `<a${plain}${anchor} data-broken>`;
  return `${open.slice(0, -1)}${plain}${anchor}>`;
}

/** The candidates that the author names take the place of the widths that a picture would be offered in. */
function imageTag(attributes: Attributes, place: TagPlace): string {
  const src = attributes.get("src");
  const resolution = src === undefined ? undefined : place.references.source(src, place.line);
  const href = resolution && loadableHref(resolution);
  const picture = resolution?.type === "picture" ? resolution.picture : undefined;
  const shown = { width: shownWidth(attributes) };
  const set = sourceSet(attributes.get("srcset"), place, shown.width ?? (picture?.width || undefined));
  if (href === undefined && set.html === "") return brokenImage(attributes);
  const size = set.sizedBy === "author" ? "" : ownSize(picture, attributes);
  const rest = `${size} loading="lazy" decoding="async">`;
  if (picture !== undefined && set.html === "") {
    return `<img${imageAttributes(picture, shown)}${imageText(attributes, "dropped")}${rest}`;
  }
  const isMissing = set.sizedBy === "author" && !attributes.get("sizes");
  const sizes = isMissing ? ` ${sizesOf(shown.width ?? 0)}` : "";
  const text = imageText(attributes, isMissing || set.sizedBy === "set" ? "dropped" : "kept");
  return `<img${href === undefined ? "" : ` src="${href}"`}${set.html}${sizes}${text}${rest}`;
}

/** The picture's own size keeps its place free, unless the author gives one. */
function ownSize(picture: Picture | undefined, attributes: Attributes): string {
  const isGiven = attributes.has("width") || attributes.has("height");
  if (isGiven || picture === undefined || picture.width === 0) return "";
  return ` width="${picture.width}" height="${picture.height}"`;
}

/** The `width` in pixels; a share of the line, `50%`, is none. */
function shownWidth(attributes: Attributes): number | undefined {
  const value = attributes.get("width") ?? "";
  const width = Number.parseInt(value, 10);
  return Number.isNaN(width) || value.includes("%") ? undefined : width;
}

/** The attributes of an image that are no addresses. A missing `alt` would have a screen reader spell the file name. */
function imageText(attributes: Attributes, sizes: "kept" | "dropped"): string {
  const kept = new Map(attributes);
  if (sizes === "dropped") kept.delete("sizes");
  if (kept.get("alt")) return plainAttributes("img", kept);
  kept.delete("alt");
  return `${plainAttributes("img", kept)} alt=""`;
}

function brokenImage(attributes: Attributes): string {
  const src = attributes.get("src") ?? "";
  const text = attributes.get("alt") || src.slice(0, 200);
  return `<span class="broken"${attribute("title", `Not found: ${src.slice(0, 200)}`)}>${escapeHtml(text)}</span>`;
}

function otherTag(name: string, attributes: Attributes, place: TagPlace): string {
  const set = sourceSet(attributes.get("srcset"), place);
  const plain = new Map(attributes);
  if (set.sizedBy === "set") plain.delete("sizes");
  let addressed = set.html;
  for (const key of ["src", "poster"]) {
    const value = attributes.get(key);
    const href = value === undefined ? undefined : place.references.sourceHref(value, place.line);
    if (href !== undefined) addressed += ` ${key}="${href}"`;
  }
  return `<${name}${plainAttributes(name, plain)}${addressed}>`;
}
