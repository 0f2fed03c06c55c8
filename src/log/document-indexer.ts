import type { Json } from "../base/json.ts";
import type { ConsistencyToken, Operation } from "../model/operation.ts";
import type { IDocumentGraph } from "./document-graph.ts";

/** One relationship as queries give it. */
export type DocumentRelationship = {
  /** The place in the log of the operation that added it: the same in every copy of the log. */
  readonly id: string;
  readonly sourceId: string;
  readonly targetId: string;
  readonly relationshipType: string;
  readonly metadata: Json;
  readonly createdAt: Date;
  readonly updatedAt: Date;
};

/**
 * The relationships of one project as its log has them. Every query takes the types to look at (all when left out;
 * an empty list is none), a token of the write that it must see, and a signal. It gives its list in the order of the
 * log. It rejects with `ConsistencyTimeoutError` when the write of the token does not come, and with the signal's
 * reason when it aborts.
 */
export type IDocumentIndexer = {
  /** Indexes what was appended while nobody was listening. Call it before anything else. */
  init(): Promise<void>;
  /**
   * Takes note that operations were appended. Whatever is missing before them is read from the log; what is known
   * already changes nothing.
   */
  indexOperations(operations: readonly Operation[]): Promise<void>;
  /** In either direction. */
  getUndirectedRelationships(
    a: string,
    b: string,
    types?: readonly string[],
    token?: ConsistencyToken,
    signal?: AbortSignal,
  ): Promise<readonly DocumentRelationship[]>;
  getDirectedRelationships(
    sourceId: string,
    targetId: string,
    types?: readonly string[],
    token?: ConsistencyToken,
    signal?: AbortSignal,
  ): Promise<readonly DocumentRelationship[]>;
  getOutgoing(
    documentId: string,
    types?: readonly string[],
    token?: ConsistencyToken,
    signal?: AbortSignal,
  ): Promise<readonly DocumentRelationship[]>;
  getIncoming(
    documentId: string,
    types?: readonly string[],
    token?: ConsistencyToken,
    signal?: AbortSignal,
  ): Promise<readonly DocumentRelationship[]>;
  /** Fewest hops along outgoing relationships, ties by list order; `null` when there is no way. */
  findPath(
    sourceId: string,
    targetId: string,
    types?: readonly string[],
    token?: ConsistencyToken,
    signal?: AbortSignal,
  ): Promise<readonly string[] | null>;
  /** The document itself with all from which outgoing relationships lead to it. */
  findAncestors(
    documentId: string,
    types?: readonly string[],
    token?: ConsistencyToken,
    signal?: AbortSignal,
  ): Promise<IDocumentGraph>;
  hasRelationship(
    sourceId: string,
    targetId: string,
    types?: readonly string[],
    token?: ConsistencyToken,
    signal?: AbortSignal,
  ): Promise<boolean>;
  /** The types that are in use, in byte order. */
  getRelationshipTypes(token?: ConsistencyToken, signal?: AbortSignal): Promise<readonly string[]>;
  /** Resolves when the rows show the writes of the token. 30 s when no time is named. */
  waitForConsistency(token: ConsistencyToken, timeoutMs?: number, signal?: AbortSignal): Promise<void>;
};
