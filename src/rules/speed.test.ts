import { expect, it } from "vitest";
import { compareNames } from "../base/byte-order.ts";
import { graphOf } from "./random-rules.test-kit.ts";
import type { RuleDefinition } from "./rule-definition.ts";
import { scheduleRules } from "./schedule.ts";

const count = 30_000;
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

const ofSite = (i: number) => [`file:${i}.md`, page(Math.floor(i / 3)), `variant:${i % 5000}.png`];
const ofChain = (i: number) => [`file:${i}.md`, page(i - 1), `variant:${i % 5000}.png`];

it("[RG17] schedules 30,000 rules of a site in the time of their names", () => {
  expect(scheduleRules(graphOf(makeRules(ofSite))).generations.length).toBe(11);
  const alone = quickest(ofSite, namesAlone);
  expect(quickest(ofSite, (rules) => scheduleRules(graphOf(rules)))).toBeLessThan(4 * alone);
}, 60_000);

it("[RG17] schedules a chain of 30,000 rules", () => {
  expect(scheduleRules(graphOf(makeRules(ofChain))).generations.length).toBe(count);
}, 60_000);
