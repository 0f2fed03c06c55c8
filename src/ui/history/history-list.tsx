import { defaultRangeExtractor, type Range } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState, type ReactNode, type RefObject } from "react";
import type { HistoryQuery } from "../../model/history.ts";
import { formatDay } from "../format/time.ts";
import { useNow } from "../live/use-now.ts";
import { useVirtualRows } from "../live/use-virtual-rows.ts";
import { historyLines, type HistoryLine } from "./history-lines.ts";
import { OperationLine } from "./history-row.tsx";
import type { History } from "./use-history.ts";
import { useSteadyPlace } from "./use-steady-place.ts";

/** Lines from the end at which older operations are asked for. */
const ahead = 30;
const heights: Readonly<Record<HistoryLine["type"], number>> = { day: 36, operation: 38, end: 44 };

type HistoryListProps = { readonly history: History; readonly onQuery: (query: HistoryQuery) => void };

/** Operations under their days, of which only those in sight exist. Older ones come as one scrolls. */
export function HistoryList({ history, onQuery }: HistoryListProps): ReactNode {
  const { rows: operations, next, more } = history;
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => historyLines(operations), [operations]);
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set<number>());
  const focused = useFocusedLine(scroller);
  const rows = useVirtualRows({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heights[lines[index]?.type ?? "operation"],
    getItemKey: (index) => lines[index]?.key ?? index,
    rangeExtractor: (range) => withLine(range, lines, focused),
    overscan: 10,
  });
  const onScroll = useSteadyPlace(scroller, rows, lines);
  const shown = rows.getVirtualItems();
  const isNearEnd = next !== null && (shown.at(-1)?.index ?? 0) >= lines.length - ahead;
  useEffect(() => {
    if (isNearEnd) more();
    // Asked again after each answer, until the end is out of sight.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [isNearEnd, operations]);
  return (
    <div className="history-scroller" ref={scroller} onScroll={onScroll}>
      <ul className="history-list" aria-label="Operations" style={{ height: rows.getTotalSize() }}>
        {shown.map(({ index, start, key }) => (
          <li
            key={key}
            ref={rows.measureElement}
            data-index={index}
            data-key={key}
            style={{ transform: `translateY(${start}px)` }}
          >
            <Line line={lines[index]} history={history} open={open} onOpen={setOpen} onQuery={onQuery} />
          </li>
        ))}
      </ul>
    </div>
  );
}

type LineProps = HistoryListProps & {
  readonly line: HistoryLine | undefined;
  readonly open: ReadonlySet<number>;
  readonly onOpen: (open: ReadonlySet<number>) => void;
};

function Line({ line, history, open, onOpen, onQuery }: LineProps): ReactNode {
  switch (line?.type) {
    case "day":
      return <Day time={line.time} />;
    case "end":
      return <End history={history} />;
    case "operation":
      return (
        <OperationLine
          row={line.row}
          isOpen={open.has(line.row.id)}
          onToggle={() => onOpen(toggled(open, line.row.id))}
          onQuery={onQuery}
        />
      );
    default:
      return null;
  }
}

function Day({ time }: { readonly time: number }): ReactNode {
  return <h2 className="history-day">{formatDay(time, useNow())}</h2>;
}

function End({ history }: Pick<HistoryListProps, "history">): ReactNode {
  const { next, hasFailed, isLoading, refresh, query } = history;
  if (hasFailed) {
    return (
      <p className="history-end">
        The log could not be read on.{" "}
        <button type="button" className="button" onClick={refresh}>
          Try again
        </button>
      </p>
    );
  }
  if (next !== null || isLoading) return <p className="history-end">Reading on…</p>;
  return (
    <p className="history-end">{query?.search === "" ? "Here the log begins." : "Nothing older matches."}</p>
  );
}

function toggled(open: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const next = new Set(open);
  if (!next.delete(id)) next.add(id);
  return next;
}

/** The lines in sight, and the one that has the focus: it would lose it with its element. */
function withLine(range: Range, lines: readonly HistoryLine[], key: string | null): number[] {
  const inSight = defaultRangeExtractor(range);
  const index = key === null ? -1 : lines.findIndex((line) => line.key === key);
  if (index < 0 || inSight.includes(index)) return inSight;
  return [...inSight, index].toSorted((a, b) => a - b);
}

/** The key of the line that has the focus. */
function useFocusedLine(scroller: RefObject<HTMLDivElement | null>): string | null {
  const [key, setKey] = useState<string | null>(null);
  useEffect(() => {
    const box = scroller.current;
    const come = ({ target }: FocusEvent) => setKey(keyOf(target));
    const leave = () => setKey(null);
    box?.addEventListener("focusin", come);
    box?.addEventListener("focusout", leave);
    return () => {
      box?.removeEventListener("focusin", come);
      box?.removeEventListener("focusout", leave);
    };
  }, [scroller]);
  return key;
}

function keyOf(target: EventTarget | null): string | null {
  return target instanceof Element
    ? (target.closest("li[data-key]")?.getAttribute("data-key") ?? null)
    : null;
}
