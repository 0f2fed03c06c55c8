import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { asProjectId, type ProjectId } from "../model/ids.ts";
import type { ImportedOperation } from "../model/operation.ts";
import type { Store } from "../store/open-store.ts";
import { openTestStore } from "../store/testing/open-test-store.ts";
import { reshuffleLimit } from "./load-operations.ts";
import { openLog, type Log } from "./open-log.ts";
import { writeWriteJob } from "./write-job-rows.ts";
import { add, remove } from "./random-operations.test-kit.ts";

let store: Store;
let projects = 0;
const clock = () => 1_700_000_000_000;

beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());

async function open(): Promise<{ readonly projectId: ProjectId; readonly log: Log }> {
  const projectId = asProjectId(`written ${++projects}`);
  return { projectId, log: await openLog(store, projectId, clock) };
}

/** What another copy would send of this one. */
async function copyOf(log: Log, projectId: ProjectId): Promise<readonly ImportedOperation[]> {
  const operations = await log.operations.getSinceId(0, { projectId, limit: 10_000 });
  return operations.map(({ id: _, projectId: __, ...operation }) => operation);
}

describe("a write", () => {
  it("[L17] is pending, then completed with a token under which it is seen", async () => {
    const { log } = await open();
    const asked = log.jobs.addChildren("a", ["b", "c"]);
    expect(asked).toMatchObject({ kind: "add-children", status: "PENDING" });
    const job = await log.jobs.whenSettled(asked.id);
    if (job?.status !== "COMPLETED") throw new Error("not completed");
    const children = await log.indexer.getOutgoing("a", ["parent-child"], job.consistencyToken);
    expect(children.map(({ targetId }) => targetId)).toEqual(["b", "c"]);
    expect(await log.jobs.getJobStatus(asked.id)).toEqual(job);
    const removal = await log.jobs.whenSettled(log.jobs.removeChildren("a", ["b", "nobody"]).id);
    if (removal?.status !== "COMPLETED") throw new Error("not completed");
    const left = await log.indexer.getOutgoing("a", undefined, removal.consistencyToken);
    expect(left.map(({ targetId }) => targetId)).toEqual(["c"]);
  });

  it("[L17] happens once, however often it is asked for, also after a restart", async () => {
    const { log, projectId } = await open();
    const id = crypto.randomUUID();
    log.jobs.addChildren("a", ["b"], { id });
    log.jobs.addChildren("a", ["b"], { id });
    const job = await log.jobs.whenSettled(id);
    const restarted = await openLog(store, projectId, clock);
    expect(await restarted.jobs.getJobStatus(id)).toEqual(job);
    restarted.jobs.addChildren("a", ["b"], { id });
    expect(await restarted.jobs.whenSettled(id)).toEqual(job);
    expect(await copyOf(log, projectId)).toHaveLength(1);
    expect(await restarted.jobs.getJobStatus(crypto.randomUUID())).toBeUndefined();
    expect(await restarted.jobs.whenSettled(crypto.randomUUID())).toBeUndefined();
  });

  it("[L17] is not another write that goes by its id", async () => {
    const { log, projectId } = await open();
    const id = crypto.randomUUID();
    log.jobs.addChildren("a", ["b"], { id });
    expect(log.jobs.removeChildren("a", ["b"], { id })).toMatchObject({ fault: { code: "id-in-use" } });
    const added = await log.jobs.whenSettled(id);
    log.jobs.removeChildren("a", ["b"], { id });
    expect(await log.jobs.whenSettled(id)).toMatchObject({ fault: { code: "invalid-operation" } });
    expect(await log.jobs.getJobStatus(id)).toEqual(added);
    expect(await log.indexer.hasRelationship("a", "b")).toBe(true);
    expect(await copyOf(log, projectId)).toHaveLength(1);
  });

  it("[L17] asked for again long after its answer was forgotten still happens once", async () => {
    const { log, projectId } = await open();
    const id = crypto.randomUUID();
    const ask = async () => {
      log.jobs.addChildren("a", ["b"], { id });
      return log.jobs.whenSettled(id);
    };
    const first = await ask();
    await log.jobs.whenSettled(log.jobs.removeChildren("a", ["b"]).id);
    await store.db.deleteFrom("write_job").where("project_id", "=", projectId).execute();
    expect(await ask()).toEqual({ ...first, appended: 0 });
    expect(await log.indexer.hasRelationship("a", "b")).toBe(false);
  });

  it("[L17] gives a token of one coordinate, whatever the number of streams", async () => {
    const { log } = await open();
    const token = await log.record(Array.from({ length: 500 }, (_, n) => add(`d${n}`, ["x"])));
    expect(token.coordinates).toHaveLength(1);
    expect(await log.indexer.getIncoming("x", undefined, token)).toHaveLength(500);
  });

  it("[L17] ends with a fault when the log refuses it, and the next one takes its turn", async () => {
    const { log, projectId } = await open();
    const refused = log.jobs.addChildren("a", ["b", "a"]);
    const next = log.jobs.addChildren("a", ["b"]);
    const [first, second] = await Promise.all([
      log.jobs.whenSettled(refused.id),
      log.jobs.whenSettled(next.id),
    ]);
    expect(first).toMatchObject({ status: "FAILED", fault: { code: "self-relationship" } });
    expect(second).toMatchObject({ status: "COMPLETED", appended: 1 });
    expect(await copyOf(log, projectId)).toHaveLength(1);
    const restarted = await openLog(store, projectId, clock);
    expect(await restarted.jobs.getJobStatus(refused.id)).toEqual(first);
  });

  it("[L17] that the database cannot carry out leaves nothing behind and can be asked for again", async () => {
    const { log, projectId } = await open();
    await store.db.schema.alterTable("write_job").renameTo("away").execute();
    const asked = log.jobs.addChildren("a", ["b"]);
    const settled = log.jobs.whenSettled(asked.id);
    await expect(settled).rejects.toThrow("write_job");
    await store.db.schema.alterTable("away").renameTo("write_job").execute();
    expect(await log.jobs.getJobStatus(asked.id)).toBeUndefined();
    expect(await copyOf(log, projectId)).toEqual([]);
    log.jobs.addChildren("a", ["b"], { id: asked.id });
    expect(await log.jobs.whenSettled(asked.id)).toMatchObject({ status: "COMPLETED" });
  });

  it("[L17] keeps the answers of the last 1,000 writes", async () => {
    const { log, projectId } = await open();
    const ids = Array.from({ length: 1150 }, () => crypto.randomUUID());
    const consistencyToken = { projectId, coordinates: [] };
    await store.transaction(async (db) => {
      for (const id of ids) {
        const job = { id, kind: "load", status: "COMPLETED", consistencyToken, appended: 0 } as const;
        await writeWriteJob(db, projectId, job, 1);
      }
    });
    expect(await log.jobs.getJobStatus(ids[0] ?? "")).toBeUndefined();
    expect(await log.jobs.getJobStatus(ids[149] ?? "")).toBeUndefined();
    expect(await log.jobs.getJobStatus(ids[150] ?? "")).toBeDefined();
  }, 60_000);
});

