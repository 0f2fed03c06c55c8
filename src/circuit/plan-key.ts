import { canonicalJson } from "../base/canonical-json.ts";
import type { Expression } from "./expression.ts";
import { mapExpressions, mapOperands } from "./map-expressions.ts";
import type { Plan } from "./plan.ts";
import { compareTexts } from "./value-order.ts";

/**
 * The same text for plans without parameters that say the same, also where the operands of an expression are written
 * down in another order that means nothing; and for no others. Cost: the size of the plan, times the depth of its expressions.
 */
export function planKey(plan: Plan): string {
  return canonicalJson(mapExpressions(plan, orderOperands));
}

/**
 * The expression with its operands in one order wherever their order changes no value: an expression computes the same
 * whether an operand comes first or last, since computing one has no effect and no faults.
 */
function orderOperands(expression: Expression): Expression {
  const ordered = mapOperands(expression, orderOperands);
  switch (ordered.type) {
    case "and":
    case "or":
      return { ...ordered, of: inOrder(ordered.of) };
    case "in":
      return { ...ordered, values: inOrder(ordered.values) };
    case "compare":
      return ordered.by === "=" || ordered.by === "<>" ? swapped(ordered) : ordered;
    case "arithmetic":
      return ordered.by === "+" || ordered.by === "*" ? swapped(ordered) : ordered;
    default:
      return ordered;
  }
}

function swapped<E extends Expression & { readonly left: Expression; readonly right: Expression }>(of: E): E {
  const [left = of.left, right = of.right] = inOrder([of.left, of.right]);
  return { ...of, left, right };
}

function inOrder(operands: readonly Expression[]): readonly Expression[] {
  return operands
    .map((operand) => ({ operand, text: canonicalJson(operand) }))
    .toSorted((a, b) => compareTexts(a.text, b.text))
    .map(({ operand }) => operand);
}
