import type { JobId, ProjectId, ResourceId } from "../model/ids.ts";
import { asJobId, asResourceId } from "../model/ids.ts";
import type { TaskEvent } from "../model/output.ts";
import type { Settings } from "../model/settings.ts";
import type { RunRow } from "../model/view-rows.ts";
import { inBatches } from "./batches.ts";
import { fromColumn } from "./column-text.ts";
import type { Db, Store } from "./open-store.ts";

/** Notes that a run began. A run that is known already takes the row it is given. */
export function startRun(store: Store, projectId: ProjectId, run: RunRow): Promise<void> {
  return store.transaction((db) => putRun(db, projectId, run));
}

/** The last run that built everything, with its settings as they were kept. */
export type Built = { readonly run: string; readonly settings: unknown };

/**
 * Notes how a run ended, or how far it is. `settings` are those that it built everything under; none for a run that
 * did not build everything, which leaves what is known of the last one that did.
 */
export function finishRun(
  store: Store,
  projectId: ProjectId,
  run: RunRow,
  settings: Settings | null = null,
): Promise<void> {
  return store.transaction(async (db) => {
    await putRun(db, projectId, run);
    if (settings === null) return;
    const built = JSON.stringify({ run: run.key, settings } satisfies Built);
    await db.updateTable("project").set({ built }).where("project_id", "=", projectId).execute();
  });
}

/** `null` where no run is known to have built everything. */
export async function loadBuilt(store: Store, projectId: ProjectId): Promise<Built | null> {
  const row = await store.read((db) =>
    db.selectFrom("project").select("built").where("project_id", "=", projectId).executeTakeFirst(),
  );
  // Only `finishRun` writes it.
  return (row?.built ?? null) as Built | null;
}

/** The last `limit` runs of a project, the newest first. One that a killed tab left has no `endedAt`. */
export async function loadRuns(
  store: Store,
  projectId: ProjectId,
  limit: number,
): Promise<readonly RunRow[]> {
  const rows = await store.read((db) =>
    db
      .selectFrom("job")
      .select("run")
      .where("project_id", "=", projectId)
      .orderBy("started_at", "desc")
      .orderBy("job_id", "desc")
      .limit(limit)
      .execute(),
  );
  return rows.map((row) => wholeRun(row.run));
}

/** One run, or `undefined` when it is not kept. */
export async function findRun(store: Store, projectId: ProjectId, jobId: JobId): Promise<RunRow | undefined> {
  const row = await store.read((db) =>
    db
      .selectFrom("job")
      .select("run")
      .where("project_id", "=", projectId)
      .where("job_id", "=", jobId)
      .executeTakeFirst(),
  );
  return row && wholeRun(row.run);
}

const unknownBefore: Pick<RunRow, "cacheHits" | "cancelled" | "stages" | "root"> = {
  cacheHits: null,
  cancelled: 0,
  stages: [],
  root: null,
};

/** A run of an earlier version knew less of itself. */
function wholeRun(kept: unknown): RunRow {
  return { ...unknownBefore, ...(kept as Omit<RunRow, keyof typeof unknownBefore>) };
}

/**
 * Ends, as cancelled at `time`, every run that a killed tab left unfinished. Call it before the first run of a
 * session, never during one.
 */
export function endInterruptedRuns(store: Store, projectId: ProjectId, time: number): Promise<void> {
  return store.transaction(async (db) => {
    const rows = await db
      .selectFrom("job")
      .select("run")
      .where("project_id", "=", projectId)
      .where("ended_at", "is", null)
      .execute();
    for (const row of rows) {
      await putRun(db, projectId, {
        ...wholeRun(row.run),
        phase: "cancelled",
        endedAt: time,
        timeLeft: null,
      });
    }
  });
}

/** What happened to each task of a run, in the order of its schedule. */
export async function loadTaskEvents(
  store: Store,
  projectId: ProjectId,
  jobId: JobId,
): Promise<readonly TaskEvent[]> {
  const rows = await store.read((db) =>
    db
      .selectFrom("job_task")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("job_id", "=", jobId)
      .orderBy("order")
      .orderBy("resource_id")
      .execute(),
  );
  return rows.map((row) => ({
    jobId: asJobId(row.job_id),
    resourceId: resourceIdOf(row.resource_id),
    outcome: row.outcome as TaskEvent["outcome"],
    place: {
      scheduleIndex: row.order,
      generation: row.generation,
      generationOrder: row.generation_order,
      generationSize: row.generation_size,
      planSignature: row.plan_signature,
    },
    worker: row.worker,
    startedAt: row.started_at,
    durationMs: row.duration_ms,
    bytes: row.bytes,
    cause: fromColumn(row.cause),
  }));
}

/** Keeps the last `keep` runs of a project and forgets the others with their tasks. Gives the forgotten ones. */
export function forgetOldRuns(store: Store, projectId: ProjectId, keep: number): Promise<readonly JobId[]> {
  return store.transaction(async (db) => {
    const old = await db
      .selectFrom("job")
      .select("job_id")
      .where("project_id", "=", projectId)
      .orderBy("started_at", "desc")
      .orderBy("job_id", "desc")
      .offset(keep)
      .execute();
    const ids = old.map((row) => row.job_id);
    await inBatches(ids, async (batch) => {
      for (const table of ["job", "job_task"] as const) {
        await db.deleteFrom(table).where("project_id", "=", projectId).where("job_id", "in", batch).execute();
      }
    });
    return ids.map(asJobId);
  });
}

async function putRun(db: Db, projectId: ProjectId, run: RunRow): Promise<void> {
  const changing = {
    phase: run.phase,
    started_at: run.startedAt,
    ended_at: run.endedAt,
    run: JSON.stringify(run),
  };
  await db
    .insertInto("job")
    .values({ project_id: projectId, job_id: run.key, ...changing })
    .onConflict((on) => on.columns(["project_id", "job_id"]).doUpdateSet(changing))
    .execute();
}

function resourceIdOf(text: string): ResourceId {
  return asResourceId(fromColumn(text));
}
