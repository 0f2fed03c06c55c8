import fc from "fast-check";
import { expect, it } from "vitest";
import { compareNames } from "../base/byte-order.ts";
import { writeDot } from "../graph/dot.ts";
import { writeMermaid } from "../graph/mermaid.ts";
import { writeNodeLink } from "../graph/node-link.ts";
import { compareSnapshots } from "./compare-snapshots.ts";
import { findRuleCycles } from "./cycles.ts";
import { diagnoseRules } from "./diagnostics.ts";
import {
  graphOf,
  mixed,
  requirements,
  ruleLists,
  toldEvidence,
  waitsFor,
  waitsForAll,
} from "./random-rules.test-kit.ts";
import type { RuleDefinition } from "./rule-definition.ts";
import { drawRules } from "./rule-drawing.ts";
import { ruleEdges } from "./rule-edge.ts";
import { snapshotOf } from "./snapshot.ts";

const sorted = (names: Iterable<string>) => [...new Set(names)].sort(compareNames);

/** Whether what `from` makes comes, through any rules but one that makes it at once, to be read by `rule`. */
function isImplied(rules: readonly RuleDefinition[], rule: RuleDefinition, input: string): boolean {
  return rules.some((via) => via !== rule && via.inputs.includes(input) && waitsForAll(rules, rule).has(via));
}

it("[RG30] tells what is wrong with a graph, and what is not", () => {
  fc.assert(
    fc.property(ruleLists(), toldEvidence, (rules, told) => {
      const graph = graphOf(rules, told);
      const found = diagnoseRules(graph);
      const onCycle = rules.filter((rule) => waitsForAll(rules, rule).has(rule));
      expect(found.status).toBe(onCycle.length === 0 ? "ok" : "cycle");
      expect(found.cycles).toEqual(findRuleCycles(graph));
      expect(sorted(found.components.flatMap((each) => each.rules))).toEqual(
        sorted(onCycle.map(({ name }) => name)),
      );
      for (const component of found.components) {
        const inside = onCycle.filter(({ name }) => component.rules.includes(name));
        expect(component.evidence).toEqual(sorted(inside.map(({ output }) => output)));
        for (const a of inside) for (const b of inside) expect(waitsForAll(rules, a).has(b)).toBe(true);
      }
      const touched = new Set(rules.flatMap((rule) => [...rule.inputs, rule.output]));
      expect(found.isolated.evidence).toEqual(
        sorted(told.map(({ name }) => name).filter((name) => !touched.has(name))),
      );
      const lone = rules.filter(
        (rule) => rule.inputs.length === 0 && !rules.some((other) => other.inputs.includes(rule.output)),
      );
      expect(found.isolated.rules).toEqual(sorted(lone.map(({ name }) => name)));
      if (onCycle.length > 0) expect(found.reduction).toBeNull();
      else {
        const redundant = rules.flatMap((rule) =>
          sorted(rule.inputs)
            .filter((input) => isImplied(rules, rule, input))
            .map((input) => ({ rule: rule.name, input })),
        );
        redundant.sort((a, b) => compareNames(a.input, b.input) || compareNames(a.rule, b.rule));
        const nodeMap = [...Array(graph.digraph.nodes).keys()];
        expect(found.reduction).toEqual({ redundant, nodeMap, complete: true });
      }
    }),
    { numRuns: 1000 },
  );
});

it("[RG30] times the rules that no cycle holds up", () => {
  fc.assert(
    fc.property(ruleLists(), (all) => {
      const rules = all.filter((rule) =>
        [rule, ...waitsForAll(all, rule)].every((each) => !waitsForAll(all, each).has(each)),
      );
      const weightOf = (rule: RuleDefinition) => 1 + rule.inputs.length;
      const startOf = (rule: RuleDefinition): number =>
        Math.max(0, ...waitsFor(rules, rule).map((each) => startOf(each) + weightOf(each)));
      const { criticalPath } = diagnoseRules(graphOf(all), { weightOf });
      expect(criticalPath.rules.map(({ rule, start }) => ({ rule, start }))).toEqual(
        rules
          .map((rule) => ({ rule: rule.name, start: startOf(rule) }))
          .sort((a, b) => compareNames(a.rule, b.rule)),
      );
      for (const { start, remaining, slack } of criticalPath.rules) {
        expect(start + remaining + slack).toBe(criticalPath.length);
      }
      const slack = new Map(criticalPath.rules.map((each) => [each.rule, each.slack]));
      for (const rule of criticalPath.path) expect(slack.get(rule)).toBe(0);
    }),
    { numRuns: 500 },
  );
});

const twoOrders = fc
  .record({ rules: ruleLists(), told: toldEvidence })
  .chain(({ rules, told }) => fc.tuple(fc.constant({ rules, told }), mixed(rules), mixed(told)));

