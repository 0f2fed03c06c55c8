import type { Circuit } from "../circuit/circuit.ts";
import type { Entry } from "../circuit/entry.ts";
import type { ShardMetrics, ViewMetrics } from "../circuit/metrics.ts";
import type { CircuitShardRow, CircuitViewRow } from "../model/view-rows.ts";

/** How a circuit fares, as entries for its tables `shard` and `view`. */
export function circuitRows(circuit: Circuit): readonly Entry[] {
  const { shards, views } = circuit.metrics();
  const known = new Set(views.map(({ view }) => view));
  return [
    ...shards.map((shard): Entry => ({ type: "update", table: "shard", row: shardRow(shard) })),
    ...views.map((view): Entry => ({ type: "update", table: "view", row: viewRow(view) })),
    ...circuit
      .keys("view")
      .filter((key) => !known.has(key))
      .map((key): Entry => ({ type: "delete", table: "view", key })),
  ];
}

function shardRow({ frequency, lastStats, parts, ...shard }: ShardMetrics): CircuitShardRow {
  return {
    key: frequency,
    views: shard.views,
    pending: shard.pending,
    flushes: shard.flushes,
    lastMs: shard.lastMs,
    medianMs: shard.medianMs,
    entriesReceived: lastStats?.entriesReceived ?? 0,
    entriesAfterCoalesce: lastStats?.entriesAfterCoalesce ?? 0,
    tablesTouched: lastStats?.tablesTouched ?? 0,
    viewsUpdated: lastStats?.viewsUpdated ?? 0,
    cacheHits: parts.hits,
    cacheMisses: parts.misses,
    evictions: parts.evictions,
    operators: parts.operators,
    rowsHeld: parts.rowsHeld,
  };
}

function viewRow({ view, fault, ...metrics }: ViewMetrics): CircuitViewRow {
  return { key: view, ...metrics, fault: fault?.message ?? null };
}
