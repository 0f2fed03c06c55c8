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
 * A part of a list: what comes after the relationship of this `id`, wherever that stands in the log, and no more than
 * `limit`, a whole number from 1. A part that is shorter than its limit is the last.
 */
export type Paging = { readonly after?: DocumentRelationship["id"]; readonly limit?: number };

export type RelationshipCount = {
  readonly direction: "outgoing" | "incoming";
  readonly relationshipType: string;
  readonly count: number;
};

/** One step of a way: from a document to the next, with the types of the relationships between the two. */
export type Hop = {
  readonly sourceId: string;
  readonly targetId: string;
  /** In list order, at least one. */
  readonly types: readonly string[];
};

/**
 * The relationships of one project as its log has them. Every query takes the types to look at (all when left out;
 * an empty list is none), a token of the write that it must see, and a signal. It gives its list in the order of the
 * log, the whole of it unless a part is asked for. It rejects with `ConsistencyTimeoutError` when the write of the token does not come, and with the signal's
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
    paging?: Paging,
  ): Promise<readonly DocumentRelationship[]>;
  getDirectedRelationships(
    sourceId: string,
    targetId: string,
    types?: readonly string[],
    token?: ConsistencyToken,
    signal?: AbortSignal,
    paging?: Paging,
  ): Promise<readonly DocumentRelationship[]>;
  getOutgoing(
    documentId: string,
    types?: readonly string[],
    token?: ConsistencyToken,
    signal?: AbortSignal,
    paging?: Paging,
  ): Promise<readonly DocumentRelationship[]>;
  getIncoming(
    documentId: string,
    types?: readonly string[],
    token?: ConsistencyToken,
    signal?: AbortSignal,
    paging?: Paging,
  ): Promise<readonly DocumentRelationship[]>;
  /** Fewest hops along outgoing relationships, ties by list order; `null` when there is no way. */
  findPath(
    sourceId: string,
    targetId: string,
    types?: readonly string[],
    token?: ConsistencyToken,
    signal?: AbortSignal,
  ): Promise<readonly string[] | null>;
  /** The same way with what each of its steps stands on; empty from a document to itself. */
  findHops(
    sourceId: string,
    targetId: string,
    types?: readonly string[],
    token?: ConsistencyToken,
    signal?: AbortSignal,
  ): Promise<readonly Hop[] | null>;
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
  /** How many relationships a document has of each type that it has any of, by direction and type. */
  countRelationships(
    documentId: string,
    token?: ConsistencyToken,
    signal?: AbortSignal,
  ): Promise<readonly RelationshipCount[]>;
  /** The types that are in use, in byte order. */
  getRelationshipTypes(token?: ConsistencyToken, signal?: AbortSignal): Promise<readonly string[]>;
  /** Resolves when the rows show the writes of the token. 30 s when no time is named. */
  waitForConsistency(token: ConsistencyToken, timeoutMs?: number, signal?: AbortSignal): Promise<void>;
};
