import { sql } from "kysely";
import type { ProjectId } from "../model/ids.ts";
import type { Operation } from "../model/operation.ts";
import { toColumn } from "../store/column-text.ts";
import type { Db } from "../store/open-store.ts";
import { StreamMap, type StreamName } from "./stream-map.ts";

/** An operation of the log and how it stands in its stream. */
export type StandingOperation = {
  readonly operation: Operation;
  /** Whether a later skip keeps it out of the effective log. */
  readonly isHidden: boolean;
  /** The type of the operation whose state it goes on from, or `null` where it is the first that counts. */
  readonly standsOn: string | null;
};

/** What hides operations: the place of one and how many before it. */
type Skip = { readonly index: number; readonly skip: number };

/**
 * How operations of a project stand in their streams. Of a stream it reads no more than the places of what skips after
 * the first operation asked about, and the types of what the operations stand on: no input.
 */
export async function withStanding(
  db: Db,
  projectId: ProjectId,
  operations: readonly Operation[],
): Promise<readonly StandingOperation[]> {
  if (operations.length === 0) return [];
  const skips = await readSkips(db, projectId, firstOfStreams(operations));
  const bases = await readBases(db, projectId, operations);
  return operations.map((operation, n) => ({
    operation,
    isHidden: isHidden(operation.index, skips.get(operation) ?? []),
    standsOn: bases.get(n) ?? null,
  }));
}

/**
 * Whether what skips in a stream hides the operation at `index`: the twin of `effectiveLog` that needs only the
 * operations that skip, descending by index. From the end on, each one that remains hides what lies between it and
 * the operation it stands on; what is hidden hides nothing.
 */
export function isHidden(index: number, skips: readonly Skip[]): boolean {
  let standsOn = Infinity;
  for (const { index: at, skip } of skips) {
    if (at <= index) return false;
    if (at > standsOn) continue;
    standsOn = at - skip - 1;
    if (index > standsOn) return true;
  }
  return false;
}

async function readSkips(
  db: Db,
  projectId: ProjectId,
  streams: readonly (readonly [StreamName, number])[],
): Promise<StreamMap<readonly Skip[]>> {
  const skips = new StreamMap<readonly Skip[]>();
  const names = streams.map(([name]) => name);
  // The aggregate inside keeps this a look into the index for each stream, whatever the planner thinks of the table.
  const { rows } = await sql<{ n: number; skips: readonly Skip[] }>`
    SELECT name.n::integer AS n, later.skips
    FROM unnest(${names.map((name) => toColumn(name.documentId))}::text[],
      ${names.map((name) => name.scope)}::text[], ${names.map((name) => name.branch)}::text[],
      ${streams.map(([, first]) => first)}::integer[])
      WITH ORDINALITY AS name (document_id, scope, branch, first, n)
    CROSS JOIN LATERAL (
      SELECT json_agg(json_build_object('index', o.index, 'skip', o.skip) ORDER BY o.index DESC) AS skips
      FROM operation o
      WHERE o.project_id = ${projectId}
        AND hashtextextended(o.document_id, 0) = hashtextextended(name.document_id, 0)
        AND o.scope = name.scope AND o.branch = name.branch AND o.document_id = name.document_id
        AND o.index > name.first AND o.skip > 0
    ) AS later
    WHERE later.skips IS NOT NULL`.execute(db);
  for (const row of rows) {
    const name = names[row.n - 1];
    if (name !== undefined) skips.set(name, row.skips);
  }
  return skips;
}

function firstOfStreams(operations: readonly Operation[]): readonly (readonly [StreamName, number])[] {
  const first = new StreamMap<number>();
  for (const operation of operations) {
    first.set(operation, Math.min(operation.index, first.get(operation) ?? Infinity));
  }
  return [...first.entries()];
}

/** By place in the list. */
async function readBases(
  db: Db,
  projectId: ProjectId,
  operations: readonly Operation[],
): Promise<ReadonlyMap<number, string>> {
  const { rows } = await sql<{ n: number; type: string }>`
    SELECT name.n::integer AS n, base.type
    FROM unnest(${operations.map(({ documentId }) => toColumn(documentId))}::text[],
      ${operations.map(({ scope }) => scope)}::text[], ${operations.map(({ branch }) => branch)}::text[],
      ${operations.map(({ index, skip }) => index - skip - 1)}::integer[])
      WITH ORDINALITY AS name (document_id, scope, branch, index, n)
    CROSS JOIN LATERAL (
      SELECT o.type FROM operation o
      WHERE o.project_id = ${projectId}
        AND hashtextextended(o.document_id, 0) = hashtextextended(name.document_id, 0)
        AND o.scope = name.scope AND o.branch = name.branch AND o.document_id = name.document_id
        AND o.index = name.index
      LIMIT 1
    ) AS base`.execute(db);
  return new Map(rows.map(({ n, type }) => [n - 1, type]));
}
