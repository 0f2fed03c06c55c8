import { expect, it } from "vitest";
import type { Entry } from "../entry.ts";
import type { Plan } from "../plan.ts";
import type { ViewDefinition } from "../view.ts";
import type { InProcessOptions } from "./in-process-port.test-kit.ts";
import { openParallel } from "./parallel.test-kit.ts";
import type { ParallelCircuit } from "./parallel-circuit.ts";
import type { ReplicaAnswer } from "./replica-messages.ts";
import { openedDelta, packedDelta, type ToldDelta } from "./told-delta.ts";

const put = (table: string, key: string, a: number): Entry => ({
  type: "update",
  table,
  row: { key, a, b: null, c: null, toString: null },
});

const scan = (table: string): Plan => ({ type: "scan", table });
const realtime = (plan: Plan): ViewDefinition => ({ plan, parameters: {}, frequency: "realtime" });

/** Four views, of which the second is in the first replica and the fourth in the second. */
async function openSpread(replicas: readonly InProcessOptions[] = [], flushes = 20) {
  const opened = openParallel(replicas);
  const told: ToldDelta[] = [];
  const names = ["v0", "v1", "v2", "v3"];
  const plans = [scan("t"), scan("t"), scan("u"), scan("u")];
  for (const [n, name] of names.entries())
    await opened.circuit.register(name, realtime(plans[n]!), (delta) => told.push(delta));
  opened.gate.places = [0, 1, 0, 2];
  await settled(opened.circuit, flushes);
  return { ...opened, told };
}

/** After so many flushes without entries replicas that answer at all have answered. */
async function settled(circuit: ParallelCircuit, flushes = 20): Promise<void> {
  for (let times = 0; times < flushes; times++) await circuit.flush();
}

it("[CR3] tells all views of a flush in one go, in the order of their registration", async () => {
  const { circuit, told } = await openSpread([{ delay: 9 }, { delay: 1 }]);
  expect([...circuit.places()]).toEqual([
    ["v1", 1],
    ["v3", 2],
  ]);
  const flush = circuit.ingestBatch([put("u", "k", 1), put("t", "k", 1)]);
  for (let turn = 0; turn < 12; turn++) {
    await Promise.resolve();
    expect([0, 4]).toContain(told.length);
  }
  await flush;
  expect(told.map(({ view }) => view)).toEqual(["v0", "v1", "v2", "v3"]);
  expect(told.map(({ form }) => form)).toEqual(["rows", "columns", "rows", "columns"]);
  expect(told.map((delta) => openedDelta(delta).upserts.length)).toEqual([1, 1, 1, 1]);
  expect(packedDelta(told[0]!).upserts).toEqual(packedDelta(told[1]!).upserts);
});

it("[CR3] carries calls out in their order", async () => {
  const { circuit, told } = await openSpread([{ delay: 9 }, { delay: 1 }]);
  const done: string[] = [];
  const calls = [
    circuit.ingestBatch([put("t", "k", 1)]).then(() => done.push("first")),
    circuit.ingestBatch([put("u", "k", 2)]).then(() => done.push("second")),
    circuit.rows("v1").then((rows) => done.push(`rows ${rows?.length}`)),
    circuit.unregister("v1").then((was) => done.push(`ended ${was}`)),
    circuit.ingestBatch([put("t", "k", 3)]).then(() => done.push("third")),
  ];
  await Promise.all(calls);
  expect(done).toEqual(["first", "second", "rows 1", "ended true", "third"]);
  expect(told.map(({ view }) => view)).toEqual(["v0", "v1", "v2", "v3", "v0"]);
  expect(told.map((delta) => openedDelta(delta).upserts[0]?.["a"])).toEqual([1, 1, 2, 2, 3]);
  expect(await circuit.unregister("v1")).toBe(false);
});

