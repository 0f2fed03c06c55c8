import fc from "fast-check";
import { compareNames } from "../base/byte-order.ts";
import { asResourceId, asSitePath, asTaskKey } from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";
import { findMade } from "./artifacts.ts";
import { deleteProject } from "./projects.ts";
import { loadOutputs, loadSources, putSources } from "./resources.ts";
import { artifact, commit, fileRecord, hash, made, newProject, output } from "./sample-rows.test-kit.ts";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Store } from "./open-store.ts";
import { openTestStore } from "./testing/open-test-store.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());

const fault = fc.record({
  code: fc.string(),
  severity: fc.constantFrom("error" as const, "warning" as const),
  message: fc.string({ unit: "binary" }),
  remedy: fc.string(),
});
/** Names as hostile as a folder can hold: quotes, NUL, halves of surrogate pairs, 4 kB. */
const hostileName = fc.oneof(
  fc.string({ unit: "binary", minLength: 1 }),
  fc.constantFrom(
    "a\0b",
    "\ud800",
    "it's",
    "\\.",
    '","',
    "\u0001\u0002",
    "x".repeat(4000),
    `${"é".repeat(3000)}!`,
  ),
);
const outputs = fc.uniqueArray(
  fc.record({
    id: hostileName.map(asResourceId),
    kind: fc.constantFrom("page" as const, "variant" as const),
    status: fc.constantFrom("DONE" as const, "FAILED" as const, "POISONED" as const),
    sitePath: fc.option(hostileName.map(asSitePath)),
    artifact: fc.option(fc.nat().map(artifact)),
    taskKey: fc.option(fc.nat().map((n) => asTaskKey(hash(n)))),
    parts: fc.array(fc.record({ label: fc.string({ unit: "binary" }), value: fc.string() })),
    problems: fc.constant([]),
    fault: fc.option(fault),
    culprits: fc.array(hostileName.map(asResourceId), { maxLength: 3 }),
    cause: fc.string({ unit: "binary" }),
    durationMs: fc.option(fc.double({ noNaN: true, noDefaultInfinity: true, min: 0 })),
  }),
  { selector: ({ id }) => id, maxLength: 12 },
);

it("[S6] gives back exactly what a series of commits left, whatever the names", async () => {
  const batches = fc.array(fc.record({ upserts: outputs, drop: fc.array(fc.nat(20), { maxLength: 5 }) }), {
    maxLength: 4,
  });
  await fc.assert(
    fc.asyncProperty(batches, async (commits) => {
      const projectId = newProject();
      const model = new Map<string, OutputRecord>();
      for (const { upserts, drop } of commits) {
        const known = [...model.values()];
        const removals = drop.flatMap((n) => known[n]?.id ?? []);
        await commit(store, projectId, { upserts, removals });
        for (const id of removals) model.delete(id);
        for (const record of upserts) model.set(record.id, record);
      }
      const expected = [...model.values()].toSorted((a, b) => compareNames(a.id, b.id));
      const loaded = await loadOutputs(store, projectId);
      expect(loaded.toSorted((a, b) => compareNames(a.id, b.id))).toEqual(expected);
    }),
    { numRuns: 40 },
  );
}, 60_000);

it("[S6] lists ordinary ids by their UTF-8 bytes, not by a language's alphabet", async () => {
  const projectId = newProject();
  const ids = ["b", "B", "a", "é", "z", "\uff5a", "🌍", "a b", "a-b"];
  await commit(store, projectId, { upserts: ids.map((id) => output(id)) });
  const loaded = await loadOutputs(store, projectId);
  expect(loaded.map(({ id }) => id)).toEqual(ids.toSorted(compareNames));
});

it("[S7] leaves nothing of a commit that fails in the middle", async () => {
  const projectId = newProject();
  await commit(store, projectId, { upserts: [output("a")], made: [made(40)] });
  const twice = [output("b"), output("b")];
  await expect(
    commit(store, projectId, { upserts: twice, removals: [asResourceId("a")], made: [made(41)] }),
  ).rejects.toThrow("a second time");
  expect((await loadOutputs(store, projectId)).map(({ id }) => id)).toEqual(["a"]);
  expect([...(await findMade(store, projectId, [asTaskKey(hash(40)), asTaskKey(hash(41))])).keys()]).toEqual([
    hash(40),
  ]);
});

it("[S6] writes 12,000 outputs in one commit", async () => {
  const projectId = newProject();
  const upserts = Array.from({ length: 12_000 }, (_, n) => output(`page:${n}`, { artifact: artifact(n) }));
  await commit(store, projectId, { upserts });
  expect(await loadOutputs(store, projectId)).toHaveLength(12_000);
  await commit(store, projectId, { removals: upserts.slice(1).map(({ id }) => id) });
  expect(await loadOutputs(store, projectId)).toEqual([upserts[0]]);
  await deleteProject(store, projectId);
}, 30_000);

it("[S6] keeps files apart from outputs of the same project", async () => {
  const projectId = newProject();
  const source = fileRecord("notes/a.md");
  await store.transaction((db) => putSources(db, projectId, [source]));
  await commit(store, projectId, { upserts: [output("page:notes/a.md")] });
  expect(await loadSources(store, projectId)).toEqual([source]);
  expect(await loadOutputs(store, projectId)).toHaveLength(1);
});
