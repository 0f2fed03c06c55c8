import fc from "fast-check";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answerPath, answerRelations, firstPart } from "../engine/answer-relations.ts";
import { KyselyDocumentIndexer } from "../log/indexer.ts";
import { asResourceId } from "../model/ids.ts";
import type { RelationGroup } from "../model/relations.ts";
import { openTestStore } from "../store/testing/open-test-store.ts";
import { TestFolder } from "./testing/test-folder.ts";
import { openTestHost, type TestHost } from "./testing/test-host.ts";

let test: TestHost;
beforeAll(async () => {
  test = await openTestHost();
});

/** What the graph on the screen says: source, target and type of each relationship. */
const shownEdges = () =>
  [...test.views.edge.keys()].map((key) => key.split("\n") as [string, string, string]);
const told = (groups: readonly RelationGroup[]) =>
  groups.flatMap(({ direction, type, relations }) =>
    relations.map(({ other }) => `${direction} ${type} ${other}`),
  );

/** Level after level, by the edges on the screen: the first distance at which `to` appears. */
function hopsBetween(from: string, to: string, types: readonly string[] | null): number | null {
  const edges = shownEdges().filter(([, , type]) => types?.includes(type) ?? true);
  let level = new Set([from]);
  for (let hops = 0; hops <= test.views.node.size; hops++) {
    if (level.has(to)) return hops;
    level = new Set(edges.flatMap(([source, target]) => (level.has(source) ? [target] : [])));
  }
  return null;
}

const names = ["index.md", "a.md", "b.md", "c.md", "pic.svg"];
const line = fc.oneof(
  fc.constantFrom("Text.", "# Heading"),
  fc.constantFrom("a", "b", "c", "gone").map((name) => `[[${name}]]`),
  fc.constantFrom("a", "b", "c").map((name) => `![[${name}]]`),
  fc.constantFrom("![](pic.svg)", "[](pic.svg)", "![](a.md)"),
);
const text = fc.array(line, { maxLength: 4 }).map((lines) => lines.join("\n\n"));
const edit = fc.tuple(fc.constantFrom("index.md", "a.md", "b.md", "c.md"), fc.option(text));

it("[E50] [E51] tells after any edits what the graph shows, and the shortest of its paths", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(edit, { minLength: 1, maxLength: 4 }), { maxLength: 3 }),
      async (visits) => {
        const folder = new TestFolder();
        folder.write("pic.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`);
        for (const edits of [[], ...visits]) {
          for (const [name, content] of edits) {
            if (content === null) folder.remove(name);
            else folder.write(name, content);
          }
          await test.build(folder);
          for (const name of names) {
            const id = `file:${name}`;
            const { groups } = await test.relations(id);
            const expected = shownEdges().flatMap(([source, target, type]) => [
              ...(source === id ? [`outgoing ${type} ${target}`] : []),
              ...(target === id ? [`incoming ${type} ${source}`] : []),
            ]);
            expect(told(groups).toSorted()).toEqual(expected.toSorted());
            for (const { total, relations } of groups) expect(relations).toHaveLength(total);
            for (const types of [null, ["embeds", "references"] as const]) {
              const steps = await test.findPath("file:index.md", id, types);
              expect(steps?.length ?? null).toBe(hopsBetween("file:index.md", id, types));
              for (const step of steps ?? []) {
                const between = shownEdges().filter(([from, to]) => from === step.from && to === step.to);
                const along = between
                  .map(([, , type]) => type)
                  .filter((type) => types?.includes(type as never) ?? true);
                expect(step.types.toSorted()).toEqual(along.toSorted());
              }
            }
          }
        }
      },
    ),
    { numRuns: 12 },
  );
}, 120_000);

