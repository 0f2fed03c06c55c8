import { expect, it } from "vitest";
import { createMemoryStores } from "../artifacts/memory-stores.ts";
import { asResourceId } from "../model/ids.ts";
import type { Job } from "../model/wire.ts";
import type { RunTask } from "../tasks/contract.ts";
import { createLocalRunner } from "./local-runner.ts";

function runnerOf(run: RunTask) {
  const { artifacts, highlighted } = createMemoryStores();
  return createLocalRunner({ artifacts, highlighted, load: async () => run });
}

function jobOf(id: string, count: number): Job {
  const items = Array.from({ length: count }, (_, i) => ({
    resourceId: asResourceId(`${id}-${i}`),
    input: i,
  }));
  return { id, kind: "test", items };
}

const busy = (ms: number) => {
  const end = performance.now() + ms;
  while (performance.now() < end);
};

const slow: RunTask = async (items) => {
  busy(4);
  return items.map(({ resourceId }) => {
    const done = { artifact: null, value: null, problems: [], durationMs: 4, read: [] };
    return { status: "done", resourceId, ...done };
  });
};

it("[H8] runs one job after the other, with a result for each item", async () => {
  const order: string[] = [];
  const runner = runnerOf(async (items, context) => {
    order.push(...items.map((item) => item.resourceId));
    return slow(items, context);
  });
  const { signal } = new AbortController();
  const outcomes = await Promise.all([runner.run(jobOf("a", 3), signal), runner.run(jobOf("b", 2), signal)]);
  expect(outcomes.map(({ jobId, results }) => [jobId, results.length])).toEqual([
    ["a", 3],
    ["b", 2],
  ]);
  expect(order).toEqual(["a-0", "a-1", "a-2", "b-0", "b-1"]);
});

it("[H8] lets the thread's other work go on between items", async () => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 1);
  await runnerOf(slow).run(jobOf("a", 30), new AbortController().signal);
  clearInterval(timer);
  expect(ticks).toBeGreaterThan(5);
});

it("[H8] takes a cancel between two items, and runs the next job", async () => {
  const runner = runnerOf(slow);
  const cancel = new AbortController();
  const first = runner.run(jobOf("a", 1000), cancel.signal);
  const second = runner.run(jobOf("b", 1), new AbortController().signal);
  setTimeout(() => cancel.abort(), 20);
  await expect(first).rejects.toMatchObject({ name: "AbortError" });
  expect((await second).results).toMatchObject([{ status: "done" }]);
});

it("[H8] rejects what runs and what comes once it is closed", async () => {
  const runner = runnerOf(slow);
  const running = runner.run(jobOf("a", 1000), new AbortController().signal);
  runner.close();
  await expect(running).rejects.toMatchObject({ name: "AbortError" });
  await expect(runner.run(jobOf("b", 1), new AbortController().signal)).rejects.toMatchObject({
    name: "AbortError",
  });
});
