import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { loadHasher } from "../src/base/xxhash.ts";
import { signatureOfDigraph } from "../src/graph/digraph-signature.ts";
import { buildDigraph } from "../src/graph/digraph.ts";
import { orderByName } from "../src/graph/name-order.ts";
import { buildRuleGraph } from "../src/rules/rule-graph.ts";
import { signatureOf } from "../src/rules/signature.ts";
import { ours, rivals, tasks } from "./graph-contenders.ts";
import { preparePetgraph } from "./graph-petgraph.ts";
import { makeShape, shapes } from "./graph-shapes.ts";
import type { Contender } from "./graph-contenders.ts";
import type { Petgraph } from "./graph-petgraph.ts";
import type { Ends } from "./graph-shapes.ts";

const sizes = [1000, 10_000, 100_000, 1_000_000];
/** Above this many edges the rivals would take minutes and gigabytes. */
const rivalEdges = 400_000;
const begin = "<!-- graph figures: written by npm run bench:graph -->";
const end = "<!-- end of graph figures -->";

/** Milliseconds by task; `undefined` where there is no answer. */
type Times = readonly (number | undefined)[];

const scratch = mkdtempSync(join(tmpdir(), "strata-bench-graph-"));
const petgraph = preparePetgraph(scratch);
const hasher = await loadHasher();
const lines = [
  `${cpus().length} cores, Node ${process.versions.node}${petgraph.ok ? ", petgraph" : `; ${petgraph.why}`}. The least of some rounds, milliseconds.`,
  "",
  ...tableOfShapes(petgraph),
  "",
  ...tableOfAims(),
];
rmSync(scratch, { recursive: true });
report(lines.join("\n"));

function tableOfShapes(found: Petgraph): readonly string[] {
  const rows = shapes.flatMap((shape) =>
    sizes.flatMap((nodes) => {
      const ends = makeShape(shape, nodes);
      const rounds = roundsFor(nodes);
      const results: [string, Times | string][] = [["Strata", timesOf(ours, ends, rounds)]];
      if (found.ok) results.push(["petgraph", found.times(ends, rounds)]);
      for (const rival of rivals) results.push([rival.name, timesOfRival(rival, ends)]);
      process.stderr.write(`${shape} ${nodes}\n`);
      return results.map(([name, times]) => rowOf(`${shape} ${nodes}`, name, times, results[0]![1]));
    }),
  );
  const head = ["graph", "library", ...tasks, "all but components", "times Strata"];
  return [head, head.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`);
}

function rowOf(graph: string, name: string, times: Times | string, first: Times | string): string[] {
  if (typeof times === "string" || typeof first === "string") {
    return [graph, name, ...tasks.map(() => "–"), String(times), ""];
  }
  const all = together(times);
  return [graph, name, ...times.map(shown), shown(all), (all / together(first)).toFixed(1)];
}

/** Build, generations, cycle check and impact. */
function together(times: Times): number {
  return times.reduce<number>((sum, ms, i) => sum + (tasks[i] === "components" ? 0 : (ms ?? 0)), 0);
}

function timesOfRival(rival: Contender, ends: Ends): Times | string {
  if (ends.sources.length > rivalEdges) return "not run: too large";
  return timesOf(rival, ends, ends.nodes > 10_000 ? 2 : 9);
}

function timesOf(contender: Contender, ends: Ends, rounds: number): Times {
  return contender.prepare(ends).map((act) => (act === undefined ? undefined : tryLeast(act, rounds)));
}

/** `undefined` when it throws: some libraries recurse along the graph. */
function tryLeast(act: () => unknown, rounds: number): number | undefined {
  try {
    return least(act, rounds);
  } catch {
    return undefined;
  }
}

function least(act: () => unknown, rounds: number): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    act();
    return performance.now() - start;
  });
  return Math.min(...times);
}

function roundsFor(nodes: number): number {
  return nodes >= 1_000_000 ? 7 : nodes >= 100_000 ? 25 : 101;
}

/** The times of names that were made in the order in which they come, and of names scattered in memory. */
function sortingTimes(): readonly (readonly [string, number])[] {
  const count = 1_000_000;
  const nameOf = (i: number) => `page:docs/${(i * 7919) % 5003}/part-${i}.md`;
  const place = (i: number) => ((i * 7919) % 1_000_003) % count;
  const inOrder = Array.from({ length: count }, (_, i) => nameOf(i));
  const fresh = Array.from({ length: count }, (_, i) => nameOf(place(i)));
  const scattered = inOrder.map((_, i) => inOrder[place(i)]!);
  const short = Array.from({ length: count }, (_, i) => `n${(i * 7919) % 1_000_003}`);
  return [
    ["short names", least(() => orderByName(short), 7)],
    ["paths of 25 characters", least(() => orderByName(fresh), 7)],
    ["the same, scattered in memory", least(() => orderByName(scattered), 7)],
  ];
}

function tableOfAims(): readonly string[] {
  const layered = makeShape("layered", 100_000);
  const graph = buildDigraph(layered.nodes, layered.sources, layered.targets);
  const nameOf = (i: number) => `page:docs/${(i * 7919) % 5003}/part-${i}.md`;
  const rules = Array.from({ length: 33_334 }, (_, i) => ({
    name: nameOf(i),
    inputs: [`file:${nameOf(i)}`, nameOf(i >> 1), nameOf(i >> 2)].slice(0, i < 4 ? 1 : 3),
    output: nameOf(i),
    priority: 0,
  }));
  const built = buildRuleGraph(rules);
  if (!built.ok) throw new Error("the rules have different names");
  const rows = [
    ["bytes a node with 4 edges", "48", (bytesOf(graph) / graph.nodes).toFixed(1)],
    ...sortingTimes().map(([what, ms]) => [`sorting 1,000,000 names, ${what}, ms`, "400", shown(ms)]),
    [
      "signature of a graph of 100,000 nodes, ms",
      "25",
      shown(least(() => signatureOfDigraph(graph, hasher), 25)),
    ],
    [
      "signature of a rule graph of 100,000 nodes, ms",
      "25",
      shown(least(() => signatureOf(built.graph, hasher), 25)),
    ],
    ["making that rule graph, ms", "", shown(least(() => buildRuleGraph(rules), 9))],
  ];
  return [["what", "aim, at the most", "measured"], ["---", "---", "---"], ...rows].map(
    (cells) => `| ${cells.join(" | ")} |`,
  );
}

function bytesOf(graph: ReturnType<typeof buildDigraph>): number {
  const { outStarts, outTargets, inStarts, inSources } = graph;
  return [outStarts, outTargets, inStarts, inSources].reduce((sum, { byteLength }) => sum + byteLength, 0);
}

function shown(ms: number | undefined): string {
  return ms === undefined ? "–" : ms < 10 ? ms.toFixed(2) : ms.toFixed(0);
}

/** Prints the figures and puts them into `bench/README.md`. */
function report(table: string): void {
  process.stdout.write(`${table}\n`);
  const path = join(import.meta.dirname, "../../../bench/README.md");
  const text = readFileSync(path, "utf8");
  const [before = "", rest = ""] = text.split(begin);
  writeFileSync(path, `${before}${begin}\n\n${table}\n\n${end}${rest.split(end)[1] ?? ""}`);
}
