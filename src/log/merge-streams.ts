import type { ImportedOperation } from "../model/operation.ts";
import { effectiveLog } from "./effective-log.ts";
import { compareOperations } from "./operation-order.ts";

/** What a copy of a stream has to append so that it holds what another copy holds too. */
export type StreamMerge = {
  readonly appended: readonly ImportedOperation[];
  /** How many operations at the end of the stream are hidden, because they were made anew behind what they follow. */
  readonly hidden: number;
};

const nothing: StreamMerge = { appended: [], hidden: 0 };

/**
 * Merges what another copy of a stream holds into this one. Both are whole streams, ascending by index from 0; the
 * other may be as it was some operations ago.
 *
 * Where one copy goes on where the other ends, what is missing is appended as it is. Otherwise both went their own way
 * since their last common operation: the actions of both are put in the order of stamps, and what is no longer right
 * at the end of this copy is made anew behind it, with a skip at its beginning. The same action stands there once,
 * whatever number of copies bring it. What either copy has undone stays undone: an action that this copy has never
 * held and the other one has undone is appended and hidden in the same stroke, so that a third copy learns of it.
 *
 * Copies that have merged each other hold the same effective log, in whatever order and however often they do it (a
 * 2P-set: Shapiro et al., 2011); merging what is known already appends nothing. Cost: a sort of both copies.
 */
export function mergeStreams(
  local: readonly ImportedOperation[],
  sent: readonly ImportedOperation[],
): StreamMerge {
  const other = withoutTornMerge(sent);
  const common = commonBeginning(local, other);
  if (common === other.length) return nothing;
  if (common === local.length) return { appended: other.slice(common), hidden: 0 };
  const undone = new Set([...undoneActions(local), ...undoneActions(other)]);
  const known = byAction(local);
  const all = [...new Map([...byAction(other), ...known]).values()].sort(compareOperations);
  const before = effectiveLog(local);
  // Where copies have undone all of each other's actions, the latest stands: an operation has to be the last.
  const stand = all.filter(({ actionId }) => !undone.has(actionId));
  const after = stand.length > 0 ? stand : all.slice(-1);
  const unseen = all.filter(
    (one) => undone.has(one.actionId) && !known.has(one.actionId) && !after.includes(one),
  );
  if (unseen.length === 0 && isSameList(before, after)) return nothing;
  // The skip needs an operation to carry it: where nothing follows the common part, its last one is made anew.
  const kept = Math.min(commonActions(before, after), after.length - 1);
  const base = kept <= 0 ? -1 : (before[kept - 1]?.index ?? -1);
  return {
    appended: atTheEnd(local.length, { unseen, anew: after.slice(kept), base }),
    hidden: local.length - base - 1,
  };
}

/** One append: what is hidden as soon as it is there, then what stands on the operation at `base`. */
function atTheEnd(
  length: number,
  { unseen, anew, base }: Record<"unseen" | "anew", readonly ImportedOperation[]> & { readonly base: number },
): readonly ImportedOperation[] {
  const last = length + unseen.length + anew.length - 1;
  return [...unseen, ...anew].map((operation, n) => {
    const index = length + n;
    const skip = n === unseen.length ? index - base - 1 : 0;
    return { ...operation, index, skip, following: last - index };
  });
}

/** Without the beginning of a merge whose end is missing: it would look as if the rest had been undone. */
function withoutTornMerge(stream: readonly ImportedOperation[]): readonly ImportedOperation[] {
  const end = stream.findLastIndex(({ following }) => following === 0) + 1;
  return end === stream.length ? stream : stream.slice(0, end);
}

/** How many operations both copies begin with: the same actions, hiding the same. */
function commonBeginning(a: readonly ImportedOperation[], b: readonly ImportedOperation[]): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a[at]?.actionId === b[at]?.actionId && a[at]?.skip === b[at]?.skip) at++;
  return at;
}

/** Actions that a stream holds and that none of its effective operations carries out. */
function undoneActions(stream: readonly ImportedOperation[]): ReadonlySet<string> {
  const undone = new Set(stream.map(({ actionId }) => actionId));
  for (const { actionId } of effectiveLog(stream)) undone.delete(actionId);
  return undone;
}

function byAction(operations: readonly ImportedOperation[]): ReadonlyMap<string, ImportedOperation> {
  return new Map(operations.map((operation) => [operation.actionId, operation]));
}

function isSameList(a: readonly ImportedOperation[], b: readonly ImportedOperation[]): boolean {
  return a.length === b.length && commonActions(a, b) === a.length;
}

function commonActions(a: readonly ImportedOperation[], b: readonly ImportedOperation[]): number {
  const end = Math.min(a.length, b.length);
  let at = 0;
  while (at < end && a[at]?.actionId === b[at]?.actionId) at++;
  return at;
}