it("[CR4] tells a view from where it was until the replica has answered", async () => {
  const { circuit, gate, told, started } = await openSpread([{ delay: 1 }, { delay: 400 }]);
  expect([...circuit.places()]).toEqual([["v1", 1]]);
  gate.places = [1, 1, 1, 1];
  await circuit.ingestBatch([put("u", "k", 1)]);
  expect(told.map(({ view, form }) => [view, form])).toEqual([
    ["v2", "rows"],
    ["v3", "rows"],
  ]);
  await circuit.ingestBatch([put("u", "k", 2)]);
  expect(told.slice(2).map(({ view, form, reset }) => [view, form, reset])).toEqual([
    ["v2", "columns", false],
    ["v3", "columns", false],
  ]);
  // The second replica was left before it had anything.
  expect(started.map(({ isAlive }) => isAlive)).toEqual([true, false]);
});

const failing: InProcessOptions = { twist: () => ({ type: "failed", reason: "out of memory" }) };

it("[CR2] goes on in its own thread when replicas fail, and starts no more after three", async () => {
  const { circuit, gate, told, started } = await openSpread([failing, failing, failing, failing]);
  gate.places = [1];
  for (let times = 0; times < 20; times++) await circuit.ingestBatch([put("t", `k${times}`, 1)]);
  expect(started.length).toBeLessThanOrEqual(4);
  expect(circuit.places().size).toBe(0);
  expect(await circuit.rows("v1")).toHaveLength(20);
  expect(told.filter(({ view }) => view === "v1")).toHaveLength(20);
  const before = started.length;
  gate.places = [2];
  await circuit.flush();
  gate.places = [3];
  await circuit.flush();
  expect(started.length).toBe(before);
});

it("[CR2] tells whole what a replica leaves that dies in the middle of a flush", async () => {
  const { circuit, told, started } = await openSpread();
  await circuit.ingestBatch([put("t", "k", 1)]);
  told.splice(0);
  const flush = circuit.ingestBatch([put("t", "l", 2), put("u", "m", 3)]);
  await Promise.resolve();
  started[0]?.die();
  circuit.defer([put("u", "n", 4)]);
  await flush;
  const last = told.findLast(({ view }) => view === "v1");
  expect(last?.reset).toBe(true);
  expect(openedDelta(last!).upserts.map(({ key }) => key)).toEqual(["k", "l"]);
  await circuit.flush();
  expect(await circuit.hash("v2")).toBe(await circuit.hash("v3"));
});

it("[CR6] gives a listener that threw the whole view at its next change, wherever it is kept", async () => {
  const { circuit, told } = await openSpread();
  let isWell = false;
  await circuit.ingestBatch([put("t", "a", 1), put("t", "b", 1)]);
  for (const name of ["v0", "v1"]) {
    const definition = circuit.definition(name)!;
    isWell = true;
    await circuit.register(name, definition, (delta) => {
      if (!isWell) throw new Error("not well");
      told.push(delta);
    });
  }
  await settled(circuit);
  isWell = false;
  circuit.defer([put("t", "c", 1)]);
  const [flush] = await circuit.flush();
  expect(flush?.faults.map(({ view, fault }) => [view, fault.code])).toEqual([
    ["v0", "listener-failed"],
    ["v1", "listener-failed"],
  ]);
  isWell = true;
  told.splice(0);
  await circuit.ingestBatch([put("t", "d", 1)]);
  expect(told.map(({ view, reset }) => [view, reset])).toEqual([
    ["v0", true],
    ["v1", true],
  ]);
  for (const delta of told)
    expect(openedDelta(delta).upserts.map(({ key }) => key)).toEqual(["a", "b", "c", "d"]);
});

