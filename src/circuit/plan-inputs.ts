import { unreachable } from "../base/invariant.ts";
import type { Plan } from "./plan.ts";

/** The plans that a plan's last step is applied to, in the order in which its operator takes them; none for a table. */
export function inputsOf(plan: Plan): readonly Plan[] {
  switch (plan.type) {
    case "scan":
      return [];
    case "join":
      return [plan.left, plan.right];
    case "nest":
      return [plan.of, plan.child];
    case "union":
      return plan.of;
    case "filter":
    case "map":
    case "project":
    case "group":
    case "distinct":
    case "window":
      return [plan.of];
    default:
      return unreachable(plan);
  }
}
