import type { Hasher } from "../base/xxhash.ts";
import type { TaskKey } from "../model/ids.ts";
import type { KeyPart } from "../model/output.ts";
import { causeOf } from "./explain.ts";
import { keyParts, taskKeyOf, type Known } from "./key-parts.ts";
import type { Target } from "./target.ts";

/** What making a target now would be: the key of its task, all that the key covers, and why it would run. */
export type Attempt = {
  readonly target: Target;
  readonly parts: readonly KeyPart[];
  readonly key: TaskKey;
  readonly cause: string;
};

/** The attempt at a target whose inputs are as `known` has them. Cost: one key. */
export function attemptOf(target: Target, known: Known, hasher: Hasher): Attempt {
  const parts = keyParts(target, known);
  const cause = causeOf(target, known.outputs.get(target.id), { parts, since: known.since });
  return { target, parts, key: taskKeyOf(parts, hasher), cause };
}
