import type { Clock } from "../base/clock.ts";
import { invariant } from "../base/invariant.ts";
import type { ProjectId } from "../model/ids.ts";
import type { ConsistencyToken, NewOperation, Operation } from "../model/operation.ts";
import type { Store } from "../store/open-store.ts";
import { coordinateOf, KyselyDocumentIndexer } from "./indexer.ts";
import { appendOperations, openOperationStore, type OperationStore } from "./operation-store.ts";
import { StreamMap } from "./stream-map.ts";

/** The log of one project with its read model: the only way in which its files and relationships change. */
export type Log = {
  /**
   * Appends operations and brings the read model up to them, all or nothing, on disk when it resolves. The token
   * stands for the last operation in each stream; a query that is given it sees them all. Throws for an operation
   * that the log refuses, such as a relationship of a document to itself: the caller promises to send none.
   */
  record(operations: readonly NewOperation[]): Promise<ConsistencyToken>;
  readonly operations: OperationStore;
  readonly indexer: KyselyDocumentIndexer;
};

/** Opens the log of a project; what a crash left unindexed is indexed before it resolves. */
export async function openLog(store: Store, projectId: ProjectId, clock: Clock): Promise<Log> {
  const indexer = new KyselyDocumentIndexer(store, projectId);
  await indexer.init();
  return {
    operations: openOperationStore(store, clock),
    indexer,
    record: async (operations) => {
      if (operations.length === 0) return { projectId, coordinates: [] };
      const appended = await store.transaction(async (db) => {
        const result = await appendOperations(db, { projectId, time: clock() }, operations);
        invariant(result.ok, result.ok ? "" : result.fault.message);
        await indexer.indexAppended(db, result.operations);
        return result.operations;
      });
      indexer.announce(appended);
      return tokenOf(projectId, appended);
    },
  };
}

/** The token that stands for these operations: the last of each stream. */
export function tokenOf(projectId: ProjectId, operations: readonly Operation[]): ConsistencyToken {
  const last = new StreamMap<Operation>();
  for (const operation of operations) last.set(operation, operation);
  return { projectId, coordinates: [...last.entries()].map(([, operation]) => coordinateOf(operation)) };
}
