import type { DocumentFacts } from "../model/facts.ts";
import { editDistance } from "./edit-distance.ts";
import { indexSlips, longestName, slipsOf, type SlipIndex } from "./single-slips.ts";
import { nameKey } from "./site-index.ts";

/** Of more names only those a single slip away are compared, so that no question takes longer than some microseconds. */
const mostCompared = 100;

/** The one of `names` that is fewest letters away from `wanted`, if a third of its letters at the most differ. */
export function nearestText(names: readonly string[], wanted: string): string | undefined {
  return nearestIn(namesByKey(names), wanted);
}

/**
 * The part of a document that a broken `#…` most likely meant: a heading as it reads or as its anchor, or with `^` in
 * front a block. In a document of more than 100 names one a single slip away, else as `nearestText`. Cost: the first
 * question looks at all parts, each one after at 100 names at the most.
 */
export function nearestPart(facts: DocumentFacts, wanted: string): string | undefined {
  const parts = partsOf(facts);
  return nearestIn(wanted.startsWith("^") ? parts.blocks : parts.headings, wanted);
}

/** Names by the form in which they are compared, the first of each. */
type Names = ReadonlyMap<string, string>;

function namesByKey(names: readonly string[]): Names {
  const byKey = new Map<string, string>();
  for (const name of names) {
    const key = keyOf(name);
    if (!byKey.has(key)) byKey.set(key, name);
  }
  return byKey;
}

const keyOf = (name: string): string => nameKey(name).slice(0, longestName);

function nearestIn(names: Names, wanted: string): string | undefined {
  const key = keyOf(wanted);
  const candidates = names.size <= mostCompared ? names.keys() : slipsOf(slipsIn(names), key);
  let limit = Math.floor(key.length / 3);
  let best: string | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(key, candidate, limit);
    if (distance > limit) continue;
    best = candidate;
    // From here on only a nearer one is better.
    limit = distance - 1;
  }
  return best === undefined ? undefined : names.get(best);
}

const slipMemory = new WeakMap<Names, SlipIndex>();

function slipsIn(names: Names): SlipIndex {
  const slips = slipMemory.get(names) ?? indexSlips(names.keys());
  slipMemory.set(names, slips);
  return slips;
}

type Parts = { readonly headings: Names; readonly blocks: Names };

const partMemory = new WeakMap<DocumentFacts, Parts>();

function partsOf(facts: DocumentFacts): Parts {
  const known = partMemory.get(facts);
  if (known !== undefined) return known;
  const { headings, blocks } = facts;
  const texts = [...headings.map(({ text }) => text), ...headings.map(({ anchor }) => anchor)];
  const parts = { headings: namesByKey(texts), blocks: namesByKey(blocks.map(({ id }) => `^${id}`)) };
  partMemory.set(facts, parts);
  return parts;
}
