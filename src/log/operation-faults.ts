import type { Fault } from "../base/fault.ts";
import type { ImportedOperation, NewOperation } from "../model/operation.ts";
import { fileId } from "../model/resource.ts";
import { maxSequence } from "./operation-order.ts";
import type { StreamName } from "./stream-map.ts";

/** An operation on its way into the log. `skip` (default 0) hides operations before it in its stream. */
export type OperationToAppend = NewOperation & { readonly skip?: number };

const uuid = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/;
/** Whatever a person may call a line of work, in what every column and file name holds. */
const branchName = /^[^\p{C}\uffff]{1,200}$/u;
/** The year 2109: the clock of another machine may be wrong, but stamps have to fit behind it. */
const latestTime = 2 ** 42;

/** Why the log does not take an operation, or `undefined` when it does. */
export function refusalOf(operation: OperationToAppend): Fault | undefined {
  const { documentId, scope, branch, action, skip = 0, actionId } = operation;
  if (!isCount(skip)) return invalid(operation, "its skip is no count");
  if (actionId !== undefined && !uuid.test(actionId)) return invalid(operation, "its action has no UUID");
  if (!branchName.test(branch)) return invalid(operation, "its branch has no name");
  if (scope !== (isOfSource(action.type) ? "source" : "document"))
    return invalid(operation, `it stands in scope ${scope}`);
  if (action.type === "PUT_SOURCE" && fileId(action.source.path) !== documentId) {
    return invalid(operation, `it puts ${action.source.path}`);
  }
  if ("relationships" in action && action.relationships.some(({ targetId }) => targetId === documentId)) {
    return selfRelationship(documentId);
  }
  return undefined;
}

/** Why the log does not take an operation of another copy, or `undefined` when it does. */
export function importRefusalOf(operation: ImportedOperation): Fault | undefined {
  const { time, sequence, following } = operation;
  if (!(time >= 0 && time <= latestTime)) return invalid(operation, "its time is none");
  if (!isCount(sequence) || sequence > maxSequence) return invalid(operation, "its sequence is no count");
  if (!isCount(following)) return invalid(operation, "what follows it is no count");
  return refusalOf(operation);
}

/** The stream has moved on since its writer read it. Revisions count operations. */
export function conflict(stream: StreamName, expected: number, actual: number): Fault {
  return {
    code: "revision-conflict",
    severity: "error",
    message: `${nameOf(stream)} is at revision ${actual}, not ${expected}.`,
    remedy: "Read the operations since then, and append again on top of them.",
  };
}

/** Two different actions go by one name: one of the two was changed behind the log's back. */
export function otherAction(operation: NewOperation): Fault {
  return invalid(operation, "the id of its action belongs to another one");
}

/** A write is asked for under the id of another one. */
export function idInUse(id: string): Fault {
  return {
    code: "id-in-use",
    severity: "error",
    message: `Another write goes by the id ${id}.`,
    remedy: "Ask for it under an id of its own.",
  };
}

/** A copy of a stream is not whole. */
export function missingOperations(stream: StreamName, index: number): Fault {
  return {
    code: "missing-operations",
    severity: "error",
    message: `Of ${nameOf(stream)} the operation ${index} is missing, or stands there twice.`,
    remedy: "Load the stream from its beginning, or export the project again where it comes from.",
  };
}

/** The copies of a stream went separate ways for too long. */
export function excessiveReshuffle(stream: StreamName, hidden: number, limit: number): Fault {
  return {
    code: "excessive-reshuffle",
    severity: "error",
    message: `${nameOf(stream)} went its own way for ${hidden} operations; up to ${limit} can be merged.`,
    remedy: "Nothing of it was changed. Its files are right after the next build of their folder.",
  };
}

function isCount(value: number): boolean {
  return Number.isSafeInteger(value) && value >= 0 && value < 2 ** 31;
}

function isOfSource(type: OperationToAppend["action"]["type"]): boolean {
  return type === "PUT_SOURCE" || type === "DELETE_SOURCE";
}

function nameOf({ documentId, scope, branch }: StreamName): string {
  return `${documentId} (${scope}, ${branch})`;
}

function invalid(operation: NewOperation, reason: string): Fault {
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
