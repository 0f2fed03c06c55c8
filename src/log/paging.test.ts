import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { asProjectId, type ProjectId } from "../model/ids.ts";
import type { NewOperation } from "../model/operation.ts";
import type { Store } from "../store/open-store.ts";
import { openTestStore } from "../store/testing/open-test-store.ts";
import type { DocumentRelationship, Paging } from "./document-indexer.ts";
import { openLog, type Log } from "./open-log.ts";

let store: Store;
let projects = 0;
const newProject = (): ProjectId => asProjectId(`paging ${++projects}`);

beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());

type Edge = readonly [source: string, target: string, type: "embeds" | "references"];

const letter = fc.constantFrom("a", "b", "c", "d");
const edges = fc.array(fc.tuple(letter, letter, fc.constantFrom("embeds", "references")), { maxLength: 30 });
const differ = (list: readonly Edge[]) => list.filter(([source, target]) => source !== target);

/** One operation an edge for some, one for several for others, so that both parts of a place matter. */
function operations(list: readonly Edge[]): readonly NewOperation[] {
  const made: NewOperation[] = [];
  for (const [documentId, targetId, type] of differ(list)) {
    const last = made.at(-1);
    const relationships = [{ targetId, type }];
    if (last?.documentId === documentId && last.action.type === "ADD_RELATIONSHIP") {
      const action = {
        ...last.action,
        relationships: [...last.action.relationships, ...relationships],
      };
      made[made.length - 1] = { ...last, action };
    } else {
      const action = { type: "ADD_RELATIONSHIP", relationships } as const;
      made.push({ documentId, scope: "document", branch: "main", action });
    }
  }
  return made;
}

type Query = (log: Log, paging?: Paging) => Promise<readonly DocumentRelationship[]>;

const queries: Readonly<Record<string, Query>> = {
  outgoing: ({ indexer }, paging) => indexer.getOutgoing("a", undefined, undefined, undefined, paging),
  "outgoing of a type": ({ indexer }, paging) =>
    indexer.getOutgoing("a", ["embeds"], undefined, undefined, paging),
  incoming: ({ indexer }, paging) => indexer.getIncoming("b", undefined, undefined, undefined, paging),
  directed: ({ indexer }, paging) =>
    indexer.getDirectedRelationships("a", "b", undefined, undefined, undefined, paging),
  undirected: ({ indexer }, paging) =>
    indexer.getUndirectedRelationships("a", "b", undefined, undefined, undefined, paging),
};

/** All parts of a list; `between` happens after each. */
async function joined(
  log: Log,
  query: Query,
  limit: number,
  between: () => Promise<unknown> = async () => {},
): Promise<readonly DocumentRelationship[]> {
  const all: DocumentRelationship[] = [];
  for (;;) {
    const last = all.at(-1);
    const part = await query(log, last === undefined ? { limit } : { limit, after: last.id });
    expect(part.length).toBeLessThanOrEqual(limit);
    all.push(...part);
    if (part.length < limit) return all;
    await between();
  }
}

it.each(Object.keys(queries))("[L40] %s: parts joined are the whole, whatever their size", async (name) => {
  const query = queries[name]!;
  await fc.assert(
    fc.asyncProperty(edges, fc.integer({ min: 1, max: 6 }), async (list, limit) => {
      const log = await openLog(store, newProject(), () => 1);
      for (const operation of operations(list)) await log.record([operation]);
      expect(await joined(log, query, limit)).toEqual(await query(log));
    }),
    { numRuns: 15 },
  );
});

it.each(Object.keys(queries))("[L40] %s: parts joined are the whole while the log grows", async (name) => {
  const query = queries[name]!;
  await fc.assert(
    fc.asyncProperty(edges, edges, fc.integer({ min: 1, max: 4 }), async (list, later, limit) => {
      const log = await openLog(store, newProject(), () => 1);
      await log.record(operations(list));
      const waiting = [...operations(later)];
      const grow = async () => log.record(waiting.splice(0, 1));
      const all = await joined(log, query, limit, grow);
      expect(all).toEqual(await query(log));
    }),
    { numRuns: 15 },
  );
});

it("[L40] goes on after a relationship that is gone, and refuses what is no place and no size", async () => {
  const log = await openLog(store, newProject(), () => 1);
  await log.record(
    operations([
      ["a", "b", "embeds"],
      ["a", "c", "embeds"],
      ["a", "d", "embeds"],
    ]),
  );
  const [first, second, third] = await log.indexer.getOutgoing("a");
  const stream = { documentId: "a", scope: "document", branch: "main" } as const;
  const relationships = [{ targetId: "c", type: "embeds" }] as const;
  await log.record([{ ...stream, action: { type: "REMOVE_RELATIONSHIP", relationships } }]);
  const after = (id: string) => queries["outgoing"]!(log, { after: id });
  expect(await after(first!.id)).toEqual([third]);
  expect(await after(second!.id)).toEqual([third]);
  expect(await after(third!.id)).toEqual([]);
  await expect(after("1; DROP")).rejects.toThrow("Broken invariant");
  await expect(queries["outgoing"]!(log, { limit: 0 })).rejects.toThrow("Broken invariant");
});

it("[L41] counts the relationships of a document by direction and type, as its lists have them", async () => {
  await fc.assert(
    fc.asyncProperty(edges, async (list) => {
      const log = await openLog(store, newProject(), () => 1);
      await log.record(operations(list));
      const { indexer } = log;
      const wanted = [];
      for (const direction of ["incoming", "outgoing"] as const) {
        for (const type of ["embeds", "references"]) {
          const inOrOut = direction === "incoming" ? indexer.getIncoming("a") : indexer.getOutgoing("a");
          const count = (await inOrOut).filter((one) => one.relationshipType === type).length;
          if (count > 0) wanted.push({ direction, relationshipType: type, count });
        }
      }
      expect(await indexer.countRelationships("a")).toEqual(wanted);
    }),
    { numRuns: 20 },
  );
});

it("[L42] tells for each step of a way every type that leads along it", async () => {
  await fc.assert(
    fc.asyncProperty(edges, fc.option(fc.constantFrom("embeds", "references")), async (list, type) => {
      const log = await openLog(store, newProject(), () => 1);
      const { indexer } = log;
      await log.record(operations(list));
      const types = type === null ? undefined : [type];
      const path = await indexer.findPath("a", "b", types);
      const hops = await indexer.findHops("a", "b", types);
      expect(hops?.map(({ targetId }) => targetId)).toEqual(path?.slice(1));
      for (const { sourceId, targetId, types: along } of hops ?? []) {
        const between = await indexer.getDirectedRelationships(sourceId, targetId, types);
        expect(along).toEqual(between.map(({ relationshipType }) => relationshipType));
        expect(along.length).toBeGreaterThan(0);
      }
    }),
    { numRuns: 25 },
  );
  const log = await openLog(store, newProject(), () => 1);
  expect(await log.indexer.findHops("a", "a")).toEqual([]);
  expect(await log.indexer.findHops("a", "b")).toBeNull();
});
