import fc from "fast-check";
import { expect, it } from "vitest";
import { compareNames } from "../base/byte-order.ts";
import { executionEvents, placesOf } from "./execution-event.ts";
import type { RuleOutcome } from "./execution-event.ts";
import { selectRules } from "./incremental-run.ts";
import { sortRulesLexicographically } from "./lexicographic-rules.ts";
import { graphOf, ruleLists, someEvidence, waitsFor, waitsForAll } from "./random-rules.test-kit.ts";
import type { RuleDefinition } from "./rule-definition.ts";
import { scheduleRules } from "./schedule.ts";

it("[RG27] tells each event where its rule stands in the plan", () => {
  fc.assert(
    fc.property(ruleLists(), fc.array(fc.nat(), { maxLength: 12 }), (rules, picks) => {
      const graph = graphOf(rules);
      const schedule = scheduleRules(graph);
      const names = schedule.orderedRules;
      const outcomes: RuleOutcome[] = picks.flatMap((pick, i) =>
        names.length === 0
          ? []
          : [
              {
                rule: names[pick % names.length]!,
                status: "done",
                durationMs: i,
                ...(i % 2 === 0 ? { bytesOut: i } : { rowsOut: i }),
              },
            ],
      );
      const events = executionEvents({ graph, schedule, planSignature: "s" }, outcomes);
      const expected = outcomes.map((outcome, i) => {
        const generation = schedule.generations.findIndex((wave) => wave.includes(outcome.rule));
        const wave = schedule.generations[generation]!;
        return {
          rule: outcome.rule,
          output: rules.find((rule) => rule.name === outcome.rule)!.output,
          status: "done",
          scheduleIndex: names.indexOf(outcome.rule),
          generation,
          generationOrder: wave.indexOf(outcome.rule),
          generationSize: wave.length,
          durationMs: i,
          rowsOut: i % 2 === 0 ? null : i,
          bytesOut: i % 2 === 0 ? i : null,
          planSignature: "s",
        };
      });
      const order = [...expected].sort(
        (a, b) => a.scheduleIndex - b.scheduleIndex || a.durationMs - b.durationMs,
      );
      expect(events).toEqual(order);
      expect(JSON.parse(JSON.stringify(events))).toEqual(order);
      expect([...placesOf(schedule).keys()]).toEqual(names);
    }),
    { numRuns: 500 },
  );
});

it("[RG27] refuses the outcome of a rule that was not planned", () => {
  const graph = graphOf([{ name: "a", inputs: ["a"], output: "a", priority: 0 }]);
  const execution = { graph, schedule: scheduleRules(graph), planSignature: "s" };
  const outcome = (rule: string): RuleOutcome => ({ rule, status: "done", durationMs: 0 });
  expect(() => executionEvents(execution, [outcome("a")])).toThrow("is in the schedule");
  expect(() => executionEvents(execution, [outcome("b")])).toThrow("is in the schedule");
});

it("[RG28] selects what a change reaches in the order of the schedule, or everything", () => {
  fc.assert(
    fc.property(ruleLists(), someEvidence, (rules, some) => {
      const changed = [...some, "who"];
      const graph = graphOf(rules);
      const schedule = scheduleRules(graph);
      const reads = (rule: RuleDefinition) => rule.inputs.some((input) => changed.includes(input));
      const isHit = (name: string) => {
        const rule = rules.find((each) => each.name === name)!;
        return [rule, ...waitsForAll(rules, rule)].some(reads);
      };
      const known = new Set(rules.flatMap((rule) => [...rule.inputs, rule.output]));
      expect(selectRules(graph, schedule, { kind: "changed", evidence: changed })).toEqual({
        rules: schedule.orderedRules.filter(isHit),
        generations: schedule.generations.map((wave) => wave.filter(isHit)).filter((wave) => wave.length > 0),
        skipped: schedule.orderedRules.filter((name) => !isHit(name)),
        unknown: [...new Set(changed)].filter((name) => !known.has(name)).sort(compareNames),
      });
      expect(selectRules(graph, schedule, { kind: "full" })).toEqual({
        rules: schedule.orderedRules,
        generations: schedule.generations,
        skipped: [],
        unknown: [],
      });
    }),
    { numRuns: 1000 },
  );
});

it("[RG29] takes at each step the free rule of the least priority and name", () => {
  fc.assert(
    fc.property(ruleLists(), (rules) => {
      const expected: RuleDefinition[] = [];
      for (;;) {
        const free = rules.filter(
          (rule) =>
            !expected.includes(rule) && waitsFor(rules, rule).every((each) => expected.includes(each)),
        );
        if (free.length === 0) break;
        expected.push(free.sort((a, b) => a.priority - b.priority || compareNames(a.name, b.name))[0]!);
      }
      expect(sortRulesLexicographically(graphOf(rules))).toEqual(expected.map(({ name }) => name));
    }),
    { numRuns: 1000 },
  );
});
