import { unreachable } from "../base/invariant.ts";
import type { Operator, Rows } from "./operator.ts";
import { distinct } from "./operators/distinct.ts";
import { filter } from "./operators/filter.ts";
import { group } from "./operators/group.ts";
import { join } from "./operators/join.ts";
import { map } from "./operators/map.ts";
import { nest } from "./operators/nest.ts";
import { project } from "./operators/project.ts";
import { scan } from "./operators/scan.ts";
import { union } from "./operators/union.ts";
import { window } from "./operators/window.ts";
import type { Plan } from "./plan.ts";

/** Makes the operator of a plan's last step. The plan has no parameters left. */
export function compileStep(plan: Plan, rowsOf: (table: string) => Rows): Operator {
  switch (plan.type) {
    case "scan":
      return scan(() => rowsOf(plan.table));
    case "filter":
      return filter(plan.where);
    case "map":
      return map(plan.columns);
    case "project":
      return project(plan.columns);
    case "join":
      return join(plan);
    case "group":
      return group(plan);
    case "distinct":
      return distinct(plan.by);
    case "window":
      return window(plan);
    case "union":
      return union();
    case "nest":
      return nest(plan);
    default:
      return unreachable(plan);
  }
}
