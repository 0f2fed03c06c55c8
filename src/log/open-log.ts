import type { Clock } from "../base/clock.ts";
import { invariant } from "../base/invariant.ts";
import type { ProjectId } from "../model/ids.ts";
import type { ConsistencyToken, ImportedOperation, NewOperation } from "../model/operation.ts";
import type { SettledJob } from "../model/write-job.ts";
import type { Store } from "../store/open-store.ts";
import { ConsistencyTracker } from "./consistency-tracker.ts";
import { KyselyDocumentIndexer } from "./indexer.ts";
import { openOperationStore, type OperationStore } from "./operation-store.ts";
import { WriteJobs, type JobOptions } from "./write-jobs.ts";

/** The log of one project with its read model: the only way in which its files and relationships change. */
export type Log = {
  /**
   * Appends operations and brings the read model up to them, all or nothing, on disk when it resolves. The token
   * stands for the last operation in each stream; a query that is given it sees them all. Throws for an operation
   * that the log refuses, such as a relationship of a document to itself: the caller promises to send none.
   */
  record(operations: readonly NewOperation[]): Promise<ConsistencyToken>;
  /**
   * Merges whole streams of another copy of the log into this one, all or nothing: see `loadOperations`. Loading the
   * same again changes nothing.
   */
  load(operations: readonly ImportedOperation[], options?: JobOptions): Promise<SettledJob>;
  /** Every write, as something to ask for now and to ask about later. */
  readonly jobs: WriteJobs;
  readonly operations: OperationStore;
  readonly indexer: KyselyDocumentIndexer;
  /** Where all read models of the project say how far they are. */
  readonly tracker: ConsistencyTracker;
};

/** Opens the log of a project; what a crash left unindexed is indexed before it resolves. */
export async function openLog(store: Store, projectId: ProjectId, clock: Clock): Promise<Log> {
  const tracker = new ConsistencyTracker();
  const indexer = new KyselyDocumentIndexer(store, projectId, { tracker });
  await indexer.init();
  const jobs = new WriteJobs({ store, projectId, indexer, clock });
  const settled = async (id: string): Promise<SettledJob> => {
    const job = await jobs.whenSettled(id);
    invariant(job !== undefined, "a write that was asked for ends");
    return job;
  };
  return {
    jobs,
    indexer,
    tracker,
    operations: openOperationStore(store, clock),
    record: async (operations) => {
      if (operations.length === 0) return { projectId, coordinates: [] };
      const job = await settled(jobs.record(operations).id);
      invariant(job.status === "COMPLETED", job.status === "FAILED" ? job.fault.message : "");
      return job.consistencyToken;
    },
    load: (operations, options) => settled(jobs.load(operations, options).id),
  };
}
