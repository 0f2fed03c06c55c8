import { afterEach, expect, it } from "vitest";
import { asProjectId } from "../model/ids.ts";
import type { Command, DeltaBatch } from "../model/wire.ts";
import { EngineRelay, RemoteEngine, type CarryOut } from "./engine-channel.ts";
import { engineChangedCode } from "./session-faults.ts";

const cancel = { type: "cancel", projectId: asProjectId("p") } as const;
const open: { close(): void }[] = [];
afterEach(() => open.splice(0).forEach((one) => one.close()));

function relay(engineId: string, carryOut: CarryOut): EngineRelay {
  const made = new EngineRelay(engineId, carryOut);
  open.push(made);
  return made;
}

/** A tab that follows; resolves once it met an engine. */
async function follow(tabId: string, onEngine: () => void = () => {}) {
  const batches: DeltaBatch[] = [];
  let remote: RemoteEngine | undefined;
  await new Promise<void>((resolve) => {
    remote = new RemoteEngine(tabId, {
      engine: () => {
        onEngine();
        resolve();
      },
      batch: (batch) => batches.push(batch),
    });
    open.push(remote);
  });
  return { remote: remote!, batches };
}

it("[N6] carries a follower's command to the leader's engine, and the answer and the deltas back", async () => {
  const asked: [string, Command][] = [];
  const leader = relay("e1", async (tabId, command) => {
    asked.push([tabId, command]);
    return { ok: true, value: { cancelled: true } };
  });
  const { remote, batches } = await follow("tab 1");
  expect(await remote.command(cancel)).toEqual({ ok: true, value: { cancelled: true } });
  expect(asked).toEqual([["tab 1", cancel]]);
  leader.send({ sequence: 7, deltas: [] });
  await expect.poll(() => batches).toEqual([{ sequence: 7, deltas: [] }]);
});

it("[N6] keeps the answers of two followers apart", async () => {
  relay("e1", async (tabId) => ({
    ok: false,
    fault: { code: tabId, severity: "info", message: "", remedy: "" },
  }));
  const [a, b] = await Promise.all([follow("a"), follow("b")]);
  const [forA, forB] = await Promise.all([a.remote.command(cancel), b.remote.command(cancel)]);
  expect([forA, forB]).toMatchObject([{ fault: { code: "a" } }, { fault: { code: "b" } }]);
});

it("[N7] settles what waits when another engine takes over, and speaks with the new one", async () => {
  const first = relay("e1", () => new Promise(() => {}));
  let engines = 0;
  const { remote } = await follow("tab", () => engines++);
  const waiting = remote.command(cancel);
  first.close();
  relay("e2", async () => ({ ok: true, value: { cancelled: false } }));
  expect(await waiting).toMatchObject({ ok: false, fault: { code: engineChangedCode } });
  expect(engines).toBe(2);
  expect(await remote.command(cancel)).toEqual({ ok: true, value: { cancelled: false } });
});

it(
  "[N8] asks again for an answer that was lost, and the leader does not carry it out twice",
  { timeout: 15_000 },
  async () => {
    let times = 0;
    relay("e1", async () => {
      times++;
      return { ok: true, value: { cancelled: true } };
    });
    const { remote } = await follow("tab");
    // A second tab of the same id takes the first question's place: its answers were sent before it listened.
    const eaten = new BroadcastChannel("strata-engine-1");
    eaten.postMessage({ type: "call", from: "tab", id: 0, command: cancel });
    await expect.poll(() => times).toBe(1);
    eaten.close();
    expect(await remote.command(cancel)).toEqual({ ok: true, value: { cancelled: true } });
    expect(times).toBe(1);
  },
);

it("[N7] settles what waits when the follower itself takes the lead", async () => {
  relay("e1", () => new Promise(() => {}));
  const { remote } = await follow("tab");
  const waiting = remote.command(cancel);
  remote.close();
  expect(await waiting).toMatchObject({ ok: false, fault: { code: engineChangedCode } });
});
