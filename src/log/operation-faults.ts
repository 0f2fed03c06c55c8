import type { Fault } from "../base/fault.ts";
import type { NewOperation } from "../model/operation.ts";
import { fileId } from "../model/resource.ts";
import type { StreamName } from "./stream-map.ts";

/** An operation on its way into the log. `skip` (default 0) is for what a reshuffle made anew. */
export type OperationToAppend = NewOperation & { readonly skip?: number };

/** Why the log does not take an operation, or `undefined` when it does. */
export function refusalOf(operation: OperationToAppend): Fault | undefined {
  const { documentId, scope, action, skip } = operation;
  if (skip !== undefined && !(Number.isInteger(skip) && skip >= 0))
    return invalid(operation, "its skip is no count");
  if ((scope === "source") !== isOfSource(action.type))
    return invalid(operation, `it stands in scope ${scope}`);
  if (action.type === "PUT_SOURCE" && fileId(action.source.path) !== documentId) {
    return invalid(operation, `it puts ${action.source.path}`);
  }
  if ("relationships" in action && action.relationships.some(({ targetId }) => targetId === documentId)) {
    return selfRelationship(documentId);
  }
  return undefined;
}

/** The stream has moved on since its writer read it. Revisions count operations. */
export function conflict(stream: StreamName, expected: number, actual: number): Fault {
  return {
    code: "revision-conflict",
    severity: "error",
    message: `${stream.documentId} (${stream.scope}, ${stream.branch}) is at revision ${actual}, not ${expected}.`,
    remedy: "Read the operations since then, and append again on top of them.",
  };
}

function isOfSource(type: OperationToAppend["action"]["type"]): boolean {
  return type === "PUT_SOURCE" || type === "DELETE_SOURCE";
}

function invalid(operation: OperationToAppend, reason: string): Fault {
  return {
    code: "invalid-operation",
    severity: "error",
    message: `${operation.action.type} for ${operation.documentId} was refused: ${reason}.`,
    remedy: "Nothing was changed. Please report this: it is a fault of the program that sent it.",
  };
}

function selfRelationship(documentId: string): Fault {
  return {
    code: "self-relationship",
    severity: "error",
    message: `A relationship of ${documentId} to itself was refused.`,
    remedy: "Leave it out: a document never waits for itself.",
  };
}
