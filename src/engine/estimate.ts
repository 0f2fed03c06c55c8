import type { ProjectPath } from "../base/project-path.ts";
import type { ResourceId } from "../model/ids.ts";
import type { WorkEstimate } from "../model/work-plan.ts";
import type { SourceRecord } from "../model/source.ts";
import type { Timing } from "../store/timings.ts";
import type { Target } from "./target.ts";

/** Milliseconds that the task of a target should take; `null` where nothing of its kind was timed yet. */
export type Estimate = (target: Target) => number | null;

/**
 * Estimates from earlier timings: the median of those of the task itself; else the median of those of its kind and of
 * the nearest size, where a size is the next power of two of the source's bytes, or of a variant's pixels. `timings`
 * name a task as often as it ran. Cost: sorting the timings.
 */
export function estimateFrom(
  timings: readonly Timing[],
  targets: ReadonlyMap<ResourceId, Target>,
  sources: ReadonlyMap<ProjectPath, SourceRecord>,
): Estimate {
  const own = new Map<ResourceId, number[]>();
  const bySize = new Map<string, Map<number, number[]>>();
  for (const { resourceId, durationMs } of timings) {
    const target = targets.get(resourceId);
    if (target === undefined) continue;
    put(own, resourceId, durationMs);
    const sizes = bySize.get(target.kind) ?? new Map<number, number[]>();
    bySize.set(target.kind, sizes);
    put(sizes, sizeClass(target, sources), durationMs);
  }
  return (target) => {
    const timed = own.get(target.id) ?? nearest(bySize.get(target.kind), sizeClass(target, sources));
    return timed === undefined ? null : median(timed);
  };
}

function put<K>(lists: Map<K, number[]>, key: K, value: number): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

/** The base-2 logarithm of what a task has to work on, rounded up; 0 for what has no source of its own. */
function sizeClass(target: Target, sources: ReadonlyMap<ProjectPath, SourceRecord>): number {
  if (target.kind === "variant") return Math.ceil(Math.log2(target.width ** 2));
  const size = "path" in target ? (sources.get(target.path)?.size ?? 0) : 0;
  return size <= 1 ? 0 : Math.ceil(Math.log2(size));
}

/** The list of the size nearest to `size`; of two as near, that of the smaller. */
function nearest(sizes: ReadonlyMap<number, number[]> | undefined, size: number): number[] | undefined {
  let best: number | undefined;
  for (const one of sizes?.keys() ?? []) {
    const distance = Math.abs(one - size) - (best === undefined ? Infinity : Math.abs(best - size));
    if (distance < 0 || (distance === 0 && best !== undefined && one < best)) best = one;
  }
  return best === undefined ? undefined : sizes?.get(best);
}

/** The middle of a list that is not empty; of two in the middle, their mean. */
function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? 0;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/**
 * What tasks take together: their sum, their longest chain, and the bound that both set on `lanes` of them at a time.
 * `timed` has each task after those that it waits for.
 */
export function estimateWork(timed: ReadonlyMap<Target, number | null>, lanes: number): WorkEstimate {
  const ends = new Map<ResourceId, number>();
  let [workMs, criticalMs, untimed] = [0, 0, 0];
  for (const [{ id, inputs }, durationMs] of timed) {
    let start = 0;
    for (const input of inputs) start = Math.max(start, ends.get(input) ?? 0);
    const end = start + (durationMs ?? 0);
    ends.set(id, end);
    workMs += durationMs ?? 0;
    criticalMs = Math.max(criticalMs, end);
    if (durationMs === null) untimed++;
  }
  return { lanes, workMs, criticalMs, totalMs: Math.max(criticalMs, workMs / lanes), untimed };
}
