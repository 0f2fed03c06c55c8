import { expect, it } from "vitest";
import { compareNames } from "../base/byte-order.ts";
import { graphOf } from "./random-rules.test-kit.ts";
import type { RuleDefinition } from "./rule-definition.ts";
import { scheduleRules } from "./schedule.ts";

const count = 100_000;
const page = (i: number) => `page:docs/part ${i % 97}/${i}.md`;

function makeRules(inputsOf: (i: number) => readonly string[]): RuleDefinition[] {
  return Array.from({ length: count }, (_, index) => {
    // Rule 0 would read its own output.
    const inputs = inputsOf(index).filter((name) => name !== page(index));
    return { name: page(index), inputs, output: page(index), priority: index % 3 };
  });
}

/** Looks every name up once and sorts those of the rules and those of the evidence. */
function namesAlone(rules: readonly RuleDefinition[]): void {
  const evidence = new Set(rules.flatMap((rule) => [...rule.inputs, rule.output]));
  [...evidence].sort(compareNames);
  rules.map((rule) => rule.name).sort(compareNames);
}

/** The quicker of two runs, each on names that nobody has looked up yet. */
function quickest(
  inputsOf: (i: number) => readonly string[],
  act: (rules: RuleDefinition[]) => void,
): number {
  const times = [1, 2].map(() => {
    const rules = makeRules(inputsOf);
    const before = performance.now();
    act(rules);
    return performance.now() - before;
  });
  return Math.min(...times);
}

it.each([
  ["a site", (i: number) => [`file:${i}.md`, page(Math.floor(i / 3)), `variant:${i % 5000}.png`], 12],
  ["a chain", (i: number) => [`file:${i}.md`, page(i - 1), `variant:${i % 5000}.png`], count],
] as const)(
  "[R17] schedules 100,000 rules of %s in the time of their names",
  (_shape, inputsOf, waves) => {
    const schedule = scheduleRules(graphOf(makeRules(inputsOf)));
    expect(schedule.order.length).toBe(count);
    expect(schedule.generations.length).toBe(waves);
    const alone = quickest(inputsOf, namesAlone);
    expect(quickest(inputsOf, (rules) => scheduleRules(graphOf(rules)))).toBeLessThan(4 * alone);
  },
  60_000,
);
