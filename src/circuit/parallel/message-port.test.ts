import { expect, it } from "vitest";
import { MovedGate, schema, ticking } from "./parallel.test-kit.ts";
import { ParallelCircuit } from "./parallel-circuit.ts";
import type { ReplicaAnswer, ReplicaPort, ReplicaRequest } from "./replica-messages.ts";
import { serveReplica } from "./replica.ts";
import { openedDelta } from "./told-delta.ts";

/** A replica behind the platform's own ports, which copy, hand over and deliver as those of a thread do. */
function channelReplica(closed: () => void): ReplicaPort {
  const { port1, port2 } = new MessageChannel();
  serveReplica(
    {
      post: (answer, transfer) => port2.postMessage(answer, transfer),
      onMessage: (listener) => {
        port2.onmessage = ({ data }: MessageEvent<ReplicaRequest>) => listener(data);
      },
    },
    ticking(),
  );
  return {
    post: (request, transfer) => port1.postMessage(request, transfer),
    onMessage: (listener) => {
      port1.onmessage = ({ data }: MessageEvent<ReplicaAnswer>) => listener(data);
    },
    onEnd: () => {},
    close: () => {
      port1.close();
      closed();
    },
  };
}

it("[CR1] gives the same over the ports of the platform, with two replicas of one table", async () => {
  const gate = new MovedGate();
  let closed = 0;
  const startReplica = () => channelReplica(() => closed++);
  const circuit = new ParallelCircuit({ schema, clock: ticking(), cores: 4, gate, startReplica });
  const told = new Map<string, unknown[]>();
  for (const name of ["v0", "v1", "v2"])
    await circuit.register(
      name,
      { plan: { type: "scan", table: "t" }, parameters: {}, frequency: "realtime" },
      (delta) => told.set(name, [...(told.get(name) ?? []), openedDelta(delta).upserts]),
    );
  gate.places = [0, 1, 2];
  while (circuit.places().size < 2) {
    await circuit.flush();
    await new Promise((resolve) => setTimeout(resolve));
  }
  const rows = Array.from({ length: 500 }, (_, n) => ({
    key: `k${n}`,
    a: n,
    b: `text ${n}`,
    c: [n],
    toString: null,
  }));
  for (let from = 0; from < rows.length; from += 100)
    await circuit.ingestBatch(
      rows.slice(from, from + 100).map((row) => ({ type: "create", table: "t", row })),
    );
  expect(told.get("v0")).toHaveLength(5);
  expect(told.get("v1")).toEqual(told.get("v0"));
  expect(told.get("v2")).toEqual(told.get("v0"));
  expect(await circuit.rows("v2")).toEqual(rows);
  expect(await circuit.hash("v1")).toBe(await circuit.hash("v0"));
  await circuit.close();
  expect(closed).toBe(2);
  expect(await circuit.rows("v2")).toEqual(rows);
});
