import { decodeHTMLAttribute } from "entities/decode";
import type { ReferenceForm } from "../model/facts.ts";
import type { ForwardSearch } from "./forward-search.ts";

export type Attribute = { readonly name: string; readonly value: string };

/** A tag of raw HTML as CommonMark knows it. `name` is "" for comments, declarations and instructions. */
export type Tag = { readonly name: string; readonly attributes: readonly Attribute[]; readonly end: number };

/** The tag, comment, declaration or instruction at `at`, where a `<` stands; `undefined` when there is none. */
export function readTag(text: string, at: number, search: ForwardSearch): Tag | undefined {
  if (search.next(">", at) < 0) return undefined;
  const next = text[at + 1] ?? "";
  if (next === "!") return readDeclaration(text, at, search);
  if (next === "?") return upTo("?>", at + 2, search);
  return next === "/" ? readClosingTag(text, at) : readOpeningTag(text, at, search);
}

function upTo(closer: string, from: number, search: ForwardSearch): Tag | undefined {
  const end = search.next(closer, from);
  return end < 0 ? undefined : { name: "", attributes: [], end: end + closer.length };
}

function readDeclaration(text: string, at: number, search: ForwardSearch): Tag | undefined {
  if (text.startsWith("<!--", at)) {
    const short = text.startsWith(">", at + 4) ? 5 : text.startsWith("->", at + 4) ? 6 : 0;
    return short > 0 ? { name: "", attributes: [], end: at + short } : upTo("-->", at + 4, search);
  }
  if (text.startsWith("<![CDATA[", at)) return upTo("]]>", at + 9, search);
  return /[a-z]/i.test(text[at + 2] ?? "") ? upTo(">", at + 2, search) : undefined;
}

function readClosingTag(text: string, at: number): Tag | undefined {
  const name = readTagName(text, at + 2);
  const end = skipSpace(text, at + 2 + name.length);
  return name !== "" && text[end] === ">" ? { name: `/${name}`, attributes: [], end: end + 1 } : undefined;
}

function readOpeningTag(text: string, at: number, search: ForwardSearch): Tag | undefined {
  const name = readTagName(text, at + 1);
  if (name === "") return undefined;
  const attributes: Attribute[] = [];
  let i = at + 1 + name.length;
  for (;;) {
    const next = skipSpace(text, i);
    if (text[next] === ">") return { name, attributes, end: next + 1 };
    if (text.startsWith("/>", next)) return { name, attributes, end: next + 2 };
    const found = next > i ? readAttribute(text, next, search) : undefined;
    if (found === undefined) return undefined;
    attributes.push(found.attribute);
    i = found.end;
  }
}

function readTagName(text: string, at: number): string {
  if (!/[a-z]/i.test(text[at] ?? "")) return "";
  let end = at + 1;
  while (/[a-z0-9-]/i.test(text[end] ?? "")) end++;
  return text.slice(at, end).toLowerCase();
}

function skipSpace(text: string, at: number): number {
  let end = at;
  while (/[ \t\n]/.test(text[end] ?? "")) end++;
  return end;
}

function readAttribute(
  text: string,
  at: number,
  search: ForwardSearch,
): { attribute: Attribute; end: number } | undefined {
  if (!/[a-z_:]/i.test(text[at] ?? "")) return undefined;
  let end = at + 1;
  while (/[a-z0-9_.:-]/i.test(text[end] ?? "")) end++;
  const name = text.slice(at, end).toLowerCase();
  const equals = skipSpace(text, end);
  if (text[equals] !== "=") return { attribute: { name, value: "" }, end };
  const value = readValue(text, skipSpace(text, equals + 1), search);
  if (value === undefined) return undefined;
  return { attribute: { name, value: decodeHTMLAttribute(value.raw) }, end: value.end };
}

function readValue(
  text: string,
  at: number,
  search: ForwardSearch,
): { raw: string; end: number } | undefined {
  const quote = text[at];
  if (quote === '"' || quote === "'") {
    const close = search.next(quote, at + 1);
    return close < 0 ? undefined : { raw: text.slice(at + 1, close), end: close + 1 };
  }
  let end = at;
  while (end < text.length && !/[\s"'=<>`]/.test(text[end] ?? "")) end++;
  return end === at ? undefined : { raw: text.slice(at, end), end };
}

/** An address that an element carries, still to be split, and the form in which it refers. */
export type ElementAddress = {
  readonly form: ReferenceForm;
  readonly address: string;
  /** As `Reference` has it. */
  readonly element?: string;
};

/** What the attributes of one element refer to. */
export function addressesIn(element: string, attributes: readonly Attribute[]): readonly ElementAddress[] {
  return attributes.flatMap(({ name, value }): ElementAddress[] => {
    if (name === "href" && linking.has(element)) return [{ form: "link", address: value }];
    if (name === "src" && element !== "img") return [{ form: "image", address: value, element }];
    if (name === "src" || (name === "poster" && element === "video")) {
      return [{ form: "image", address: value }];
    }
    if (name !== "srcset") return [];
    return addressesInSrcset(value).map((address) => ({ form: "image", address }));
  });
}

const linking = new Set(["a", "area", "link"]);

/** The addresses of a `srcset`. A comma may be part of an address, so only one at its end, or behind it, divides. */
export function addressesInSrcset(srcset: string): string[] {
  const addresses: string[] = [];
  for (let i = 0; i < srcset.length;) {
    while (/[\s,]/.test(srcset[i] ?? "")) i++;
    let end = i;
    while (end < srcset.length && !/\s/.test(srcset[end] ?? "")) end++;
    const address = srcset.slice(i, end);
    const bare = address.replace(/,+$/, "");
    if (bare !== "") addresses.push(bare);
    i = bare === address ? candidateEnd(srcset, end) : end;
  }
  return addresses;
}

function candidateEnd(srcset: string, at: number): number {
  let depth = 0;
  let i = at;
  for (; i < srcset.length && (depth > 0 || srcset[i] !== ","); i++) {
    if (srcset[i] === "(") depth++;
    else if (srcset[i] === ")") depth--;
  }
  return i;
}

/** The name that a link's `#…` may use for an element, or `undefined`. */
export function elementIdIn(element: string, attributes: readonly Attribute[]): string | undefined {
  const isNamed = ({ name, value }: Attribute): boolean =>
    value !== "" && (name === "id" || (name === "name" && element === "a"));
  return attributes.find(isNamed)?.value;
}
