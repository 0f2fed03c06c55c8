import type { Hasher } from "../base/xxhash.ts";
import type { ResourceId } from "../model/ids.ts";
import { filePathOf } from "../model/resource.ts";
import { deriveBlueprint } from "./blueprint.ts";
import { changesBetween, isSameSource, putBack, type Change } from "./changed-inputs.ts";
import { DerivationMemory } from "./derivation-memory.ts";
import { createDigest, keyParts, taskKeyOf, type Known } from "./key-parts.ts";
import { leastSubset } from "./least-subset.ts";
import { closureOf } from "./plan.ts";
import type { Moment } from "./plan-basis.ts";
import type { Target } from "./target.ts";

/** Two times of a project. */
export type Between = { readonly before: Moment; readonly now: Moment };

type Tools = {
  readonly hasher: Hasher;
  /** What the site is called when the settings have no title. */
  readonly name: string;
};

/** Files that all derivations of one search may look at together: about two seconds of work. */
const filesDerived = 100_000;

/**
 * The changes that are why a target is not as it was: with these put back, and everything else as it is now, its task
 * and all that it waits for have the inputs that they had, and with one of them less they do not. Decided by deriving
 * the project so, and by the walk that a plan decides with. Empty for what did not change. Where very many changes
 * matter the search is cut off, and may name some that need not be put back.
 */
export function rootChanges(
  id: ResourceId,
  { before, now }: Between,
  { hasher, name }: Tools,
): readonly Change[] {
  const isSame = comparing(before, hasher);
  if (isSame(now, id)) return [];
  const changes = changesBetween(before, now);
  const memory = new DerivationMemory(hasher);
  const suffices = (part: readonly Change[]) => {
    if (part.length === changes.length) return true;
    if (part.length === 0) return false;
    const { sources, settings } = putBack(now, part);
    const { targets, frame } = deriveBlueprint(sources, { settings, name, memory });
    return isSame({ sources, settings, targets, frame }, id);
  };
  const likely = changes.filter(isNear(id, { before, now }));
  const start = likely.length < changes.length && suffices(likely) ? likely : changes;
  return leastSubset(start, suffices, Math.max(10, Math.floor(filesDerived / now.sources.size)));
}

/** Whether a target, and all that it waits for, has the inputs that it had. */
export function isAsBefore(id: ResourceId, { before, now }: Between, hasher: Hasher): boolean {
  return comparing(before, hasher)(now, id);
}

/** What keys are read from, but for outputs: where all that a target waits for is as it was, so are their outputs. */
export function withoutOutputs({ sources, frame }: Moment, digest: Known["digest"]): Known {
  return { sources, frame, outputs: new Map(), digest };
}

/** Tells whether a target is at a moment as it was before. One that is not there has nothing to do. */
function comparing(before: Moment, hasher: Hasher): (at: Moment, id: ResourceId) => boolean {
  const digest = createDigest(hasher);
  const known = withoutOutputs(before, digest);
  const keyOf = (target: Target, of: Known) => taskKeyOf(keyParts(target, of), hasher);
  return (at, id) => {
    if (!at.targets.has(id)) return true;
    const then = withoutOutputs(at, digest);
    return [...closureOf(at.targets, id)].every((one) => {
      const path = filePathOf(one);
      if (path !== undefined) return isSameSource(before.sources.get(path), at.sources.get(path));
      const [was, is] = [before.targets.get(one), at.targets.get(one)];
      return was !== undefined && is !== undefined && keyOf(was, known) === keyOf(is, then);
    });
  };
}

/** Whether a change is of a file that the target waits for, now or before. */
function isNear(id: ResourceId, { before, now }: Between): (change: Change) => boolean {
  const all = [before, now].flatMap(({ targets }) => (targets.has(id) ? [...closureOf(targets, id)] : []));
  const near = new Set(all);
  return ({ resourceId }) => resourceId !== null && near.has(resourceId);
}
