import fc from "fast-check";
import { expect, it } from "vitest";
import { compareNames } from "../base/byte-order.ts";
import { findRuleCriticalPath } from "./critical-path.ts";
import { impactOf, provenanceOf } from "./impact.ts";
import { graphOf, ruleLists, someEvidence, waitsFor, waitsForAll } from "./random-rules.test-kit.ts";
import type { RuleDefinition } from "./rule-definition.ts";

const sorted = (names: Iterable<string>) => [...new Set(names)].sort(compareNames);

it("[RG12] finds what evidence reaches", () => {
  fc.assert(
    fc.property(ruleLists(), someEvidence, (rules, changed) => {
      const reads = (rule: RuleDefinition) => rule.inputs.some((input) => changed.includes(input));
      const hit = rules.filter((rule) => [rule, ...waitsForAll(rules, rule)].some(reads));
      expect(impactOf(graphOf(rules), changed)).toEqual({
        rules: sorted(hit.map((rule) => rule.name)),
        evidence: sorted(hit.map((rule) => rule.output)),
      });
    }),
    { numRuns: 1000 },
  );
});

it("[RG12] finds what a rule comes from", () => {
  fc.assert(
    fc.property(ruleLists(), (rules) => {
      for (const rule of rules) {
        const before = [...waitsForAll(rules, rule)];
        expect(provenanceOf(graphOf(rules), rule.name)).toEqual({
          rules: sorted(before.map((each) => each.name)),
          evidence: sorted([rule, ...before].flatMap((each) => each.inputs)),
        });
      }
    }),
    { numRuns: 500 },
  );
});

it("[RG12] finds nothing for unknown names", () => {
  const graph = graphOf([{ name: "a", inputs: ["x"], output: "y", priority: 0 }]);
  expect(impactOf(graph, ["a", "toString"])).toEqual({ rules: [], evidence: [] });
  expect(provenanceOf(graph, "x")).toEqual({ rules: [], evidence: [] });
});

it("[RG13] finds a heaviest chain of rules", () => {
  const weights = fc.array(fc.nat(9), { minLength: 9, maxLength: 9 });
  fc.assert(
    fc.property(ruleLists(), weights, (all, weight) => {
      // Rules on or behind a cycle have no time.
      const rules = all.filter((rule) =>
        [rule, ...waitsForAll(all, rule)].every((each) => !waitsForAll(all, each).has(each)),
      );
      const weightOf = (rule: RuleDefinition) => weight[all.indexOf(rule)]!;
      const heaviestTo = (rule: RuleDefinition): number =>
        weightOf(rule) + Math.max(0, ...waitsFor(rules, rule).map(heaviestTo));
      const graph = graphOf(all);
      const found = findRuleCriticalPath(graph, weightOf);
      expect(found.length).toBe(Math.max(0, ...rules.map(heaviestTo)));
      const path = found.path.map((name) => rules.find((rule) => rule.name === name)!);
      expect(path.reduce((sum, rule) => sum + weightOf(rule), 0)).toBe(found.length);
      path.slice(1).forEach((rule, i) => expect(waitsFor(rules, rule)).toContain(path[i]));
      graph.rules.forEach((rule, index) => {
        expect(Number.isNaN(found.remaining[index])).toBe(!rules.includes(rule));
        if (path.includes(rule)) expect(found.slack[index]).toBe(0);
      });
    }),
    { numRuns: 500 },
  );
});
