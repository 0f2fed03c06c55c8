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
  /**
   * A UUID that names what is done in every copy of the log. An append that is sent again under the same ids is the
   * same append; left out, the log draws one.
   */
  readonly actionId?: string;
};

/** One row of the append-only log. */
export type Operation = NewOperation & {
  readonly projectId: ProjectId;
  /** Global in this copy of the log, ascending over all projects. */
  readonly id: number;
  /** When a merge puts the action at another place of its stream, its id and its time stay what they were. */
  readonly actionId: string;
  /** 0-based, ascending without gaps in (project, document, scope, branch). */
  readonly index: number;
  /** Hides this many rows before it in its stream; 0 in an ordinary append. */
  readonly skip: number;
  /** How many operations after it in its stream belong to the same merge and say nothing without each other. */
  readonly following: number;
  /** Of the action, for finding duplicates. */
  readonly hash: ContentHash;
  /** Milliseconds since the epoch; never before an operation that the writer knew. */
  readonly time: number;
  /** Counts what was done at the same time. Time, sequence and action id order operations in every copy alike. */
  readonly sequence: number;
};

/** An operation of another copy of the log. */
export type ImportedOperation = Omit<Operation, "id" | "projectId">;

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
