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
  const fields = new Map<string, unknown>(Object.entries(last));
  let isSame = fields.size === Object.keys(next).length;
  const reused = { ...next };
  for (const [key, value] of Object.entries(next)) {
    const known = fields.get(key);
    if (fields.has(key) && hasSameText(known, value)) Object.assign(reused, { [key]: known });
    else isSame = false;
  }
  return isSame ? last : reused;
}

/** Whether two plain values have the same JSON: also their keys come in the same order, since digests are of text. */
export function hasSameText(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) !== Array.isArray(b)) return false;
  const left = Object.entries(a);
  const right = Object.entries(b);
  return (
    left.length === right.length &&
    left.every(([key, value], i) => key === right[i]?.[0] && hasSameText(value, right[i]?.[1]))
  );
}
