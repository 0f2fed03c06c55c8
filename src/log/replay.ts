import type { Operation } from "../model/operation.ts";
import { effectiveLog } from "./effective-log.ts";
import { interleave } from "./operation-order.ts";
import { RelationshipSet } from "./relationship-set.ts";
import { StreamMap } from "./stream-map.ts";

/**
 * The relationships that a log stands for. `log` is one project's and one branch's, none left out, each stream
 * ascending. This is what the rows of the index equal at every moment.
 */
export function replayRelationships(log: readonly Operation[]): RelationshipSet {
  const relationships = new RelationshipSet();
  for (const operation of effectiveOperations(log)) relationships.apply(operation);
  return relationships;
}

/**
 * What remains of a log of many streams: every stream without what its skips hide, and of all streams together each
 * operation in the order of stamps, which is the same in every copy of the log.
 */
export function effectiveOperations(log: readonly Operation[]): readonly Operation[] {
  return interleave(streamsOf(log).map(effectiveLog));
}

function streamsOf(log: readonly Operation[]): readonly (readonly Operation[])[] {
  const streams = new StreamMap<Operation[]>();
  for (const operation of log) {
    const stream = streams.get(operation);
    if (stream === undefined) streams.set(operation, [operation]);
    else stream.push(operation);
  }
  return [...streams.entries()].map(([, stream]) => stream);
}
