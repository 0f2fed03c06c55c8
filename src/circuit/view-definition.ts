import { z } from "zod";
import type { Fault } from "../base/fault.ts";
import { wrongPlan } from "./circuit-faults.ts";
import type { Expression } from "./expression.ts";
import type { Plan } from "./plan.ts";
import type { Value } from "./row.ts";
import type { ViewDefinition } from "./view.ts";

// The page's content policy allows no code made from text, which zod would try.
z.config({ jitless: true });

const value: z.ZodType<Value> = z.lazy(() =>
  z.union([z.null(), z.boolean(), z.number(), z.string(), z.array(value), z.record(z.string(), value)]),
);
const name = z.string();
const names = z.array(name);
const pairs = z.array(z.tuple([name, name]));
const order = z.array(z.tuple([name, z.enum(["ascending", "descending"])]));
const count = z.int().min(0);

const expression: z.ZodType<Expression> = z.lazy(() =>
  z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("column"), name }),
    z.strictObject({ type: z.literal("literal"), value }),
    z.strictObject({ type: z.literal("parameter"), name }),
    z.strictObject({
      type: z.literal("compare"),
      by: z.enum(["=", "<>", "<", "<=", ">", ">="]),
      left: expression,
      right: expression,
    }),
    z.strictObject({ type: z.literal("in"), of: expression, values: z.array(expression) }),
    z.strictObject({ type: z.enum(["and", "or"]), of: z.array(expression) }),
    z.strictObject({ type: z.literal("not"), of: expression }),
    z.strictObject({
      type: z.literal("arithmetic"),
      by: z.enum(["+", "-", "*", "/"]),
      left: expression,
      right: expression,
    }),
    z.strictObject({
      type: z.literal("text"),
      by: z.enum(["startsWith", "endsWith", "includes", "includesFolded"]),
      of: expression,
      part: expression,
    }),
    z.strictObject({
      type: z.literal("choose"),
      when: expression,
      then: expression,
      otherwise: expression,
    }),
  ]),
);

const aggregate = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("count") }),
  z.strictObject({ type: z.enum(["sum", "min", "max", "avg"]), column: name }),
]);

const plan: z.ZodType<Plan> = z.lazy(() =>
  z.discriminatedUnion("type", [
    z.strictObject({ type: z.literal("scan"), table: name }),
    z.strictObject({ type: z.literal("filter"), of: plan, where: expression }),
    z.strictObject({ type: z.literal("map"), of: plan, columns: z.record(name, expression) }),
    z.strictObject({ type: z.literal("project"), of: plan, columns: names }),
    z.strictObject({
      type: z.literal("join"),
      kind: z.enum(["inner", "left", "semi"]),
      left: plan,
      right: plan,
      on: pairs,
      take: z.record(name, name),
    }),
    z.strictObject({
      type: z.literal("group"),
      of: plan,
      by: names,
      aggregates: z.record(name, aggregate),
    }),
    z.strictObject({ type: z.literal("distinct"), of: plan, by: names }),
    z.strictObject({
      type: z.literal("window"),
      of: plan,
      order,
      offset: count,
      limit: count.nullable(),
    }),
    z.strictObject({ type: z.literal("union"), of: z.array(plan) }),
    z.strictObject({
      type: z.literal("nest"),
      of: plan,
      child: plan,
      on: pairs,
      as: name,
      order,
      limit: count.nullable(),
    }),
  ]),
);

const definition: z.ZodType<ViewDefinition> = z.strictObject({
  plan,
  parameters: z.record(name, value),
  frequency: z.enum(["realtime", "normal", "analytics"]),
});

/** A definition that came from another thread, as another version of the app may have sent it. */
export function parseViewDefinition(
  data: unknown,
):
  | { readonly ok: true; readonly definition: ViewDefinition }
  | { readonly ok: false; readonly fault: Fault } {
  const parsed = definition.safeParse(data);
  if (parsed.success) return { ok: true, definition: parsed.data };
  const [issue] = parsed.error.issues;
  const reason = `at ${issue?.path.join(".") || "its beginning"}: ${issue?.message ?? "it is no definition"}`;
  return {
    ok: false,
    fault: wrongPlan(reason, "Reload all tabs of the app, so that they are of one version."),
  };
}
