import { invariant, unreachable } from "../base/invariant.ts";
import { readColumn } from "./column.ts";
import type { Reader } from "./column.ts";
import { compileComparison, compileMembership } from "./compile-comparison.ts";
import type { Arithmetic, Expression, TextTest } from "./expression.ts";
import type { Row } from "./row.ts";

/**
 * Makes of an expression without parameters a function that computes it for a row. The function never throws for plain
 * rows; it costs one call for each part of the expression, and `and`, `or`, `choose` compute no more than they need.
 */
export function compileExpression(expression: Expression): Reader {
  invariant(expression.type !== "parameter", "parameters are bound before an expression is compiled");
  switch (expression.type) {
    case "column":
      return readColumn(expression.name);
    case "literal": {
      const { value } = expression;
      return () => value;
    }
    case "compare":
      return compileComparison(expression, compileExpression);
    case "in":
      return compileMembership(expression, compileExpression);
    case "and":
      return compileUntil(false, expression.of.map(compileExpression));
    case "or":
      return compileUntil(true, expression.of.map(compileExpression));
    case "not":
      return compileNot(compileExpression(expression.of));
    case "arithmetic":
      return compileArithmetic(
        expression.by,
        compileExpression(expression.left),
        compileExpression(expression.right),
      );
    case "text":
      return compileTextTest(
        expression.by,
        compileExpression(expression.of),
        compileExpression(expression.part),
      );
    case "choose":
      return compileChoice(
        compileExpression(expression.when),
        compileExpression(expression.then),
        compileExpression(expression.otherwise),
      );
    default:
      return unreachable(expression);
  }
}

/** Whether the expression is true for a row: neither false, nor null, nor anything else. */
export function compileCondition(expression: Expression): (row: Row) => boolean {
  const read = compileExpression(expression);
  return (row) => read(row) === true;
}

/** `and` ends at the first false, `or` at the first true; what is not a truth value is null. */
function compileUntil(decisive: boolean, operands: readonly Reader[]): Reader {
  return (row) => {
    let known = true;
    for (const operand of operands) {
      const value = operand(row);
      if (value === decisive) return decisive;
      if (value !== !decisive) known = false;
    }
    return known ? !decisive : null;
  };
}

function compileNot(of: Reader): Reader {
  return (row) => {
    const value = of(row);
    return typeof value === "boolean" ? !value : null;
  };
}

function compileArithmetic(by: Arithmetic, left: Reader, right: Reader): Reader {
  const compute = arithmetic[by];
  return (row) => {
    const a = left(row);
    const b = right(row);
    if (typeof a !== "number" || typeof b !== "number") return null;
    const result = compute(a, b);
    // Adding zero makes a negative zero a zero.
    return Number.isFinite(result) ? result + 0 : null;
  };
}

const arithmetic: { readonly [by in Arithmetic]: (a: number, b: number) => number } = {
  "+": (a, b) => a + b,
  "-": (a, b) => a - b,
  "*": (a, b) => a * b,
  "/": (a, b) => a / b,
};

function compileTextTest(by: TextTest, of: Reader, part: Reader): Reader {
  const test = textTests[by];
  return (row) => {
    const text = of(row);
    const sought = part(row);
    return typeof text === "string" && typeof sought === "string" ? test(text, sought) : null;
  };
}

const textTests: { readonly [by in TextTest]: (text: string, part: string) => boolean } = {
  startsWith: (text, part) => text.startsWith(part),
  endsWith: (text, part) => text.endsWith(part),
  includes: (text, part) => text.includes(part),
  includesFolded: (text, part) => text.toLowerCase().includes(part.toLowerCase()),
};

function compileChoice(when: Reader, then: Reader, otherwise: Reader): Reader {
  return (row) => (when(row) === true ? then(row) : otherwise(row));
}
