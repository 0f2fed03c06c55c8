import type { Operation } from "../model/operation.ts";
import type { SourceRecord } from "../model/source.ts";
import type { Db } from "../store/open-store.ts";
import { putSources, removeResources } from "../store/resources.ts";
import { compareStamps, type Stamp } from "./operation-order.ts";
import {
  addRelationships,
  deleteNamed,
  putRelationships,
  readNamed,
  readOfDocuments,
  type IndexScope,
} from "./relationship-rows.ts";
import { RelationshipSet, type LoggedRelationship, type RelationshipName } from "./relationship-set.ts";
import { reindexRelationships } from "./reindex.ts";

/** How the relationships of a read model differ from what they were. */
export type RelationshipChange = {
  /** In the order of the log, which is behind all that there were. */
  readonly added: readonly LoggedRelationship[];
  readonly removed: readonly RelationshipName[];
};

/** What indexing goes on from. */
export type IndexState = {
  /** The greatest stamp of what is indexed. */
  readonly latest: Stamp | undefined;
  /** Whether somebody asks for the change of the relationships; finding out costs a quarter more. */
  readonly isFollowed: boolean;
};

/** The main line of the log; the folder's files exist on it alone. */
export const mainBranch = "main";

/**
 * Brings the rows from the state before `operations` to the state after them. `operations` are those of the project
 * that follow the cursor, ascending, none left out. The cursor itself is the caller's business. Gives the change of the
 * relationships, or `undefined` when rows were made anew or nobody follows them.
 */
export async function indexOperations(
  db: Db,
  scope: IndexScope,
  operations: readonly Operation[],
  { latest, isFollowed }: IndexState,
): Promise<RelationshipChange | undefined> {
  const ofBranch = operations.filter((operation) => operation.branch === scope.branch);
  const ofSources = ofBranch.filter((operation) => operation.scope === "source");
  const ofDocuments = ofBranch.filter((operation) => operation.scope === "document");
  if (scope.branch === mainBranch) await indexSources(db, scope, ofSources);
  const last = operations.at(-1)?.id ?? 0;
  if (isPlainlyAfter(operations, latest)) return indexRelationships(db, scope, ofDocuments, isFollowed);
  await reindexRelationships(db, scope, ofDocuments, last);
  return undefined;
}

/** Whether carrying out the operations one after the other is what replaying the whole log comes to. */
export function isPlainlyAfter(operations: readonly Operation[], latest: Stamp | undefined): boolean {
  let before = latest;
  return operations.every((operation) => {
    const isAfter = before === undefined || compareStamps(operation, before) > 0;
    before = operation;
    return isAfter && operation.skip === 0;
  });
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

/** The rows that the operations name are all that can change: they are read, changed and written. */
async function indexRelationships(
  db: Db,
  scope: IndexScope,
  operations: readonly Operation[],
  isFollowed: boolean,
): Promise<RelationshipChange | undefined> {
  if (operations.every(({ action }) => action.type === "ADD_RELATIONSHIP")) {
    const named = new RelationshipSet();
    for (const operation of operations) named.apply(operation);
    const added = await addRelationships(db, scope, inLogOrder(named.all()), isFollowed);
    return added && { added, removed: [] };
  }
  const deleted = operations.filter(({ action }) => action.type === "DELETE_DOCUMENT");
  const before = new RelationshipSet([
    ...(await readNamed(db, scope, namedIn(operations))),
    ...(await readOfDocuments(db, scope, [...new Set(deleted.map(({ documentId }) => documentId))])),
  ]);
  const after = new RelationshipSet(before.all());
  for (const operation of operations) after.apply(operation);
  const removed = missingFrom(after, before);
  const changed = changedIn(after, before);
  await deleteNamed(db, scope, removed);
  await putRelationships(db, scope, changed);
  // One that was removed and added again stands behind the others now.
  const added = changed.filter((one) => before.get(one)?.operationId !== one.operationId);
  const again = added.filter((one) => before.get(one) !== undefined);
  return { added: inLogOrder(added), removed: [...removed, ...again] };
}

function inLogOrder(relationships: Iterable<LoggedRelationship>): readonly LoggedRelationship[] {
  return [...relationships].sort((a, b) => a.operationId - b.operationId || a.position - b.position);
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
