import type { Clock } from "../base/clock.ts";
import type { ProjectId } from "../model/ids.ts";
import type { ImportedOperation, NewOperation } from "../model/operation.ts";
import type { SettledJob, WriteJob, WriteKind } from "../model/write-job.ts";
import type { Db, Store } from "../store/open-store.ts";
import { appendOperations, type AppendResult } from "./append-operations.ts";
import { mainBranch } from "./index-operations.ts";
import type { KyselyDocumentIndexer } from "./indexer.ts";
import { loadOperations } from "./load-operations.ts";
import { idInUse } from "./operation-faults.ts";
import { tokenOf } from "./token.ts";
import { readWriteJob, writeWriteJob } from "./write-job-rows.ts";

/** What writes need. */
export type WriteJobsOptions = {
  readonly store: Store;
  readonly projectId: ProjectId;
  readonly indexer: KyselyDocumentIndexer;
  readonly clock: Clock;
};

export type JobOptions = {
  /** A UUID; the same one for the same write, however often it is asked for. Drawn when left out. */
  readonly id?: string;
};

type Work = {
  readonly kind: WriteKind;
  readonly content: unknown;
  readonly carryOut: (db: Db) => Promise<AppendResult>;
};
type OpenJob = { job: WriteJob; readonly content: string; readonly settled: Promise<SettledJob> };

/**
 * The writes of one project, carried out one after the other. Each is asked for, runs, and ends with a token or a
 * fault; what it wrote, the read model and the answer are on disk together. Answers outlive the thread, the last
 * 1,000 of them. A write of which nothing is known was not carried out, or long ago: children and loads can be asked
 * for again under their ids for ever, since the log knows their actions.
 */
export class WriteJobs {
  readonly #options: WriteJobsOptions;
  readonly #open = new Map<string, OpenJob>();
  #last: Promise<unknown> = Promise.resolve();

  constructor(options: WriteJobsOptions) {
    this.#options = options;
  }

  /** Makes documents the children of another, by relationships of the type `parent-child`. */
  addChildren(parentId: string, childIds: readonly string[], options?: JobOptions): WriteJob {
    return this.#ask(
      (id) => this.#append("add-children", [relating("ADD", parentId, childIds, id)]),
      options,
    );
  }

  /** Takes children from a document; those that it does not have are left alone. */
  removeChildren(parentId: string, childIds: readonly string[], options?: JobOptions): WriteJob {
    const work = (id: string) =>
      this.#append("remove-children", [relating("REMOVE", parentId, childIds, id)]);
    return this.#ask(work, options);
  }

  /** Merges whole streams of another copy of the log into this one: see `loadOperations`. */
  load(operations: readonly ImportedOperation[], options?: JobOptions): WriteJob {
    const { projectId } = this.#options;
    const content = operations.map(({ actionId, skip }) => [actionId, skip]);
    const carryOut = (db: Db) => loadOperations(db, projectId, operations);
    return this.#ask(() => ({ kind: "load", content, carryOut }), options);
  }

  /** Appends operations as they are. */
  record(operations: readonly NewOperation[]): WriteJob {
    return this.#ask(() => this.#append("record", operations));
  }

  /** Resolves when everything that was asked for so far has ended. */
  async idle(): Promise<void> {
    await this.#last;
  }

  /** How far a write has come; `undefined` when nothing is known of it. */
  async getJobStatus(id: string): Promise<WriteJob | undefined> {
    return this.#open.get(id)?.job ?? (await this.#readSettled(id));
  }

  /**
   * Resolves when a write has ended, with `undefined` when nothing is known of it. Rejects, where it was asked before the
   * end, when the database could not carry it out: then nothing was written, and it can be asked for again.
   */
  async whenSettled(id: string): Promise<SettledJob | undefined> {
    return (await this.#open.get(id)?.settled) ?? (await this.#readSettled(id));
  }

  #readSettled(id: string): Promise<SettledJob | undefined> {
    const { store, projectId } = this.#options;
    return store.read((db) => readWriteJob(db, projectId, id));
  }

  #append(kind: WriteKind, operations: readonly NewOperation[]): Work {
    const { projectId, clock } = this.#options;
    const carryOut = (db: Db) => appendOperations(db, { projectId, time: clock() }, operations);
    return { kind, content: kind === "record" ? null : operations, carryOut };
  }

  #ask(workOf: (id: string) => Work, { id = crypto.randomUUID() }: JobOptions = {}): WriteJob {
    const work = workOf(id);
    const content = JSON.stringify([work.kind, work.content]);
    const known = this.#open.get(id);
    if (known?.content === content) return known.job;
    if (known !== undefined) return { id, kind: work.kind, status: "FAILED", fault: idInUse(id) };
    const settled = this.#last.then(() => this.#run(id, work));
    const open: OpenJob = { job: { id, kind: work.kind, status: "PENDING" }, content, settled };
    this.#open.set(id, open);
    this.#last = settled.catch(() => undefined).finally(() => this.#open.delete(id));
    return open.job;
  }

  async #run(id: string, { kind, carryOut }: Work): Promise<SettledJob> {
    const open = this.#open.get(id);
    if (open !== undefined) open.job = { id, kind, status: "RUNNING" };
    const { store, indexer, projectId, clock } = this.#options;
    const { job, indexed } = await store.transaction(async (db) => {
      const result = await carryOut(db);
      const appended = result.ok ? result.appended : [];
      const seen = await indexer.indexAppended(db, appended);
      const ended = outcomeOf({ id, kind }, projectId, result);
      const before = await readWriteJob(db, projectId, id);
      if (before === undefined) await writeWriteJob(db, projectId, ended, clock());
      const isAgain = before?.status === ended.status && before.kind === kind && appended.length === 0;
      return { job: isAgain ? before : ended, indexed: seen };
    });
    indexer.announce(indexed);
    return job;
  }
}

function outcomeOf(
  job: Pick<WriteJob, "id" | "kind">,
  projectId: ProjectId,
  result: AppendResult,
): SettledJob {
  if (!result.ok) return { ...job, status: "FAILED", fault: result.fault };
  const consistencyToken = tokenOf(projectId, result.operations);
  return { ...job, status: "COMPLETED", consistencyToken, appended: result.appended.length };
}

function relating(
  verb: "ADD" | "REMOVE",
  documentId: string,
  targets: readonly string[],
  actionId: string,
): NewOperation {
  const relationships = targets.map((targetId) => ({ targetId, type: "parent-child" }) as const);
  const action = { type: `${verb}_RELATIONSHIP`, relationships } as const;
  return { documentId, scope: "document", branch: mainBranch, action, actionId };
}
