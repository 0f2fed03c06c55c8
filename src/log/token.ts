import type { ProjectId } from "../model/ids.ts";
import type { ConsistencyCoordinate, ConsistencyToken, Operation } from "../model/operation.ts";
import { StreamMap } from "./stream-map.ts";

/** Coordinates in a token at the most: it crosses threads with every question that is asked with it. */
const limit = 100;

/**
 * The token that stands for these operations: the last of each stream; of many streams the last of all, since read
 * models follow the log in its order.
 */
export function tokenOf(projectId: ProjectId, operations: readonly Operation[]): ConsistencyToken {
  const last = new StreamMap<Operation>();
  for (const operation of operations) last.set(operation, operation);
  const ends = [...last.entries()].map(([, operation]) => operation);
  const latest = ends.reduce((one, other) => (other.id > one.id ? other : one), ends[0] as Operation);
  return { projectId, coordinates: (ends.length > limit ? [latest] : ends).map(coordinateOf) };
}

/** The place of an operation in its stream. */
export function coordinateOf({ documentId, scope, branch, index }: Operation): ConsistencyCoordinate {
  return { documentId, scope, branch, operationIndex: index };
}
