import fc from "fast-check";
import { expect, it } from "vitest";
import { reverse } from "./digraph.ts";
import { findGenerations } from "./generations.ts";
import { acyclicSketches, draw, isCycleFree, longSketch, sketches } from "./random-graph.test-kit.ts";
import { SorterError, TopologicalSorter } from "./topological-sorter.ts";

const reasonOf = (act: () => void) => {
  try {
    act();
  } catch (error) {
    if (error instanceof SorterError) return error.reason;
    throw error;
  }
  return "none";
};

it.each(["forward", "backward"] as const)(
  "[G8] hands out each node once all before it are done, %s",
  (way) => {
    // Nodes that are out are finished in an arbitrary order, some at a time.
    fc.assert(
      fc.property(acyclicSketches(), fc.array(fc.nat()), (sketch, choices) => {
        const sorter = new TopologicalSorter(draw(sketch), { direction: way });
        const done: number[] = [];
        const out: number[] = [];
        for (let step = 0; sorter.isActive(); step++) {
          out.push(...sorter.getReady());
          const blockers = (node: number) =>
            sketch.edges.flatMap(([from, to]) =>
              way === "forward" ? (to === node ? [from] : []) : from === node ? [to] : [],
            );
          const due = Array.from({ length: sketch.nodes }, (_, v) => v).filter(
            (v) => !done.includes(v) && blockers(v).every((b) => done.includes(b)),
          );
          expect([...out].sort((a, b) => a - b)).toEqual(due);
          const next = out.splice((choices[step] ?? 0) % out.length, 1)[0]!;
          sorter.done(step % 2 === 0 ? next : [next]);
          done.push(next);
        }
        expect(done.length).toBe(sketch.nodes);
      }),
      { numRuns: 500 },
    );
  },
);

it("[G8] takes a whole batch at once", () => {
  fc.assert(
    fc.property(acyclicSketches(), (sketch) => {
      const sorter = new TopologicalSorter(draw(sketch));
      const batches: number[][] = [];
      while (sorter.isActive()) {
        const batch = sorter.getReady();
        batches.push([...batch]);
        sorter.done(batch);
      }
      const { generationOf } = findGenerations(draw(sketch));
      batches.forEach((batch, generation) => {
        expect(batch).toEqual([...generationOf.keys()].filter((v) => generationOf[v] === generation));
      });
      expect(batches.flat().length).toBe(sketch.nodes);
    }),
  );
});

it("[G9] refuses what was not handed out and what is done, and takes nothing of that call", () => {
  const sorter = new TopologicalSorter(
    draw({
      nodes: 4,
      edges: [
        [0, 2],
        [1, 2],
        [2, 3],
      ],
    }),
  );
  expect(reasonOf(() => sorter.done(0))).toBe("not-ready");
  expect(sorter.getReady()).toEqual([0, 1]);
  expect(reasonOf(() => sorter.done([0, 1, 3]))).toBe("not-ready");
  expect(reasonOf(() => sorter.done([0, 0]))).toBe("done-twice");
  expect(reasonOf(() => sorter.done(99))).toBe("not-ready");
  expect(sorter.getReady()).toEqual([]);
  sorter.done([1, 0]);
  expect(reasonOf(() => sorter.done(0))).toBe("done-twice");
  expect(sorter.getReady()).toEqual([2]);
  sorter.done(2);
  expect(sorter.isActive()).toBe(true);
  sorter.done(sorter.getReady());
  expect(sorter.isActive()).toBe(false);
});

it("[G10] refuses cycles, or leaves out what is on or behind them", () => {
  fc.assert(
    fc.property(sketches(8, 10), (sketch) => {
      const graph = draw(sketch);
      expect(reasonOf(() => new TopologicalSorter(graph))).toBe(isCycleFree(sketch) ? "none" : "cycle");
      const sorter = new TopologicalSorter(graph, { cycles: "allow" });
      const all: number[] = [];
      while (sorter.isActive()) {
        const batch = sorter.getReady();
        all.push(...batch);
        sorter.done(batch);
      }
      expect(all.sort((a, b) => a - b)).toEqual([...findGenerations(graph).order].sort((a, b) => a - b));
    }),
    { numRuns: 500 },
  );
});

it("[G11] begins with the initial nodes alone, also when one leads to another", () => {
  const sketch = {
    nodes: 6,
    edges: [
      [0, 1],
      [1, 2],
      [3, 2],
      [1, 4],
      [4, 5],
    ] as const,
  };
  const order = (initial: number[]) => {
    const sorter = new TopologicalSorter(draw(sketch), { initial });
    const batches: (readonly number[])[] = [];
    while (sorter.isActive()) {
      batches.push(sorter.getReady());
      sorter.done(batches.at(-1)!);
    }
    return batches;
  };
  expect(order([])).toEqual([]);
  expect(order([1])).toEqual([[1], [4], [5]]);
  expect(order([0, 4, 4])).toEqual([
    [0, 4],
    [1, 5],
  ]);
  expect(order([1, 3])).toEqual([[1, 3], [2, 4], [5]]);
});

it.each(["forward", "backward"] as const)(
  "[G11] hands out what the initial nodes lead to and nothing else does, %s",
  (direction) => {
    const some = fc.array(fc.nat(9), { maxLength: 4 });
    fc.assert(
      fc.property(sketches(10, 14), some, (sketch, picks) => {
        const initial = picks.filter((v) => v < sketch.nodes);
        const links = sketch.edges.map(([a, b]) => (direction === "forward" ? [a, b] : [b, a]));
        const done = new Set<number>();
        const expected: number[][] = [];
        for (let batch = [...new Set(initial)]; batch.length > 0;) {
          expected.push(batch.sort((a, b) => a - b));
          for (const node of batch) done.add(node);
          const before = (v: number) => links.filter(([, to]) => to === v).map(([from]) => from!);
          batch = Array.from({ length: sketch.nodes }, (_, v) => v).filter(
            (v) => !done.has(v) && before(v).length > 0 && before(v).every((each) => done.has(each)),
          );
        }
        const sorter = new TopologicalSorter(draw(sketch), { direction, initial, cycles: "allow" });
        const batches: (readonly number[])[] = [];
        while (sorter.isActive()) {
          batches.push(sorter.getReady());
          sorter.done(batches.at(-1)!);
        }
        expect(batches).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  },
);

it("[G22] sorts a chain of 1,000,000 nodes from either end", () => {
  const chain = longSketch("chain");
  const sorter = new TopologicalSorter(reverse(chain), { direction: "backward" });
  let last = -1;
  let count = 0;
  for (; sorter.isActive(); count++) {
    last = sorter.getReady()[0]!;
    sorter.done(last);
  }
  expect([count, last]).toEqual([1_000_000, 999_999]);
}, 60_000);
