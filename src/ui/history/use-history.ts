import { useEffect, useState, useSyncExternalStore } from "react";
import type { HistoryQuery } from "../../model/history.ts";
import type { RunPhase, RunRow } from "../../model/view-rows.ts";
import { useLatestRun } from "../runs/latest-run.ts";
import { useSession, useSessionState } from "../session-context.ts";
import { HistoryReader, type HistoryState } from "./history-reader.ts";

/** Milliseconds without a key until what was typed is searched for. */
const settleMs = 150;

export type History = HistoryState & {
  /** Asks for older operations. */
  readonly more: () => void;
  /** Asks again. */
  readonly refresh: () => void;
};

/** The operations that fit, kept true: read again whenever an intake or a person wrote into the log and whenever a run ended. */
export function useHistory({ documentId, search }: HistoryQuery): History {
  const session = useSession();
  const [reader] = useState(() => new HistoryReader(session));
  const state = useSyncExternalStore(reader.subscribe, reader.state);
  const sought = useSettled(search.trim());
  const growth = `${growthOf(useLatestRun())} ${useSessionState().writes}`;
  useEffect(() => {
    reader.read({ documentId, search: sought });
    return () => reader.stop();
  }, [reader, documentId, sought]);
  useEffect(() => reader.follow(growth), [reader, growth]);
  return { ...state, more: () => reader.more(), refresh: () => void reader.refresh() };
}

const beforeAppending: ReadonlySet<RunPhase> = new Set<RunPhase>(["scanning", "fetching", "planning"]);

/** Another text whenever the log can have grown: a run's intake has written into it, or the run has ended. */
function growthOf(latest: RunRow | undefined): string {
  if (latest === undefined) return "";
  return `${latest.key} ${beforeAppending.has(latest.phase) ? "reading" : "read"} ${latest.endedAt ?? ""}`;
}

/** A text once nobody has typed for a moment; an emptied one at once. */
function useSettled(text: string): string {
  const [settled, setSettled] = useState(text);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(text), text === "" ? 0 : settleMs);
    return () => clearTimeout(timer);
  }, [text]);
  return settled;
}
