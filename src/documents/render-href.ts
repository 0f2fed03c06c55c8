import { folderOf, relativePath } from "../base/project-path.ts";
import type { SitePath } from "../model/ids.ts";

/**
 * Stands before and behind every site path in HTML that has no place yet. No input can hold it: Markdown and HTML
 * both turn NUL into U+FFFD before anything else is done.
 */
const mark = "\0";

/** The address of a place in the site, to be made relative by `rebase` once the page's own place is known. */
export function siteHref(path: SitePath, anchor = ""): string {
  return `${mark}${encodePath(path)}${mark}${anchor === "" ? "" : `#${encodeAnchor(anchor)}`}`;
}

/**
 * Makes every marked address relative to the page at `sitePath`, so that the site works from any folder and from
 * `file://`. Cost: one pass.
 */
export function rebase(html: string, sitePath: SitePath): string {
  if (!html.includes(mark)) return html;
  const own = encodePath(sitePath);
  const folder = folderOf(own);
  const known = new Map<string, string>();
  const pieces = html.split(mark);
  for (let i = 1; i < pieces.length; i += 2) {
    const path = pieces[i] ?? "";
    // `#anchor` alone stays on the page whatever its file is called.
    if (path === own && pieces[i + 1]?.startsWith("#") === true) {
      pieces[i] = "";
      continue;
    }
    let relative = known.get(path);
    if (relative === undefined) known.set(path, (relative = relativePath(folder, path)));
    pieces[i] = relative;
  }
  return pieces.join("");
}

/** The address of a place as seen from the page at `from`: for what is made for that page alone. */
export function relativeHref(from: SitePath, to: SitePath): string {
  return relativePath(folderOf(encodePath(from)), encodePath(to));
}

/** The way from the page at `sitePath` to the top of the site: "" or `../` repeated. */
export function rootOf(sitePath: SitePath): string {
  return "../".repeat(sitePath.split("/").length - 1);
}

/** A site path percent-encoded part by part; safe in attributes and in `srcset`. */
export function encodePath(path: string): string {
  if (simplePath.test(path)) return path;
  let encoded = encodedPaths.get(path);
  if (encoded === undefined) {
    encoded = path.split("/").map(encodePart).join("/");
    if (encodedPaths.size >= rememberedPaths) encodedPaths.clear();
    encodedPaths.set(path, encoded);
  }
  return encoded;
}

const simplePath = /^[\w./~-]*$/;
/** Every page names the same few hundred places again and again. */
const encodedPaths = new Map<string, string>();
const rememberedPaths = 20_000;

function encodePart(part: string): string {
  return encodeURIComponent(wellFormed(part)).replaceAll("'", "%27");
}

function encodeAnchor(anchor: string): string {
  return encodeURI(wellFormed(anchor)).replaceAll("'", "%27").replaceAll("#", "%23");
}

/** An external address with everything encoded that may not stand in one; what was encoded stays so. */
export function encodeUrl(url: string): string {
  return encodeURI(wellFormed(url)).replaceAll("%25", "%");
}

/** Half a surrogate pair, which a file name on Windows may hold, has no encoding. */
function wellFormed(text: string): string {
  return text.replace(/\p{Surrogate}/gu, "\uFFFD");
}
