import type { Dependency } from "./dependency-map.ts";
import type { RuleDefinition } from "./rule-definition.ts";

/** A function of the outer pipeline, called as what it produces, with parameters called as what they need. */
export type Stage = Dependency & { readonly does: string };

/**
 * The outer pipeline of a build, from the folder to the finished site. `folder` is what it is given. What really ran
 * is compared with it by `compareDependencies`.
 */
export const outerPipeline: readonly Stage[] = [
  { name: "intake", needs: ["folder"], does: "Lists the folder and tells what may have changed." },
  { name: "scan", needs: ["intake"], does: "Reads and hashes what may have changed, and finds references." },
  { name: "fetch", needs: ["scan"], does: "Asks servers for what is due, and scans what they give." },
  { name: "append", needs: ["fetch"], does: "Writes operations for what changed, and indexes them." },
  { name: "prepare", needs: ["append"], does: "Marks what is no longer true." },
  { name: "plan", needs: ["prepare"], does: "Makes the rule graph and its schedule." },
  { name: "dispatch", needs: ["plan"], does: "Runs what the plan says, and commits what was made." },
  { name: "publish", needs: ["dispatch"], does: "Puts the outputs in the places where a reader looks." },
];

/** Stages as rules, so that they can be ordered and shown like any others. */
export function rulesOfStages(stages: readonly Stage[]): readonly RuleDefinition[] {
  return stages.map(({ name, needs }) => ({ name, inputs: needs, output: name, priority: 0 }));
}
