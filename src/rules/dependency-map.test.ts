import fc from "fast-check";
import { expect, it } from "vitest";
import { compareNames } from "../base/byte-order.ts";
import { compareReads } from "./compare-reads.ts";
import { compareDependencies, dependencyMapOf } from "./dependency-map.ts";
import type { Dependency } from "./dependency-map.ts";
import { outerPipeline, rulesOfStages } from "./outer-pipeline.ts";
import { graphOf, mixed, ruleLists } from "./random-rules.test-kit.ts";
import { scheduleRules } from "./schedule.ts";

const sorted = (names: Iterable<string>) => [...new Set(names)].sort(compareNames);
const name = fc.constantFrom("", "a", "b", "__proto__", "constructor", "é", "\u{ffff}", "😀");
const names = fc.array(name, { maxLength: 4 });
const map: fc.Arbitrary<Dependency[]> = fc.uniqueArray(fc.record({ name, needs: names }), {
  selector: (each) => each.name,
});

it("[RG21] tells the inputs of every rule", () => {
  fc.assert(
    fc.property(ruleLists(), (rules) => {
      const expected = rules.map((rule) => ({ name: rule.name, needs: sorted(rule.inputs) }));
      expect(dependencyMapOf(graphOf(rules))).toEqual(expected.sort((a, b) => compareNames(a.name, b.name)));
    }),
    { numRuns: 500 },
  );
});

it("[RG21] finds what is missing, extra and mismatched", () => {
  fc.assert(
    fc.property(map, map, (declared, actual) => {
      const needs = (list: readonly Dependency[], of: string) =>
        sorted(list.find((each) => each.name === of)?.needs ?? []);
      const has = (list: readonly Dependency[], of: string) => list.some((each) => each.name === of);
      const all = sorted([...declared, ...actual].map((each) => each.name));
      expect(compareDependencies(declared, actual)).toEqual({
        missing: all.filter((each) => has(declared, each) && !has(actual, each)),
        extra: all.filter((each) => !has(declared, each) && has(actual, each)),
        mismatched: all
          .filter((each) => has(declared, each) && has(actual, each))
          .map((each) => ({ name: each, declared: needs(declared, each), actual: needs(actual, each) }))
          .filter((pair) => JSON.stringify(pair.declared) !== JSON.stringify(pair.actual)),
      });
    }),
    { numRuns: 1000 },
  );
});

it("[RG21] finds no difference between a map and itself told otherwise", () => {
  const told = map.chain((list) => fc.tuple(fc.constant(list), mixed(list)));
  fc.assert(
    fc.property(told, ([list, other]) => {
      const doubled = other.map((each) => ({ ...each, needs: [...each.needs, ...each.needs].reverse() }));
      expect(compareDependencies(list, doubled)).toEqual({ missing: [], extra: [], mismatched: [] });
    }),
    { numRuns: 500 },
  );
});

it("[RG22] declares the outer pipeline from the folder to the site", () => {
  const graph = graphOf(rulesOfStages(outerPipeline));
  const stages = ["intake", "scan", "fetch", "append", "prepare", "plan", "dispatch", "publish"];
  expect(scheduleRules(graph, { seedEvidence: ["folder"] }).orderedRules).toEqual(stages);
  expect(compareDependencies(outerPipeline, dependencyMapOf(graph))).toEqual({
    missing: [],
    extra: [],
    mismatched: [],
  });
  const actual = [
    { name: "intake", needs: ["folder"] },
    { name: "scan", needs: ["folder"] },
    { name: "lint", needs: [] },
  ];
  expect(compareDependencies(outerPipeline, actual)).toEqual({
    missing: ["append", "dispatch", "fetch", "plan", "prepare", "publish"],
    extra: ["lint"],
    mismatched: [{ name: "scan", declared: ["intake"], actual: ["folder"] }],
  });
});

it("[RG26] tells what a rule read and did not declare, and the other way round", () => {
  const reads = fc.uniqueArray(fc.record({ rule: name, declared: names, read: names }), {
    selector: ({ rule }) => rule,
  });
  fc.assert(
    fc.property(reads, (observed) => {
      const expected = observed
        .map(({ rule, declared, read }) => ({
          rule,
          undeclared: sorted(read.filter((each) => !declared.includes(each))),
          unread: sorted(declared.filter((each) => !read.includes(each))),
        }))
        .filter(({ undeclared, unread }) => undeclared.length + unread.length > 0);
      expect(compareReads(observed)).toEqual(expected.sort((a, b) => compareNames(a.rule, b.rule)));
    }),
    { numRuns: 1000 },
  );
});