it("[RG30] [RG32] tells the same of the same rules in any order, as plain data", () => {
  fc.assert(
    fc.property(twoOrders, ([{ rules, told }, otherRules, otherTold]) => {
      const graph = graphOf(rules, told);
      const other = graphOf(otherRules, otherTold);
      const found = diagnoseRules(graph);
      expect(diagnoseRules(other)).toEqual(found);
      expect(JSON.parse(JSON.stringify(found))).toEqual(found);
      for (const write of [writeDot, writeMermaid, writeNodeLink]) {
        expect(write(drawRules(other))).toBe(write(drawRules(graph)));
      }
    }),
    { numRuns: 300 },
  );
});

it("[RG32] draws every node and edge, or those that say something", () => {
  fc.assert(
    fc.property(ruleLists(), (rules) => {
      const graph = graphOf(rules);
      const drawing = drawRules(graph, { name: "plan" });
      expect(drawing.nodes.map(({ label, data }) => [data?.["kind"], label])).toEqual([
        ...graph.evidence.names.map((name) => ["evidence", name]),
        ...graph.rules.map(({ name }) => ["rule", name]),
      ]);
      const ends = ruleEdges(graph).map(({ source, target, kind }) => ({ source, target, data: { kind } }));
      expect(drawing.edges).toEqual(ends);
      const redundant = diagnoseRules(graph).reduction?.redundant ?? [];
      const reduced = drawRules(graph, { edges: "reduced" });
      expect(reduced.edges.length).toBe(ends.length - redundant.length);
      for (const edge of reduced.edges) expect(ends).toContainEqual(edge);
    }),
    { numRuns: 300 },
  );
});

const askedRules = ruleLists(4).chain((rules) =>
  fc.tuple(...rules.map((rule) => requirements.map((needs) => ({ ...rule, requirements: needs })))),
);
const snapshots = fc
  .record({ rules: askedRules, told: toldEvidence, label: fc.string() })
  .map(({ rules, told, label }) => snapshotOf(graphOf(rules, told), label));

it("[RG31] finds what two snapshots do not share", () => {
  fc.assert(
    fc.property(snapshots, snapshots, (before, after) => {
      const difference = compareSnapshots(before, after);
      for (const [kind, changes] of [
        ["rule", difference.rules],
        ["evidence", difference.evidence],
      ] as const) {
        const named = (snapshot: typeof before, name: string) => {
          const found = snapshot.nodes.find((node) => node.kind === kind && node.name === name);
          return found === undefined ? undefined : JSON.stringify({ ...found, id: 0 });
        };
        const all = sorted(
          [...before.nodes, ...after.nodes].filter((node) => node.kind === kind).map(({ name }) => name),
        );
        expect(changes).toEqual({
          added: all.filter((name) => named(before, name) === undefined),
          removed: all.filter((name) => named(after, name) === undefined),
          changed: all.filter(
            (name) =>
              named(before, name) !== undefined &&
              named(after, name) !== undefined &&
              named(before, name) !== named(after, name),
          ),
        });
      }
    }),
    { numRuns: 1000 },
  );
});

it("[RG31] finds the edges that two graphs do not share, and those whose ends ask for something else", () => {
  fc.assert(
    fc.property(askedRules, askedRules, toldEvidence, (left, right, told) => {
      const [before, after] = [graphOf(left), graphOf(right, told)];
      const edgesIn = (graph: typeof before) =>
        new Map(
          ruleEdges(graph).map(({ kind, rule, evidence, requirements: asked }) => [
            JSON.stringify([rule, evidence, kind]),
            JSON.stringify(asked),
          ]),
        );
      const [old, now] = [edgesIn(before), edgesIn(after)];
      const { added, removed, changed } = compareSnapshots(
        snapshotOf(before, "a"),
        snapshotOf(after, "b"),
      ).edges;
      const keys = (edges: typeof added) =>
        edges.map(({ rule, evidence, kind }) => JSON.stringify([rule, evidence, kind])).sort();
      expect(keys(added)).toEqual([...now.keys()].filter((key) => !old.has(key)).sort());
      expect(keys(removed)).toEqual([...old.keys()].filter((key) => !now.has(key)).sort());
      expect(keys(changed)).toEqual(
        [...now.keys()].filter((key) => old.has(key) && old.get(key) !== now.get(key)).sort(),
      );
      const byRule = [...added].sort((a, b) => compareNames(a.rule, b.rule));
      expect(added.map(({ rule }) => rule)).toEqual(byRule.map(({ rule }) => rule));
    }),
    { numRuns: 500 },
  );
});

it("[RG31] takes a snapshot of the first version, which told no promises", () => {
  const now = snapshotOf(graphOf([{ name: "r", inputs: ["x"], output: "y", priority: 0 }]), "now");
  const old = JSON.parse(JSON.stringify(now, (key, value) => (key === "requirements" ? undefined : value)));
  const same = { added: [], removed: [], changed: [] };
  expect(compareSnapshots({ ...old, version: 1 }, now)).toEqual({ rules: same, evidence: same, edges: same });
});
