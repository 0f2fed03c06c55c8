import { nearest, rational } from "./rational.test-kit.ts";
import type { Aggregate, Join, Nest, Order, Plan } from "./plan.ts";
import type { Expression } from "./expression.ts";
import type { Row, Value } from "./row.ts";

/**
 * What a plan means, said as plainly as can be: the rows of arrays, computed from nothing but the present tables. It shares no
 * code with the operators.
 */
export type Tables = { readonly [table: string]: readonly Row[] };
export type Given = { readonly [parameter: string]: Value };

export function recompute(plan: Plan, tables: Tables, given: Given = {}): readonly Row[] {
  const of = (part: Plan): readonly Row[] => recompute(part, tables, given);
  switch (plan.type) {
    case "scan":
      return tables[plan.table] ?? [];
    case "filter":
      return of(plan.of).filter((row) => compute(plan.where, row, given) === true);
    case "map":
      return of(plan.of).map((row) => ({
        ...mapValues(plan.columns, (expression) => compute(expression, row, given)),
        key: row.key,
      }));
    case "project":
      return of(plan.of).map((row) => ({
        ...Object.fromEntries(plan.columns.map((name) => [name, valueOf(row, name)])),
        key: row.key,
      }));
    case "join": {
      const others = of(plan.right);
      return of(plan.left).flatMap((row) => joinRow(plan, row, others));
    }
    case "group":
      return partition(of(plan.of), plan.by).map((rows) => ({
        ...Object.fromEntries(plan.by.map((name) => [name, valueOf(rows[0]!, name)])),
        ...mapValues(plan.aggregates, (aggregate) => aggregated(aggregate, rows)),
        key: keyText(plan.by.map((name) => valueOf(rows[0]!, name))),
      }));
    case "distinct":
      return partition(of(plan.of), plan.by).map((rows) => inOrder(rows, [])[0]!);
    case "window":
      return inOrder(of(plan.of), plan.order).slice(
        plan.offset,
        plan.limit === null ? undefined : plan.offset + plan.limit,
      );
    case "union":
      return plan.of.flatMap((part, place) =>
        of(part).map((row) => ({ ...row, key: keyText([place, row.key]) })),
      );
    case "nest": {
      const children = of(plan.child);
      return of(plan.of).map((row) => ({ ...row, [plan.as]: childrenOf(plan, row, children) }));
    }
  }
}

function joinRow(plan: Join, row: Row, others: readonly Row[]): readonly Row[] {
  const partners = others.filter((other) => matches(plan.on, row, other));
  if (plan.kind === "semi") return partners.length > 0 ? [row] : [];
  const pairs = partners.map((other) => ({
    ...row,
    ...mapValues(plan.take, (name) => valueOf(other, name)),
    key: keyText([row.key, other.key]),
  }));
  if (plan.kind === "inner" || pairs.length > 0) return pairs;
  return [{ ...row, ...mapValues(plan.take, () => null), key: keyText([row.key]) }];
}

function childrenOf(plan: Nest, row: Row, children: readonly Row[]): readonly Row[] {
  const all = inOrder(
    children.filter((child) => matches(plan.on, row, child)),
    plan.order,
  );
  return plan.limit === null ? all : all.slice(0, plan.limit);
}

function matches(on: Join["on"], left: Row, right: Row): boolean {
  return on.every(([a, b]) => {
    const value = valueOf(left, a);
    return value !== null && plainText(value) === plainText(valueOf(right, b));
  });
}

function partition(rows: readonly Row[], by: readonly string[]): readonly (readonly Row[])[] {
  const parts: Row[][] = [];
  for (const row of rows) {
    const alike = parts.find((part) =>
      by.every((name) => plainText(valueOf(part[0]!, name)) === plainText(valueOf(row, name))),
    );
    if (alike === undefined) parts.push([row]);
    else alike.push(row);
  }
  return parts;
}

function inOrder(rows: readonly Row[], order: Order): readonly Row[] {
  return [...rows].sort((a, b) => {
    for (const [name, direction] of order) {
      const found = compare(valueOf(a, name), valueOf(b, name));
      if (found !== 0) return direction === "ascending" ? found : -found;
    }
    return compare(a.key, b.key);
  });
}

