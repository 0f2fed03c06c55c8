import { sql, type RawBuilder } from "kysely";
import type { Artifact, ArtifactTotal } from "../model/artifact.ts";
import { asContentHash, asTaskKey, type ContentHash, type ProjectId, type TaskKey } from "../model/ids.ts";
import type { Problem } from "../model/problem.ts";
import { inBatches } from "./batches.ts";
import { fromColumn, toColumn } from "./column-text.ts";
import type { Db, Store } from "./open-store.ts";

/** What a task with this key gave, so that the same task need never run again. */
export type Made = {
  readonly taskKey: TaskKey;
  readonly artifact: Artifact | null;
  readonly problems: readonly Problem[];
};

/**
 * What tasks with these keys gave before, in any project: a key covers everything its task depends on. What came in a
 * project file is believed for that project alone. Keys without an answer are missing from the map.
 */
export async function findMade(
  store: Store,
  projectId: ProjectId,
  taskKeys: readonly TaskKey[],
): Promise<ReadonlyMap<TaskKey, Pick<Made, "artifact" | "problems">>> {
  const found = new Map<TaskKey, Pick<Made, "artifact" | "problems">>();
  await store.read((db) =>
    inBatches(taskKeys, async (batch) => {
      for (const row of await madeRows(db, projectId, batch)) {
        found.set(asTaskKey(row.task_key), { artifact: artifactOf(row), problems: row.problems });
      }
    }),
  );
  return found;
}

/** Remembers what a project file says that task keys gave; what is known of a key already stays. */
export async function putImportedMade(db: Db, projectId: ProjectId, made: readonly Made[]): Promise<void> {
  const first = new Map(made.toReversed().map((row) => [row.taskKey, row]));
  await inBatches([...first.values()], (batch) =>
    sql`INSERT INTO made (project_id, task_key, artifact_hash, problems, imported)
      SELECT ${projectId}, row.key, row.hash, row.problems::json, true FROM ${madeColumns(batch)}
      ON CONFLICT (project_id, task_key) DO NOTHING`.execute(db),
  );
}

/** Forgets what these keys gave, in every project: the artifact turned out to be lost. */
export function forgetMade(store: Store, taskKeys: readonly TaskKey[]): Promise<void> {
  return store.transaction((db) =>
    inBatches(taskKeys, (batch) => sql`DELETE FROM made WHERE task_key = ANY (${batch}::text[])`.execute(db)),
  );
}

/** The hashes of all artifacts that the database knows. */
export async function notedArtifacts(store: Store): Promise<readonly ContentHash[]> {
  const rows = await store.readJson("SELECT to_json(hash) FROM artifact");
  return rows.map((hash) => asContentHash(String(hash)));
}

/** Artifacts that are neither an output nor fetched, and that no project could reuse: their bytes may go. By hash. */
export async function collectable(store: Store): Promise<readonly ContentHash[]> {
  const rows = await store.readJson(
    `SELECT to_json(a.hash) FROM artifact a WHERE ${unreferenced} ORDER BY a.hash`,
  );
  return rows.map((hash) => asContentHash(String(hash)));
}

/** Those of `hashes` that are collectable. Linear in them. */
export async function collectableAmong(
  store: Store,
  hashes: readonly ContentHash[],
): Promise<readonly ContentHash[]> {
  const found: ContentHash[] = [];
  await store.read((db) =>
    inBatches(hashes, async (batch) => {
      const { rows } = await sql<{ hash: string }>`
        SELECT a.hash FROM artifact a WHERE a.hash = ANY (${batch}::text[]) AND ${sql.raw(unreferenced)}
        ORDER BY a.hash`.execute(db);
      found.push(...rows.map(({ hash }) => asContentHash(hash)));
    }),
  );
  return found;
}

/** What all artifacts of all projects take. */
export function totalOfAll(store: Store): Promise<ArtifactTotal> {
  return store.read((db) => total(db, sql`true`));
}

/** What these artifacts take, as far as they are noted. */
export function totalOf(store: Store, hashes: readonly ContentHash[]): Promise<ArtifactTotal> {
  return store.read((db) => total(db, sql`hash = ANY (${hashes}::text[])`));
}

async function total(db: Db, condition: RawBuilder<unknown>): Promise<ArtifactTotal> {
  const { rows } = await sql<ArtifactTotal>`
    SELECT count(*)::integer AS artifacts, coalesce(sum(size), 0)::double precision AS bytes
    FROM artifact WHERE ${condition}`.execute(db);
  return rows[0] ?? { artifacts: 0, bytes: 0 };
}

