import { compareNames } from "../base/byte-order.ts";
import type { ResourceId } from "../model/ids.ts";
import type { WorkSchedule } from "../model/work-plan.ts";
import { closureOf } from "./plan.ts";
import type { Derived } from "./project-state.ts";

/**
 * The generations of all that `root` needs, `root` included, or of the whole project without one; each by name.
 * A root that is not there has none. Linear in files, targets and what they wait for.
 */
export function getWorkSchedule({ work, blueprint, schedule }: Derived, root?: ResourceId): WorkSchedule {
  const { targets } = blueprint;
  const closure = root === undefined ? undefined : closureOf(targets, root);
  const isAsked = (id: ResourceId) => closure === undefined || closure.has(id);
  const generations: ResourceId[][] = [];
  const put = (generation: number, id: ResourceId) => (generations[generation] ??= []).push(id);
  for (const id of [...work.files].sort(compareNames)) if (isAsked(id)) put(0, id);
  for (const { id } of schedule.order) if (isAsked(id)) put(generationOf(schedule, id), id);
  const blocked = [...targets.keys()].filter((id) => isAsked(id) && !schedule.places.has(id));
  // Where nothing needs a file, the first generation is empty and not missing.
  return { generations: Array.from(generations, (ids) => ids ?? []), blocked };
}

/** The generation of a target where those of files are 0; -1 for one that a cycle holds up. */
export function generationOf({ places }: Pick<Derived["schedule"], "places">, id: ResourceId): number {
  const place = places.get(id);
  return place === undefined ? -1 : place.generation + 1;
}
