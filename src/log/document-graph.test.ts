import fc from "fast-check";
import { expect, it } from "vitest";
import { DocumentGraph, NoRootError } from "./document-graph.ts";
import { Adjacency, findAncestors, findPath } from "./walks.ts";

type Pair = readonly [source: string, target: string];
const edgesOf = (pairs: readonly Pair[]) =>
  pairs.map(([source, target]) => ({ source, target, type: "embeds" }));
const graphOf = (documents: readonly string[], pairs: readonly Pair[]) =>
  new DocumentGraph(documents, edgesOf(pairs));

const letters = "abcdefg".split("");
const pairs = fc.array(fc.tuple(fc.constantFrom(...letters), fc.constantFrom(...letters)), { maxLength: 20 });
const childrenIn = (list: readonly Pair[], document: string) =>
  list.filter(([source]) => source === document).map(([, target]) => target);

/** Depth first as the textbook has it, with recursion. */
function recursiveWalk(list: readonly Pair[], document: string, seen: string[] = []): readonly string[] {
  if (seen.includes(document)) return seen;
  seen.push(document);
  for (const child of childrenIn(list, document)) recursiveWalk(list, child, seen);
  return seen;
}

/** Breadth first, one whole level after the other. */
function levelWalk(list: readonly Pair[], start: string): readonly string[] {
  let level = [start];
  const seen = [start];
  while (level.length > 0) {
    const next = level.flatMap((document) => childrenIn(list, document));
    level = next.filter((document, n) => !seen.includes(document) && next.indexOf(document) === n);
    seen.push(...level);
  }
  return seen;
}

/** Every way without repetition, in list order; the first of the shortest. */
function shortestWay(list: readonly Pair[], from: string, to: string): readonly string[] | null {
  let ways = [[from]];
  for (let hops = 0; hops <= letters.length; hops++) {
    const found = ways.find((way) => way.at(-1) === to);
    if (found !== undefined) return found;
    ways = ways.flatMap((way) =>
      childrenIn(list, way.at(-1) ?? "")
        .filter((child) => !way.includes(child))
        .map((child) => [...way, child]),
    );
  }
  return null;
}

it("[L13] traverses as the textbook walks do, and tells the visitor the same", () => {
  fc.assert(
    fc.property(pairs, fc.constantFrom(...letters), (list, start) => {
      const graph = graphOf(letters, list);
      const visited: string[] = [];
      expect(graph.traverse(start, "depth-first", (document) => visited.push(document))).toEqual(
        recursiveWalk(list, start),
      );
      expect(visited).toEqual(recursiveWalk(list, start));
      expect(graph.traverse(start, "breadth-first")).toEqual(levelWalk(list, start));
    }),
  );
});

it("[L13] gives nothing for an unknown start", () => {
  const graph = graphOf(["a", "b"], [["a", "b"]]);
  expect(graph.traverse("x", "depth-first")).toEqual([]);
  expect(graph.traverse("x", "breadth-first")).toEqual([]);
  expect(graph.aggregate((sum) => sum + 1, 0, "x")).toBe(0);
  expect(graphOf([], []).aggregate((sum) => sum + 1, 7)).toBe(7);
});

it("[L13] walks chains of 100,000 documents and of as many siblings", () => {
  const documents = Array.from({ length: 100_000 }, (_, n) => `d${n}`);
  const chain = graphOf(
    documents,
    documents.slice(1).map((document, n) => [`d${n}`, document]),
  );
  expect(chain.traverse("d0", "depth-first")).toEqual(documents);
  expect(chain.traverse("d0", "breadth-first")).toEqual(documents);
  expect(chain.aggregate((sum) => sum + 1, 0)).toBe(100_000);
  const star = graphOf(
    documents,
    documents.slice(1).map((document) => ["d0", document]),
  );
  expect(star.traverse("d0", "depth-first")).toEqual(documents);
});

it("[L13] aggregates from the first root, or from the document named, telling each its parent", () => {
  const graph = graphOf(
    ["c", "a", "b", "d"],
    [
      ["a", "c"],
      ["a", "b"],
      ["b", "d"],
      ["c", "d"],
    ],
  );
  const told = (sum: string, document: string, parent?: string) => `${sum} ${parent ?? ""}>${document}`;
  expect(graph.aggregate(told, "")).toBe(" >a a>c c>d a>b");
  expect(graph.aggregate(told, "", "b")).toBe(" >b b>d");
});

it("[L13] says that a pure cycle has no root, and which cycle", () => {
  const cycle: readonly Pair[] = [
    ["a", "b"],
    ["b", "c"],
    ["c", "a"],
    ["c", "d"],
  ];
  const graph = graphOf(["d", "a", "b", "c"], cycle);
  expect(() => graph.aggregate((sum) => sum, 0)).toThrow(NoRootError);
  expect(() => graph.aggregate((sum) => sum, 0)).toThrow("c -> a -> b -> c");
  expect(graph.aggregate((sum) => sum + 1, 0, "a")).toBe(4);
});

it("[L10] finds the shortest way, and of several the first in list order", () => {
  const document = fc.constantFrom(...letters);
  fc.assert(
    fc.property(pairs, document, document, (list, from, to) => {
      expect(findPath(new Adjacency(edgesOf(list)), [from, to], undefined)).toEqual(
        shortestWay(list, from, to),
      );
    }),
  );
});

it("[L10] finds as ancestors exactly the documents from which a way leads to it", () => {
  fc.assert(
    fc.property(pairs, fc.constantFrom(...letters), (list, document) => {
      const found = findAncestors(new Adjacency(edgesOf(list)), document, undefined);
      const expected = letters.filter((letter) => shortestWay(list, letter, document) !== null);
      expect([...found.all].toSorted()).toEqual(expected);
      for (const ancestor of found.all) expect(found.traverse(ancestor, "depth-first")).toContain(document);
    }),
  );
});
