import fc from "fast-check";
import { expect, it } from "vitest";
import { compareNames } from "../base/byte-order.ts";
import { asResourceId, type ResourceId } from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";
import { OutputPages } from "./output-pages.ts";
import { blankRecord } from "./settlement.ts";

const recordOf = (id: ResourceId): OutputRecord => ({ ...blankRecord({ id, kind: "page" }), status: "DONE" });
const names = fc.uniqueArray(fc.string({ unit: "binary", minLength: 1, maxLength: 3 }), { maxLength: 40 });

it("[E36] gives every output that stays once, in the order of their ids, whatever comes and goes", () => {
  fc.assert(
    fc.property(names, names, fc.integer({ min: 1, max: 7 }), (first, coming, size) => {
      const outputs = new Map(first.map(asResourceId).map((id) => [id, recordOf(id)]));
      const pages = new OutputPages(outputs, size);
      const told: ResourceId[] = [];
      for (let after = ""; ; after = told.at(-1) ?? "") {
        const page = pages.page(after);
        if (page.length === 0) break;
        expect(page.length).toBeLessThanOrEqual(size);
        told.push(...page.map(({ id }) => id));
        // One that was told goes, and another comes.
        outputs.delete(told[0]!);
        const next = asResourceId(coming[told.length % (coming.length || 1)] ?? "x");
        if (!first.includes(next)) outputs.set(next, recordOf(next));
      }
      expect(told).toEqual(first.map(asResourceId).sort(compareNames));
    }),
  );
});

it("[E36] goes on in an engine that gave no page before", () => {
  const ids = ["a", "b", "c", "d"].map(asResourceId);
  const outputs = new Map(ids.map((id) => [id, recordOf(id)]));
  expect(new OutputPages(outputs, 2).page("b").map(({ id }) => id)).toEqual(["c", "d"]);
  expect(new OutputPages(outputs, 2).page("bb").map(({ id }) => id)).toEqual(["c", "d"]);
  expect(new OutputPages(outputs, 2).page("d")).toEqual([]);
});
