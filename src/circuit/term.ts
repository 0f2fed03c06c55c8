import type { Arithmetic, Comparison, Expression, TextTest } from "./expression.ts";
import type { Value } from "./row.ts";

declare const type: unique symbol;

/** A value of the type, or what gives one; null can be compared with anything. */
export type Operand<V> = V | null | Term<V> | Term<V | null>;

/**
 * An expression that is written down as typed calls: `row.size.above(100).and(row.kind.equals("image"))`. What an operand of the
 * wrong type and null lead to is said at `Expression`.
 */
export class Term<V> {
  declare readonly [type]: V;
  readonly expression: Expression;

  constructor(expression: Expression) {
    this.expression = expression;
  }

  equals(other: Operand<V>): Term<boolean> {
    return this.#compare("=", other);
  }

  differs(other: Operand<V>): Term<boolean> {
    return this.#compare("<>", other);
  }

  below(other: Operand<V>): Term<boolean> {
    return this.#compare("<", other);
  }

  atMost(other: Operand<V>): Term<boolean> {
    return this.#compare("<=", other);
  }

  above(other: Operand<V>): Term<boolean> {
    return this.#compare(">", other);
  }

  atLeast(other: Operand<V>): Term<boolean> {
    return this.#compare(">=", other);
  }

  isOneOf(others: readonly Operand<V>[]): Term<boolean> {
    return new Term({ type: "in", of: this.expression, values: others.map(expressionOf) });
  }

  and(...others: readonly Term<boolean | null>[]): Term<boolean | null> {
    return new Term({ type: "and", of: [this.expression, ...others.map(expressionOf)] });
  }

  or(...others: readonly Term<boolean | null>[]): Term<boolean | null> {
    return new Term({ type: "or", of: [this.expression, ...others.map(expressionOf)] });
  }

  not(): Term<boolean | null> {
    return new Term({ type: "not", of: this.expression });
  }

  plus(other: Operand<number>): Term<number | null> {
    return this.#calculate("+", other);
  }

  minus(other: Operand<number>): Term<number | null> {
    return this.#calculate("-", other);
  }

  times(other: Operand<number>): Term<number | null> {
    return this.#calculate("*", other);
  }

  over(other: Operand<number>): Term<number | null> {
    return this.#calculate("/", other);
  }

  startsWith(part: Operand<string>): Term<boolean | null> {
    return this.#test("startsWith", part);
  }

  endsWith(part: Operand<string>): Term<boolean | null> {
    return this.#test("endsWith", part);
  }

  includes(part: Operand<string>): Term<boolean | null> {
    return this.#test("includes", part);
  }

  /** As `includes`, with upper and lower case as one. */
  includesFolded(part: Operand<string>): Term<boolean | null> {
    return this.#test("includesFolded", part);
  }

  #compare(by: Comparison, other: unknown): Term<boolean> {
    return new Term({ type: "compare", by, left: this.expression, right: expressionOf(other) });
  }

  #calculate(by: Arithmetic, other: unknown): Term<number | null> {
    return new Term({ type: "arithmetic", by, left: this.expression, right: expressionOf(other) });
  }

  #test(by: TextTest, part: unknown): Term<boolean | null> {
    return new Term({ type: "text", by, of: this.expression, part: expressionOf(part) });
  }
}

/** A value that is given when the view is registered. */
export function parameter<V>(name: string): Term<V> {
  return new Term({ type: "parameter", name });
}

export function literal<const V extends Value>(value: V): Term<V> {
  return new Term({ type: "literal", value });
}

/** `then` where the condition is true, `otherwise` where it is false or null. */
export function choose<V>(when: Term<boolean | null>, then: Term<V>, otherwise: Term<V>): Term<V> {
  return new Term({
    type: "choose",
    when: when.expression,
    then: then.expression,
    otherwise: otherwise.expression,
  });
}

/** What is not an expression is taken as a value: the types of the calls let nothing else in. */
function expressionOf(operand: unknown): Expression {
  return operand instanceof Term ? operand.expression : { type: "literal", value: operand as Value };
}
