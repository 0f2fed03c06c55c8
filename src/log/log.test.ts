import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asProjectId, type ProjectId } from "../model/ids.ts";
import type { Store } from "../store/open-store.ts";
import { openTestStore } from "../store/testing/open-test-store.ts";
import { ConsistencyTimeoutError } from "./consistency-tracker.ts";
import { KyselyDocumentIndexer } from "./indexer.ts";
import { readIndexerState } from "./indexer-state.ts";
import { add, ofDocument, putSource, remove, type Names } from "./random-operations.test-kit.ts";
import { openLog, type Log } from "./open-log.ts";
import type { OperationToAppend } from "./operation-faults.ts";
import { tokenOf } from "./token.ts";

let store: Store;
let projects = 0;
const newProject = (): ProjectId => asProjectId(`log ${++projects}`);
const clock = () => 1_700_000_000_000;

beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());

async function append(projectId: ProjectId, log: Log, operations: readonly OperationToAppend[]) {
  const result = await log.operations.append(projectId, operations);
  if (!result.ok) throw new Error(result.fault.message);
  return result.operations;
}

describe("the operation store", () => {
  it("[L1] numbers each stream without gaps and all operations in ascending order", async () => {
    const projectId = newProject();
    const log = await openLog(store, projectId, clock);
    const first = await append(projectId, log, [add("a", ["b"]), add("b", ["c"]), add("a", ["c"])]);
    const second = await append(projectId, log, [
      putSource("a", 1),
      { ...add("a", ["d"]), branch: "draft" },
      add("a"),
    ]);
    const all = [...first, ...second];
    expect(all.map(({ documentId, scope, branch, index }) => [documentId, scope, branch, index])).toEqual([
      ["a", "document", "main", 0],
      ["b", "document", "main", 0],
      ["a", "document", "main", 1],
      ["file:a", "source", "main", 0],
      ["a", "document", "draft", 0],
      ["a", "document", "main", 2],
    ]);
    expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).toSorted((a, b) => a - b));
    expect(await log.operations.getSinceId((first[0]?.id ?? 1) - 1, { projectId })).toEqual(all);
  });

  it("[L1] stamps what is appended after all that the project holds, though the clock stands still or goes back", async () => {
    const projectId = newProject();
    let now = 5;
    const log = await openLog(store, projectId, () => now);
    await append(projectId, log, [add("a"), add("b")]);
    now = 3;
    await append(projectId, log, [add("a")]);
    now = 7;
    await append(projectId, log, [add("b")]);
    const operations = await log.operations.getSinceId(0, { projectId });
    expect(operations.map(({ time, sequence }) => [time, sequence])).toEqual([
      [5, 0],
      [5, 1],
      [5, 2],
      [7, 0],
    ]);
  });

  it("[L2] gives what it holds already when an append is sent again, whole or in part", async () => {
    const projectId = newProject();
    const log = await openLog(store, projectId, clock);
    const stream = { documentId: "a", scope: "document", branch: "main", revision: 0 };
    const [one, two] = [add("a", ["b"]), add("a", ["c"])].map((operation) => ({
      ...operation,
      actionId: crypto.randomUUID(),
    }));
    if (one === undefined || two === undefined) throw new Error("two of them");
    const first = await log.operations.append(projectId, [one], { expected: [stream] });
    expect(await log.operations.append(projectId, [one], { expected: [stream] })).toEqual({
      ...first,
      appended: [],
    });
    const both = await append(projectId, log, [two, one]);
    expect(both.map(({ index }) => index)).toEqual([1, 0]);
    expect(await log.operations.getSinceId(0, { projectId })).toHaveLength(2);
    for (const wrong of [[{ ...two, actionId: one.actionId }], [one, one], [{ ...one, actionId: "1" }]]) {
      const refused = await log.operations.append(projectId, wrong);
      expect(refused).toMatchObject({ ok: false, fault: { code: "invalid-operation" } });
    }
  });

  it("[L2] appends nothing when one stream is not where its writer thinks", async () => {
    const projectId = newProject();
    const log = await openLog(store, projectId, clock);
    await append(projectId, log, [add("a", ["b"])]);
    const stream = { documentId: "a", scope: "document", branch: "main" };
    const late = await log.operations.append(projectId, [add("a", ["c"]), add("z", ["c"])], {
      expected: [{ ...stream, revision: 0 }],
    });
    expect(late).toMatchObject({ ok: false, fault: { code: "revision-conflict" } });
    expect(await log.operations.getSinceId(0, { projectId })).toHaveLength(1);
    const timely = await log.operations.append(projectId, [add("a", ["c"])], {
      expected: [
        { ...stream, revision: 1 },
        { ...stream, documentId: "new", revision: 0 },
      ],
    });
    expect(timely.ok).toBe(true);
  });

  it("[L2] of two writers with the same revision lets one in", async () => {
    const projectId = newProject();
    const log = await openLog(store, projectId, clock);
    const expected = [{ documentId: "a", scope: "document", branch: "main", revision: 0 }];
    const results = await Promise.all(
      [1, 2, 3].map(() => log.operations.append(projectId, [add("a", ["b"])], { expected })),
    );
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it.each([
    ["self-relationship", add("a", ["a"])],
    ["invalid-operation", { ...add("a", ["b"]), skip: -1 }],
    ["invalid-operation", { ...add("a", ["b"]), skip: 0.5 }],
    ["invalid-operation", { ...add("a", ["b"]), scope: "source" as const }],
    ["invalid-operation", { ...putSource("x", 1), documentId: "file:y" }],
  ])("[L3] refuses a whole batch for %s", async (code, wrong: OperationToAppend) => {
    const projectId = newProject();
    const log = await openLog(store, projectId, clock);
    const result = await log.operations.append(projectId, [add("b", ["c"]), wrong]);
    expect(result).toMatchObject({ ok: false, fault: { code, severity: "error" } });
    expect(await log.operations.getSinceId(0, { projectId })).toEqual([]);
  });

  it("[L4] gives pages in order, after the position that was named", async () => {
    const projectId = newProject();
    const log = await openLog(store, projectId, clock);
    const all = await append(
      projectId,
      log,
      Array.from({ length: 25 }, (_, n) => add("a", [`t${n}`])),
    );
    const stream = { projectId, documentId: "a", scope: "document", branch: "main" };
    expect(await log.operations.getSince(stream, -1, 10)).toEqual(all.slice(0, 10));
    expect(await log.operations.getSince(stream, 9, 10)).toEqual(all.slice(10, 20));
    expect(await log.operations.getSince(stream, 24)).toEqual([]);
    expect(await log.operations.getRange(stream, { from: 3, to: 9 })).toEqual(all.slice(3, 9));
    expect(await log.operations.getRange(stream, { from: 3, to: 99 }, 2)).toEqual(all.slice(3, 5));
    const others = await append(projectId, log, [add("b"), { ...add("a"), branch: "draft" }]);
    const revisions = await log.operations.getRevisions(projectId);
    expect(revisions.map(({ documentId, branch, revision }) => [documentId, branch, revision])).toEqual([
      ["a", "main", 25],
      ["b", "main", 1],
      ["a", "draft", 1],
    ]);
    const [, middle] = revisions;
    expect(await log.operations.getRevisions(projectId, all[0]?.id, 1)).toEqual([middle]);
    expect(middle?.firstId).toBe(others[0]?.id);
    const [first] = all;
    expect(await log.operations.getSinceId(first?.id ?? 0, { projectId, limit: 3 })).toEqual(all.slice(1, 4));
    expect(await log.operations.getSinceId(all.at(-1)?.id ?? 0, { projectId })).toEqual(others);
  });

  it("[L5] hashes an action whatever the order of its keys", async () => {
    const projectId = newProject();
    const log = await openLog(store, projectId, clock);
    const one = { type: "embeds" as const, targetId: "b", metadata: { x: 1, y: [{ p: 1, q: 2 }] } };
    const same = { metadata: { y: [{ q: 2, p: 1 }], x: 1 }, targetId: "b", type: "embeds" as const };
    const other = { ...one, metadata: { x: 1, y: [{ p: 2, q: 1 }] } };
    const appended = await append(
      projectId,
      log,
      [one, same, other].map((input) =>
        ofDocument("a", { type: "ADD_RELATIONSHIP", relationships: [input] }),
      ),
    );
    const [a, b, c] = appended.map(({ hash }) => hash);
    expect(a).toBe(b);
    expect(a).not.toBe(c);
  });
});

