import type { Json } from "../base/json.ts";
import type { ContentHash, ProjectId } from "./ids.ts";
import type { RelationshipType } from "./relationship.ts";
import type { SourceRecord } from "./source.ts";

/** A relationship inside an operation; the source is the operation's document. */
export type RelationshipInput = {
  readonly targetId: string;
  readonly type: RelationshipType;
  readonly metadata?: Json;
};

/** What an operation does. `source` operations stand in the scope `source`, the others in `document`. */
export type Action =
  | { readonly type: "PUT_SOURCE"; readonly source: SourceRecord }
  | { readonly type: "DELETE_SOURCE" }
  | { readonly type: "ADD_RELATIONSHIP"; readonly relationships: readonly RelationshipInput[] }
  | {
      readonly type: "REMOVE_RELATIONSHIP";
      readonly relationships: readonly Pick<RelationshipInput, "targetId" | "type">[];
    }
  | { readonly type: "UPDATE_RELATIONSHIP"; readonly relationships: readonly RelationshipInput[] }
  | { readonly type: "DELETE_DOCUMENT" };

/** An operation as a caller appends it. The store gives it its id and, within its stream, its index. */
export type NewOperation = {
  /** A `ResourceId`. */
  readonly documentId: string;
  readonly scope: "source" | "document";
  readonly branch: string;
  readonly action: Action;
};

/** One row of the append-only log. */
export type Operation = NewOperation & {
  readonly projectId: ProjectId;
  /** Global, ascending over all projects. */
  readonly id: number;
  /** 0-based, ascending without gaps in (project, document, scope, branch). */
  readonly index: number;
  /** Hides this many rows before it in its stream; 0 in an ordinary append. */
  readonly skip: number;
  /** Of the action, for finding duplicates. */
  readonly hash: ContentHash;
  /** Milliseconds since the epoch. */
  readonly time: number;
};

/** A place in one stream of the log that a reader wants to see the effect of. */
export type ConsistencyCoordinate = {
  readonly documentId: string;
  readonly scope: string;
  readonly branch: string;
  readonly operationIndex: number;
};

/** What a write gives back: waiting for it makes the write visible to a query. */
export type ConsistencyToken = {
  readonly projectId: ProjectId;
  readonly coordinates: readonly ConsistencyCoordinate[];
};
