// oxlint-disable max-params -- the order of parameters is that of the interface IDocumentIndexer.
import { sql } from "kysely";
import { invariant } from "../base/invariant.ts";
import type { ProjectId } from "../model/ids.ts";
import type { ConsistencyCoordinate, ConsistencyToken, Operation } from "../model/operation.ts";
import type { Relationship } from "../model/relationship.ts";
import { toColumn } from "../store/column-text.ts";
import type { Db, Store } from "../store/open-store.ts";
import { AdjacencyCache } from "./adjacency-cache.ts";
import { ConsistencyTracker, unlessAborted, type ReadModelPositions } from "./consistency-tracker.ts";
import type { IDocumentGraph } from "./document-graph.ts";
import type {
  DocumentRelationship,
  Hop,
  IDocumentIndexer,
  Paging,
  RelationshipCount,
} from "./document-indexer.ts";
import { indexOperations, isPlainlyAfter, mainBranch } from "./index-operations.ts";
import { readIndexerState, writeIndexerState } from "./indexer-state.ts";
import { greatestStamp } from "./log-clock.ts";
import { operationsSince } from "./operation-store.ts";
import {
  countRelationships,
  loadRelationships,
  selectRelationships,
  selectTypes,
} from "./relationship-queries.ts";
import type { IndexScope } from "./relationship-rows.ts";
import { coordinateOf } from "./token.ts";
import { type Adjacency, findAncestors, findPath, hopsAlong } from "./walks.ts";

export type IndexerOptions = {
  /** Whose relationships are indexed: `main` unless another branch is asked for by name. */
  readonly branch?: string;
  /** Shared with the other read models of the project. */
  readonly tracker?: ConsistencyTracker;
};

/** Operations that catching up reads at a time. */
const pageSize = 5000;

type Types = readonly string[] | undefined;

/** The read model of one branch of one project, in Postgres. The cursor moves in the transaction of the rows. */
export class KyselyDocumentIndexer implements IDocumentIndexer {
  readonly #store: Store;
  readonly #scope: IndexScope;
  readonly #positions: ReadModelPositions;
  readonly #adjacencies = new AdjacencyCache();

  constructor(store: Store, projectId: ProjectId, options: IndexerOptions = {}) {
    this.#store = store;
    this.#scope = { projectId, branch: options.branch ?? mainBranch };
    const tracker = options.tracker ?? new ConsistencyTracker();
    this.#positions = tracker.of(`relationships of ${this.#scope.branch}`);
  }

  init(): Promise<void> {
    return this.#catchUp();
  }