function aggregated(aggregate: Aggregate, rows: readonly Row[]): Value {
  if (aggregate.type === "count") return rows.length;
  const values = rows.map((row) => valueOf(row, aggregate.column)).filter((value) => value !== null);
  const numbers = values.filter((value) => typeof value === "number");
  switch (aggregate.type) {
    case "min":
      return values.toSorted(compare)[0] ?? null;
    case "max":
      return values.toSorted(compare).at(-1) ?? null;
    case "sum":
      return numbers.length === 0 ? null : nearest(rational(numbers), 1n);
    case "avg":
      return numbers.length === 0 ? null : nearest(rational(numbers), BigInt(numbers.length));
  }
}

export function compute(expression: Expression, row: Row, given: Given): Value {
  const of = (part: Expression): Value => compute(part, row, given);
  switch (expression.type) {
    case "column":
      return valueOf(row, expression.name);
    case "literal":
      return expression.value;
    case "parameter":
      return given[expression.name] ?? null;
    case "compare": {
      const found = compare(of(expression.left), of(expression.right));
      if (expression.by === "=") return found === 0;
      if (expression.by === "<>") return found !== 0;
      if (expression.by.startsWith("<")) return found < 0 || (expression.by === "<=" && found === 0);
      return found > 0 || (expression.by === ">=" && found === 0);
    }
    case "in":
      return expression.values.some((value) => compare(of(value), of(expression.of)) === 0);
    case "and": {
      const truths = expression.of.map(of);
      if (truths.includes(false)) return false;
      return truths.every((truth) => truth === true) ? true : null;
    }
    case "or": {
      const truths = expression.of.map(of);
      if (truths.includes(true)) return true;
      return truths.every((truth) => truth === false) ? false : null;
    }
    case "not": {
      const truth = of(expression.of);
      return typeof truth === "boolean" ? !truth : null;
    }
    case "arithmetic":
      return calculated(expression.by, of(expression.left), of(expression.right));
    case "text":
      return tested(expression.by, of(expression.of), of(expression.part));
    case "choose":
      return of(expression.when) === true ? of(expression.then) : of(expression.otherwise);
  }
}

function calculated(by: string, a: Value, b: Value): Value {
  if (typeof a !== "number" || typeof b !== "number") return null;
  const result = { "+": a + b, "-": a - b, "*": a * b, "/": a / b }[by]!;
  if (!Number.isFinite(result)) return null;
  return result === 0 ? 0 : result;
}

function tested(by: string, text: Value, part: Value): Value {
  if (typeof text !== "string" || typeof part !== "string") return null;
  if (by === "startsWith") return text.slice(0, part.length) === part;
  if (by === "endsWith") return part === "" || text.slice(-part.length) === part;
  return by === "includes" ? text.indexOf(part) >= 0 : text.toLowerCase().indexOf(part.toLowerCase()) >= 0;
}

const kinds = ["null", "boolean", "number", "string", "object"];

/** Null, false, true, numbers, texts by code unit, other data by its text. */
export function compare(a: Value, b: Value): number {
  const [x, y] = [a, b].map((value) => kinds.indexOf(value === null ? "null" : typeof value)) as [
    number,
    number,
  ];
  if (x !== y) return x < y ? -1 : 1;
  if (x === 4) return compare(plainText(a), plainText(b));
  if (a === b || a === null || b === null) return 0;
  return a < b ? -1 : 1;
}

/** The JSON of a value, objects by the names of their properties; it tells a negative zero from zero. */
export function plainText(value: Value): string {
  if (Object.is(value, -0)) return "-0";
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(plainText).join()}]`;
  const entries = Object.entries(value).toSorted(([a], [b]) => compare(a, b));
  return `{${entries.map(([name, part]) => `${JSON.stringify(name)}:${plainText(part)}`).join()}}`;
}

/** The text of a row, without the columns that are null: they say what columns that are not there say. */
export function rowText(row: Row): string {
  return plainText(Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null)));
}

function keyText(values: readonly Value[]): string {
  return plainText(values);
}

function valueOf(row: Row, name: string): Value {
  return Object.hasOwn(row, name) ? (row[name] ?? null) : null;
}

function mapValues<T>(
  of: { readonly [name: string]: T },
  value: (part: T) => Value,
): { [name: string]: Value } {
  return Object.fromEntries(Object.entries(of).map(([name, part]) => [name, value(part)]));
}
