import type { Fault } from "../base/fault.ts";
import { unreachable } from "../base/invariant.ts";
import { unknownTable, wrongPlan } from "./circuit-faults.ts";
import type { Expression } from "./expression.ts";
import type { Group, Join, Nest, Order, Plan } from "./plan.ts";
import type { Schema } from "./schema.ts";

type Columns = ReadonlySet<string>;

/** What is wrong with a plan over these tables: a table or a column that is not there, a window that cannot be. */
export function planFault(plan: Plan, schema: Schema): Fault | null {
  const check = new PlanCheck(schema);
  check.columns(plan);
  return check.fault;
}

/** Goes through a plan once and keeps the first thing that is wrong. */
class PlanCheck {
  fault: Fault | null = null;
  readonly #schema: Schema;

  constructor(schema: Schema) {
    this.#schema = schema;
  }

  /** The columns that the plan's rows have. */
  columns(plan: Plan): Columns {
    switch (plan.type) {
      case "scan":
        return this.#table(plan.table);
      case "filter": {
        const columns = this.columns(plan.of);
        this.#expression(plan.where, columns);
        return columns;
      }
      case "map": {
        const columns = this.columns(plan.of);
        for (const expression of Object.values(plan.columns)) this.#expression(expression, columns);
        return new Set(["key", ...this.#make(Object.keys(plan.columns))]);
      }
      case "project":
        this.#need(plan.columns, this.columns(plan.of));
        // The key stays in any case, and may be named.
        return new Set(["key", ...this.#make(plan.columns.filter((name) => name !== "key"))]);
      case "join":
        return this.#join(plan);
      case "group":
        return this.#group(plan);
      case "distinct":
        return this.#need(plan.by, this.columns(plan.of));
      case "window":
        this.#place(plan.offset);
        this.#place(plan.limit);
        return this.#order(plan.order, this.columns(plan.of));
      case "union":
        return new Set(plan.of.flatMap((each) => [...this.columns(each)]));
      case "nest":
        return this.#nest(plan);
      default:
        return unreachable(plan);
    }
  }

  #table(name: string): Columns {
    const table = Object.hasOwn(this.#schema, name) ? this.#schema[name] : undefined;
    if (table === undefined) this.fault ??= unknownTable(name, Object.keys(this.#schema));
    return new Set(["key", ...Object.keys(table ?? {})]);
  }

  #join({ kind, left, right, on, take }: Join): Columns {
    const [lefts, rights] = [this.columns(left), this.columns(right)];
    this.#pairs(on, lefts, rights);
    this.#need(Object.values(take), rights);
    return kind === "semi" ? lefts : new Set([...lefts, ...this.#make(Object.keys(take))]);
  }

  #group({ of, by, aggregates }: Group): Columns {
    const columns = this.columns(of);
    this.#need(by, columns);
    for (const aggregate of Object.values(aggregates))
      if (aggregate.type !== "count") this.#need([aggregate.column], columns);
    return new Set(["key", ...this.#make([...by, ...Object.keys(aggregates)])]);
  }

  #nest({ of, child, on, as, order, limit }: Nest): Columns {
    const [parents, children] = [this.columns(of), this.columns(child)];
    this.#pairs(on, parents, children);
    this.#order(order, children);
    this.#place(limit);
    return new Set([...parents, ...this.#make([as])]);
  }

  #pairs(on: readonly (readonly [string, string])[], left: Columns, right: Columns): void {
    for (const [first, second] of on) {
      this.#need([first], left);
      this.#need([second], right);
    }
  }

  #order(order: Order, columns: Columns): Columns {
    return this.#need(
      order.map(([column]) => column),
      columns,
    );
  }

  #need(names: readonly string[], columns: Columns): Columns {
    const missing = names.find((name) => !columns.has(name));
    if (missing !== undefined) {
      this.fault ??= wrongPlan(
        `it reads the column “${missing}”, which is not there`,
        `Name one of: ${[...columns].join(", ")}.`,
      );
    }
    return columns;
  }

  /** Names that columns get: none may stand for the key of the new row, nor for what is no column of an object. */
  #make(names: readonly string[]): readonly string[] {
    const taken = names.find((name) => name === "key" || name === "__proto__");
    if (taken === "key") {
      this.fault ??= wrongPlan(
        "it puts a column of its own in the place of the key, by which rows are told apart",
        "Give the column another name than “key”; group by another column.",
      );
    } else if (taken !== undefined) {
      this.fault ??= wrongPlan(`“${taken}” cannot be the name of a column`, "Give it another name.");
    }
    return names;
  }

  #place(count: number | null): void {
    if (count === null || (Number.isSafeInteger(count) && count >= 0)) return;
    this.fault ??= wrongPlan(`it counts to ${count}`, "Give whole numbers from 0 on.");
  }

  #expression(expression: Expression, columns: Columns): void {
    const check = (part: Expression) => this.#expression(part, columns);
    switch (expression.type) {
      case "column":
        return void this.#need([expression.name], columns);
      case "literal":
      case "parameter":
        return;
      case "compare":
      case "arithmetic":
        return [expression.left, expression.right].forEach(check);
      case "in":
        return [expression.of, ...expression.values].forEach(check);
      case "and":
      case "or":
        return expression.of.forEach(check);
      case "not":
        return check(expression.of);
      case "text":
        return [expression.of, expression.part].forEach(check);
      case "choose":
        return [expression.when, expression.then, expression.otherwise].forEach(check);
      default:
        return unreachable(expression);
    }
  }
}
