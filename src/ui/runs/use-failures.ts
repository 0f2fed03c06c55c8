import type { NodeRow } from "../../model/view-rows.ts";
import { derivedKinds } from "../../model/resource.ts";
import type { LiveView } from "../../session/contract.ts";
import { useDerived } from "../live/use-live-view.ts";
import { useViews } from "../session-context.ts";

const made: ReadonlySet<string> = new Set(derivedKinds);

/** Whether a task of the project failed, so that there is something to try again. */
export function useHasFailures(): boolean {
  return useDerived(useViews().node, hasFailures, 500);
}

export function hasFailures(view: Pick<LiveView<NodeRow>, "rows">): boolean {
  for (const { status, kind } of view.rows()) if (status === "FAILED" && made.has(kind)) return true;
  return false;
}
