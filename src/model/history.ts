import type { ContentHash } from "./ids.ts";
import type { RelationshipType } from "./relationship.ts";
import type { SourceKind } from "./resource.ts";

/** Which operations of a project's log a person wants to see. */
export type HistoryQuery = {
  /** Those of one document in all its scopes and branches, or of all documents. */
  readonly documentId: string | null;
  /** Those in whose document id, action or input this text stands, whatever its case; "" for all. */
  readonly search: string;
};

/** Some operations that fit, the newest first. */
export type HistoryPage = {
  readonly rows: readonly HistoryRow[];
  /** Where the next page begins, or `null` after the last. A page may hold few rows, or none, and not be the last. */
  readonly next: number | null;
};

/** How many operations fit in one part of the log. */
export type HistoryCount = {
  readonly matches: number;
  /** Where the next part begins, or `null` after the last. */
  readonly next: number | null;
};

/** One operation as the history shows it. */
export type HistoryRow = {
  /** Of the operation, global and ascending. */
  readonly id: number;
  readonly documentId: string;
  readonly scope: string;
  readonly branch: string;
  /** 0-based place in the document's stream. */
  readonly index: number;
  /** How many operations before it in its stream it hides. */
  readonly skip: number;
  /** Milliseconds since the epoch. */
  readonly time: number;
  /** What names the action in every copy of the log. */
  readonly actionId: string;
  readonly hash: ContentHash;
  /** Whether a later operation of the stream hides it, so that it has no effect any more. */
  readonly isHidden: boolean;
  readonly event: HistoryEvent;
};

/** What an operation did, in a size that does not depend on the operation's. */
export type HistoryEvent =
  | {
      readonly type: "file-put";
      /** Whether the file was there before. */
      readonly change: "added" | "changed";
      readonly kind: SourceKind;
      readonly bytes: number;
      readonly contentHash: ContentHash;
      /** Why the file could not be read, if it could not. */
      readonly fault: string | null;
    }
  | { readonly type: "file-deleted" }
  | {
      readonly type: "relationships";
      readonly change: "added" | "removed" | "updated";
      /** The first of them; with a search, those that fit it before the others. */
      readonly listed: readonly HistoryRelationship[];
      /** How many there are besides. */
      readonly left: number;
    }
  | { readonly type: "document-deleted" };

export type HistoryRelationship = {
  readonly type: RelationshipType;
  readonly targetId: string;
  /** The beginning of the metadata as JSON, or "" when there is none. */
  readonly metadata: string;
};
