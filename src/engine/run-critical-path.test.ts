import fc from "fast-check";
import { expect, it } from "vitest";
import { acyclicSketches, type Sketch } from "../graph/random-graph.test-kit.ts";
import { asJobId, asResourceId } from "../model/ids.ts";
import type { TaskEvent } from "../model/output.ts";
import { criticalTasks, type KeptEdges } from "./run-critical-path.ts";

const idOf = (node: number) => asResourceId(`page:${node}.md`);

/** A kept graph in which each rule makes one piece of evidence, and waits for that of the nodes before it. */
function keptOf({ nodes, edges }: Sketch): KeptEdges {
  const rules = Array.from({ length: nodes }, (_, node) => node);
  return {
    nodes: [
      ...rules.map((id) => ({ id, kind: "evidence" as const, name: `output ${id}` })),
      ...rules.map((rule) => ({ id: nodes + rule, kind: "rule" as const, name: idOf(rule) })),
    ],
    edges: [
      ...rules.map((rule) => ({ source: nodes + rule, target: rule })),
      ...edges.map(([first, then]) => ({ source: first, target: nodes + then })),
    ],
  };
}

type Fate = { readonly how: "ran" | "taken over" | "left alone"; readonly durationMs: number };

function eventOf(node: number, { how, durationMs }: Fate): TaskEvent {
  return {
    jobId: asJobId("run"),
    resourceId: idOf(node),
    outcome: how === "ran" ? "built" : "reused",
    place: { scheduleIndex: node, generation: 0, generationOrder: 0, generationSize: 1, planSignature: "" },
    worker: how === "ran" ? 0 : null,
    startedAt: 0,
    durationMs: how === "ran" ? durationMs : 0,
    bytes: 0,
    cause: "",
  };
}

/** Whole numbers, so that sums in any order are the same. */
const fates = fc.record({
  how: fc.constantFrom("ran" as const, "ran" as const, "taken over" as const, "left alone" as const),
  durationMs: fc.nat(20),
});

/** The slow twin: the work of the heaviest chain that ends at a node, by trying every way that leads there. */
function heaviest({ edges }: Sketch, fate: readonly Fate[], node: number): number {
  const own = fate[node]!.how === "ran" ? fate[node]!.durationMs : 0;
  const before = edges.filter(([first, then]) => then === node && fate[first]!.how !== "left alone");
  return own + Math.max(0, ...before.map(([first]) => heaviest({ nodes: 0, edges }, fate, first)));
}

/** Whether a chain of nodes that took part leads from one to another. */
function leads({ edges }: Sketch, fate: readonly Fate[], from: number, to: number): boolean {
  if (from === to) return true;
  return edges.some(
    ([first, then]) =>
      first === from && fate[then]!.how !== "left alone" && leads({ nodes: 0, edges }, fate, then, to),
  );
}

it("[E70] names the chain of waiting tasks that took workers longest, and only tasks that a worker had", () => {
  const cases = acyclicSketches(8, 16).chain((sketch) =>
    fc.tuple(fc.constant(sketch), fc.array(fates, { minLength: sketch.nodes, maxLength: sketch.nodes })),
  );
  fc.assert(
    fc.property(cases, ([sketch, fate]) => {
      const taking = fate.flatMap((one, node) => (one.how === "left alone" ? [] : [node]));
      const events = taking.map((node) => eventOf(node, fate[node]!));
      const path = criticalTasks(events, keptOf(sketch)).map((id) => Number(/\d+/u.exec(id)![0]));
      const longest = Math.max(0, ...taking.map((node) => heaviest(sketch, fate, node)));
      expect(path.reduce((sum, node) => sum + fate[node]!.durationMs, 0)).toBe(longest);
      expect(path.every((node) => fate[node]!.how === "ran")).toBe(true);
      path.slice(1).forEach((node, at) => expect(leads(sketch, fate, path[at]!, node)).toBe(true));
    }),
  );
});
