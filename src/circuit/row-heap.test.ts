import fc from "fast-check";
import { expect, it } from "vitest";
import type { Row } from "./row.ts";
import { RowHeap } from "./row-heap.ts";

/** Few keys, so that some come again while what was known of them still lies in the heap. */
const keys = fc.integer({ min: 0, max: 60 }).map(String);
const steps = fc.array(
  fc.oneof(
    { weight: 3, arbitrary: fc.record({ put: keys }) },
    { weight: 2, arbitrary: fc.record({ remove: keys }) },
    { weight: 2, arbitrary: fc.constant("remove the least" as const) },
  ),
  { maxLength: 800, size: "max" },
);

it("[CO4] has the row with the least key at hand through whatever comes and goes", () => {
  fc.assert(
    fc.property(steps, (stream) => {
      const heap = new RowHeap();
      const plain = new Map<string, Row>();
      for (const [at, step] of stream.entries()) {
        if (typeof step === "object" && "put" in step) {
          const row = { key: step.put, at };
          heap.put(row);
          plain.set(row.key, row);
        } else {
          const key = typeof step === "object" ? step.remove : (heap.least?.key ?? "none");
          heap.remove(key);
          plain.delete(key);
        }
        const [least] = [...plain.keys()].sort();
        expect(heap.least).toBe(least === undefined ? undefined : plain.get(least));
        expect(heap.size).toBe(plain.size);
      }
    }),
    { numRuns: 200, endOnFailure: true },
  );
});
