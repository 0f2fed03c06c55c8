import type { Fault } from "../base/fault.ts";
import type { PlanGraphMetrics } from "./plan-graph.ts";
import type { Strategy } from "./strategy.ts";
import type { Frequency } from "./view.ts";

/** What a flush was about. */
export type BatchStats = {
  /** Since the flush before. */
  readonly entriesReceived: number;
  /** Rows that ended otherwise than they were at the flush before, of the tables that views look at. */
  readonly entriesAfterCoalesce: number;
  /** Tables of these rows. */
  readonly tablesTouched: number;
  /** Views whose rows changed. */
  readonly viewsUpdated: number;
};

/** A view that could not be brought up to date, or whose listener failed. */
export type ViewFault = { readonly view: string; readonly fault: Fault };

/** What one flush of a shard did. */
export type Flush = {
  readonly frequency: Frequency;
  readonly stats: BatchStats;
  readonly faults: readonly ViewFault[];
};

/** How a shard fares. Milliseconds are by the clock that the circuit was given, `null` before the first flush. */
export type ShardMetrics = {
  readonly frequency: Frequency;
  readonly views: number;
  /** Rows touched since the last flush. */
  readonly pending: number;
  readonly flushes: number;
  readonly lastMs: number | null;
  /** Of the latest 64 flushes. */
  readonly medianMs: number | null;
  /** Of the last flush. */
  readonly lastStats: BatchStats | null;
  /** The parts of plans that its views share. */
  readonly parts: PlanGraphMetrics;
};

/** How a view fares. */
export type ViewMetrics = {
  readonly view: string;
  readonly frequency: Frequency;
  readonly strategy: Strategy;
  readonly rows: number;
  /** How often all its rows were taken anew: when it was registered, and after a fault. */
  readonly fullRecomputes: number;
  /** How often only what changed was taken. */
  readonly incrementalUpdates: number;
  /** Of the parts of its plan when it was registered: those that were there for another view, and those that were not. */
  readonly cacheHits: number;
  readonly cacheMisses: number;
  /**
   * Milliseconds of taking in and telling its last change, and the median of its latest 64; `null` before the first.
   * What its plan costs is shared with other views and counted with the shard.
   */
  readonly lastMs: number | null;
  readonly medianMs: number | null;
  /** Why it is not up to date. */
  readonly fault: Fault | null;
};
