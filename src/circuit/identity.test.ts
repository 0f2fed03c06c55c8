import fc from "fast-check";
import { expect, it } from "vitest";
import xxhash from "xxhash-wasm";
import { compileIdentity, compileMatch, identityOf, keyOfValues, representative } from "./identity.ts";
import { byKey, byValue, compileOrder } from "./ordering.ts";
import { PlanGraph } from "./plan-graph.ts";
import { from } from "./query.ts";
import { alike, values } from "./random-plan.test-kit.ts";
import { compare, plainText } from "./recomputation.test-kit.ts";
import type { Row, Value } from "./row.ts";
import { compareValues } from "./value-order.ts";

const plain = (value: unknown): boolean => !Object.is(value, -0);
const anything: fc.Arbitrary<Value> = fc.oneof(
  values,
  fc.double({ noNaN: true, noDefaultInfinity: true }).filter(plain),
  fc.string({ unit: "binary", maxLength: 5 }),
  fc.string({ maxLength: 2 }).map((text) => `\0data${JSON.stringify(text)}`),
  fc.array(values, { maxLength: 2 }),
);
const pair = fc.oneof(
  fc.tuple(anything, anything),
  anything.map((value) => [value, value] as const),
);
const sign = (order: number): number => Math.sign(order) + 0;

it("[CO2] tells values apart exactly when their canonical texts differ", () => {
  fc.assert(
    fc.property(pair, ([a, b]) => {
      const same = plainText(a) === plainText(b);
      expect(identityOf(a) === identityOf(b)).toBe(same);
      expect(keyOfValues([a, 1]) === keyOfValues([b, 1])).toBe(same);
      expect(plainText(representative(a))).toBe(plainText(a));
      expect(JSON.parse(keyOfValues([a, b]))).toEqual(JSON.parse(JSON.stringify([a, b])));
      const row: Row = { key: "r", a, b };
      expect(compileIdentity(["a"])(row) === compileIdentity(["b"])(row)).toBe(same);
      expect(compileIdentity(["a", "b"])(row) === compileIdentity(["b", "a"])(row)).toBe(same);
      expect(compileMatch(["a", "b"])(row) === null).toBe(a === null || b === null);
    }),
    { numRuns: 2000 },
  );
});

it("[CO3] orders values and rows as expressions do, and by key where all columns are equal", () => {
  fc.assert(
    fc.property(pair, fc.constantFrom("ascending" as const, "descending" as const), ([a, b], direction) => {
      const expected = compare(a, b);
      expect(sign(compareValues(a, b))).toBe(expected);
      if (byValue.weigh(a) !== byValue.weigh(b))
        expect(sign(byValue.weigh(a) - byValue.weigh(b))).toBe(expected);
      const [x, y]: [Row, Row] = [
        { key: "1", v: a },
        { key: "2", v: b },
      ];
      const order = compileOrder([["v", direction]]);
      const directed = direction === "ascending" ? expected : 0 - expected;
      expect(sign(order.compare(x, y))).toBe(directed === 0 ? -1 : directed);
      if (order.weigh(x) !== order.weigh(y)) expect(order.weigh(x) < order.weigh(y)).toBe(directed < 0);
      const [k, l] = [plainText(a), plainText(b)];
      const keys: [Row, Row] = [{ key: k }, { key: l }];
      expect(sign(compileOrder([]).compare(...keys))).toBe(compare(k, l));
      if (byKey.weigh(keys[0]) < byKey.weigh(keys[1])) expect(compare(k, l)).toBe(-1);
    }),
    { numRuns: 2000 },
  );
});

it("[CO2] keeps texts apart that a 32-bit hash takes for one", async () => {
  const { h32 } = await xxhash();
  expect(new Set(alike.xxhash.map((text) => h32(text))).size).toBe(1);
  expect(new Set(alike.fnv.map(fnv1a)).size).toBe(1);
  const texts = [...alike.fnv, ...alike.xxhash];
  const rows = texts.map((text): Row & { readonly text: string } => ({ key: text, text }));
  const graph = new PlanGraph({ rowsOf: () => rows, spare: 0 });
  const table = from<{ readonly key: string; readonly text: string }>("t");
  for (const query of [
    table,
    table.distinctBy("text"),
    table.groupBy(["text"], (of) => ({ count: of.count() })),
    table.join(table, { text: "key" }, { other: "text" }),
    table.where((row) => row.text.isOneOf([...texts])),
  ]) {
    const content = graph.acquire(query.plan).content();
    const found = content.type === "reset" ? content.rows : [];
    expect(found.map(({ text }) => text)).toEqual(texts);
    for (const row of found)
      expect([row["count"] ?? 1, row["other"] ?? row["text"]]).toEqual([1, row["text"]]);
  }
});

/** FNV-1a of 32 bits, of texts of ASCII. */
function fnv1a(text: string): number {
  let hash = 0x811c9dc5;
  for (const unit of text) hash = Math.imul(hash ^ unit.charCodeAt(0), 0x01000193) >>> 0;
  return hash;
}
