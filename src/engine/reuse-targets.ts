import type { ResourceId } from "../model/ids.ts";
import type { Target } from "./target.ts";

/**
 * `next`, with every target that equals the one of its id in `last` replaced by that one, and else every field that
 * does. Cost: linear in what changed its identity; what is the same object is not looked into.
 */
export function reuseTargets(
  last: ReadonlyMap<ResourceId, Target>,
  next: ReadonlyMap<ResourceId, Target>,
): ReadonlyMap<ResourceId, Target> {
  return new Map([...next].map(([id, target]) => [id, reuseFields(last.get(id), target)]));
}

/** `next` where it differs from `last`, and `last` where it does not: itself, or the values of its keys. */
function reuseFields<T extends object>(last: T | undefined, next: T): T {
  if (last === undefined) return next;
  const names = Object.keys(next) as (keyof T)[];
  const same = names.filter((name) => name in last && hasSameText(last[name], next[name]));
  if (same.length === names.length && Object.keys(last).length === names.length) return last;
  const reused = { ...next };
  for (const name of same) reused[name] = last[name];
  return reused;
}

/** Whether two plain values have the same JSON: also their keys come in the same order, since digests are of text. */
export function hasSameText(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) return Array.isArray(a) && Array.isArray(b) && hasSameItems(a, b);
  return hasSameEntries(a, b);
}

function hasSameItems(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((value, i) => hasSameText(value, b[i]));
}

type Named = { readonly [name: string]: unknown };

function hasSameEntries(a: object, b: object): boolean {
  const [left, right] = [a as Named, b as Named];
  const [names, others] = [Object.keys(left), Object.keys(right)];
  return (
    names.length === others.length &&
    names.every((name, i) => name === others[i] && hasSameText(left[name], right[name]))
  );
}
