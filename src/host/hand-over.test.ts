import { expose, proxy, wrap } from "comlink";
import { afterEach, expect, it } from "vitest";
import { packDelta } from "../circuit/crossing/pack-delta.ts";
import { openRows } from "../circuit/crossing/open-rows.ts";
import { asProjectId } from "../model/ids.ts";
import type { DeltaBatch, PackedDelta, Reply } from "../model/wire.ts";
import type { HostApi } from "./contract.ts";
import { handOver } from "./hand-over.ts";
import { ViewHub } from "./view-hub.ts";

const projectId = asProjectId("p");
const edge = { key: "e", first: "a", then: "b", type: "embeds", ordersBuild: true } as const;
const delta = () => packDelta({ projectId, view: "edge", reset: true, upserts: [edge], removals: [] });

const open: MessageChannel[] = [];
afterEach(() => {
  for (const { port1, port2 } of open.splice(0)) [port1, port2].forEach((port) => port.close());
});

/** A page on the other side of a message port. */
function across(host: HostApi) {
  const channel = new MessageChannel();
  open.push(channel);
  expose(handOver(host), channel.port1);
  return wrap<HostApi>(channel.port2);
}

const firstRow = (told: PackedDelta | undefined) => {
  const opened = openRows(told?.upserts);
  return opened.ok ? opened.rows.rowAt(0) : opened.reason;
};
const isGone = ({ upserts }: PackedDelta) =>
  upserts.columns.every(({ values }) => values.buffer.byteLength === 0);

it("[X3] hands the columns of batches and snapshots over, and copies none", async () => {
  const sent = [delta(), delta()] as const;
  let tell: (batch: DeltaBatch) => void = () => undefined;
  const page = across({
    // The host answers one command here; which one its caller knows.
    command: async () => ({ ok: true, value: { deltas: [sent[0]] } }) as never,
    subscribe: (listener) => void (tell = listener),
  });
  const heard: DeltaBatch[] = [];
  await page.subscribe(proxy((batch: DeltaBatch) => void heard.push(batch)));
  tell({ sequence: 4, deltas: [sent[1]] });
  await expect.poll(() => heard.map(({ sequence }) => sequence)).toEqual([4]);
  expect(firstRow(heard[0]?.deltas[0])).toEqual(edge);
  const reply = (await page.command({ type: "snapshot", projectId })) as Reply<"snapshot">;
  expect(firstRow(reply.ok ? reply.value.deltas[0] : undefined)).toEqual(edge);
  expect(sent.map(isGone)).toEqual([true, true]);
});

it("[X3] leaves other answers as they are", async () => {
  const fault = { code: "c", severity: "error", message: "m", remedy: "r" } as const;
  const answers = [
    { ok: true, value: { job: null } },
    { ok: false, fault },
  ];
  const page = across({ command: async () => answers.shift() as never, subscribe: () => undefined });
  const ask = () => page.command({ type: "write-status", projectId, jobId: "j" });
  expect(await ask()).toEqual({ ok: true, value: { job: null } });
  expect(await ask()).toEqual({ ok: false, fault });
});

it("[X5] gives each listener columns of its own, which one may hand over", () => {
  const hub = new ViewHub();
  const batches: DeltaBatch[] = [];
  hub.subscribe((batch) => {
    const buffers = batch.deltas.flatMap(({ upserts }) => upserts.columns.map(({ values }) => values.buffer));
    structuredClone(batch, { transfer: [...new Set(buffers)] });
  });
  hub.subscribe((batch) => batches.push(batch));
  hub.change(projectId, "edge", { upserts: [edge] });
  hub.flush();
  expect(batches.map(({ deltas }) => firstRow(deltas[0]))).toEqual([edge]);
});