  async indexOperations(operations: readonly Operation[]): Promise<void> {
    if (operations.some(({ projectId }) => projectId === this.#scope.projectId)) await this.#catchUp();
  }

  /**
   * Indexes operations that the same transaction has appended, and before them whatever is missing. When the
   * transaction is on disk, `announce` of all that it gives wakes those who wait for them.
   */
  async indexAppended(db: Db, appended: readonly Operation[]): Promise<readonly Operation[]> {
    this.#adjacencies.begin();
    const first = appended[0];
    if (first === undefined) return [];
    const { cursor } = await readIndexerState(db, this.#scope);
    const isGap = await this.#isGapBefore(db, cursor, first.id);
    const missing = isGap ? await this.#indexMissing(db, cursor, first.id) : [];
    await this.#index(db, appended);
    return [...missing, ...appended];
  }

  /** These operations are indexed and on disk. */
  announce(operations: readonly Operation[]): void {
    this.#adjacencies.commit();
    this.#positions.advance(operations.map(coordinateOf));
  }

  getUndirectedRelationships(
    a: string,
    b: string,
    types?: Types,
    token?: ConsistencyToken,
    signal?: AbortSignal,
    paging?: Paging,
  ): Promise<readonly DocumentRelationship[]> {
    const filters = [
      { sourceId: a, targetId: b, types },
      { sourceId: b, targetId: a, types },
    ];
    return this.#read(token, signal, () => selectRelationships(this.#store, this.#scope, filters, paging));
  }

  getDirectedRelationships(
    sourceId: string,
    targetId: string,
    types?: Types,
    token?: ConsistencyToken,
    signal?: AbortSignal,
    paging?: Paging,
  ): Promise<readonly DocumentRelationship[]> {
    const filters = [{ sourceId, targetId, types }];
    return this.#read(token, signal, () => selectRelationships(this.#store, this.#scope, filters, paging));
  }

  getOutgoing(
    documentId: string,
    types?: Types,
    token?: ConsistencyToken,
    signal?: AbortSignal,
    paging?: Paging,
  ): Promise<readonly DocumentRelationship[]> {
    const filters = [{ sourceId: documentId, types }];
    return this.#read(token, signal, () => selectRelationships(this.#store, this.#scope, filters, paging));
  }

  getIncoming(
    documentId: string,
    types?: Types,
    token?: ConsistencyToken,
    signal?: AbortSignal,
    paging?: Paging,
  ): Promise<readonly DocumentRelationship[]> {
    const filters = [{ targetId: documentId, types }];
    return this.#read(token, signal, () => selectRelationships(this.#store, this.#scope, filters, paging));
  }

  countRelationships(
    documentId: string,
    token?: ConsistencyToken,
    signal?: AbortSignal,
  ): Promise<readonly RelationshipCount[]> {
    return this.#read(token, signal, () => countRelationships(this.#store, this.#scope, documentId));
  }

  findPath(
    sourceId: string,
    targetId: string,
    types?: Types,
    token?: ConsistencyToken,
    signal?: AbortSignal,
  ): Promise<readonly string[] | null> {
    return this.#read(token, signal, async () =>
      findPath(await this.#adjacency(), [sourceId, targetId], types && new Set(types)),
    );
  }

  findHops(
    sourceId: string,
    targetId: string,
    types?: Types,
    token?: ConsistencyToken,
    signal?: AbortSignal,
  ): Promise<readonly Hop[] | null> {
    return this.#read(token, signal, async () => {
      const adjacency = await this.#adjacency();
      const wanted = types && new Set(types);
      const path = findPath(adjacency, [sourceId, targetId], wanted);
      return path && hopsAlong(adjacency, path, wanted);
    });
  }

  findAncestors(
    documentId: string,
    types?: Types,
    token?: ConsistencyToken,
    signal?: AbortSignal,
  ): Promise<IDocumentGraph> {
    return this.#read(token, signal, async () =>
      findAncestors(await this.#adjacency(), documentId, types && new Set(types)),
    );
  }

  async hasRelationship(
    sourceId: string,
    targetId: string,
    types?: Types,
    token?: ConsistencyToken,
    signal?: AbortSignal,
  ): Promise<boolean> {
    return (await this.getDirectedRelationships(sourceId, targetId, types, token, signal)).length > 0;
  }

  getRelationshipTypes(token?: ConsistencyToken, signal?: AbortSignal): Promise<readonly string[]> {
    return this.#read(token, signal, () => selectTypes(this.#store, this.#scope));
  }

  /** Every relationship of the project, in the order of the log: what graph work starts from. */
  loadAll(): Promise<readonly Relationship[]> {
    return loadRelationships(this.#store, this.#scope);
  }

  async waitForConsistency(token: ConsistencyToken, timeoutMs?: number, signal?: AbortSignal): Promise<void> {
    invariant(token.projectId === this.#scope.projectId, "a token is used in the project that it comes from");
    signal?.throwIfAborted();
    await unlessAborted(this.#lookUp(token.coordinates), signal);
    await this.#positions.wait(token.coordinates, {
      signal,
      ...(timeoutMs === undefined ? {} : { timeoutMs }),
    });
  }

  /** What the log has of these coordinates is visible when this resolves, also what nobody has indexed so far. */
  async #lookUp(coordinates: readonly ConsistencyCoordinate[]): Promise<void> {
    await this.#recall(coordinates);
    if (this.#unseen(coordinates).length > 0) await this.#catchUp();
  }

  #unseen(coordinates: readonly ConsistencyCoordinate[]): readonly ConsistencyCoordinate[] {
    return coordinates.filter((place) => this.#positions.positionOf(place) < place.operationIndex);
  }

  async #read<T>(
    token: ConsistencyToken | undefined,
    signal: AbortSignal | undefined,
    query: () => Promise<T>,
  ): Promise<T> {
    signal?.throwIfAborted();
    if (token !== undefined) await this.waitForConsistency(token, undefined, signal);
    const answer = await query();
    signal?.throwIfAborted();
    return answer;
  }

  /** A page a transaction, so that a crash in the middle loses one page of work. */
  async #catchUp(): Promise<void> {
    for (;;) {
      const page = await this.#store.transaction(async (db) => {
        this.#adjacencies.begin();
        const { cursor } = await readIndexerState(db, this.#scope);
        const operations = await this.#page(db, cursor);
        await this.#index(db, operations);
        return operations;
      });
      this.announce(page);
      if (page.length < pageSize) return;
    }
  }

  async #index(db: Db, operations: readonly Operation[]): Promise<void> {
    const last = operations.at(-1);
    if (last === undefined) return;
    const { cursor, latest } = await readIndexerState(db, this.#scope);
    const { isFollowed } = this.#adjacencies;
    const change = await indexOperations(db, this.#scope, operations, { latest, isFollowed });
    this.#adjacencies.note({ from: cursor, to: last.id, change });
    await writeIndexerState(db, this.#scope, { cursor: last.id, latest: greatestStamp(operations, latest) });
  }

  /**
   * The next operations to index. A page that makes rows anew from the whole log would do so again and again, so
   * where there are skips or what another copy made before, everything that is missing is one page.
   */
  async #page(db: Db, cursor: number): Promise<readonly Operation[]> {
    const { projectId } = this.#scope;
    const { latest } = await readIndexerState(db, this.#scope);
    const page = await operationsSince(db, cursor, { projectId, limit: pageSize });
    if (page.length < pageSize || isPlainlyAfter(page, latest)) return page;
    return operationsSince(db, cursor, { projectId, limit: undefined });
  }

  async #isGapBefore(db: Db, cursor: number, id: number): Promise<boolean> {
    const row = await db
      .selectFrom("operation")
      .select("id")
      .where("project_id", "=", this.#scope.projectId)
      .where("id", ">", cursor)
      .orderBy("id")
      .limit(1)
      .executeTakeFirst();
    return row !== undefined && row.id < id;
  }

  async #indexMissing(db: Db, cursor: number, before: number): Promise<readonly Operation[]> {
    const indexed: Operation[] = [];
    for (let id = cursor; ;) {
      const page = await this.#page(db, id);
      const missing = page.filter((operation) => operation.id < before);
      await this.#index(db, missing);
      for (const operation of missing) indexed.push(operation);
      const last = missing.at(-1);
      if (last === undefined || missing.length < pageSize) return indexed;
      id = last.id;
    }
  }

  /** Positions of earlier sessions are in the log: an operation at or before the cursor has been indexed. */
  async #recall(coordinates: readonly ConsistencyCoordinate[]): Promise<void> {
    const unknown = this.#unseen(coordinates);
    if (unknown.length === 0) return;
    const { projectId } = this.#scope;
    const { rows } = await this.#store.read(async (db) =>
      sql<{ n: number }>`
        SELECT place.n::integer AS n
        FROM unnest(${unknown.map((place) => toColumn(place.documentId))}::text[],
          ${unknown.map((place) => place.scope)}::text[], ${unknown.map((place) => place.branch)}::text[],
          ${unknown.map((place) => place.operationIndex)}::integer[])
          WITH ORDINALITY AS place (document_id, scope, branch, index, n)
        WHERE EXISTS (
          SELECT FROM operation o
          WHERE o.project_id = ${projectId}
            AND hashtextextended(o.document_id, 0) = hashtextextended(place.document_id, 0)
            AND o.scope = place.scope AND o.branch = place.branch AND o.index = place.index
            AND o.document_id = place.document_id AND o.id <= ${(await readIndexerState(db, this.#scope)).cursor})`.execute(
        db,
      ),
    );
    this.#positions.advance(rows.flatMap(({ n }) => unknown[n - 1] ?? []));
  }

  async #adjacency(): Promise<Adjacency> {
    const { cursor } = await this.#store.read((db) => readIndexerState(db, this.#scope));
    return this.#adjacencies.get(cursor, () => this.loadAll());
  }
}
