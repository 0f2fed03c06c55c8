import type { Operation } from "../model/operation.ts";

/** When an operation was made, in the order that all copies of a log share. */
export type Stamp = Pick<Operation, "time" | "sequence">;

/** What gives an operation its place among all others, whichever copy of the log it was made in. */
export type Ordered = Stamp & Pick<Operation, "actionId">;

/** The greatest sequence; what follows it gets a later time. The column holds twice as much. */
export const maxSequence = 2 ** 30;

/** Negative when `a` was made before `b`. */
export function compareStamps(a: Stamp, b: Stamp): number {
  return a.time - b.time || a.sequence - b.sequence;
}

/** By stamp; what two copies made at the same moment by action id. */
export function compareOperations(a: Ordered, b: Ordered): number {
  return compareStamps(a, b) || (a.actionId < b.actionId ? -1 : a.actionId > b.actionId ? 1 : 0);
}

/**
 * The operations of many streams as one list, in the order of stamps. Each stream keeps its own order: what follows a
 * later one in its stream comes right behind it.
 */
export function interleave<T extends Ordered>(streams: Iterable<readonly T[]>): readonly T[] {
  const placed: { readonly operation: T; readonly latest: T; readonly at: number }[] = [];
  for (const stream of streams) {
    let latest: T | undefined;
    for (const [at, operation] of stream.entries()) {
      if (latest === undefined || compareOperations(operation, latest) > 0) latest = operation;
      placed.push({ operation, latest, at });
    }
  }
  return placed
    .sort((a, b) => compareOperations(a.latest, b.latest) || a.at - b.at)
    .map(({ operation }) => operation);
}

/**
 * Stamps for operations made now, each after the one before it and all after `latest`: the greatest that the writer
 * knows, its own or another copy's. A clock that stands still or goes back makes the sequence count on (a hybrid
 * logical clock: Kulkarni et al., 2014).
 */
export function stampsAfter(latest: Stamp | undefined, now: number): () => Stamp {
  let { time, sequence } = latest !== undefined && latest.time >= now ? latest : { time: now, sequence: -1 };
  return () => {
    if (sequence++ === maxSequence) {
      time++;
      sequence = 0;
    }
    return { time, sequence };
  };
}