it("[CR6] tells the fault of a view in a replica, and brings it home whole", async () => {
  let isBroken = false;
  const fault = {
    code: "view-failed",
    severity: "error",
    message: "It failed.",
    remedy: "Mend it.",
  } as const;
  const twist = (answer: ReplicaAnswer): ReplicaAnswer =>
    isBroken && answer.type === "told" && answer.deltas.length > 0
      ? { ...answer, deltas: [], faults: [{ view: "v1", fault }] }
      : answer;
  const { circuit, gate, told } = await openSpread([{ twist }]);
  await circuit.ingestBatch([put("t", "a", 1)]);
  isBroken = true;
  told.splice(0);
  circuit.defer([put("t", "b", 1)]);
  const [flush] = await circuit.flush();
  expect(flush?.faults).toEqual([{ view: "v1", fault }]);
  expect(told.map(({ view }) => view)).toEqual(["v0"]);
  gate.places = [0];
  await circuit.flush();
  expect(told.map(({ view, reset }) => [view, reset])).toEqual([
    ["v0", false],
    ["v1", true],
  ]);
  expect(openedDelta(told[1]!).upserts).toHaveLength(2);
});

it("[CR7] keeps in a replica only what its views need, and ends it when it has none", async () => {
  const { circuit, gate, started } = await openSpread();
  const tablesOf = (n: number) =>
    started[n]!.requests.flatMap((request) =>
      request.type === "take" ? request.news.map(({ table }) => table) : [],
    );
  await circuit.ingestBatch([put("t", "a", 1), put("u", "a", 1)]);
  expect(new Set(tablesOf(0))).toEqual(new Set(["t"]));
  expect(new Set(tablesOf(1))).toEqual(new Set(["u"]));
  gate.places = [1, 1, 0, 1];
  await settled(circuit);
  expect(started.map(({ isAlive }) => isAlive)).toEqual([true, false]);
  gate.places = [1, 1, 0, 0];
  await settled(circuit);
  expect(started[0]!.requests.at(-1)).toEqual({ type: "drop", frequency: "realtime", tables: ["u"] });
  const before = tablesOf(0).length;
  await circuit.ingestBatch([put("u", "b", 1)]);
  expect(tablesOf(0)).toHaveLength(before);
  await circuit.close();
  expect(started[0]!.isAlive).toBe(false);
  expect(circuit.places().size).toBe(0);
  for (const view of circuit.views()) await circuit.unregister(view);
  expect(circuit.isUsed("t")).toBe(false);
});

it("[CR8] tells the metrics of each view from where it is kept", async () => {
  const { circuit } = await openSpread();
  await circuit.ingestBatch([put("t", "a", 1), put("t", "b", 1)]);
  const { views, shards } = await circuit.metrics();
  expect(views.map(({ view, rows, frequency }) => [view, rows, frequency])).toEqual([
    ["v0", 2, "realtime"],
    ["v1", 2, "realtime"],
    ["v2", 0, "realtime"],
    ["v3", 0, "realtime"],
  ]);
  expect(shards.map(({ frequency }) => frequency)).toEqual(["realtime", "normal", "analytics"]);
});

it("[CR4] tells a view that comes home what came while it did", async () => {
  const { circuit, gate, told } = await openSpread([{ delay: 9 }, { delay: 9 }]);
  const rows = new Map<string, unknown>();
  const apply = () => {
    for (const delta of told.splice(0).filter(({ view }) => view === "v1")) {
      if (delta.reset) rows.clear();
      for (const row of openedDelta(delta).upserts) rows.set(row.key, row["a"]);
    }
  };
  await circuit.ingestBatch([put("t", "k", 1)]);
  gate.places = [0];
  const flush = circuit.ingestBatch([put("t", "k", 2)]);
  for (let turn = 0; turn < 8; turn++) await Promise.resolve();
  circuit.defer([put("t", "l", 3)]);
  await flush;
  apply();
  expect([...rows]).toEqual([
    ["k", 2],
    ["l", 3],
  ]);
  expect(circuit.places().has("v1")).toBe(false);
  await circuit.flush();
  expect(told.filter(({ view }) => view === "v1")).toEqual([]);
});
