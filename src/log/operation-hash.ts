import type { Hasher } from "../base/xxhash.ts";
import { asContentHash, type ContentHash } from "../model/ids.ts";
import type { Action } from "../model/operation.ts";

/** The hash of an action: the same for the same content, whatever the order of its keys. */
export function hashAction(hasher: Hasher, action: Action): ContentHash {
  return asContentHash(hasher.text(JSON.stringify(action, sortKeys)));
}

/** For `JSON.stringify`: every object with its keys in order. */
function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)));
}
