import type { ResourceId } from "../model/ids.ts";
import type { TargetSchedule } from "./schedule-targets.ts";
import type { Target } from "./target.ts";

/** The targets of a plan that have not settled, with the number of planned inputs each still waits for. */
export class WaitingTargets {
  readonly #dependents: TargetSchedule["dependents"];
  readonly #inputs = new Map<ResourceId, number>();

  constructor(planned: readonly Target[], dependents: TargetSchedule["dependents"]) {
    this.#dependents = dependents;
    const ids = new Set(planned.map(({ id }) => id));
    for (const { id, inputs } of planned)
      this.#inputs.set(id, inputs.filter((input) => ids.has(input)).length);
  }

  get size(): number {
    return this.#inputs.size;
  }

  ids(): readonly ResourceId[] {
    return [...this.#inputs.keys()];
  }

  /** Those that wait for nothing. */
  free(): readonly ResourceId[] {
    return this.ids().filter((id) => this.#inputs.get(id) === 0);
  }

  /** Takes a settled target away and gives those that wait for nothing more; none when it was taken before. */
  release(id: ResourceId): readonly ResourceId[] {
    if (!this.#inputs.delete(id)) return [];
    const freed: ResourceId[] = [];
    for (const dependent of this.#dependents.get(id) ?? []) {
      const inputs = this.#inputs.get(dependent.id);
      if (inputs === undefined) continue;
      this.#inputs.set(dependent.id, inputs - 1);
      if (inputs === 1) freed.push(dependent.id);
    }
    return freed;
  }
}
