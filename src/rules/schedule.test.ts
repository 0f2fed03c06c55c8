import fc from "fast-check";
import { expect, it } from "vitest";
import { compareNames } from "../base/byte-order.ts";
import { graphOf, ruleLists, someEvidence, waitsFor, waitsForAll } from "./random-rules.test-kit.ts";
import type { RuleDefinition } from "./rule-definition.ts";
import { scheduleRules } from "./schedule.ts";

const isMade = (rules: readonly RuleDefinition[], evidence: string) =>
  rules.some((rule) => rule.output === evidence);

/** Runs whole waves until nothing more can run, by the definition. */
function slowWaves(rules: readonly RuleDefinition[], seeds: readonly string[] | undefined): string[][] {
  const given = new Set(seeds);
  const ran = new Set<RuleDefinition>();
  const waves: string[][] = [];
  for (;;) {
    const isThere = (evidence: string) => {
      if (given.has(evidence)) return true;
      if (!isMade(rules, evidence)) return seeds === undefined;
      return rules.every((rule) => rule.output !== evidence || ran.has(rule));
    };
    const wave = rules.filter((rule) => !ran.has(rule) && rule.inputs.every(isThere));
    if (wave.length === 0) return waves;
    for (const rule of wave) ran.add(rule);
    wave.sort((a, b) => a.priority - b.priority || compareNames(a.name, b.name));
    waves.push(wave.map((rule) => rule.name));
  }
}

const maybeSeeds = fc.option(someEvidence, { nil: undefined });
const optionsOf = (seeds: readonly string[] | undefined) =>
  seeds === undefined ? {} : { seedEvidence: seeds };

it("[RG4] [RG5] [RG6] runs wave by wave what has its inputs, by priority and name", () => {
  fc.assert(
    fc.property(ruleLists(), maybeSeeds, (rules, seeds) => {
      const expected = slowWaves(rules, seeds);
      const graph = graphOf(rules);
      const schedule = scheduleRules(graph, optionsOf(seeds));
      expect(schedule.generations).toEqual(expected);
      expect(schedule.orderedRules).toEqual(expected.flat());
      expect([...schedule.order].map((rule) => graph.rules[rule]!.name)).toEqual(expected.flat());
      graph.rules.forEach((rule, index) => {
        const wave = expected.findIndex((names) => names.includes(rule.name));
        expect(schedule.waveOf[index]).toBe(wave);
      });
    }),
    { numRuns: 2000 },
  );
});

it("[RG5] waits for all producers", () => {
  const rule = (name: string, inputs: string[], output: string) => ({ name, inputs, output, priority: 0 });
  const rules = [
    rule("use", ["x"], "y"),
    rule("quick", [], "x"),
    rule("slow", ["z"], "x"),
    rule("z", [], "z"),
  ];
  expect(scheduleRules(graphOf(rules)).generations).toEqual([["quick", "z"], ["slow"], ["use"]]);
});

it("[RG6] takes a seed that a rule makes as given, and seeds nobody knows as nothing", () => {
  const rule = (name: string, inputs: string[], output: string) => ({ name, inputs, output, priority: 0 });
  const graph = graphOf([rule("a", ["b"], "a"), rule("b", ["a"], "b"), rule("c", [], "c")]);
  expect(scheduleRules(graph).generations).toEqual([["c"]]);
  expect(scheduleRules(graph, { seedEvidence: ["b", "who"] }).generations).toEqual([["a", "c"], ["b"]]);
  expect(scheduleRules(graph, { seedEvidence: [] }).generations).toEqual([["c"]]);
});

it("[RG7] names the rules that lack evidence, and what they lack", () => {
  fc.assert(
    fc.property(ruleLists(), someEvidence, (rules, seeds) => {
      const lacking = rules.flatMap((rule) => {
        const missing = new Set(rule.inputs.filter((name) => !isMade(rules, name) && !seeds.includes(name)));
        const needed = !seeds.includes(rule.output);
        return missing.size > 0 && needed
          ? [{ rule: rule.name, missing: [...missing].sort(compareNames) }]
          : [];
      });
      lacking.sort((a, b) => compareNames(a.rule, b.rule));
      const strict = scheduleRules(graphOf(rules), { seedEvidence: seeds });
      const partial = scheduleRules(graphOf(rules), { seedEvidence: seeds, partial: "allow" });
      expect(strict.unresolved).toEqual(lacking);
      expect(partial.unresolved).toEqual(lacking);
      const about = (faults: typeof strict.faults) => faults.filter((f) => f.code === "unresolved-evidence");
      expect(about(strict.faults).length).toBe(lacking.length > 0 ? 1 : 0);
      expect(about(partial.faults)).toEqual([]);
      for (const { rule } of lacking) expect(about(strict.faults)[0]?.message).toContain(rule);
    }),
    { numRuns: 1000 },
  );
});

it("[RG7] says it in one form", () => {
  const rule = { name: "page", inputs: ["text", "layout"], output: "html", priority: 0 };
  expect(scheduleRules(graphOf([rule]), { seedEvidence: ["text"] }).faults).toEqual([
    {
      code: "unresolved-evidence",
      severity: "error",
      message: "cannot resolve evidence for: page (needs layout)",
      remedy: "Seed the evidence that is named, add a rule that makes it, or allow a partial schedule.",
    },
  ]);
});

