import { unreachable } from "../base/invariant.ts";
import type { Expression } from "./expression.ts";
import type { Plan } from "./plan.ts";

type Make = (expression: Expression) => Expression;

/** The plan with each of its expressions, in all of its steps, replaced by what `make` makes of it. */
export function mapExpressions(plan: Plan, make: Make): Plan {
  const mapped = (part: Plan): Plan => mapExpressions(part, make);
  switch (plan.type) {
    case "scan":
      return plan;
    case "filter":
      return { ...plan, of: mapped(plan.of), where: make(plan.where) };
    case "map": {
      const columns = Object.entries(plan.columns).map(([name, of]) => [name, make(of)] as const);
      return { ...plan, of: mapped(plan.of), columns: Object.fromEntries(columns) };
    }
    case "join":
      return { ...plan, left: mapped(plan.left), right: mapped(plan.right) };
    case "union":
      return { ...plan, of: plan.of.map(mapped) };
    case "nest":
      return { ...plan, of: mapped(plan.of), child: mapped(plan.child) };
    case "project":
    case "group":
    case "distinct":
    case "window":
      return { ...plan, of: mapped(plan.of) };
    default:
      return unreachable(plan);
  }
}

/** The expression with each of its operands replaced by what `make` makes of it; the expression itself is not given to it. */
export function mapOperands(expression: Expression, make: Make): Expression {
  switch (expression.type) {
    case "column":
    case "literal":
    case "parameter":
      return expression;
    case "compare":
    case "arithmetic":
      return { ...expression, left: make(expression.left), right: make(expression.right) };
    case "in":
      return { ...expression, of: make(expression.of), values: expression.values.map(make) };
    case "and":
    case "or":
      return { ...expression, of: expression.of.map(make) };
    case "not":
      return { ...expression, of: make(expression.of) };
    case "text":
      return { ...expression, of: make(expression.of), part: make(expression.part) };
    case "choose":
      return {
        ...expression,
        when: make(expression.when),
        then: make(expression.then),
        otherwise: make(expression.otherwise),
      };
    default:
      return unreachable(expression);
  }
}
