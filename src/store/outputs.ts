import { sql } from "kysely";
import type { Artifact } from "../model/artifact.ts";
import type { ProjectId, ResourceId } from "../model/ids.ts";
import type { OutputRecord, TaskEvent } from "../model/output.ts";
import { expectArtifacts, putArtifacts, putImportedMade, putMade, type Made } from "./artifacts.ts";
import { toColumn } from "./column-text.ts";
import { inBatches } from "./batches.ts";
import type { Db, Store } from "./open-store.ts";
import { putOutputs, removeOutputs } from "./resources.ts";

/** What one batch of the engine wants to be true from now on. */
export type OutputCommit = {
  /** Names no output twice. */
  readonly upserts: readonly OutputRecord[];
  readonly removals: readonly ResourceId[];
  /** A later event of the same task of the same run replaces the earlier one. */
  readonly events: readonly TaskEvent[];
  readonly made: readonly Made[];
};

/**
 * Carries out a batch: all of it or nothing, on disk when it resolves. The artifacts are in the artifact store
 * before. Removals come before upserts, so a resource in both is there afterwards.
 */
export function commitOutputs(store: Store, projectId: ProjectId, commit: OutputCommit): Promise<void> {
  return store.transaction(async (db) => {
    await putArtifacts(db, artifactsOf(commit));
    await removeOutputs(db, projectId, commit.removals);
    await putOutputs(db, projectId, commit.upserts);
    await putMade(db, projectId, commit.made);
    await putEvents(db, projectId, commit.events);
  });
}

/** What a project file brings. */
export type Adoption = {
  /** Become outputs of the project. */
  readonly outputs: readonly OutputRecord[];
  /** Are remembered by their keys. */
  readonly made: readonly Made[];
};

/** Takes over what a project file brings: all of it or nothing. The artifacts are in the artifact store before. */
export function adoptOutputs(store: Store, projectId: ProjectId, adoption: Adoption): Promise<void> {
  const { outputs, made } = adoption;
  return store.transaction(async (db) => {
    await expectArtifacts(db, artifactsOf({ upserts: outputs, made }));
    await putOutputs(db, projectId, outputs);
    await putImportedMade(db, projectId, made);
  });
}

function artifactsOf(commit: Pick<OutputCommit, "upserts" | "made">): readonly Artifact[] {
  return [...commit.upserts, ...commit.made].flatMap(({ artifact }) => artifact ?? []);
}

async function putEvents(db: Db, projectId: ProjectId, events: readonly TaskEvent[]): Promise<void> {
  const latest = new Map(events.map((event) => [`${event.jobId} ${event.resourceId}`, event]));
  await inBatches([...latest.values()], (batch) => putEventBatch(db, projectId, batch));
}

function putEventBatch(db: Db, projectId: ProjectId, rows: readonly TaskEvent[]): Promise<unknown> {
  return sql`
    INSERT INTO job_task (project_id, job_id, resource_id, outcome, generation, "order", generation_order,
      generation_size, plan_signature, worker, started_at, duration_ms, bytes, cause)
    SELECT ${projectId}, row.* FROM unnest(
      ${rows.map((row) => row.jobId)}::text[], ${rows.map((row) => toColumn(row.resourceId))}::text[],
      ${rows.map((row) => row.outcome)}::text[], ${rows.map(({ place }) => place.generation)}::integer[],
      ${rows.map(({ place }) => place.scheduleIndex)}::integer[],
      ${rows.map(({ place }) => place.generationOrder)}::integer[],
      ${rows.map(({ place }) => place.generationSize)}::integer[],
      ${rows.map(({ place }) => place.planSignature)}::text[], ${rows.map((row) => row.worker)}::integer[],
      ${rows.map((row) => row.startedAt)}::double precision[],
      ${rows.map((row) => row.durationMs)}::double precision[], ${rows.map((row) => row.bytes)}::bigint[],
      ${rows.map((row) => toColumn(row.cause))}::text[]
    ) AS row
    ON CONFLICT (project_id, job_id, hashtextextended(resource_id, 0)) DO UPDATE SET
      outcome = excluded.outcome, generation = excluded.generation, "order" = excluded."order",
      generation_order = excluded.generation_order, generation_size = excluded.generation_size,
      plan_signature = excluded.plan_signature, worker = excluded.worker, started_at = excluded.started_at, duration_ms = excluded.duration_ms,
      bytes = excluded.bytes, cause = excluded.cause
  `.execute(db);
}
