import type { Virtualizer } from "@tanstack/react-virtual";
import { useLayoutEffect, useRef, type RefObject } from "react";
import type { HistoryLine } from "./history-lines.ts";

type Place = { readonly key: string; readonly index: number; readonly below: number };

/** Keeps the operation at the top where it is when others come in above it. Gives what listens to scrolling. */
export function useSteadyPlace(
  scroller: RefObject<HTMLDivElement | null>,
  rows: Virtualizer<HTMLDivElement, Element>,
  lines: readonly HistoryLine[],
): () => void {
  const place = useRef<Place | null>(null);
  useLayoutEffect(() => {
    const box = scroller.current;
    if (box === null || place.current === null) return;
    const { key, index: before, below } = place.current;
    const index = lines.findIndex((line) => line.key === key);
    const start = rows.measurementsCache[index]?.start;
    // What comes in below moves nothing, and a person may just be scrolling.
    if (index === before || start === undefined) return;
    place.current = { key, index, below };
    box.scrollTop = start + below;
    // Only another list moves what is in sight.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [lines]);
  return () => {
    place.current = topOf(scroller.current?.scrollTop ?? 0, rows, lines);
  };
}

/** The first operation in sight, or `null` at the very top, where one wants to see what comes. */
function topOf(
  top: number,
  rows: Virtualizer<HTMLDivElement, Element>,
  lines: readonly HistoryLine[],
): Place | null {
  const first = rows.getVirtualItemForOffset(top);
  if (top === 0 || first === undefined) return null;
  // A day may be another line when others come in above it; the operation below it stays.
  const index = lines[first.index]?.type === "day" ? first.index + 1 : first.index;
  const key = lines[index]?.key;
  const start = rows.measurementsCache[index]?.start;
  return key === undefined || start === undefined ? null : { key, index, below: top - start };
}
