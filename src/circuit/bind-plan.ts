import { unreachable } from "../base/invariant.ts";
import type { Expression } from "./expression.ts";
import type { Plan } from "./plan.ts";
import type { Value } from "./row.ts";

/** The values of a plan's parameters by name. */
export type Parameters = { readonly [name: string]: Value };

/** The plan with the values of its parameters in their place; a parameter without a value is null. */
export function bindPlan(plan: Plan, parameters: Parameters): Plan {
  const bind = (part: Plan): Plan => bindPlan(part, parameters);
  switch (plan.type) {
    case "scan":
      return plan;
    case "filter":
      return { ...plan, of: bind(plan.of), where: bindExpression(plan.where, parameters) };
    case "map": {
      const columns = Object.entries(plan.columns).map(
        ([name, of]) => [name, bindExpression(of, parameters)] as const,
      );
      return { ...plan, of: bind(plan.of), columns: Object.fromEntries(columns) };
    }
    case "join":
      return { ...plan, left: bind(plan.left), right: bind(plan.right) };
    case "union":
      return { ...plan, of: plan.of.map(bind) };
    case "nest":
      return { ...plan, of: bind(plan.of), child: bind(plan.child) };
    case "project":
    case "group":
    case "distinct":
    case "window":
      return { ...plan, of: bind(plan.of) };
    default:
      return unreachable(plan);
  }
}

function bindExpression(expression: Expression, parameters: Parameters): Expression {
  const bind = (part: Expression): Expression => bindExpression(part, parameters);
  switch (expression.type) {
    case "column":
    case "literal":
      return expression;
    case "parameter":
      return { type: "literal", value: parameters[expression.name] ?? null };
    case "compare":
    case "arithmetic":
      return { ...expression, left: bind(expression.left), right: bind(expression.right) };
    case "in":
      return { ...expression, of: bind(expression.of), values: expression.values.map(bind) };
    case "and":
    case "or":
      return { ...expression, of: expression.of.map(bind) };
    case "not":
      return { ...expression, of: bind(expression.of) };
    case "text":
      return { ...expression, of: bind(expression.of), part: bind(expression.part) };
    case "choose":
      return {
        ...expression,
        when: bind(expression.when),
        then: bind(expression.then),
        otherwise: bind(expression.otherwise),
      };
    default:
      return unreachable(expression);
  }
}