/** Drops the rows of artifacts whose bytes are gone. What has come into use again since then stays. */
export function forgetArtifacts(store: Store, hashes: readonly ContentHash[]): Promise<void> {
  return store.transaction((db) =>
    inBatches(hashes, (batch) =>
      sql`DELETE FROM artifact a WHERE a.hash = ANY (${batch}::text[]) AND ${sql.raw(unreferenced)}`.execute(
        db,
      ),
    ),
  );
}

const unreferenced = `
  NOT EXISTS (SELECT FROM resource r WHERE r.source IN ('derived', 'remote') AND r.content_hash = a.hash)
  AND NOT EXISTS (SELECT FROM made m WHERE m.artifact_hash = a.hash)`;

/** Notes which artifacts there are. Their maker knows their type better than whoever named them before. */
export async function putArtifacts(db: Db, artifacts: readonly Artifact[]): Promise<void> {
  const latest = new Map(artifacts.map((row) => [row.hash, row]));
  await inBatches([...latest.values()], (batch) =>
    sql`INSERT INTO artifact (hash, size, media_type) SELECT * FROM ${artifactColumns(batch)}
      ON CONFLICT (hash) DO UPDATE SET media_type = excluded.media_type
      WHERE artifact.media_type <> excluded.media_type`.execute(db),
  );
}

/**
 * Notes artifacts that a project file brings, before their bytes are stored: what is not taken over in the end is
 * collectable. One that is known already stays as it is.
 */
export async function expectArtifacts(db: Db, artifacts: readonly Artifact[]): Promise<void> {
  await inBatches(artifacts, (batch) =>
    sql`INSERT INTO artifact (hash, size, media_type) SELECT * FROM ${artifactColumns(batch)}
      ON CONFLICT (hash) DO NOTHING`.execute(db),
  );
}

function artifactColumns(rows: readonly Artifact[]) {
  return sql`unnest(
    ${rows.map((row) => row.hash)}::text[], ${rows.map((row) => row.size)}::bigint[],
    ${rows.map((row) => toColumn(row.type))}::text[]) AS row (hash, size, media_type)`;
}

/** Remembers what task keys gave here; a later answer of a key replaces the earlier one, and an imported one. */
export async function putMade(db: Db, projectId: ProjectId, made: readonly Made[]): Promise<void> {
  const latest = new Map(made.map((row) => [row.taskKey, row]));
  await inBatches([...latest.values()], (batch) =>
    sql`INSERT INTO made (project_id, task_key, artifact_hash, problems)
      SELECT ${projectId}, row.key, row.hash, row.problems::json FROM ${madeColumns(batch)}
      ON CONFLICT (project_id, task_key) DO UPDATE SET
        artifact_hash = excluded.artifact_hash, problems = excluded.problems, imported = false`.execute(db),
  );
}

function madeColumns(rows: readonly Made[]) {
  return sql`unnest(
    ${rows.map((row) => row.taskKey)}::text[], ${rows.map((row) => row.artifact?.hash ?? null)}::text[],
    ${rows.map((row) => JSON.stringify(row.problems))}::text[]) AS row (key, hash, problems)`;
}

type MadeRow = {
  task_key: string;
  artifact_hash: string | null;
  size: number | null;
  media_type: string | null;
  problems: readonly Problem[];
};

async function madeRows(
  db: Db,
  projectId: ProjectId,
  taskKeys: readonly TaskKey[],
): Promise<readonly MadeRow[]> {
  const { rows } = await sql<MadeRow>`
    SELECT DISTINCT ON (m.task_key) m.task_key, m.artifact_hash, a.size, a.media_type, m.problems
    FROM made m LEFT JOIN artifact a ON a.hash = m.artifact_hash
    WHERE m.task_key = ANY (${taskKeys}::text[]) AND (m.artifact_hash IS NULL OR a.hash IS NOT NULL)
      AND (NOT m.imported OR m.project_id = ${projectId})
    ORDER BY m.task_key, m.imported, m.project_id`.execute(db);
  return rows;
}

function artifactOf(row: MadeRow): Artifact | null {
  if (row.artifact_hash === null) return null;
  return {
    hash: asContentHash(row.artifact_hash),
    size: row.size ?? 0,
    type: fromColumn(row.media_type ?? ""),
  };
}
