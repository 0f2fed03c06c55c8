import type { ProjectId } from "../model/ids.ts";
import type { ConsistencyCoordinate, ConsistencyToken, Operation } from "../model/operation.ts";

/**
 * The token that stands for these operations: the last of them alone. Every read model follows the log by its ids,
 * whatever the branch, so one that has come to the last has come past the others; and a token crosses threads with
 * every question that is asked with it.
 */
export function tokenOf(projectId: ProjectId, operations: readonly Operation[]): ConsistencyToken {
  let last = operations[0];
  for (const operation of operations) if (last !== undefined && operation.id > last.id) last = operation;
  return { projectId, coordinates: last === undefined ? [] : [coordinateOf(last)] };
}

/** The place of an operation in its stream. */
export function coordinateOf({ documentId, scope, branch, index }: Operation): ConsistencyCoordinate {
  return { documentId, scope, branch, operationIndex: index };
}
