import type { ResourceKind, Status } from "../../model/resource.ts";
import { nodeCounts, type NodeCountRow } from "../../session/app-queries.ts";
import type { LiveView } from "../../session/contract.ts";
import { useDerived } from "../live/use-live-view.ts";
import { useSession } from "../session-context.ts";

/** How many rows there are of each kind and of each status that occur. */
export type FileCounts = {
  readonly kinds: ReadonlyMap<ResourceKind, number>;
  readonly statuses: ReadonlyMap<Status, number>;
};

/** The counts of all files and outputs, as the engine keeps them. */
export function useNodeCounts(): FileCounts {
  return useDerived(useNodeCountView(), countsOf);
}

/** How many files and outputs there are, told twice a second at the most. */
export function useNodeTotal(): number {
  return useDerived(useNodeCountView(), totalOf, 500);
}

function useNodeCountView(): LiveView<NodeCountRow> {
  return useSession().view("files by kind and status", nodeCounts);
}

function countsOf(view: LiveView<NodeCountRow>): FileCounts {
  const kinds = new Map<ResourceKind, number>();
  const statuses = new Map<Status, number>();
  for (const { kind, status, count } of view.rows()) {
    kinds.set(kind, (kinds.get(kind) ?? 0) + count);
    statuses.set(status, (statuses.get(status) ?? 0) + count);
  }
  return { kinds, statuses };
}

function totalOf(view: LiveView<NodeCountRow>): number {
  let total = 0;
  for (const { count } of view.rows()) total += count;
  return total;
}
