import type { Reference } from "../model/facts.ts";

/** A reference's target in its parts, as `Reference` has them. */
export type TargetParts = Pick<Reference, "target" | "anchor" | "label">;

/**
 * The parts of a Markdown or HTML address, escapes and character references already undone: query and anchor split
 * off, percent-decoding undone once. External addresses stay whole. The renderer gets the same parts from the
 * address in encoded form, so both file the reference under the same key.
 */
export function splitAddress(address: string): TargetParts {
  const trimmed = address.trim();
  if (isExternal(trimmed)) return { target: trimmed, anchor: "", label: "" };
  const hash = trimmed.indexOf("#");
  const place = hash < 0 ? trimmed : trimmed.slice(0, hash);
  const query = place.indexOf("?");
  return {
    target: decodePercent(query < 0 ? place : place.slice(0, query)),
    anchor: hash < 0 ? "" : decodePercent(trimmed.slice(hash + 1)),
    label: "",
  };
}

/**
 * The parts of what stands between `[[` and `]]`: `target#anchor|label`. Nothing is decoded but the `\|` that tables
 * ask for.
 */
export function splitWikilink(inside: string): TargetParts {
  const bar = inside.indexOf("|");
  const label = bar < 0 ? "" : inside.slice(bar + 1).trim();
  const place = (bar < 0 ? inside : inside.slice(0, inside[bar - 1] === "\\" ? bar - 1 : bar)).trim();
  const isWhole = isExternalName(place) && !place.startsWith("dendron://");
  const hash = isWhole ? -1 : place.indexOf("#");
  if (hash < 0) return { target: place, anchor: "", label };
  return { target: place.slice(0, hash).trim(), anchor: place.slice(hash + 1).trim(), label };
}

/** What a wikilink shows when nothing resolves it. */
export function wikilinkText(parts: TargetParts): string {
  if (parts.label !== "") return parts.label;
  if (parts.anchor === "") return parts.target;
  return parts.target === "" ? parts.anchor : `${parts.target} > ${parts.anchor}`;
}

/** Whether an address leaves the site by its form: a scheme of two letters or more (`C:` is none), or `//`. */
export function isExternal(address: string): boolean {
  return address.startsWith("//") || schemeOf(address) !== undefined;
}

/**
 * Whether what stands in a wikilink is an address and no name. Names hold colons too, as in `[[Lookup: Find]]`, so it
 * takes `//`, or a scheme that is known to do without, with no space behind it.
 */
export function isExternalName(target: string): boolean {
  const scheme = schemeOf(target);
  if (scheme === undefined) return target.startsWith("//");
  const rest = target.slice(scheme.length + 1);
  return rest.startsWith("//") || (schemesWithoutHost.has(scheme) && /^\S/.test(rest));
}

const schemesWithoutHost: ReadonlySet<string> = new Set([
  "mailto",
  "tel",
  "sms",
  "data",
  "blob",
  "javascript",
  "vbscript",
]);

/** The scheme of an address in lower case, without its colon. */
export function schemeOf(address: string): string | undefined {
  return /^([a-z][a-z0-9+.-]{1,31}):/i.exec(address)?.[1]?.toLowerCase();
}

/**
 * Percent-decoding undone once. Bytes that are no UTF-8 stay as `%XX`, so that a broken address is still told apart
 * from others and never throws.
 */
export function decodePercent(text: string): string {
  if (!text.includes("%")) return text;
  return text.replace(/(?:%[0-9a-f]{2})+/gi, decodeRun);
}

function decodeRun(run: string): string {
  let result = "";
  for (let at = 0; at < run.length;) {
    const lead = Number.parseInt(run.slice(at + 1, at + 3), 16);
    const length = 3 * (lead < 0x80 ? 1 : lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4);
    const decoded = decodeCharacter(run.slice(at, at + length));
    result += decoded ?? run.slice(at, at + 3);
    at += decoded === undefined ? 3 : length;
  }
  return result;
}

function decodeCharacter(encoded: string): string | undefined {
  try {
    return decodeURIComponent(encoded);
  } catch {
    return undefined;
  }
}
