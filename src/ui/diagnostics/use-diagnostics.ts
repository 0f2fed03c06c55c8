import { useEffect, useState } from "react";
import type { GraphComparison, GraphDiagnostics } from "../../model/diagnostics.ts";
import type { RunRow } from "../../model/view-rows.ts";
import type { LiveView } from "../../session/contract.ts";
import { useDerived } from "../live/use-live-view.ts";
import { useSession, useViews } from "../session-context.ts";

/** Ascends whenever a run ended: only then can there be something new to say. */
const runsEnded = (view: LiveView<RunRow>): number =>
  [...view.rows()].filter(({ endedAt }) => endedAt !== null).length;

/** What the graph says of itself, asked again after each run; `undefined` before the first answer. */
export function useDiagnostics(): GraphDiagnostics | undefined {
  const session = useSession();
  const ended = useDerived(useViews().run, runsEnded);
  const [diagnostics, setDiagnostics] = useState<GraphDiagnostics>();
  useEffect(() => {
    let left = false;
    const ask = async () => {
      const answer = await session.diagnostics();
      if (!left && answer !== undefined) setDiagnostics(answer);
    };
    void ask();
    return () => {
      left = true;
    };
  }, [session, ended]);
  return diagnostics;
}

/** How the graph of `signature` differs from the kept one that was chosen. */
export function useComparison(chosen: string | null, signature: string): GraphComparison | undefined {
  const session = useSession();
  const [comparison, setComparison] = useState<{ readonly of: string; readonly value: GraphComparison }>();
  const key = `${chosen ?? ""} ${signature}`;
  useEffect(() => {
    if (chosen === null) return;
    let left = false;
    const ask = async () => {
      const value = await session.compareGraph(chosen);
      if (!left && value !== undefined) setComparison({ of: key, value });
    };
    void ask();
    return () => {
      left = true;
    };
  }, [session, chosen, key]);
  return chosen !== null && comparison?.of === key ? comparison.value : undefined;
}
