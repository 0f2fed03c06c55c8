import type { ReactNode } from "react";
import type { CircuitShardRow, CircuitViewRow } from "../../model/view-rows.ts";
import { circuitShards, circuitViews } from "../../session/app-queries.ts";
import type { LiveView } from "../../session/contract.ts";
import { formatCount } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { IconButton } from "../icons/icon-button.tsx";
import { useDerived } from "../live/use-live-view.ts";
import { useSession } from "../session-context.ts";
import { useWorkbench } from "../workbench.ts";
import { FactTable, type FactColumn } from "./fact-table.tsx";
import "./developer-panel.css";

/** How the views of the open project are kept true: each frequency with its last flush, and each view. */
export function DeveloperPanel(): ReactNode {
  const { act } = useWorkbench();
  const session = useSession();
  // Each flush that has something to tell tells it too; the engine counts itself only while this is open.
  const shards = useDerived(session.view("developer: frequencies", circuitShards), byKey);
  const views = useDerived(session.view("developer: views", circuitViews), byKey);
  return (
    <section className="developer" aria-label="Developer">
      <header>
        <h2>How the views are kept true</h2>
        <IconButton
          icon="close"
          words="Close the developer panel"
          onClick={() => act({ type: "developer" })}
        />
      </header>
      {shards.length === 0 ? (
        <p className="developer-note">The engine tells of itself with its next change.</p>
      ) : (
        <>
          <FactTable name="Frequencies" rows={shards} columns={shardColumns} />
          <FactTable name="Views" rows={views} columns={viewColumns} />
        </>
      )}
    </section>
  );
}

function byKey<Row extends { readonly key: string }>(view: LiveView<Row>): readonly Row[] {
  return [...view.rows()].sort((a, b) => orderOf(a.key) - orderOf(b.key) || (a.key < b.key ? -1 : 1));
}

const frequencies = ["realtime", "normal", "analytics"];

/** The frequencies from the most frequent to the least; everything else in the order of its name. */
function orderOf(key: string): number {
  const place = frequencies.indexOf(key);
  return place < 0 ? frequencies.length : place;
}

/** A worker's clock ticks a tenth of a millisecond at the finest. */
function took(milliseconds: number | null): string {
  if (milliseconds === null) return "never";
  return milliseconds < 0.05 ? "< 0.1 ms" : formatDuration(milliseconds);
}

const shardColumns: readonly FactColumn<CircuitShardRow>[] = [
  { words: "Frequency", of: ({ key }) => key },
  { words: "Views", of: ({ views }) => formatCount(views) },
  { words: "Flushes", of: ({ flushes }) => formatCount(flushes) },
  { words: "Last flush", of: ({ lastMs }) => took(lastMs) },
  { words: "Median", of: ({ medianMs }) => took(medianMs) },
  { words: "Waiting", of: ({ pending }) => formatCount(pending) },
  { words: "Received", of: ({ entriesReceived }) => formatCount(entriesReceived) },
  { words: "After coalescing", of: ({ entriesAfterCoalesce }) => formatCount(entriesAfterCoalesce) },
  { words: "Tables touched", of: ({ tablesTouched }) => formatCount(tablesTouched) },
  { words: "Views updated", of: ({ viewsUpdated }) => formatCount(viewsUpdated) },
  { words: "Shared parts", of: ({ operators }) => formatCount(operators) },
  { words: "Cache hits", of: ({ cacheHits }) => formatCount(cacheHits) },
  { words: "Misses", of: ({ cacheMisses }) => formatCount(cacheMisses) },
  { words: "Dropped", of: ({ evictions }) => formatCount(evictions) },
  { words: "Rows held", of: ({ rowsHeld }) => formatCount(rowsHeld) },
];

const viewColumns: readonly FactColumn<CircuitViewRow>[] = [
  { words: "View", of: ({ key }) => nameOf(key) },
  { words: "Frequency", of: ({ frequency }) => frequency, isText: true },
  { words: "Strategy", of: ({ strategy }) => strategy, isText: true },
  { words: "Rows", of: ({ rows }) => formatCount(rows) },
  { words: "Last update", of: ({ lastMs }) => took(lastMs) },
  { words: "Median", of: ({ medianMs }) => took(medianMs) },
  { words: "Updates", of: ({ incrementalUpdates }) => formatCount(incrementalUpdates) },
  { words: "Taken anew", of: ({ fullRecomputes }) => formatCount(fullRecomputes) },
  { words: "Cache hits", of: ({ cacheHits }) => formatCount(cacheHits) },
  { words: "Misses", of: ({ cacheMisses }) => formatCount(cacheMisses) },
  { words: "Fault", of: ({ fault }) => fault ?? "none", isText: true },
];

/** What a view was asked for under, without the hash of its definition. */
function nameOf(key: string): string {
  return /^view:(.*)-[0-9a-f]+$/.exec(key)?.[1] ?? key;
}
