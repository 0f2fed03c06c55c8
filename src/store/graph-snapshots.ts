import type { Json } from "../base/json.ts";
import type { ProjectId } from "../model/ids.ts";
import type { Store } from "./open-store.ts";

/** The shape of a project's graph at one time; what its parts hold is the business of the rules. */
export type GraphSnapshot = {
  /** The hash of nodes and edges; two graphs of the same shape have the same. */
  readonly signature: string;
  readonly nodes: Json;
  readonly edges: Json;
  readonly diagnostics: Json;
};

/** A kept snapshot. `version` counts 1, 2, 3 … in its project. */
export type KeptGraphSnapshot = GraphSnapshot & SnapshotHeading;
export type SnapshotHeading = {
  readonly signature: string;
  readonly version: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
};

/** Snapshots kept of a project: each holds a whole graph. */
const keptSnapshots = 20;

/**
 * Keeps a snapshot unless one of its signature is there already, and forgets what is older than the newest twenty.
 * Gives the version under which it is kept.
 */
export function putGraphSnapshot(
  store: Store,
  projectId: ProjectId,
  snapshot: GraphSnapshot,
  time: number,
): Promise<number> {
  return store.transaction(async (db) => {
    const all = db.selectFrom("graph_snapshot").where("project_id", "=", projectId);
    const same = await all.select("version").where("signature", "=", snapshot.signature).executeTakeFirst();
    if (same !== undefined) return same.version;
    const last = await all.select((of) => of.fn.max("version").as("version")).executeTakeFirst();
    const version = (last?.version ?? 0) + 1;
    await db
      .insertInto("graph_snapshot")
      .values({
        project_id: projectId,
        signature: snapshot.signature,
        version,
        created_at: time,
        nodes: JSON.stringify(snapshot.nodes),
        edges: JSON.stringify(snapshot.edges),
        diagnostics: JSON.stringify(snapshot.diagnostics),
      })
      .execute();
    await db
      .deleteFrom("graph_snapshot")
      .where("project_id", "=", projectId)
      .where("version", "<=", version - keptSnapshots)
      .execute();
    return version;
  });
}

/** Every snapshot of a project without its content, oldest first. */
export async function listGraphSnapshots(
  store: Store,
  projectId: ProjectId,
): Promise<readonly SnapshotHeading[]> {
  const rows = await store.read((db) =>
    db
      .selectFrom("graph_snapshot")
      .select(["signature", "version", "created_at"])
      .where("project_id", "=", projectId)
      .orderBy("version")
      .execute(),
  );
  return rows.map((row) => ({ signature: row.signature, version: row.version, createdAt: row.created_at }));
}

/** The snapshot with a signature, or `undefined`. */
export async function getGraphSnapshot(
  store: Store,
  projectId: ProjectId,
  signature: string,
): Promise<KeptGraphSnapshot | undefined> {
  const row = await store.read((db) =>
    db
      .selectFrom("graph_snapshot")
      .selectAll()
      .where("project_id", "=", projectId)
      .where("signature", "=", signature)
      .executeTakeFirst(),
  );
  if (row === undefined) return undefined;
  return {
    signature: row.signature,
    version: row.version,
    createdAt: row.created_at,
    nodes: row.nodes as Json,
    edges: row.edges as Json,
    diagnostics: row.diagnostics as Json,
  };
}
