import { useEffect, useState } from "react";
import type { GraphComparison, GraphDiagnostics } from "../../model/diagnostics.ts";
import { isActive, useLatestRun } from "../runs/latest-run.ts";
import { useSession } from "../session-context.ts";

/** The newest run that was seen to have ended: only with another can there be something new to say. */
function useLastEnded(): string | undefined {
  const run = useLatestRun();
  const [ended, setEnded] = useState<string>();
  if (run === undefined || isActive(run) || run.key === ended) return ended;
  setEnded(run.key);
  return run.key;
}

/** What the graph says of itself, asked again after each run; `undefined` before the first answer. */
export function useDiagnostics(): GraphDiagnostics | undefined {
  const session = useSession();
  const ended = useLastEnded();
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
