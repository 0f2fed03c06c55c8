import fc from "fast-check";
import { asContentHash } from "../model/ids.ts";
import type { Action, NewOperation } from "../model/operation.ts";
import { fileId } from "../model/resource.ts";
import type { OperationToAppend } from "./operation-faults.ts";

/** Targets of a document's relationships. */
export type Names = readonly (readonly [
  targetId: string,
  type?: string,
  metadata?: null | string | undefined,
])[];
const inputs = (names: Names) =>
  names.map(([targetId, type = "embeds", metadata]) => ({
    targetId,
    type: type as "embeds",
    ...(metadata === undefined ? {} : { metadata }),
  }));
export const ofDocument = (documentId: string, action: Action): NewOperation => ({
  documentId,
  scope: "document",
  branch: "main",
  action,
});
export const add = (documentId: string, ...names: Names) =>
  ofDocument(documentId, { type: "ADD_RELATIONSHIP", relationships: inputs(names) });
export const update = (documentId: string, ...names: Names) =>
  ofDocument(documentId, { type: "UPDATE_RELATIONSHIP", relationships: inputs(names) });
export const remove = (documentId: string, ...names: Names) =>
  ofDocument(documentId, { type: "REMOVE_RELATIONSHIP", relationships: inputs(names) });
export const deleteDocument = (documentId: string) => ofDocument(documentId, { type: "DELETE_DOCUMENT" });

export function putSource(path: string, size: number): NewOperation {
  const facts = { type: "other" as const };
  const contentHash = asContentHash("0".repeat(16));
  const source = { path: path as never, kind: "asset" as const, size, modified: 1, contentHash, facts };
  const action: Action = {
    type: "PUT_SOURCE",
    source: { ...source, scanVersion: 1, fault: null, problems: [] },
  };
  return { documentId: fileId(path), scope: "source", branch: "main", action };
}
export const deleteSource = (path: string): NewOperation => ({
  documentId: fileId(path),
  scope: "source",
  branch: "main",
  action: { type: "DELETE_SOURCE" },
});

const documentName = fc.constantFrom("a", "b", "c", "a\0\ud800");
const names = fc.array(
  fc.tuple(
    documentName,
    fc.constantFrom("embeds", "references"),
    fc.option(fc.constantFrom("x", "y", null), { nil: undefined }),
  ),
  { maxLength: 3 },
);
const related = fc
  .tuple(documentName, names, fc.constantFrom(add, add, update, remove))
  .map(([id, list, make]) => make(id, ...list.filter(([target]) => target !== id)));
const path = fc.constantFrom("p.txt", "q's.txt");
const operation = fc.oneof(
  { weight: 6, arbitrary: related },
  { weight: 2, arbitrary: documentName.map(deleteDocument) },
  { weight: 2, arbitrary: fc.tuple(path, fc.nat(9)).map(([name, size]) => putSource(name, size)) },
  { weight: 1, arbitrary: path.map(deleteSource) },
);

/** Operations of a few documents and files, some of them on another branch. */
export const plainOperations: fc.Arbitrary<readonly NewOperation[]> = fc.array(
  fc
    .tuple(operation, fc.constantFrom("main", "main", "main", "draft"))
    .map(([one, branch]) => ({ ...one, branch })),
  { maxLength: 6 },
);

/** Operations of which some hide what comes before them. */
export const skippingOperations: fc.Arbitrary<readonly OperationToAppend[]> = fc.array(
  fc.tuple(operation, fc.constantFrom(0, 0, 0, 1, 2, 9)).map(([one, skip]) => ({ ...one, skip })),
  { maxLength: 4 },
);
