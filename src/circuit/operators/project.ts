import type { Expression } from "../expression.ts";
import type { Operator } from "../operator.ts";
import { map } from "./map.ts";

/** Each row with some of its columns alone; its key stays in any case. */
export function project(columns: readonly string[]): Operator {
  const kept: (readonly [string, Expression])[] = [];
  for (const name of columns) if (name !== "key") kept.push([name, { type: "column", name }]);
  return map(Object.fromEntries(kept));
}
