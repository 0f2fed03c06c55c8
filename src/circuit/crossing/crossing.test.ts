import fc from "fast-check";
import { expect, it } from "vitest";
import { buffersOf, packRows } from "./pack-rows.ts";
import { openRows } from "./open-rows.ts";

type Row = { readonly key: string; readonly [column: string]: unknown };

function opened(pack: unknown): object[] {
  const answer = openRows(pack);
  if (!answer.ok) throw new Error(answer.reason);
  return Array.from({ length: answer.rows.count }, (_, place) => {
    expect(answer.rows.rowAt(place)["key"]).toBe(answer.rows.keyAt(place));
    return answer.rows.rowAt(place);
  });
}

/** JSON has one zero, and `fc.json` is what the language's own printer and parser agree on. */
const json = fc.jsonValue({ maxDepth: 3, stringUnit: "binary" }).map((value) => {
  return JSON.parse(JSON.stringify(value)) as unknown;
});
const text = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme", minLength: 40, maxLength: 200 }),
  fc.constantFrom("", "\ud800", "\udc00 a", "a\u0000b", "NaN", "-0", "__proto__"),
);
const number = fc.oneof(fc.double(), fc.nat(255), fc.constantFrom(-0, NaN, Infinity, -Infinity, 2 ** 53, -1));
/** A column is mostly of one type, as in a view; now and then of all. */
const cells = fc.oneof(
  fc.constant(text),
  fc.constant(number),
  fc.constant(fc.nat(255)),
  fc.constant(fc.boolean()),
  fc.constant(json),
  fc.constant(fc.oneof(text, number, fc.boolean(), json)),
);
const name = fc.oneof(fc.constantFrom("a", "b", "c", "__proto__", "toString", "length"), text);
const rows: fc.Arbitrary<Row[]> = fc
  .dictionary(name, fc.tuple(cells, fc.nat(2)), { maxKeys: 6 })
  .chain((columns) => {
    const arbitraries = Object.entries(columns)
      .filter(([column]) => column !== "key")
      .map(([column, [cell, gaps]]) => {
        const withNull = gaps > 0 ? fc.option(cell, { nil: null }) : cell;
        const withAbsent = gaps > 1 ? fc.option(withNull, { nil: undefined }) : withNull;
        return withAbsent.map((value) => [column, value] as const);
      });
    const row = fc.tuple(text, fc.tuple(...arbitraries)).map(([key, entries]) => {
      const present = entries.filter(([, value]) => value !== undefined);
      return Object.fromEntries([["key", key], ...present]) as Row;
    });
    return fc.array(row, { maxLength: 30 });
  });

it("[X1] gives back what was packed, also through a copy", () => {
  fc.assert(
    fc.property(rows, (list) => {
      const before = structuredClone(list);
      const pack = packRows(list);
      expect(list).toEqual(before);
      expect(opened(pack)).toStrictEqual(list);
      expect(opened(structuredClone(pack))).toStrictEqual(list);
    }),
    { numRuns: 500 },
  );
});

it("[X1] keeps rows apart that differ in their columns", () => {
  const list: Row[] = [{ key: "a", toString: 1 }, { key: "b" }, { key: "c", valueOf: null, toString: null }];
  const back = opened(packRows(list));
  expect(back).toStrictEqual(list);
  expect(Object.hasOwn(back[1] ?? {}, "toString")).toBe(false);
});

it("[X1] packs a text of ten million characters", () => {
  const list = [{ key: "k", long: "ä".repeat(10_000_000), none: null }];
  expect(opened(structuredClone(packRows(list)))).toStrictEqual(list);
});

it("[X4] sends a repeated text once, and gives up on a column of different ones", () => {
  const few = Array.from({ length: 1000 }, (_, i) => ({ key: String(i), status: ["DONE", "FAILED"][i % 2] }));
  const pack = packRows(few);
  expect(pack.strings.filter((each) => each === "DONE")).toHaveLength(1);
  expect(pack.strings).toHaveLength(1002);
  // The second half of this column repeats, which nobody looks for any more.
  const many = Array.from({ length: 1000 }, (_, i) => ({ key: "same", label: i < 500 ? String(i) : "end" }));
  const strings = packRows(many).strings;
  expect(strings.filter((each) => each === "same")).toHaveLength(1);
  expect(strings.filter((each) => each === "end")).toHaveLength(500);
});

it("[X3] hands its columns over with one buffer", () => {
  const pack = packRows([{ key: "a", size: 1000, bytes: 7, is: true, gap: null }]);
  const buffers = buffersOf([pack, packRows([])]);
  expect(buffers).toHaveLength(1);
  const [there] = structuredClone([pack], { transfer: buffers });
  expect(opened(there)).toStrictEqual([{ key: "a", size: 1000, bytes: 7, is: true, gap: null }]);
  for (const { values } of pack.columns) expect(values.byteLength).toBe(0);
  // What was handed over cannot be read again, and says so.
  expect(openRows(pack).ok).toBe(false);
});

/** Every place inside a plain value, typed arrays being leaves. */
function* places(value: unknown): Iterable<{ readonly at: object; readonly name: string }> {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) return;
  for (const part of Object.keys(value)) {
    yield { at: value, name: part };
    yield* places(Reflect.get(value, part));
  }
}

const junk = fc.oneof(
  fc.constantFrom<unknown>(undefined, null, "text", "json", "byte", "key", -1, 0.5, 3, 1e9, [], {}, [[]]),
  fc.uint8Array({ maxLength: 4 }),
  fc.uint32Array({ maxLength: 4 }),
  fc.float64Array({ maxLength: 4 }),
  fc.constant(Object.assign(Array.from({ length: 1 }), { length: 3 })),
);

it("[X2] refuses what is not packed rows with a reason, and never throws", () => {
  let refused = 0;
  fc.assert(
    fc.property(rows, fc.array(fc.tuple(fc.nat(), junk), { maxLength: 3 }), (list, changes) => {
      const pack = structuredClone(packRows(list));
      const all = [...places(pack)];
      for (const [which, what] of changes) {
        const place = all[which % all.length];
        if (place !== undefined) Reflect.set(place.at, place.name, what);
      }
      const answer = openRows(pack);
      if (answer.ok) opened(pack);
      else refused++;
      if (!answer.ok) expect(answer.reason).toMatch(/./);
    }),
    { numRuns: 1000 },
  );
  expect(refused).toBeGreaterThan(250);
  fc.assert(fc.property(fc.oneof(junk, fc.anything()), (value) => void openRows(value)));
});

it("[X2] says what is wrong", () => {
  const pack = packRows([
    { key: "a", data: [1] },
    { key: "b", data: null },
  ]);
  const reasonOf = (change: object) => {
    const answer = openRows({ ...pack, ...change });
    return answer.ok ? "" : answer.reason;
  };
  const [key, data] = pack.columns;
  expect(reasonOf({})).toBe("");
  expect(reasonOf({ count: 1 })).toBe("column key has other rows");
  expect(reasonOf({ strings: ["a", "b", "[1"] })).toBe("column data holds what is not JSON");
  expect(reasonOf({ strings: ["a"] })).toBe("column key has no such text");
  expect(reasonOf({ columns: [data] })).toBe("the rows have no keys");
  expect(reasonOf({ columns: [key, data, key] })).toBe("a column is there twice");
  expect(reasonOf({ columns: [key, { ...data, type: "toString" }] })).toBe("column data has no type");
  expect(reasonOf({ columns: [key, { ...data, nulls: new Uint8Array(2) }] })).toBe(
    "column data has other gaps",
  );
});