describe("the indexer", () => {
  async function chain() {
    const projectId = newProject();
    const log = await openLog(store, projectId, clock);
    const token = await log.record([
      add("a", ["b"], ["c", "references"], ["missing"]),
      add("b", ["d"], ["c"]),
      add("c", ["d"]),
      add("d", ["a", "parent-child"]),
    ]);
    return { projectId, log, token, indexer: log.indexer };
  }

  it("[L9] gives relationships by end, by both ends and by type, in the order of the log", async () => {
    const { indexer, token, log, projectId } = await chain();
    const [first] = await log.operations.getSinceId(0, { projectId, limit: 1 });
    expect(await indexer.getOutgoing("a", undefined, token)).toEqual(
      [
        ["b", "embeds"],
        ["c", "references"],
        ["missing", "embeds"],
      ].map(([targetId, relationshipType], position) => ({
        id: `${first?.id}.${position}`,
        sourceId: "a",
        targetId,
        relationshipType,
        metadata: null,
        createdAt: new Date(clock()),
        updatedAt: new Date(clock()),
      })),
    );
    const ends = (list: readonly { sourceId: string; targetId: string }[]) =>
      list.map(({ sourceId, targetId }) => `${sourceId}${targetId}`);
    expect(ends(await indexer.getIncoming("d"))).toEqual(["bd", "cd"]);
    expect(ends(await indexer.getOutgoing("a", ["references", "embeds"]))).toEqual(["ab", "ac", "amissing"]);
    expect(ends(await indexer.getOutgoing("a", []))).toEqual([]);
    expect(ends(await indexer.getDirectedRelationships("a", "d"))).toEqual([]);
    expect(ends(await indexer.getUndirectedRelationships("a", "d"))).toEqual(["da"]);
    expect(await indexer.hasRelationship("d", "a", ["parent-child"])).toBe(true);
    expect(await indexer.hasRelationship("d", "a", ["embeds"])).toBe(false);
    expect(await indexer.getRelationshipTypes()).toEqual(["embeds", "parent-child", "references"]);
  });

  it("[L10] finds the way with the fewest hops, the first of several, and ancestors through cycles", async () => {
    const { indexer, token } = await chain();
    expect(await indexer.findPath("a", "d", undefined, token)).toEqual(["a", "b", "d"]);
    expect(await indexer.findPath("a", "d", ["references", "embeds"])).toEqual(["a", "b", "d"]);
    expect(await indexer.findPath("a", "d", ["references"])).toBeNull();
    expect(await indexer.findPath("a", "a")).toEqual(["a"]);
    expect(await indexer.findPath("nowhere", "a")).toBeNull();
    const ancestors = await indexer.findAncestors("d", ["embeds"]);
    expect(ancestors.all).toEqual(["d", "b", "c", "a"]);
    expect(ancestors.traverse("a", "depth-first")).toEqual(["a", "b", "d", "c"]);
  });

  it("[L10] sees in a path what was recorded since the last one", async () => {
    const { indexer, log } = await chain();
    expect(await indexer.findPath("a", "new")).toBeNull();
    await log.record([add("d", ["new"])]);
    expect(await indexer.findPath("a", "new")).toEqual(["a", "b", "d", "new"]);
  });

  it("[L11] answers old tokens after a restart, at once", async () => {
    const { indexer, token, projectId } = await chain();
    await indexer.waitForConsistency(token, 0);
    const restarted = new KyselyDocumentIndexer(store, projectId);
    await restarted.waitForConsistency(token, 0);
    const [coordinate] = token.coordinates;
    if (coordinate === undefined) throw new Error("no coordinate");
    const future = { projectId, coordinates: [{ ...coordinate, operationIndex: 99 }] };
    await expect(restarted.waitForConsistency(future, 5)).rejects.toThrow(ConsistencyTimeoutError);
    const signal = AbortSignal.abort(new Error("gone"));
    await expect(restarted.getOutgoing("a", undefined, token, signal)).rejects.toThrow("gone");
  });

  it("[L11] wakes a query that waits for a write still to come", async () => {
    const { indexer, log, projectId } = await chain();
    const coming = { documentId: "e", scope: "document", branch: "main", operationIndex: 0 };
    const query = indexer.getOutgoing("e", undefined, { projectId, coordinates: [coming] });
    const appended = await append(projectId, log, [add("e", ["a"])]);
    expect(tokenOf(projectId, appended).coordinates).toEqual([coming]);
    await indexer.indexOperations(appended);
    expect((await query).map(({ targetId }) => targetId)).toEqual(["a"]);
  });

  it("[L11] wakes who waits for what was appended unseen when a later write fills the gap", async () => {
    const { indexer, log, projectId } = await chain();
    const coming = { documentId: "e", scope: "document", branch: "main", operationIndex: 0 };
    const query = indexer.getOutgoing("e", undefined, { projectId, coordinates: [coming] });
    await indexer.loadAll();
    await append(projectId, log, [add("e", ["a"])]);
    await log.record([add("z", ["a"])]);
    expect((await query).map(({ targetId }) => targetId)).toEqual(["a"]);
  });

  it("[L11] indexes what a token asks for and nobody has indexed", async () => {
    const { indexer, log, projectId } = await chain();
    const token = tokenOf(projectId, await append(projectId, log, [add("e", ["a"])]));
    expect(await indexer.getOutgoing("e", undefined, token)).toHaveLength(1);
  });

  it("[L11] shows a write of a branch in the read model of that branch", async () => {
    const { log, projectId } = await chain();
    const draft = new KyselyDocumentIndexer(store, projectId, { branch: "draft", tracker: log.tracker });
    await draft.init();
    const token = await log.record([{ ...add("a", ["z"]), branch: "draft" }]);
    await log.indexer.waitForConsistency(token, 0);
    expect(await draft.getOutgoing("a", undefined, token)).toHaveLength(1);
  });

  it("[L11] shows all of a write to every read model that has come to the operation that its token names", async () => {
    const { log, projectId } = await chain();
    const batch = [
      { ...add("x", ["y"]), branch: "draft" },
      add("x", ["y"]),
      putSource("x", 1),
      { ...add("x", ["z"]), branch: "other" },
      add("w", ["y"]),
    ];
    // Once the batch ends on the main branch and once on another.
    for (const operations of [batch, batch.toReversed()]) {
      const token = tokenOf(projectId, await append(projectId, log, operations));
      expect(token.coordinates).toHaveLength(1);
      for (const [branch, found] of Object.entries({ main: 2, draft: 1, other: 0 })) {
        const model = new KyselyDocumentIndexer(store, projectId, { branch });
        expect(await model.getIncoming("y", undefined, token)).toHaveLength(found);
      }
    }
  });

  it("[L7] moves the cursor with the rows or not at all", async () => {
    const { log, projectId } = await chain();
    const cursor = () =>
      store.read((db) => readIndexerState(db, { projectId, branch: "main" })).then(({ cursor: at }) => at);
    const before = await cursor();
    await expect(log.record([add("x", ["y"]), add("x", ["x"])])).rejects.toThrow("itself");
    expect(await cursor()).toBe(before);
    await log.record([add("x", ["y"])]);
    expect(await cursor()).toBe((await log.operations.getSinceId(before)).at(-1)?.id);
  });

  it("[L6] indexes another branch when it is asked for by name", async () => {
    const { log, projectId } = await chain();
    await log.record([{ ...add("a", ["z"]), branch: "draft" }]);
    const draft = new KyselyDocumentIndexer(store, projectId, { branch: "draft" });
    await draft.init();
    expect((await draft.loadAll()).map(({ target }) => target)).toEqual(["z"]);
    expect(await log.indexer.hasRelationship("a", "z")).toBe(false);
  });

  it("[L12] indexes 3,000 operations with 15,000 relationships in one record, and takes them back", async () => {
    const projectId = newProject();
    const log = await openLog(store, projectId, clock);
    const count = 3000;
    const targets = (n: number): Names => [1, 2, 3, 4, 5].map((hop) => [`d${(n + hop) % count}`]);
    await log.record(Array.from({ length: count }, (_, n) => add(`d${n}`, ...targets(n))));
    expect(await log.indexer.loadAll()).toHaveLength(5 * count);
    expect(await log.indexer.findPath("d0", "d2990")).toHaveLength(599);
    await log.record(Array.from({ length: count }, (_, n) => remove(`d${n}`, ...targets(n).slice(1))));
    expect(await log.indexer.loadAll()).toHaveLength(count);
    expect((await log.indexer.findAncestors("d5")).all).toHaveLength(count);
  }, 60_000);
});
