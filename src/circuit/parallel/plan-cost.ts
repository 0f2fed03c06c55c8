import { bindPlan, type Parameters } from "../bind-plan.ts";
import { inputsOf } from "../plan-inputs.ts";
import { planKey } from "../plan-key.ts";
import type { Plan } from "../plan.ts";

/** What it costs to keep a view true, whatever a machine makes of it. */
export type ViewCost = {
  readonly name: string;
  /** The tables that its rows come from. */
  readonly tables: ReadonlySet<string>;
  /** Its parts. Equal parts of several views have one key: one thread does them once. */
  readonly parts: ReadonlyMap<string, PartCost>;
};

export type PartCost = {
  readonly tables: ReadonlySet<string>;
  /** The cost of a change of one of its tables, relative to that of other parts. */
  readonly weight: number;
};

/**
 * How dear a change is to each step, as estimated from what the step keeps. Only proportions matter: what a unit takes on this
 * machine is learned while the views run.
 */
const weights: { readonly [T in Plan["type"]]: number } = {
  scan: 0,
  filter: 0.1,
  project: 0.4,
  map: 0.6,
  union: 0.5,
  distinct: 1.5,
  group: 1.5,
  join: 2,
  window: 1.5,
  nest: 3,
};

/** To take a change into the rows of a view and to tell it. */
const telling = 0.4;

export function viewCost(name: string, plan: Plan, parameters: Parameters): ViewCost {
  const parts = new Map<string, PartCost>();
  const tables = addParts(bindPlan(plan, parameters), parts);
  // Apart from the keys of plans, which are JSON.
  parts.set(`tell ${name}`, { tables, weight: telling });
  return { name, tables, parts };
}

/** Gives the tables of the plan. */
function addParts(plan: Plan, parts: Map<string, PartCost>): ReadonlySet<string> {
  if (plan.type === "scan") return new Set([plan.table]);
  const key = planKey(plan);
  const known = parts.get(key);
  if (known !== undefined) return known.tables;
  const tables = new Set(inputsOf(plan).flatMap((input) => [...addParts(input, parts)]));
  parts.set(key, { tables, weight: weights[plan.type] });
  return tables;
}
