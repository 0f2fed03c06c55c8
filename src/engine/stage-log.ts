import { compareDependencies, type Dependency, type DependencyDifference } from "../rules/dependency-map.ts";
import { outerPipeline } from "../rules/outer-pipeline.ts";

export type StageName = "intake" | "scan" | "append" | "prepare" | "plan" | "dispatch" | "publish";

/** The stages that a run went through, each with the one before it, whose result it took. */
export class StageLog {
  readonly #ran: Dependency[] = [];

  enter(name: StageName): void {
    this.#ran.push({ name, needs: [this.#ran.at(-1)?.name ?? "folder"] });
  }

  /** How a run from the folder to the site differs from the pipeline as declared; `null` for a run that did less. */
  compare(): DependencyDifference | null {
    const isWhole = this.#ran[0]?.name === "intake" && this.#ran.at(-1)?.name === "publish";
    return isWhole ? compareDependencies(outerPipeline, this.#ran) : null;
  }
}
