// oxlint-disable vitest/no-standalone-expect -- the steps of a program run inside a test.
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { asProjectId, type ProjectId } from "../model/ids.ts";
import type { Operation } from "../model/operation.ts";
import { compareNames } from "../base/byte-order.ts";
import type { Store } from "../store/open-store.ts";
import { openTestStore } from "../store/testing/open-test-store.ts";
import { loadSources } from "../store/resources.ts";
import {
  naiveAncestors,
  naiveMerge,
  naivePath,
  naiveRelationships,
  naiveSources,
  naiveStream,
} from "./naive-log.test-kit.ts";
import { openLog, type Log } from "./open-log.ts";
import { add, plainOperations, skippingOperations } from "./random-operations.test-kit.ts";
import { StreamMap } from "./stream-map.ts";
import { tokenOf } from "./token.ts";

/** One copy of the log: the real one, and what it should hold. */
type Copy = {
  readonly projectId: ProjectId;
  readonly clock: { now: number };
  /** Which documents it writes of; in some programs each has one writer, so that nothing conflicts. */
  readonly writes: (operation: { readonly documentId: string }) => boolean;
  real: Log;
  readonly expected: Operation[];
};
type Copies = readonly Copy[];
type Step = fc.AsyncCommand<object, Copies>;

let store: Store;
let projects = 0;

beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());

async function openCopy(n: number, writers: number): Promise<Copy> {
  const projectId = asProjectId(`copy ${++projects}`);
  const clock = { now: 1_700_000_000_000 - n };
  const writes: Copy["writes"] = ({ documentId }) => documentId.charCodeAt(0) % writers === n % writers;
  return { projectId, clock, writes, real: await openLog(store, projectId, () => clock.now), expected: [] };
}

async function reopen(copy: Copy): Promise<void> {
  copy.real = await openLog(store, copy.projectId, () => copy.clock.now);
}

/** Takes note of what was appended to a copy, and makes sure that nothing before it changed. */
async function remember({ real, projectId, expected }: Copy): Promise<readonly Operation[]> {
  const all = await real.operations.getSinceId(0, { projectId });
  expect(all.slice(0, expected.length)).toEqual(expected);
  const appended = all.slice(expected.length);
  expected.push(...appended);
  return appended;
}

/** Everything that the queries can tell, and everything that the model says. */
async function compare({ real, projectId, expected }: Copy): Promise<void> {
  const relationships = naiveRelationships(expected);
  expect(await real.indexer.loadAll()).toEqual(
    relationships.map(({ place: _, ...relationship }) => relationship),
  );
  const outgoing = await real.indexer.getOutgoing("a", ["embeds"]);
  expect(outgoing.map(({ targetId, metadata }) => [targetId, metadata])).toEqual(
    relationships
      .filter(({ source, type }) => source === "a" && type === "embeds")
      .map(({ target, metadata }) => [target, metadata]),
  );
  expect(await real.indexer.findPath("a", "c")).toEqual(naivePath(relationships, "a", "c"));
  const ancestors = await real.indexer.findAncestors("b");
  expect(ancestors.all.toSorted(compareNames)).toEqual(
    naiveAncestors(relationships, "b").toSorted(compareNames),
  );
  const sources = await loadSources(store, projectId);
  expect(Object.fromEntries(sources.map(({ path, size }) => [path, size]))).toEqual(naiveSources(expected));
}

function step(name: string, which: number, run: (copy: Copy, copies: Copies) => Promise<void>): Step {
  return {
    check: () => true,
    run: async (_, copies) => {
      const copy = copies[which % copies.length];
      if (copy === undefined) return;
      await run(copy, copies);
      await remember(copy);
      await compare(copy);
    },
    toString: () => `${which}: ${name}`,
  };
}

function streamsOf(operations: readonly Operation[]): StreamMap<Operation[]> {
  const streams = new StreamMap<Operation[]>();
  for (const operation of operations) {
    const stream = streams.get(operation) ?? [];
    streams.set(operation, [...stream, operation]);
  }
  return streams;
}

/** Loads what `from` held before its last operations, and compares each stream with the plain tale of a merge. */
async function load(into: Copy, from: Copy, ago = 0): Promise<number> {
  const sent = from.expected.slice(0, Math.max(0, from.expected.length - ago));
  const before = streamsOf(into.expected);
  const job = await into.real.load(sent.map(({ id: _, projectId: __, ...operation }) => operation).reverse());
  if (job.status === "FAILED") throw new Error(job.fault.message);
  const appended = await remember(into);
  expect(job.appended).toBe(appended.length);
  expect(job.consistencyToken).toEqual(tokenOf(into.projectId, appended));
  await into.real.indexer.waitForConsistency(job.consistencyToken, 0);
  const after = streamsOf(into.expected);
  for (const [name, stream] of streamsOf(sent).entries()) {
    const effective = naiveStream(after.get(name) ?? []).map(({ actionId }) => actionId);
    expect(effective).toEqual(naiveMerge(before.get(name) ?? [], stream));
  }
  return appended.length;
}

