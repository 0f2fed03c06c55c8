import fc from "fast-check";
import { expect, it } from "vitest";
import { snapshotOf, TrackedMap } from "./tracked-map.ts";

type Value = { readonly name: string };
const values: readonly Value[] = ["a", "b", "c"].map((name) => ({ name }));
const key = fc.nat(4);
const value = fc.constantFrom(...values);
const step = fc.oneof(
  fc.record({ type: fc.constant("set" as const), key, value }),
  fc.record({ type: fc.constant("delete" as const), key }),
  fc.record({ type: fc.constant("clear" as const) }),
  fc.record({ type: fc.constant("look" as const) }),
);

const sorted = <V>(map: ReadonlyMap<number, V>) => [...map].sort(([a], [b]) => a - b);

/** The slow twin: two whole copies, compared. */
function changesBetween(before: ReadonlyMap<number, Value>, now: ReadonlyMap<number, Value>) {
  const keys = [0, 1, 2, 3, 4].filter((one) => before.get(one) !== now.get(one));
  return keys.map((one) => [one, before.get(one)]);
}

it("tells what changed since each of its snapshots as copies of it would", () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(key, value)), fc.array(step, { maxLength: 40 }), (entries, steps) => {
      const map = new TrackedMap(entries);
      const plain = new Map(entries);
      const looks = [{ snapshot: map.snapshot(), copy: new Map(plain) }];
      for (const one of steps) {
        if (one.type === "set") {
          map.set(one.key, one.value);
          plain.set(one.key, one.value);
        } else if (one.type === "delete") expect(map.delete(one.key)).toBe(plain.delete(one.key));
        else if (one.type === "clear") {
          map.clear();
          plain.clear();
        } else looks.push({ snapshot: snapshotOf(map), copy: new Map(plain) });
        expect([...map]).toEqual([...plain]);
        for (const { snapshot, copy } of looks) {
          expect(sorted(snapshot.changesTo(map))).toEqual(changesBetween(copy, plain));
          // Of another map than its own, too.
          expect(sorted(snapshot.changesTo(plain))).toEqual(changesBetween(copy, plain));
          expect(sorted(snapshot.toMap())).toEqual(sorted(copy));
          expect(sorted(snapshotOf(copy).changesTo(plain))).toEqual(changesBetween(copy, plain));
        }
      }
    }),
  );
});

it("lets go of what no snapshot needs any more", () => {
  const map = new TrackedMap<number, Value>();
  const gone = (() => {
    const large = { name: "x" };
    map.set(1, large);
    return new WeakRef(large);
  })();
  map.set(1, { name: "y" });
  globalThis.gc?.();
  return new Promise<void>((resolve) => setTimeout(resolve)).then(() => {
    globalThis.gc?.();
    expect(gone.deref()).toBeUndefined();
  });
});
