import { boolean, json, nullable, number, text } from "../circuit/schema.ts";
import type { SchemaOf } from "../circuit/schema.ts";
import type { CircuitShardRow, CircuitViewRow, ViewName, ViewRows } from "../model/view-rows.ts";

/** The tables of a project, from which all its views are made. */
export const viewTables: { readonly [V in ViewName]: SchemaOf<ViewRows[V]> } & {
  readonly shard: SchemaOf<CircuitShardRow>;
  readonly view: SchemaOf<CircuitViewRow>;
} = {
  node: {
    kind: text,
    label: text,
    status: text,
    generation: number,
    cause: text,
    durationMs: nullable(number),
    bytes: nullable(number),
    sitePath: nullable(text),
    hash: nullable(text),
    cached: boolean,
  },
  edge: { first: text, then: text, type: text, ordersBuild: boolean },
  problem: {
    severity: text,
    code: text,
    path: text,
    line: nullable(number),
    message: text,
    remedy: text,
  },
  run: {
    phase: text,
    startedAt: number,
    endedAt: nullable(number),
    total: number,
    settled: number,
    built: number,
    reused: number,
    cacheHits: nullable(number),
    failed: number,
    poisoned: number,
    cancelled: number,
    bytesOut: number,
    rate: number,
    timeLeft: nullable(number),
    phaseMs: json,
    stages: json,
    root: nullable(text),
    signature: nullable(text),
  },
  shard: {
    views: number,
    pending: number,
    flushes: number,
    lastMs: nullable(number),
    medianMs: nullable(number),
    entriesReceived: number,
    entriesAfterCoalesce: number,
    tablesTouched: number,
    viewsUpdated: number,
    cacheHits: number,
    cacheMisses: number,
    evictions: number,
    operators: number,
    rowsHeld: number,
  },
  view: {
    frequency: text,
    strategy: text,
    rows: number,
    fullRecomputes: number,
    incrementalUpdates: number,
    cacheHits: number,
    cacheMisses: number,
    lastMs: nullable(number),
    medianMs: nullable(number),
    fault: nullable(text),
  },
};
