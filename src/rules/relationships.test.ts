import fc from "fast-check";
import { expect, it } from "vitest";
import { compareNames } from "../base/byte-order.ts";
import { edgeSources } from "../graph/digraph.ts";
import { buildOrder } from "../model/relationship.ts";
import { graphOf, mixed } from "./random-rules.test-kit.ts";
import { digraphFromRelationships, rulesFromRelationships } from "./relationships.ts";
import type { BuildOrder, RelationshipRow } from "./relationships.ts";
import { scheduleRules } from "./schedule.ts";

const name = fc.constantFrom("a", "b", "c", "", "__proto__", "é", "\u{ffff}", "😀");
const order: BuildOrder = {
  after: "source-after-target",
  before: "target-after-source",
  beside: "none",
};
const row: fc.Arbitrary<RelationshipRow> = fc.oneof(
  fc.record({
    source: name,
    target: name,
    type: fc.constantFrom("after", "before", "beside", "toString", "strange"),
    metadata: fc.constantFrom(null, 1, { a: 1, b: [2] }, { b: [2], a: 1 }, "a"),
    weight: fc.constantFrom(0.5, 1, 2),
  }),
  fc.record({ source: name, target: name, type: fc.constantFrom("after", "before") }),
);
const rows = fc.array(row, { maxLength: 12 });
const twoOrders = rows.chain((list) => fc.tuple(fc.constant(list), mixed([...list, ...list.slice(0, 2)])));

/** The ends of a row in the order of the build. */
function endsOf({ source, target, type }: RelationshipRow): readonly [string, string] | undefined {
  if (type === "after") return [target, source];
  return type === "before" ? [source, target] : undefined;
}

it("[RG19] makes a rule of each resource that waits, from what it waits for", () => {
  fc.assert(
    fc.property(rows, (list) => {
      const { rules, unknownTypes } = rulesFromRelationships(list, order);
      const pairs = list.flatMap((each) => {
        const ends = endsOf(each);
        return ends === undefined ? [] : [{ ends, type: each.type }];
      });
      const waiting = [...new Set(pairs.map(({ ends }) => ends[1]))].sort(compareNames);
      expect(rules.map((rule) => [rule.name, rule.output])).toEqual(waiting.map((each) => [each, each]));
      for (const rule of rules) {
        const own = pairs.filter(({ ends }) => ends[1] === rule.name);
        const inputs = [...new Set(own.map(({ ends }) => ends[0]))].sort(compareNames);
        expect(rule.inputs).toEqual(inputs);
        const types = inputs.map((input) => {
          const named = new Set(own.filter(({ ends }) => ends[0] === input).map(({ type }) => type));
          return [input, [...named].sort(compareNames).join(" ")] as const;
        });
        expect(new Map(Object.entries(rule.requirements?.types ?? {}))).toEqual(new Map(types));
      }
      const strange = list.map(({ type }) => type).filter((type) => ["toString", "strange"].includes(type));
      expect(unknownTypes).toEqual([...new Set(strange)].sort(compareNames));
    }),
    { numRuns: 1000 },
  );
});

it("[RG19] gives the same rules for the same rows in any order, and others for other metadata", () => {
  fc.assert(
    fc.property(twoOrders, ([list, other]) => {
      expect(rulesFromRelationships(other, order)).toEqual(rulesFromRelationships(list, order));
    }),
    { numRuns: 500 },
  );
  const told = (metadata: RelationshipRow["metadata"]) =>
    JSON.stringify(
      rulesFromRelationships([{ source: "a", target: "b", type: "after", metadata: metadata! }], order),
    );
  expect(new Set([null, 1, "1", { a: 1 }, { a: [1] }].map(told)).size).toBe(5);
  expect(told({ a: 1, b: 2 })).toBe(told({ b: 2, a: 1 }));
});

it("[RG19] orders a project by the types that order its build", () => {
  const { rules } = rulesFromRelationships(
    [
      { source: "page", target: "layout", type: "uses-layout" },
      { source: "page", target: "other", type: "references" },
      { source: "photo", target: "photo-640", type: "has-variant" },
      { source: "page", target: "photo-640", type: "uses-image" },
    ],
    buildOrder,
  );
  expect(scheduleRules(graphOf(rules)).generations).toEqual([["photo-640"], ["page"]]);
});

it("[RG20] draws each row that orders the build as an edge, whatever the order of the rows", () => {
  fc.assert(
    fc.property(twoOrders, ([list, other]) => {
      const { names, digraph, weights, types } = digraphFromRelationships(list, order);
      const all = new Set(list.flatMap(({ source, target }) => [source, target]));
      expect(names.names).toEqual([...all].sort(compareNames));
      const found = [...edgeSources(digraph)].map((from, slot) =>
        [names.names[from], names.names[digraph.outTargets[slot]!], types[slot], weights[slot]].join("|"),
      );
      const expected = list.flatMap((each) => {
        const ends = endsOf(each);
        return ends === undefined ? [] : [[...ends, each.type, each.weight ?? 1].join("|")];
      });
      expect(new Set(found)).toEqual(new Set(expected));
      const turned = digraphFromRelationships(other, order);
      expect([turned.digraph, turned.weights, turned.types]).toEqual([digraph, weights, types]);
    }),
    { numRuns: 1000 },
  );
});