it("[RG8] gives a reason for every rule that cannot run", () => {
  fc.assert(
    fc.property(ruleLists(), maybeSeeds, (rules, seeds) => {
      const { blocked, unresolved, cycles, orderedRules } = scheduleRules(graphOf(rules), optionsOf(seeds));
      const given = new Set(seeds);
      const names = rules.map((rule) => rule.name);
      expect([...blocked, ...orderedRules].sort()).toEqual(names.sort());
      const guilty = new Set([
        ...unresolved.map(({ rule }) => rule),
        ...cycles.components.flatMap((cycle) => cycle.members),
        ...cycles.behind,
      ]);
      for (const rule of rules.filter((each) => blocked.includes(each.name))) {
        const chain = [rule, ...waitsForAll(rules, rule, given)].map((each) => each.name);
        // A rule whose output is given may lack evidence of its own without being named.
        const spare =
          given.has(rule.output) && rule.inputs.some((name) => !isMade(rules, name) && !given.has(name));
        expect(spare || chain.some((name) => guilty.has(name))).toBe(true);
      }
      for (const name of orderedRules) expect(guilty.has(name)).toBe(false);
    }),
    { numRuns: 1000 },
  );
});

const isOnCycle = (rules: readonly RuleDefinition[], rule: RuleDefinition, given: ReadonlySet<string>) =>
  waitsForAll(rules, rule, given).has(rule);

it("[RG9] tells a shortest cycle the way the rules wait", () => {
  fc.assert(
    fc.property(ruleLists(), someEvidence, (rules, seeds) => {
      const given = new Set(seeds);
      const { components } = scheduleRules(graphOf(rules), { seedEvidence: seeds }).cycles;
      const named = (name: string) => rules.find((rule) => rule.name === name)!;
      for (const { path, members } of components) {
        path.forEach((name, i) => {
          const next = named(path[(i + 1) % path.length]!);
          expect(waitsFor(rules, named(name), given)).toContain(next);
        });
        expect([...path].sort(compareNames)[0]).toBe(path[0]);
        expect(path.length).toBe(
          Math.min(...members.map((name) => shortestWayBack(rules, named(name), given))),
        );
      }
    }),
    { numRuns: 1000 },
  );
});

function shortestWayBack(rules: readonly RuleDefinition[], rule: RuleDefinition, given: ReadonlySet<string>) {
  let layer = new Set([rule]);
  for (let length = 1; length <= rules.length; length++) {
    layer = new Set([...layer].flatMap((each) => waitsFor(rules, each, given)));
    if (layer.has(rule)) return length;
  }
  return Infinity;
}

it("[RG10] lists everybody on a cycle, and cuts that free them all", () => {
  fc.assert(
    fc.property(ruleLists(), someEvidence, (rules, seeds) => {
      const given = new Set(seeds);
      const { components } = scheduleRules(graphOf(rules), { seedEvidence: seeds }).cycles;
      const members = components.flatMap((cycle) => cycle.members);
      const expected = rules.filter((rule) => isOnCycle(rules, rule, given)).map((rule) => rule.name);
      expect([...members].sort()).toEqual(expected.sort());
      for (const component of components) {
        expect(component.members).toEqual([...component.members].sort(compareNames));
        expect(component.cuts.length).toBeGreaterThan(0);
      }
      const cuts = components.flatMap((cycle) => cycle.cuts);
      const cut = rules.map((rule) => ({
        ...rule,
        inputs: rule.inputs.filter((input) => !cuts.some((c) => c.rule === rule.name && c.input === input)),
      }));
      expect(cut.filter((rule) => isOnCycle(cut, rule, given))).toEqual([]);
      for (const each of cuts)
        expect(rules.find((rule) => rule.name === each.rule)?.inputs).toContain(each.input);
    }),
    { numRuns: 1000 },
  );
});

it("[RG11] tells who waits for a cycle", () => {
  fc.assert(
    fc.property(ruleLists(), someEvidence, (rules, seeds) => {
      const given = new Set(seeds);
      const cyclic = new Set(rules.filter((rule) => isOnCycle(rules, rule, given)));
      const expected = rules.filter(
        (rule) => !cyclic.has(rule) && [...waitsForAll(rules, rule, given)].some((each) => cyclic.has(each)),
      );
      expect(scheduleRules(graphOf(rules), { seedEvidence: seeds }).cycles.behind).toEqual(
        expected.map((rule) => rule.name).sort(compareNames),
      );
    }),
    { numRuns: 1000 },
  );
});

it("[RG9] says a cycle in one form", () => {
  const rule = (name: string, inputs: string[]) => ({ name, inputs, output: name, priority: 0 });
  const graph = graphOf([rule("b", ["c"]), rule("a", ["b"]), rule("c", ["a"]), rule("d", ["a"])]);
  expect(scheduleRules(graph).faults).toEqual([
    {
      code: "rule-cycle",
      severity: "error",
      message: "rules wait for each other: a -> b -> c -> a",
      remedy: "Remove what closes the circle: c in b.",
    },
  ]);
});
