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
  `${cpus().length} cores, Node ${process.versions.node}${petgraph.ok ? ", petgraph" : `; ${petgraph.why}`}. Medians, milliseconds.`,
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
  return timesOf(rival, ends, ends.nodes > 10_000 ? 3 : 9);
}

function timesOf(contender: Contender, ends: Ends, rounds: number): Times {
  return contender.prepare(ends).map((act) => (act === undefined ? undefined : tryMedian(act, rounds)));
}

/** `undefined` when it throws: some libraries recurse along the graph. */
function tryMedian(act: () => unknown, rounds: number): number | undefined {
  try {
    return median(act, rounds);
  } catch {
    return undefined;
  }
}

function median(act: () => unknown, rounds: number): number {
  const times = Array.from({ length: rounds }, () => {
    const start = performance.now();
    act();
    return performance.now() - start;
  });
  return times.sort((a, b) => a - b)[rounds >> 1]!;
}

function roundsFor(nodes: number): number {
  return nodes >= 1_000_000 ? 7 : nodes >= 100_000 ? 25 : 101;
}

function tableOfAims(): readonly string[] {
  const layered = makeShape("layered", 100_000);
  const graph = buildDigraph(layered.nodes, layered.sources, layered.targets);
  const names = Array.from({ length: 1_000_000 }, (_, i) => `page:docs/${(i * 7919) % 5003}/part-${i}.md`);
  const mixed = names.map((_, i) => names[((i * 7919) % 1_000_003) % names.length]!);
  const rules = names.slice(0, 50_000).map((name, i) => ({
    name,
    inputs: i < 4 ? [`file:${name}`] : [`file:${name}`, names[i >> 1]!, names[i >> 2]!],
    output: name,
    priority: 0,
  }));
  const built = buildRuleGraph(rules);
  if (!built.ok) throw new Error("the rules have different names");
  const rows = [
    ["bytes a node with 4 edges", "48", String(bytesOf(graph) / graph.nodes)],
    ["sorting 1,000,000 names, ms", "400", shown(median(() => orderByName(mixed), 5))],
    [
      "signature of 100,000 nodes without names, ms",
      "25",
      shown(median(() => signatureOfDigraph(graph, hasher), 25)),
    ],
    [
      "signature of a rule graph of 100,000 nodes, ms",
      "25",
      shown(median(() => signatureOf(built.graph, hasher), 25)),
    ],
    ["making that rule graph of 50,000 rules, ms", "", shown(median(() => buildRuleGraph(rules), 9))],
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
