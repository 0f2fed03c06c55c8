import { useRef, type KeyboardEvent, type ReactNode } from "react";
import type { RunRow } from "../../model/view-rows.ts";
import { formatBytes } from "../format/bytes.ts";
import { formatCount } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { formatTime } from "../format/time.ts";
import { rowFromKey } from "../live/row-keys.ts";
import { useNow } from "../live/use-now.ts";
import { useVirtualRows } from "../live/use-virtual-rows.ts";
import { isActive } from "./latest-run.ts";
import { RunOutcome } from "./run-outcome.tsx";

const rowHeight = 32;

type Column = {
  readonly name: string;
  readonly words: string;
  readonly cell: (run: RunRow, now: number) => ReactNode;
};

const count = (name: string, words: string, of: (run: RunRow) => number | null): Column => ({
  name,
  words,
  cell: (run) => {
    const value = of(run);
    return value === null ? "unknown" : formatCount(value);
  },
});

const columns: readonly Column[] = [
  { name: "when", words: "When", cell: (run, now) => formatTime(run.startedAt, now) },
  { name: "outcome", words: "Outcome", cell: (run) => <RunOutcome phase={run.phase} /> },
  { name: "root", words: "Of", cell: (run) => run.root ?? "everything" },
  count("built", "Built", ({ built }) => built),
  count("reused", "Unchanged", ({ reused, cacheHits }) => reused - (cacheHits ?? 0)),
  count("hits", "Cache hits", ({ cacheHits }) => cacheHits),
  count("failed", "Failed", ({ failed }) => failed),
  count("poisoned", "Held back", ({ poisoned }) => poisoned),
  count("cancelled", "Cancelled", ({ cancelled }) => cancelled),
  { name: "bytes", words: "Written", cell: ({ bytesOut }) => formatBytes(bytesOut) },
  { name: "took", words: "Took", cell: tookWords },
];

export function tookWords(run: RunRow): string {
  return isActive(run) ? "running" : formatDuration((run.endedAt ?? run.startedAt) - run.startedAt);
}

type RunListProps = {
  /** The newest first. */
  readonly runs: readonly RunRow[];
  readonly selected: string;
  readonly onSelect: (key: string) => void;
};

/** The runs that are kept; arrow keys choose the one whose tasks are shown. Only the rows in sight exist. */
export function RunList({ runs, selected, onSelect }: RunListProps): ReactNode {
  const grid = useRef<HTMLDivElement>(null);
  const rows = useVirtualRows({
    count: runs.length,
    getScrollElement: () => grid.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => runs[index]?.key ?? index,
    overscan: 12,
    scrollPaddingStart: rowHeight,
  });
  const active = runs.findIndex(({ key }) => key === selected);
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const height = grid.current?.clientHeight ?? 0;
    const next = rowFromKey(event.key, active, { count: runs.length, height, rowHeight });
    const key = next === undefined ? undefined : runs[next]?.key;
    if (next === undefined || key === undefined) return;
    event.preventDefault();
    onSelect(key);
    rows.scrollToIndex(next);
  };
  const items = rows.getVirtualItems();
  return (
    <div
      ref={grid}
      className="run-list"
      role="grid"
      aria-label="Runs"
      aria-rowcount={runs.length + 1}
      aria-colcount={columns.length}
      aria-activedescendant={items.some(({ index }) => index === active) ? rowId(selected) : undefined}
      tabIndex={0}
      onKeyDown={onKeyDown}
    >
      <Head />
      <div role="rowgroup" className="run-rows" style={{ height: rows.getTotalSize() }}>
        {items.map(({ index, start }) => {
          const run = runs[index];
          if (run === undefined) return null;
          const pick = () => onSelect(run.key);
          return (
            <Row key={run.key} {...{ run, index, top: start, selected: index === active, onPick: pick }} />
          );
        })}
      </div>
    </div>
  );
}

const rowId = (key: string): string => `run-${key}`;

function Head(): ReactNode {
  return (
    <div role="rowgroup" className="run-head">
      <div role="row" className="run-row" aria-rowindex={1}>
        {columns.map(({ name, words }) => (
          <div key={name} role="columnheader" className={`run-cell run-cell-${name}`}>
            {words}
          </div>
        ))}
      </div>
    </div>
  );
}

type RowProps = {
  readonly run: RunRow;
  readonly index: number;
  /** Pixels from the top of the list. */
  readonly top: number;
  readonly selected: boolean;
  readonly onPick: () => void;
};

function Row({ run, index, top, selected, onPick }: RowProps): ReactNode {
  const now = useNow();
  return (
    // The grid around it takes the keys; the click is the pointer's way to the same thing.
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events
    <div
      id={rowId(run.key)}
      role="row"
      className="run-row"
      aria-rowindex={index + 2}
      aria-selected={selected}
      style={{ transform: `translateY(${top}px)` }}
      onClick={onPick}
    >
      {columns.map(({ name, cell }) => (
        <div key={name} role="gridcell" className={`run-cell run-cell-${name}`}>
          {cell(run, now)}
        </div>
      ))}
    </div>
  );
}