const which = fc.nat(2);
const steps = [
  fc.tuple(which, fc.nat(3)).map(([copy, ms]) =>
    step(`the clock goes on by ${ms - 1}`, copy, ({ clock }) => {
      clock.now += ms - 1;
      return Promise.resolve();
    }),
  ),
  fc.tuple(which, plainOperations).map(([copy, list]) =>
    step(`record ${JSON.stringify(list)}`, copy, async ({ real, writes }) => {
      const token = await real.record(list.filter(writes));
      await real.indexer.waitForConsistency(token, 0);
    }),
  ),
  fc.tuple(which, skippingOperations).map(([copy, list]) =>
    step(`append, then index ${JSON.stringify(list)}`, copy, async ({ projectId, real, writes }) => {
      const result = await real.operations.append(projectId, list.filter(writes));
      if (!result.ok) throw new Error(result.fault.message);
      await real.indexer.indexOperations(result.appended.slice(-1));
      if (result.appended.length === 0) await real.indexer.init();
    }),
  ),
  fc.tuple(which, skippingOperations).map(([copy, list]) =>
    step(`crash between append and index ${JSON.stringify(list)}`, copy, async (one) => {
      await one.real.operations.append(one.projectId, list.filter(one.writes));
      await reopen(one);
    }),
  ),
  fc.tuple(which, skippingOperations).map(([copy, list]) =>
    step(`append twice ${JSON.stringify(list)}`, copy, async ({ projectId, real, writes }) => {
      const named = list.filter(writes).map((operation) => ({ ...operation, actionId: crypto.randomUUID() }));
      const first = await real.operations.append(projectId, named);
      const again = await real.operations.append(projectId, named);
      if (!first.ok || !again.ok) throw new Error("refused");
      expect(again.operations).toEqual(first.operations);
      expect(again.appended).toEqual([]);
      await real.indexer.init();
    }),
  ),
  fc.tuple(which, fc.nat(5)).map(([copy, from]) =>
    step(`repeat all from ${from}`, copy, async ({ real, expected }) => {
      await real.indexer.indexOperations(expected.slice(from));
    }),
  ),
  which.map((copy) =>
    step("append unseen, then record", copy, async ({ projectId, real, writes }) => {
      await real.operations.append(projectId, [add("c", ["b"])].filter(writes));
      if (!writes({ documentId: "b" })) return real.indexer.init();
      await real.record([add("b", ["c", "references"])]);
    }),
  ),
  fc.tuple(which, fc.constantFrom("a", "b"), fc.constantFrom("c", "d")).map(([copy, parent, child]) =>
    step(`${child} becomes a child of ${parent}`, copy, async ({ real, writes }) => {
      if (!writes({ documentId: parent })) return;
      const { id } = real.jobs.addChildren(parent, [child]);
      const job = await real.jobs.whenSettled(id);
      if (job?.status !== "COMPLETED") throw new Error("not completed");
      const token = job.consistencyToken;
      expect(await real.indexer.hasRelationship(parent, child, ["parent-child"], token)).toBe(true);
    }),
  ),
  ...[0, 0, 1, 4].map((ago) =>
    fc.tuple(which, which).map(([copy, from]) =>
      step(`load from ${from}, ${ago} operations ago`, copy, async (into, copies) => {
        const other = copies[from % copies.length];
        if (other !== undefined) await load(into, other, ago);
      }),
    ),
  ),
  fc.tuple(which, which).map(([copy, from]) =>
    step(`load from ${from} unseen, crash, load again`, copy, async (into, copies) => {
      const other = copies[from % copies.length];
      if (other === undefined) return;
      await load(into, other);
      await reopen(into);
      expect(await load(into, other)).toBe(0);
    }),
  ),
];

/** What a copy means, whatever the ids of its operations. */
function meaning({ expected }: Copy): unknown {
  const streams = new Map(
    [...streamsOf(expected).entries()].map(([{ documentId, scope, branch }, stream]) => [
      JSON.stringify([documentId, scope, branch]),
      naiveStream(stream).map(({ actionId }) => actionId),
    ]),
  );
  const relationships = naiveRelationships(expected).map(({ place: _, ...one }) => JSON.stringify(one));
  return [streams, new Set(relationships), naiveSources(expected)];
}

it.each([
  [1, 1],
  [2, 1],
  [2, 2],
  [3, 1],
  [3, 3],
])(
  "[L6] [L7] [L8] [L15] holds on %d copies of a log, with %d groups of writers",
  async (count, writers) => {
    await fc.assert(
      fc.asyncProperty(fc.commands(steps, { maxCommands: 20 }), async (program) => {
        const copies = await Promise.all(Array.from({ length: count }, (_, n) => openCopy(n, writers)));
        await fc.asyncModelRun(() => ({ model: {}, real: copies }), program);
        for (let appended = -1; appended !== 0;) {
          appended = 0;
          for (const into of copies) for (const from of copies) appended += await load(into, from);
        }
        for (const copy of copies) {
          await compare(copy);
          expect(meaning(copy)).toEqual(meaning(copies[0] ?? copy));
        }
      }),
      { numRuns: 25 },
    );
  },
  240_000,
);
