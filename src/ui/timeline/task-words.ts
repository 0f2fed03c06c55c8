import type { ResourceId } from "../../model/ids.ts";
import type { TaskEvent } from "../../model/output.ts";
import { derivedKinds, type DerivedKind } from "../../model/resource.ts";

/** How a task ended, in the words of the person who uses the app. */
export const outcomeWords: Readonly<Record<TaskEvent["outcome"], string>> = {
  built: "Built",
  reused: "Reused",
  failed: "Failed",
  poisoned: "Held back",
  cancelled: "Cancelled",
};

/** The kind of output that a task makes, by its id; `undefined` for one of a later version. */
export function kindOf(id: ResourceId): DerivedKind | undefined {
  return derivedKinds.find((kind) => id.startsWith(`${kind}:`));
}

/** The id without its kind: a path, or what stands for one. */
export function nameOf(id: ResourceId): string {
  return id.slice(id.indexOf(":") + 1) || id;
}
