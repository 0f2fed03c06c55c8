import { expect, it } from "vitest";
import { graphOf } from "./random-rules.test-kit.ts";
import { scheduleRules } from "./schedule.ts";

const count = 100_000;
const page = (i: number) => `page:docs/part ${i % 97}/${i}.md`;

it.each([
  ["a site", (i: number) => [`file:${i}.md`, page(Math.floor(i / 3)), `variant:${i % 5000}.png`], 12],
  ["a chain", (i: number) => [`file:${i}.md`, page(i - 1), `variant:${i % 5000}.png`], count],
] as const)("[R17] schedules 100,000 rules of %s with 300,000 inputs", (_shape, inputs, waves) => {
  const rules = Array.from({ length: count }, (_, index) => {
    // Rule 0 would read its own output.
    const own = inputs(index).filter((name) => name !== page(index));
    return { name: page(index), inputs: own, output: page(index), priority: index % 3 };
  });
  const before = performance.now();
  const schedule = scheduleRules(graphOf(rules));
  expect(performance.now() - before).toBeLessThan(5000);
  expect(schedule.order.length).toBe(count);
  expect(schedule.generations.length).toBe(waves);
});
