import { beforeEach, expect, it } from "vitest";
import { asJobId } from "../model/ids.ts";
import type { GraphFormat } from "../model/diagnostics.ts";
import { SharedHost } from "./testing/shared-host.ts";
import { TestFolder } from "./testing/test-folder.ts";
import { openTestHost, type TestHost } from "./testing/test-host.ts";

const shared = new SharedHost();
let test: TestHost;
beforeEach(() => {
  test = shared.project();
});

function vault(): TestFolder {
  const folder = new TestFolder();
  folder.write("index.md", "# Home\n\n![[part]]\n\n![](used.svg)\n");
  folder.write("part.md", "# Part\n");
  folder.write("used.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="1" height="1"/>`);
  folder.write("unused.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="2" height="2"/>`);
  folder.write("strata.yaml", "title: Test\n");
  return folder;
}

it("[E24] names the files that nothing uses, the critical path and the shape", async () => {
  await test.build(vault());
  const { isolated, critical, counts, cycles, signature, kept, redundant } = await test.diagnostics();
  expect(isolated).toEqual(["file:unused.svg"]);
  expect(cycles).toEqual([]);
  // The page waits for the fragment that it embeds; nothing waits longer.
  const ids = critical.steps.map(({ id }) => id);
  const total = critical.steps.reduce((sum, { durationMs }) => sum + durationMs, 0);
  expect(critical.totalMs).toBeCloseTo(total);
  for (const { durationMs } of test.views.node.values())
    expect(critical.totalMs).toBeGreaterThanOrEqual(durationMs ?? 0);
  expect(ids.length).toBeGreaterThan(0);
  expect(counts).toMatchObject({
    generations: 2,
    rules: [...test.views.node.keys()].filter((id) => !id.startsWith("file:")).length,
  });
  expect(kept).toMatchObject([{ signature, version: 1 }]);
  expect(redundant).toEqual({ requirements: [], isComplete: true });
});

it("[E24] tells of a cycle with its path and the links to take out, and builds everything else", async () => {
  const folder = vault();
  folder.write("a.md", "# A\n\n![[b]]\n");
  folder.write("b.md", "# B\n\n![[a]]\n");
  await test.build(folder);
  const { cycles } = await test.diagnostics();
  expect(cycles).toMatchObject([
    {
      path: ["fragment:a.md#", "fragment:b.md#"],
      cuts: [{ rule: "fragment:a.md#", input: "fragment:b.md#" }],
    },
  ]);
  const statuses = test.statuses();
  expect(statuses.get("fragment:a.md#")).toBe("POISONED");
  expect(statuses.get("page:index.md")).toBe("DONE");
});

it("[E24] compares the graph with an earlier one by name", async () => {
  const folder = vault();
  await test.build(folder);
  const { signature: before } = await test.diagnostics();
  expect(await test.compareGraph(before)).toEqual({
    added: [],
    removed: [],
    changed: [],
    addedEdges: [],
    removedEdges: [],
  });
  folder.remove("unused.svg");
  folder.write("index.md", "# Home\n\n![[part]]\n");
  folder.write("new.md", "# New\n");
  await test.build(folder);
  const difference = await test.compareGraph(before);
  expect(difference.added).toEqual(["file:new.md", "page:new.md"]);
  expect(difference.removed).toEqual(["copy:used.svg", "file:unused.svg"]);
  expect(difference.removedEdges).toContainEqual({ first: "copy:used.svg", then: "page:index.md" });
  const { kept } = await test.diagnostics();
  expect(kept.map(({ version }) => version)).toEqual([2, 1]);
});

it("[E22] finds that tasks read what their rules require, and that a build goes through the declared stages", async () => {
  const folder = vault();
  folder.write("layout.html", "<!doctype html><title>{{title}}</title>{{{content}}}");
  folder.write("strata.yaml", "layout: layout.html\n");
  await test.build(folder);
  const { reads, pipeline } = await test.diagnostics();
  expect(reads).toEqual([]);
  expect(pipeline).toEqual({ missing: [], extra: [], mismatched: [] });
});

it("[E22] counts the tasks whose reads were compared, none of which is of an earlier visit", async () => {
  const folder = vault();
  const ran = await test.ranIn(() => test.build(folder, { force: true }));
  expect((await test.diagnostics()).tasksChecked).toBe(ran.length);
  await test.closeProject();
  await test.build(folder);
  expect((await test.diagnostics()).tasksChecked).toBe(0);
});

it("[E22] tells of a file that a task read without requiring it, and of one that it did not read", async () => {
  const lying = await openTestHost(undefined, (result) =>
    result.status === "done" && result.resourceId === "page:part.md"
      ? { ...result, read: ["secret.txt" as (typeof result.read)[number]] }
      : result,
  );
  await lying.build(vault());
  const { reads } = await lying.diagnostics();
  expect(reads).toEqual([
    { rule: "page:part.md", undeclared: ["file:secret.txt"], unread: ["file:part.md"] },
  ]);
});

it("[E23] keeps each task of a run with its place in the plan", async () => {
  const folder = vault();
  folder.write("index.md", "# A home that no other test has\n\n![[part]]\n");
  const run = await test.build(folder);
  const events = await test.events(asJobId(run.key));
  const { signature } = await test.diagnostics();
  expect(events.map(({ place }) => place.scheduleIndex)).toEqual(events.map((_, i) => i));
  for (const { place } of events) {
    const wave = events.filter((other) => other.place.generation === place.generation);
    expect(place.generationSize).toBe(wave.length);
    expect(wave[place.generationOrder]?.place).toEqual(place);
    expect(place.planSignature).toBe(signature);
  }
  const index = events.find(({ resourceId }) => resourceId === "page:index.md");
  expect(index).toMatchObject({ outcome: "built", place: { generation: 1 } });
  expect(index?.bytes).toBeGreaterThan(100);
});

it("[E24] writes the graph in every format, with all that is in it", async () => {
  await test.build(vault());
  const texts: Record<GraphFormat, string> = {
    dot: "digraph",
    mermaid: "flowchart",
    json: "nodes",
    dependencies: "functions",
    hamilton: "def ",
  };
  for (const [format, sign] of Object.entries(texts) as [GraphFormat, string][]) {
    const { text, fileName } = await test.exportGraph(format);
    expect(text).toContain(sign);
    expect(text).toContain("index.md");
    expect(fileName).toMatch(/^[\w-]+\.\w+$/u);
  }
  const dependencies: { functions: { name: string; needs: { name: string }[] }[] } = JSON.parse(
    (await test.exportGraph("dependencies")).text,
  );
  const page = dependencies.functions.find(({ name }) => name === "page:index.md");
  const { groups } = await test.relations("page:index.md");
  const related = groups.flatMap(({ relations }) => relations.map(({ other }) => other));
  expect(new Set(page?.needs.map(({ name }) => name))).toEqual(new Set<string>(related));
});
