import { slug } from "github-slugger";
import type { DocumentFacts, Heading } from "../model/facts.ts";
import { blockAnchor } from "./anchors.ts";

/**
 * The anchor that the page carries for what a reference names behind `#`, or `undefined` when there is none: `^block`,
 * a heading by anchor or by text, nested headings `a#b`, the start of a Dendron range `a:#b`, or an HTML element's id.
 * Exact names go before similar ones. Cost: a hash look-up after the first question about a document.
 */
export function resolveAnchor(facts: DocumentFacts, wanted: string): string | undefined {
  const start = rangeStart(wanted);
  if (start === "" || start === "*" || start.startsWith(":~:")) return "";
  const names = namesOf(facts);
  if (start.startsWith("^")) return findBlock(names, start.slice(1)) ?? fromBeginning(start);
  return findHeading(names, start) ?? (start.includes("#") ? findNested(facts, names, start) : undefined);
}

/** Dendron's `^begin` is the whole note. */
function fromBeginning(anchor: string): string | undefined {
  return anchor === "^begin" ? "" : undefined;
}

/** `a:#b` and `a,1` of Dendron begin at `a`. */
function rangeStart(wanted: string): string {
  const range = wanted.indexOf(":#");
  return (range < 0 ? wanted : wanted.slice(0, range)).replace(/,\d+$/, "").trim();
}

type Names = {
  readonly exact: ReadonlyMap<string, string>;
  readonly loose: ReadonlyMap<string, string>;
  readonly blocks: ReadonlySet<string>;
  /** The loose key of each heading. */
  readonly keys: readonly string[];
};

const memory = new WeakMap<DocumentFacts, Names>();

function namesOf(facts: DocumentFacts): Names {
  const known = memory.get(facts);
  if (known !== undefined) return known;
  const exact = new Map<string, string>();
  const loose = new Map<string, string>();
  const add = (map: Map<string, string>, name: string, anchor: string): void => {
    if (!map.has(name)) map.set(name, anchor);
  };
  for (const { anchor } of facts.headings) add(exact, anchor, anchor);
  for (const id of facts.elementIds ?? []) add(exact, id, id);
  for (const { text, anchor } of facts.headings) add(exact, text, anchor);
  const keys = facts.headings.map(({ text }) => looseKey(text));
  facts.headings.forEach(({ anchor }, i) => add(loose, keys[i] ?? "", anchor));
  for (const name of exact.keys()) add(loose, looseKey(name), exact.get(name) ?? name);
  const names = { exact, loose, blocks: new Set(facts.blocks.map(({ id }) => id)), keys };
  memory.set(facts, names);
  return names;
}

/** Letters and digits alone, since programs differ in what they make of the rest. */
function looseKey(name: string): string {
  return slug(name).replaceAll("-", "").replaceAll("_", "");
}

function findBlock(names: Names, id: string): string | undefined {
  return names.blocks.has(id) ? blockAnchor(id) : undefined;
}

function findHeading(names: Names, name: string): string | undefined {
  const key = looseKey(name);
  return names.exact.get(name) ?? (key === "" ? undefined : names.loose.get(key));
}

/** `a#b`: a heading `b` below a heading `a`; where there is none below, any `b`. */
function findNested(facts: DocumentFacts, names: Names, wanted: string): string | undefined {
  const path = wanted.split("#").filter((part) => part.trim() !== "");
  const last = path.at(-1);
  if (last === undefined) return undefined;
  if (last.startsWith("^")) return findBlock(names, last.slice(1));
  let [from, level] = [0, 0];
  let found: Heading | undefined;
  for (const part of path) {
    const key = looseKey(part);
    const end = facts.headings.findIndex((heading, i) => i >= from && heading.level <= level);
    const at = names.keys.indexOf(key, from);
    found = at < 0 || (end >= 0 && at >= end) ? undefined : facts.headings[at];
    if (found === undefined) return findHeading(names, last);
    [from, level] = [at + 1, found.level];
  }
  return found?.anchor;
}
