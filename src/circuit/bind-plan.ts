import type { Expression } from "./expression.ts";
import { mapExpressions, mapOperands } from "./map-expressions.ts";
import type { Plan } from "./plan.ts";
import type { Value } from "./row.ts";

/** The values of a plan's parameters by name. */
export type Parameters = { readonly [name: string]: Value };

/** The plan with the values of its parameters in their place; a parameter without a value is null. */
export function bindPlan(plan: Plan, parameters: Parameters): Plan {
  const bind = (expression: Expression): Expression => {
    if (expression.type !== "parameter") return mapOperands(expression, bind);
    const { name } = expression;
    // Every object seems to have some names, such as `toString`.
    return { type: "literal", value: Object.hasOwn(parameters, name) ? (parameters[name] ?? null) : null };
  };
  return mapExpressions(plan, bind);
}
