import type { Fault } from "../base/fault.ts";
import type { ResourceId } from "../model/ids.ts";
import type { TaskItem, TaskResult } from "../model/wire.ts";
import { transcode, type TranscodeInput } from "./transcode/spec.ts";

/** The resources that an item makes: for each of them a job's outcome has one result. */
export function resourcesOf(kind: string, item: TaskItem): readonly ResourceId[] {
  if (kind !== transcode.kind) return [item.resourceId];
  const input = item.input as TranscodeInput;
  return input.variants.map((variant) => variant.resourceId);
}

/** The results of an item all of whose resources failed for the same reason. */
export function failedItem(kind: string, item: TaskItem, fault: Fault, durationMs: number): TaskResult[] {
  return resourcesOf(kind, item).map((resourceId) => ({ status: "failed", resourceId, fault, durationMs }));
}
