import fc from "fast-check";
import { expect, it } from "vitest";
import { compareNames } from "../base/byte-order.ts";
import { edgeSources } from "../graph/digraph.ts";
import { canonicalRequirements } from "./requirements.ts";
import { ruleEdges } from "./rule-edge.ts";
import { graphOf, mixed, requirements, ruleLists, toldEvidence } from "./random-rules.test-kit.ts";
import { buildRuleGraph, evidenceNode, ruleNode } from "./rule-graph.ts";

const shuffled = ruleLists().chain((rules) =>
  fc.record({
    rules: fc.constant(rules),
    other: mixed(rules),
  }),
);

it("[RG1] numbers by name, whatever order the rules come in", () => {
  fc.assert(
    fc.property(shuffled, ({ rules, other }) => {
      const evidence = new Set(rules.flatMap((rule) => [...rule.inputs, rule.output]));
      const sortedEvidence = [...evidence].sort(compareNames);
      const sortedRules = rules.map((rule) => rule.name).sort(compareNames);
      const graph = graphOf(other);
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

it("[RG17] gives told evidence a node, also when no rule touches it, and keeps what it promises", () => {
  const lists = fc
    .record({ rules: ruleLists(), told: toldEvidence })
    .chain(({ rules, told }) =>
      fc.record({ rules: fc.constant(rules), told: fc.constant(told), other: mixed(told) }),
    );
  fc.assert(
    fc.property(lists, ({ rules, told, other }) => {
      const graph = graphOf(rules, told);
      const named = rules.flatMap((rule) => [...rule.inputs, rule.output]);
      const all = new Set([...named, ...told.map(({ name }) => name)]);
      expect(graph.evidence.names).toEqual([...all].sort(compareNames));
      expect(graph.digraph.edges).toBe(graphOf(rules).digraph.edges);
      for (const { name, requirements: promised } of told) {
        expect(graph.promises.get(evidenceNode(graph, name)!)).toEqual(promised);
      }
      expect(graphOf(rules, other).digraph).toEqual(graph.digraph);
    }),
    { numRuns: 300 },
  );
});

it("[RG17] refuses evidence that is told of twice", () => {
  expect(buildRuleGraph([], [{ name: "b" }, { name: "a" }, { name: "b" }])).toMatchObject({
    ok: false,
    faults: [{ code: "duplicate-evidence", message: "evidence is told of more than once: b" }],
  });
});

it("[RG18] tells of each edge what its ends ask and promise", () => {
  const asked = ruleLists().chain((rules) =>
    fc.tuple(...rules.map((rule) => requirements.map((needs) => ({ ...rule, requirements: needs })))),
  );
  fc.assert(
    fc.property(asked, toldEvidence, (rules, told) => {
      const graph = graphOf(rules, told);
      const promise = (name: string) =>
        canonicalRequirements(told.find((each) => each.name === name)?.requirements);
      const expected = rules.flatMap((rule) => {
        const node = ruleNode(graph, rule.name)!;
        const requires = [...new Set(rule.inputs)].map((input) => ({
          source: evidenceNode(graph, input)!,
          target: node,
          kind: "requires",
          rule: rule.name,
          evidence: input,
          requirements: canonicalRequirements(rule.requirements),
        }));
        const target = evidenceNode(graph, rule.output)!;
        const made = { rule: rule.name, evidence: rule.output, requirements: promise(rule.output) };
        return [...requires, { source: node, target, kind: "produces", ...made }];
      });
      expected.sort((a, b) => a.source - b.source || a.target - b.target);
      expect(ruleEdges(graph)).toEqual(expected);
    }),
    { numRuns: 300 },
  );
});
