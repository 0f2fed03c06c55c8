import { failedOutputs } from "../../session/app-queries.ts";
import type { LiveView } from "../../session/contract.ts";
import { useDerived } from "../live/use-live-view.ts";
import { useSession } from "../session-context.ts";

/** Whether a task of the project failed, so that there is something to try again. */
export function useHasFailures(): boolean {
  return useDerived(useSession().view("failed outputs", failedOutputs), hasRows);
}

const hasRows = (view: LiveView<unknown>): boolean => view.size() > 0;
