import { contenders, type Contender } from "./circuit-contenders.ts";
import { changeOne, makeItems, makeOwners, randomFrom, type Item, type Random } from "./circuit-load.ts";

/** One line of the figures: what was done with how many rows, and what it cost each contender. */
export type CircuitFigure = {
  readonly rows: number;
  readonly name: string;
  readonly unit: string;
  readonly values: { readonly [contender: string]: number };
};

/** Items; there are 1,000 owners beside them. */
const sizes = [10_000, 100_000];
/** Milliseconds for which a task is repeated at the least, and how often. */
const [leastTime, leastTimes, mostTimes] = [1500, 5, 200_000];

/** Bytes that live objects take, after a collection. */
export type Heap = () => number;

/** Everything that is measured side by side, at each size. All contenders see the same rows and must agree in the end. */
export function measureCircuit(heap: Heap): readonly CircuitFigure[] {
  return sizes.flatMap((rows) => {
    const figures = Object.entries(contenders).map(([name, open]) => ({
      name,
      ...measureContender(open, rows, heap),
    }));
    const [first, ...others] = figures.map(({ summary }) => JSON.stringify(summary));
    if (others.some((summary) => summary !== first))
      throw new Error(`the contenders do not agree: ${[first, ...others].join(" ")}`);
    return tasks.map(([name, unit], n) => {
      const values = Object.fromEntries(figures.map((each) => [each.name, each.values[n] ?? NaN]));
      return { rows, name, unit, values };
    });
  });
}

const tasks = [
  ["load", "ms"],
  ["memory of views and rows", "MB"],
  ["one update, median", "µs"],
  ["batches of 100", "updates/s"],
  ["batches of 1000", "updates/s"],
  ["bursts: 100 rows, 100 times each", "updates/s"],
] as const;

function measureContender(open: () => Contender, rows: number, heap: Heap) {
  const random = randomFrom(rows);
  const items = makeItems(rows, random);
  const owners = makeOwners();
  warmUp(open);
  const before = heap();
  const contender = open();
  const load = duration(() => contender.load([...items], owners));
  const memory = (heap() - before) / 1e6;
  const one = medianOfOne(contender, () => changeOne(items, random));
  const rates = [100, 1000].map((size) => rateOf(contender, size, () => batchOf(size, items, random)));
  const burst = rateOf(contender, 10_000, () => burstOf(items, random));
  settle(contender, rows);
  return { values: [load, memory, one * 1000, ...rates, burst], summary: contender.summary() };
}

/** How many single updates are timed together where one is too short for the clock, which ticks tenths of milliseconds. */
const together = 20;

/** Milliseconds of one update by itself; of the means of 20 that follow each other, where they are short. */
function medianOfOne(contender: Contender, change: () => Item): number {
  const isLong = duration(() => contender.update([change()])) > 5;
  const count = isLong ? 1 : together;
  const updates = () => Array.from({ length: count }, () => [change()]);
  const runAll = (made: readonly Item[][]) => {
    for (const update of made) contender.update(update);
  };
  return median(durations(updates, runAll)) / count;
}

/** Brings every contender to the same state, however many updates it was given while it was measured. */
function settle(contender: Contender, rows: number): void {
  const random = randomFrom(rows + 1);
  contender.update(makeItems(rows, random));
  for (let i = 0; i < 20; i++) contender.update(makeItems(rows, randomFrom(i)).slice(0, 100 * i));
}

function warmUp(open: () => Contender): void {
  const [random, contender] = [randomFrom(7), open()];
  const items = makeItems(1000, random);
  contender.load([...items], makeOwners());
  for (let i = 0; i < 200; i++) contender.update(batchOf(20, items, random));
}

function batchOf(size: number, items: Item[], random: Random): Item[] {
  return Array.from({ length: size }, () => changeOne(items, random));
}

/** 10,000 updates of 100 rows, as a progress bar or someone's typing makes them. */
function burstOf(items: Item[], random: Random): Item[] {
  const from = random(items.length - 100);
  const some = items.slice(from, from + 100);
  const updates = batchOf(10_000, some, random);
  for (const [n, each] of some.entries()) items[from + n] = each;
  return updates;
}

/** Updates a second; making them is not counted. */
function rateOf(contender: Contender, size: number, make: () => Item[]): number {
  return (size * 1000) / median(durations(make, contender.update));
}

/** Milliseconds of each run; making what it runs on is not counted. */
function durations<T>(make: () => T, run: (made: T) => void): readonly number[] {
  const all: number[] = [];
  const end = performance.now() + leastTime;
  while (all.length < leastTimes || (performance.now() < end && all.length < mostTimes)) {
    const made = make();
    all.push(duration(() => run(made)));
  }
  return all;
}

function duration(run: () => void): number {
  const startedAt = performance.now();
  run();
  return performance.now() - startedAt;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
}
