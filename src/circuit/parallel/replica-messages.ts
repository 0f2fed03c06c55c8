import type { PackedRows } from "../../model/packed-rows.ts";
import type { ViewFault, ViewMetrics } from "../metrics.ts";
import type { Schema } from "../schema.ts";
import type { Frequency, ViewDefinition } from "../view.ts";
import type { Port, ThreadPort } from "./port.ts";

/** What came of a table at a flush: changes, or in place of all that it held (`isWhole`) its rows. */
export type PackedNews = {
  readonly table: string;
  readonly isWhole: boolean;
  readonly upserts: PackedRows;
  readonly removals: readonly string[];
};

/**
 * What is asked of a replica. Its tables and views are those of a frequency: each frequency shows a moment of its own.
 * Every request has one answer, and the answers come in the order of the requests.
 */
export type ReplicaRequest =
  /** Comes first. */
  | { readonly type: "open"; readonly schema: Schema }
  /** Takes in what came of tables, and tells what that changed in the views. */
  | { readonly type: "take"; readonly frequency: Frequency; readonly news: readonly PackedNews[] }
  | {
      readonly type: "register";
      readonly frequency: Frequency;
      readonly view: string;
      readonly definition: ViewDefinition;
    }
  | { readonly type: "unregister"; readonly frequency: Frequency; readonly view: string }
  /** Forgets the rows of tables that no view looks at any more. */
  | { readonly type: "drop"; readonly frequency: Frequency; readonly tables: readonly string[] }
  | { readonly type: "rows" | "hash"; readonly frequency: Frequency; readonly view: string }
  | { readonly type: "metrics" };

/** What changed in a view, its rows as columns. */
export type PackedViewDelta = {
  readonly view: string;
  readonly reset: boolean;
  readonly upserts: PackedRows;
  readonly removals: readonly string[];
};

export type ReplicaAnswer =
  | {
      readonly type: "told";
      readonly deltas: readonly PackedViewDelta[];
      readonly faults: readonly ViewFault[];
      /** Milliseconds that it took by the replica's clock, and of them those for opening what came and packing what is told. */
      readonly ms: number;
      readonly crossingMs: number;
    }
  | { readonly type: "rows"; readonly rows: PackedRows | null }
  | { readonly type: "hash"; readonly hash: string | null }
  | { readonly type: "metrics"; readonly views: readonly ViewMetrics[] }
  /** Something threw: the replica is of no use any more. */
  | { readonly type: "failed"; readonly reason: string };

/** The coordinator's way to a replica, and the replica's to its coordinator. */
export type ReplicaPort = ThreadPort<ReplicaRequest, ReplicaAnswer>;
export type ServedPort = Port<ReplicaAnswer, ReplicaRequest>;
