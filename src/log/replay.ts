import type { Operation } from "../model/operation.ts";
import { effectiveLog } from "./effective-log.ts";
import { RelationshipSet } from "./relationship-set.ts";
import { StreamMap } from "./stream-map.ts";

/**
 * The relationships that a log stands for: every stream without what its skips hide, and of all streams together each
 * operation in the order of ids. `log` is one project's and one branch's, ascending by id, none left out. This is
 * what the rows of the index equal at every moment.
 */
export function replayRelationships(log: readonly Operation[]): RelationshipSet {
  const relationships = new RelationshipSet();
  for (const operation of effectiveOperations(log)) relationships.apply(operation);
  return relationships;
}

/** A log of many streams without what skips hide, ascending by id. */
export function effectiveOperations(log: readonly Operation[]): readonly Operation[] {
  const streams = new StreamMap<Operation[]>();
  for (const operation of log) {
    const stream = streams.get(operation);
    if (stream === undefined) streams.set(operation, [operation]);
    else stream.push(operation);
  }
  const remaining: Operation[] = [];
  for (const [, stream] of streams.entries()) {
    for (const operation of effectiveLog(stream)) remaining.push(operation);
  }
  return remaining.sort((a, b) => a.id - b.id);
}
