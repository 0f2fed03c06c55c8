import { sql, type RawBuilder, type Selectable } from "kysely";
import type { HistoryCount, HistoryQuery } from "../model/history.ts";
import type { ProjectId } from "../model/ids.ts";
import { toColumn } from "../store/column-text.ts";
import type { Db, Store } from "../store/open-store.ts";
import type { Tables } from "../store/tables.ts";
import { operationMatches } from "./history-search.ts";
import { operationOf } from "./operation-rows.ts";
import { withStanding, type StandingOperation } from "./operation-standing.ts";

export type HistoryRange = {
  /** Only operations with a smaller id; `null` for all. Where the last answer said to go on. */
  readonly before: number | null;
  /** Entries of one answer at the most. */
  readonly limit?: number;
  /** Operations looked at for one answer at the most. */
  readonly examined?: number;
};

/** `next` is `null` when there are no more operations, else what the next call names as `before`. */
export type LoggedHistory = { readonly entries: readonly StandingOperation[]; readonly next: number | null };

/** Entries that one page holds when the caller names no limit. */
const pageSize = 100;
/** With a search: 30 ms of work at 800 bytes an operation, so that whoever waits for the database waits no longer. */
const searchedAtOnce = 5_000;
/** Without one the index alone is read: as long. */
const countedAtOnce = 100_000;

/**
 * Operations of a project that fit the query, the newest first: `limit` of them, or those among the next `examined`
 * operations. `next` is `null` when there are no more, else what the next call names as `before`. At 100,000
 * operations a page takes 5 ms without a search, and with one the 30 ms more of looking at 5,000.
 */
export function readHistory(
  store: Store,
  projectId: ProjectId,
  query: HistoryQuery,
  { before, limit = pageSize, examined = searchedAtOnce }: HistoryRange,
): Promise<LoggedHistory> {
  return store.read(async (db) => {
    const part = await openPart(db, { projectId, query, before, examined });
    const { rows } = await sql<Selectable<Tables["operation"]>>`
      SELECT o.* FROM ${part} WHERE ${operationMatches(query.search)} LIMIT ${limit}`.execute(db);
    const operations = rows.map(operationOf);
    const next =
      operations.length < limit ? await endOfPart(db, part, examined) : (operations.at(-1)?.id ?? null);
    return { entries: await withStanding(db, projectId, operations), next };
  });
}

/**
 * How many operations fit the query among the next `examined` ones. A search looks at each operation, so a caller
 * asks part after part and stops when the person types on; without a search one call counts 100,000 operations.
 */
export function countHistory(
  store: Store,
  projectId: ProjectId,
  query: HistoryQuery,
  {
    before,
    examined = query.search === "" ? countedAtOnce : searchedAtOnce,
  }: Pick<HistoryRange, "before" | "examined">,
): Promise<HistoryCount> {
  return store.read(async (db) => {
    const part = await openPart(db, { projectId, query, before, examined });
    const { rows } = await sql<{ matches: number; all: number; lowest: number | null }>`
      SELECT count(*) FILTER (WHERE ${operationMatches(query.search)}) AS matches, count(*) AS all,
        min(o.id) AS lowest
      FROM ${part}`.execute(db);
    const [row] = rows;
    if (row === undefined) return { matches: 0, next: null };
    return { matches: row.matches, next: row.all < examined ? null : row.lowest };
  });
}

type Part = {
  readonly projectId: ProjectId;
  readonly query: HistoryQuery;
  readonly before: number | null;
  readonly examined: number;
};

/**
 * The next operations of a project or document, the newest first, as a table `o` for a FROM. The database keeps no
 * statistics here, and would rather sort a whole log (100 ms at 100,000 operations) than walk along the index of the
 * project (1 ms): so it is told to. A document's operations are found by the index of the streams and sorted.
 */
async function openPart(db: Db, { projectId, query, before, examined }: Part): Promise<RawBuilder<unknown>> {
  if (query.documentId === null) await sql`SET LOCAL enable_sort = off`.execute(db);
  return sql`(
    SELECT * FROM operation
    WHERE project_id = ${projectId} AND ${ofDocument(query.documentId)} AND id < ${before ?? Number.MAX_SAFE_INTEGER}
    ORDER BY id DESC LIMIT ${examined}
  ) AS o`;
}

function ofDocument(documentId: string | null): RawBuilder<boolean> {
  if (documentId === null) return sql<boolean>`true`;
  const name = toColumn(documentId);
  return sql<boolean>`hashtextextended(document_id, 0) = hashtextextended(${name}, 0) AND document_id = ${name}`;
}

/** Where the part after this one begins, or `null` when this one is the last. */
async function endOfPart(db: Db, part: RawBuilder<unknown>, examined: number): Promise<number | null> {
  const { rows } = await sql<{ all: number; lowest: number | null }>`
    SELECT count(*) AS all, min(o.id) AS lowest FROM ${part}`.execute(db);
  const [row] = rows;
  return row === undefined || row.all < examined ? null : row.lowest;
}
