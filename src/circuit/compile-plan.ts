import { invariant, unreachable } from "../base/invariant.ts";
import type { Operator, Rows } from "./operator.ts";
import { filter } from "./operators/filter.ts";
import { map } from "./operators/map.ts";
import { project } from "./operators/project.ts";
import { scan } from "./operators/scan.ts";
import { union } from "./operators/union.ts";
import type { Plan } from "./plan.ts";

/** Makes the operator of a plan's last step. The plan has no parameters left. */
export function compileStep(plan: Plan, rowsOf: (table: string) => Rows): Operator {
  invariant(isCompiled(plan), `the step ${plan.type} has an operator`);
  switch (plan.type) {
    case "scan":
      return scan(() => rowsOf(plan.table));
    case "filter":
      return filter(plan.where);
    case "map":
      return map(plan.columns);
    case "project":
      return project(plan.columns);
    case "union":
      return union();
    default:
      return unreachable(plan);
  }
}

type Compiled = Extract<Plan, { type: "scan" | "filter" | "map" | "project" | "union" }>;

function isCompiled(plan: Plan): plan is Compiled {
  return ["scan", "filter", "map", "project", "union"].includes(plan.type);
}
