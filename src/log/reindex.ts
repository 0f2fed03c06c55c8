import type { Operation } from "../model/operation.ts";
import type { Db } from "../store/open-store.ts";
import { operationsSince } from "./operation-store.ts";
import { deleteAll, deleteOfSources, putRelationships, type IndexScope } from "./relationship-rows.ts";
import { replayRelationships } from "./replay.ts";
import type { StreamMap, StreamName } from "./stream-map.ts";
import { readDeletedDocuments, readStreams } from "./stream-rows.ts";

/**
 * Makes the rows anew that `operations` may have changed, by replaying the streams that they follow from. That is for
 * operations that skip others, or that another copy of the log made before what is indexed already. `operations` are
 * those of one branch that came last, `last` the id of the last one of the log.
 */
export async function reindexRelationships(
  db: Db,
  scope: IndexScope,
  operations: readonly Operation[],
  last: number,
): Promise<void> {
  const changed = [...new Set(operations.map(({ documentId }) => documentId))];
  const streams = flat(await readStreams(db, scope.projectId, changed.map(streamOf(scope))));
  const upToLast = streams.filter(({ id }) => id <= last);
  if (upToLast.some(isDeletion)) await reindexAll(db, scope, last);
  else await reindexDocuments(db, scope, { changed, streams: upToLast, last });
}

/** What a document points at follows from its own stream and from the deletions of its targets. */
async function reindexDocuments(
  db: Db,
  scope: IndexScope,
  { changed, streams, last }: { changed: readonly string[]; streams: readonly Operation[]; last: number },
): Promise<void> {
  const deleted = await readDeletedDocuments(db, scope, targetsIn(streams));
  const ofDeleted = flat(await readStreams(db, scope.projectId, deleted.map(streamOf(scope))));
  const log = [...streams, ...ofDeleted.filter(({ id }) => id <= last)];
  const sources = new Set(changed);
  const relationships = [...replayRelationships(log).all()].filter(({ sourceId }) => sources.has(sourceId));
  await deleteOfSources(db, scope, changed);
  await putRelationships(db, scope, relationships);
}

/** A deletion that came or went can change the relationships of any document, so the whole log is replayed. */
async function reindexAll(db: Db, scope: IndexScope, last: number): Promise<void> {
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

const streamOf =
  ({ branch }: IndexScope) =>
  (documentId: string): StreamName => ({ documentId, scope: "document", branch });

const isDeletion = ({ action }: Operation) => action.type === "DELETE_DOCUMENT";

function flat(streams: StreamMap<readonly Operation[]>): readonly Operation[] {
  return [...streams.entries()].flatMap(([, stream]) => stream);
}

function targetsIn(operations: readonly Operation[]): readonly string[] {
  const targets = operations.flatMap(({ action }) =>
    "relationships" in action ? action.relationships.map(({ targetId }) => targetId) : [],
  );
  return [...new Set(targets)];
}
