import { attribute, escapeHtml } from "./escape-html.ts";
import { imageAttributes } from "./render-picture.ts";
import type { ReferenceRenderer } from "./render-references.ts";
import { isAllowedAttribute, safeClasses, safeId } from "./sanitize-policy.ts";

export type Attributes = ReadonlyMap<string, string>;

/** Where a tag stands and what its addresses are resolved with. */
export type TagPlace = { readonly references: ReferenceRenderer; readonly line: number };

/** An allowed element's start tag with its allowed attributes, addresses rewritten. */
export function sanitizedTag(name: string, attributes: Attributes, place: TagPlace): string {
  if (name === "a") return anchorTag(attributes, place);
  if (name === "img") return imageTag(attributes, place);
  const addressed = addressedAttributes(attributes, place);
  return `<${name}${plainAttributes(name, attributes)}${addressed}>`;
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

function imageTag(attributes: Attributes, place: TagPlace): string {
  const plain = plainAttributes("img", attributes);
  const src = attributes.get("src");
  const width = Number.parseInt(attributes.get("width") ?? "", 10);
  const lazy = ` loading="lazy" decoding="async"`;
  const resolution = src === undefined ? undefined : place.references.source(src, place.line);
  if (resolution?.type === "picture") {
    const { picture } = resolution;
    const shown = Number.isNaN(width) ? {} : { width };
    const hasSize = attributes.has("width") || attributes.has("height") || picture.width === 0;
    const size = hasSize ? "" : ` width="${picture.width}" height="${picture.height}"`;
    return `<img${imageAttributes(picture, shown)}${withAlt(withoutSizes(plain), attributes)}${size}${lazy}>`;
  }
  const set = sourceSet(attributes.get("srcset"), place);
  const own = src === undefined ? undefined : place.references.sourceHref(src, place.line);
  if (own === undefined && set === "") return brokenImage(attributes);
  return `<img${own === undefined ? "" : ` src="${own}"`}${set}${withAlt(plain, attributes)}${lazy}>`;
}

function withoutSizes(plain: string): string {
  return plain.replace(/ sizes="[^"]*"/, "");
}

/** A missing `alt` would have a screen reader spell the file name. */
function withAlt(plain: string, attributes: Attributes): string {
  return attributes.get("alt") ? plain : `${plain.replace(/ alt(?= |$)/, "")} alt=""`;
}

function brokenImage(attributes: Attributes): string {
  const src = attributes.get("src") ?? "";
  const text = attributes.get("alt") || src.slice(0, 200);
  return `<span class="broken"${attribute("title", `Not found: ${src.slice(0, 200)}`)}>${escapeHtml(text)}</span>`;
}

function addressedAttributes(attributes: Attributes, place: TagPlace): string {
  let result = sourceSet(attributes.get("srcset"), place);
  for (const name of ["src", "poster"]) {
    const value = attributes.get(name);
    const href = value === undefined ? undefined : place.references.sourceHref(value, place.line);
    if (href !== undefined) result += ` ${name}="${href}"`;
  }
  return result;
}

/** `srcset` with each candidate's address rewritten; candidates that lead nowhere are left out. */
function sourceSet(value: string | undefined, { references, line }: TagPlace): string {
  if (value === undefined) return "";
  const candidates: string[] = [];
  for (const { url, descriptor } of parseSourceSet(value)) {
    const href = references.sourceHref(url, line);
    if (href !== undefined) candidates.push(descriptor === "" ? href : `${href} ${escapeHtml(descriptor)}`);
  }
  return candidates.length === 0 ? "" : ` srcset="${candidates.join(", ")}"`;
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
