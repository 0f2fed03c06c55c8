import type { Severity } from "../../base/fault.ts";
import { problemCounts, type ProblemCountRow } from "../../session/app-queries.ts";
import type { LiveView } from "../../session/contract.ts";
import { useDerived } from "../live/use-live-view.ts";
import { useSession } from "../session-context.ts";

/** How many problems there are of each severity that occurs, as the engine keeps them. */
export function useProblemCounts(): ReadonlyMap<Severity, number> {
  return useDerived(useSession().view("problems by severity", problemCounts), countsOf);
}

const countsOf = (view: LiveView<ProblemCountRow>): ReadonlyMap<Severity, number> =>
  new Map([...view.rows()].map(({ severity, count }) => [severity, count]));
