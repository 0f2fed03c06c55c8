import type { ProjectId } from "../model/ids.ts";
import type { ConsistencyCoordinate, ConsistencyToken, Operation } from "../model/operation.ts";
import { StreamMap } from "./stream-map.ts";

/** The token that stands for these operations: the last of each stream. */
export function tokenOf(projectId: ProjectId, operations: readonly Operation[]): ConsistencyToken {
  const last = new StreamMap<Operation>();
  for (const operation of operations) last.set(operation, operation);
  return { projectId, coordinates: [...last.entries()].map(([, operation]) => coordinateOf(operation)) };
}

/** The place of an operation in its stream. */
export function coordinateOf({ documentId, scope, branch, index }: Operation): ConsistencyCoordinate {
  return { documentId, scope, branch, operationIndex: index };
}