describe("a load", () => {
  it("[L14] [L16] takes in a whole copy once, with its own stamps and ids of actions", async () => {
    const one = await open();
    await one.log.record([add("a", ["b"]), add("b", ["c"]), add("a", ["c", "references"])]);
    await one.log.record([remove("a", ["b"])]);
    const copy = await copyOf(one.log, one.projectId);
    const two = await open();
    expect(await two.log.load(copy.toReversed())).toMatchObject({ status: "COMPLETED", appended: 4 });
    expect(await two.log.load(copy)).toMatchObject({ status: "COMPLETED", appended: 0 });
    expect(await copyOf(two.log, two.projectId)).toEqual(copy);
    expect(await two.log.indexer.loadAll()).toEqual(await one.log.indexer.loadAll());
  });

  it("[L15] lets a relationship that was added later outlive a deletion that arrives late", async () => {
    const [one, two] = [await open(), await open()];
    await one.log.operations.append(one.projectId, [
      { documentId: "b", scope: "document", branch: "main", action: { type: "DELETE_DOCUMENT" } },
    ]);
    const later = await openLog(store, two.projectId, () => clock() + 1);
    await later.record([add("a", ["b"])]);
    await later.load(await copyOf(one.log, one.projectId));
    expect(await later.indexer.hasRelationship("a", "b")).toBe(true);
    const earlier = await open();
    const before = await openLog(store, earlier.projectId, () => clock() - 1);
    await before.record([add("a", ["b"])]);
    await before.load(await copyOf(one.log, one.projectId));
    expect(await before.indexer.hasRelationship("a", "b")).toBe(false);
  });

  it("[L16] refuses the whole of it for one stream that is not right", async () => {
    const one = await open();
    await one.log.record([add("a", ["b"]), add("a", ["c"]), add("z", ["b"])]);
    const [first, second, other] = await copyOf(one.log, one.projectId);
    if (first === undefined || second === undefined || other === undefined) throw new Error("no copy");
    const two = await open();
    const refusals: readonly (readonly [string, readonly ImportedOperation[]])[] = [
      ["missing-operations", [other, second]],
      ["missing-operations", [other, first, { ...second, index: 0 }]],
      ["invalid-operation", [other, { ...first, actionId: "no UUID" }]],
      ["invalid-operation", [other, { ...first, skip: -1 }]],
      ["invalid-operation", [other, { ...first, time: Number.NaN }]],
      ["invalid-operation", [other, { ...first, time: 2 ** 50 }]],
      ["invalid-operation", [other, { ...first, sequence: 2 ** 31 }]],
      ["invalid-operation", [other, { ...first, following: 0.5 }]],
      ["invalid-operation", [other, { ...first, branch: "a\0b" }]],
      ["invalid-operation", [other, first, { ...second, actionId: first.actionId }]],
      ["invalid-operation", [other, first, { ...first, index: 1 }]],
      ["self-relationship", [other, { ...first, documentId: "b" }]],
    ];
    for (const [code, operations] of refusals) {
      const job = await two.log.load(operations);
      expect(job, JSON.stringify(operations)).toMatchObject({ status: "FAILED", fault: { code } });
    }
    expect(await copyOf(two.log, two.projectId)).toEqual([]);
    await two.log.load([first]);
    const changed = [{ ...first, action: second.action }, second];
    expect(await two.log.load(changed)).toMatchObject({ fault: { code: "invalid-operation" } });
  });

  it("[L16] refuses to make more than a thousand operations anew, and nothing else", async () => {
    const one = await open();
    await one.log.record([add("a", ["b"])]);
    const early = await openLog(store, asProjectId(`early ${projects}`), () => clock() - 1);
    const first = await early.operations.append(asProjectId(`early ${projects}`), [add("a", ["c"])]);
    if (!first.ok) throw new Error(first.fault.message);
    const copy = await copyOf(early, asProjectId(`early ${projects}`));
    await one.log.record(Array.from({ length: reshuffleLimit - 1 }, () => add("a", ["d"])));
    const before = await copyOf(one.log, one.projectId);
    await one.log.record([add("a", ["e"])]);
    expect(await one.log.load(copy)).toMatchObject({ fault: { code: "excessive-reshuffle" } });
    expect(await one.log.indexer.hasRelationship("a", "c")).toBe(false);
    const two = await open();
    await two.log.load(before);
    expect(await two.log.load(copy)).toMatchObject({ status: "COMPLETED", appended: reshuffleLimit + 1 });
    expect(await two.log.indexer.hasRelationship("a", "c")).toBe(true);
  });
});
