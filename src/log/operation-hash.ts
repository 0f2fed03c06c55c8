import { canonicalJson } from "../base/canonical-json.ts";
import type { Hasher } from "../base/xxhash.ts";
import { asContentHash, type ContentHash } from "../model/ids.ts";
import type { Action } from "../model/operation.ts";

/** The hash of an action: the same for the same content, whatever the order of its keys. */
export function hashAction(hasher: Hasher, action: Action): ContentHash {
  return asContentHash(hasher.text(canonicalJson(action)));
}
