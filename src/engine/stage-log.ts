import type { Clock } from "../base/clock.ts";
import type { RunStage } from "../model/view-rows.ts";
import { compareDependencies, type Dependency, type DependencyDifference } from "../rules/dependency-map.ts";
import { outerPipeline } from "../rules/outer-pipeline.ts";

export type StageName = "intake" | "scan" | "fetch" | "append" | "prepare" | "plan" | "dispatch" | "publish";

/** The stages that a run went through, each with its time and with the one before it, whose result it took. */
export class StageLog {
  readonly #clock: Clock;
  readonly #ran: Dependency[] = [];
  #times: readonly RunStage[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Ends the stage that goes on, and begins the next. */
  enter(name: StageName): void {
    this.leave();
    this.#ran.push({ name, needs: [this.#ran.at(-1)?.name ?? "folder"] });
    this.#times = [...this.#times, { name, startedAt: this.#clock(), endedAt: null }];
  }

  /** Ends the stage that goes on, if there is one: what comes until the next is waiting. */
  leave(): void {
    const last = this.#times.at(-1);
    if (last === undefined || last.endedAt !== null) return;
    this.#times = [...this.#times.slice(0, -1), { ...last, endedAt: this.#clock() }];
  }

  /** The same list until a stage begins or ends. */
  times(): readonly RunStage[] {
    return this.#times;
  }

  /** How a run from the folder to the site differs from the pipeline as declared; `null` for a run that did less. */
  compare(): DependencyDifference | null {
    const isWhole = this.#ran[0]?.name === "intake" && this.#ran.at(-1)?.name === "publish";
    return isWhole ? compareDependencies(outerPipeline, this.#ran) : null;
  }
}
