import type { Operation } from "../model/operation.ts";
import type { SourceRecord } from "../model/source.ts";
import type { Db } from "../store/open-store.ts";
import { putSources, removeResources } from "../store/resources.ts";
import { operationsSince } from "./operation-store.ts";
import {
  deleteAll,
  deleteNamed,
  putRelationships,
  readNamed,
  readOfDocuments,
  type IndexScope,
} from "./relationship-rows.ts";
import { RelationshipSet, type LoggedRelationship, type RelationshipName } from "./relationship-set.ts";
import { replayRelationships } from "./replay.ts";

/** The main line of the log; the folder's files exist on it alone. */
export const mainBranch = "main";

/**
 * Brings the rows from the state before `operations` to the state after them. `operations` are those of the project
 * that follow the cursor, ascending, none left out; the cursor itself is the caller's business.
 */
export async function indexOperations(
  db: Db,
  scope: IndexScope,
  operations: readonly Operation[],
): Promise<void> {
  const ofBranch = operations.filter((operation) => operation.branch === scope.branch);
  const ofSources = ofBranch.filter((operation) => operation.scope === "source");
  const ofDocuments = ofBranch.filter((operation) => operation.scope === "document");
  if (scope.branch === mainBranch) await indexSources(db, scope, ofSources);
  if (ofDocuments.some(({ skip }) => skip > 0)) await reindexRelationships(db, scope, operations);
  else await indexRelationships(db, scope, ofDocuments);
}

/** The last operation of a stream decides, whatever it skips: only what comes before it can be hidden. */
async function indexSources(db: Db, scope: IndexScope, operations: readonly Operation[]): Promise<void> {
  const puts: SourceRecord[] = [];
  const removals: string[] = [];
  for (const { documentId, action } of lastOfEach(operations)) {
    if (action.type === "PUT_SOURCE") puts.push(action.source);
    else removals.push(documentId);
  }
  await removeResources(db, scope.projectId, removals);
  await putSources(db, scope.projectId, puts);
}

function lastOfEach(operations: readonly Operation[]): Iterable<Operation> {
  return new Map(operations.map((operation) => [operation.documentId, operation])).values();
}

/** Without skips the rows that the operations name are all that can change: they are read, changed and written. */
async function indexRelationships(
  db: Db,
  scope: IndexScope,
  operations: readonly Operation[],
): Promise<void> {
  const deleted = operations.filter(({ action }) => action.type === "DELETE_DOCUMENT");
  const before = new RelationshipSet([
    ...(await readNamed(db, scope, namedIn(operations))),
    ...(await readOfDocuments(db, scope, [...new Set(deleted.map(({ documentId }) => documentId))])),
  ]);
  const after = new RelationshipSet(before.all());
  for (const operation of operations) after.apply(operation);
  await deleteNamed(db, scope, missingFrom(after, before));
  await putRelationships(db, scope, changedIn(after, before));
}

/** A skip can bring back what a hidden operation had removed anywhere, so the rows are made anew from the log. */
async function reindexRelationships(
  db: Db,
  scope: IndexScope,
  operations: readonly Operation[],
): Promise<void> {
  const last = operations.at(-1)?.id ?? 0;
  const log: Operation[] = [];
  for (let id = 0; id < last;) {
    const page = await operationsSince(db, id, { projectId: scope.projectId, limit: 5000 });
    for (const operation of page) {
      if (operation.id <= last && operation.branch === scope.branch) log.push(operation);
    }
    id = page.at(-1)?.id ?? last;
  }
  await deleteAll(db, scope);
  await putRelationships(db, scope, [...replayRelationships(log).all()]);
}

function namedIn(operations: readonly Operation[]): readonly RelationshipName[] {
  return operations.flatMap(({ documentId, action }) =>
    "relationships" in action
      ? action.relationships.map(({ targetId, type }) => ({ sourceId: documentId, targetId, type }))
      : [],
  );
}

function missingFrom(after: RelationshipSet, before: RelationshipSet): readonly LoggedRelationship[] {
  return [...before.all()].filter((relationship) => after.get(relationship) === undefined);
}

function changedIn(after: RelationshipSet, before: RelationshipSet): readonly LoggedRelationship[] {
  return [...after.all()].filter((relationship) => before.get(relationship) !== relationship);
}