describe("relations", () => {
  // What the folder before asked for would stand first.
  beforeEach(() => test.deleteProject());

  it("[E54] says of a file what its writer meant: that it embeds, shows or links to another", async () => {
    const folder = new TestFolder();
    folder.write(
      "index.md",
      "![[a]]\n\n[[a]]\n\n![](pic.svg)\n\n[picture](pic.svg)\n\n![[gone.png]]\n\n![](b.md)\n",
    );
    folder.write("a.md", "# A\n");
    folder.write("b.md", "# B\n");
    folder.write("pic.svg", `<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>`);
    await test.build(folder);
    const { groups } = await test.relations("file:index.md");
    expect(told(groups).filter((one) => one.startsWith("outgoing"))).toEqual([
      "outgoing embeds file:a.md",
      "outgoing references file:a.md",
      "outgoing references file:pic.svg",
      "outgoing references file:b.md",
      "outgoing uses-image file:pic.svg",
      "outgoing uses-image file:gone.png",
    ]);
    expect(
      [...test.views.edge.values()].filter(
        ({ first, then, ordersBuild }) =>
          ordersBuild && first.startsWith("file:") && then.startsWith("file:"),
      ),
    ).toEqual([]);
  });

  it("[E53] keeps the line of a reference true when the text before it grows", async () => {
    const folder = new TestFolder();
    folder.write("index.md", "[[a]]\n");
    folder.write("a.md", "# A\n");
    await test.build(folder);
    const lines = async () =>
      (await test.relations("file:a.md")).groups.flatMap(({ type, relations }) =>
        type === "references" ? relations.map(({ metadata }) => metadata) : [],
      );
    expect(await lines()).toEqual([{ line: 1 }]);
    folder.write("index.md", "More.\n\n[[a]]\n");
    await test.build(folder);
    expect(await lines()).toEqual([{ line: 3 }]);
  });

  it("[E50] gives a long group in parts that are the whole", async () => {
    const count = firstPart + 205;
    const folder = new TestFolder();
    folder.write("hub.md", "# Hub\n");
    for (let n = 0; n < count; n++) folder.write(`n${n}.md`, "[[hub]]\n");
    await test.build(folder);
    const links = ({ direction, type }: RelationGroup) => direction === "incoming" && type === "references";
    const first = (await test.relations("file:hub.md")).groups.find(links)!;
    expect([first.total, first.relations.length]).toEqual([count, firstPart]);
    const all = [...first.relations];
    while (all.length < count) {
      const part = { direction: "incoming", type: "references", after: all.at(-1)!.id } as const;
      const { groups } = await test.relations("file:hub.md", part);
      expect(groups).toHaveLength(1);
      expect(groups[0]?.total).toBe(count);
      all.push(...groups[0]!.relations);
    }
    expect(new Set(all.map(({ other }) => other)).size).toBe(count);
  });
});

describe("tokens", () => {
  it("[E52] gives with an intake a token of one place, by which all that it recorded is seen, and none for nothing", async () => {
    const folder = new TestFolder();
    folder.write("index.md", "[[a]] ![[a]]\n");
    folder.write("a.md", "# A\n");
    await test.open();
    const complete = { base: null, entries: folder.entries(), removed: [] };
    const { token } = await test.intake(complete);
    expect(token?.coordinates).toHaveLength(1);
    expect(told((await test.relations("file:a.md", null, token)).groups)).toContain(
      "incoming embeds file:index.md",
    );
    expect((await test.intake(complete)).token).toBeNull();
  });

  it("[E52] ends a wait for what never comes with a fault that says so", async () => {
    const store = await openTestStore();
    const indexer = new KyselyDocumentIndexer(store, test.projectId);
    await indexer.init();
    const place = { documentId: "file:a.md", scope: "document", branch: "main", operationIndex: 7 };
    const token = { projectId: test.projectId, coordinates: [place] };
    const id = asResourceId("file:a.md");
    const fault = { fault: { code: "not-yet-indexed", severity: "error" } };
    const asked = { resourceId: id, part: null, token };
    await expect(answerRelations(indexer, asked, 5)).rejects.toMatchObject(fault);
    await expect(answerPath(indexer, { from: id, to: id, types: null, token }, 5)).rejects.toMatchObject(
      fault,
    );
    await store.close();
  });
});
