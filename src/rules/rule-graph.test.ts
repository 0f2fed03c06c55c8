import fc from "fast-check";
import { expect, it } from "vitest";
import { compareNames } from "../base/byte-order.ts";
import { edgeSources } from "../graph/digraph.ts";
import { graphOf, ruleLists } from "./random-rules.test-kit.ts";
import { buildRuleGraph, evidenceNode, ruleNode } from "./rule-graph.ts";

const shuffled = ruleLists().chain((rules) =>
  fc.record({
    rules: fc.constant(rules),
    mixed: fc.shuffledSubarray(rules, { minLength: rules.length, maxLength: rules.length }),
  }),
);

it("[RG1] numbers by name, whatever order the rules come in", () => {
  fc.assert(
    fc.property(shuffled, ({ rules, mixed }) => {
      const evidence = new Set(rules.flatMap((rule) => [...rule.inputs, rule.output]));
      const sortedEvidence = [...evidence].sort(compareNames);
      const sortedRules = rules.map((rule) => rule.name).sort(compareNames);
      const graph = graphOf(mixed);
      expect(graph.evidence.names).toEqual(sortedEvidence);
      expect(graph.rules.map((rule) => rule.name)).toEqual(sortedRules);
      sortedEvidence.forEach((name, node) => expect(evidenceNode(graph, name)).toBe(node));
      sortedRules.forEach((name, i) => expect(ruleNode(graph, name)).toBe(evidence.size + i));
      expect(evidenceNode(graph, "unknown")).toBeUndefined();
      expect(ruleNode(graph, "unknown")).toBeUndefined();
      expect(graph.digraph).toEqual(graphOf(rules).digraph);
    }),
    { numRuns: 500 },
  );
});

it("[RG2] draws each requirement and each product once", () => {
  fc.assert(
    fc.property(ruleLists(), (rules) => {
      const graph = graphOf(rules);
      const expected = rules.flatMap((rule) => {
        const node = ruleNode(graph, rule.name);
        const inputs = [...new Set(rule.inputs)].map((input) => [evidenceNode(graph, input), node]);
        return [...inputs, [node, evidenceNode(graph, rule.output)]].map(String);
      });
      const found = [...edgeSources(graph.digraph)].map(
        (from, slot) => `${from},${graph.digraph.outTargets[slot]}`,
      );
      expect(found.sort(compareNames)).toEqual(expected.sort(compareNames));
    }),
    { numRuns: 500 },
  );
});

it("[RG2] takes rules with very many inputs", () => {
  const inputs = Array.from({ length: 5000 }, (_, i) => `in ${(i * 7) % 1000}`);
  const graph = graphOf([{ name: "all", inputs, output: "out", priority: 0 }]);
  expect(graph.digraph.edges).toBe(1001);
});

it("[RG3] refuses names that stand twice and priorities that are no finite number", () => {
  const rule = (name: string, priority = 0) => ({ name, inputs: [], output: "x", priority });
  const result = buildRuleGraph([rule("b"), rule("a", NaN), rule("b"), rule("c", Infinity), rule("a")]);
  expect(result).toMatchObject({
    ok: false,
    faults: [
      { code: "duplicate-rule", message: "several rules have the same name: a, b" },
      { code: "invalid-priority", message: "the priority is no finite number in: a, c" },
    ],
  });
});
