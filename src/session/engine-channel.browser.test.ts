import { afterEach, expect, it } from "vitest";
import { asProjectId } from "../model/ids.ts";
import type { Command, DeltaBatch } from "../model/wire.ts";
import { channelName, EngineRelay, RemoteEngine, type CarryOut } from "./engine-channel.ts";
import { engineChangedCode } from "./session-faults.ts";

const cancel = { type: "cancel", projectId: asProjectId("p") } as const;
const snapshot = { type: "snapshot", projectId: asProjectId("p") } as const;
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
    const eaten = new BroadcastChannel(channelName);
    eaten.postMessage({ type: "call", from: "tab", id: 0, command: cancel });
    await expect.poll(() => times).toBe(1);
    eaten.close();
    expect(await remote.command(cancel)).toEqual({ ok: true, value: { cancelled: true } });
    expect(times).toBe(1);
  },
);

it(
  "[N8] has a question asked anew when its answer was lost, for the leader keeps none",
  { timeout: 15_000 },
  async () => {
    let times = 0;
    relay("e1", async () => {
      times++;
      return { ok: true, value: { deltas: [] } };
    });
    const { remote } = await follow("tab");
    const eaten = new BroadcastChannel(channelName);
    eaten.postMessage({ type: "call", from: "tab", id: 0, command: snapshot });
    await expect.poll(() => times).toBe(1);
    const heard: unknown[] = [];
    eaten.addEventListener("message", ({ data }) => heard.push(data.type));
    eaten.postMessage({ type: "ask", from: "tab", id: 0 });
    await expect.poll(() => heard).toContain("unknown");
    eaten.close();
    expect(await remote.command(snapshot)).toEqual({ ok: true, value: { deltas: [] } });
    expect(times).toBe(2);
  },
);

it("[N8] does not carry out a question twice while its answer is under way", async () => {
  const answers: (() => void)[] = [];
  relay("e1", async () => {
    await new Promise<void>((resolve) => answers.push(resolve));
    return { ok: true, value: { deltas: [] } };
  });
  const { remote } = await follow("tab");
  const waiting = remote.command(snapshot);
  await expect.poll(() => answers.length).toBe(1);
  const twin = new BroadcastChannel(channelName);
  open.push(twin);
  twin.postMessage({ type: "call", from: "tab", id: 0, command: snapshot });
  twin.postMessage({ type: "who" });
  const greeted = new Promise((resolve) => twin.addEventListener("message", resolve, { once: true }));
  await greeted;
  expect(answers).toHaveLength(1);
  answers[0]?.();
  expect(await waiting).toEqual({ ok: true, value: { deltas: [] } });
});

it("[N6] does not hear a tab of the version that told an intake in another form", async () => {
  const asked: Command[] = [];
  relay("e1", async (_, command) => {
    asked.push(command);
    return { ok: true, value: { cancelled: false } };
  });
  const old = new BroadcastChannel("strata-engine-1");
  open.push(old);
  old.postMessage({ type: "call", from: "old tab", id: 0, command: snapshot });
  const { remote } = await follow("tab");
  await remote.command(cancel);
  expect(asked).toEqual([cancel]);
});

it("[N7] settles what waits when the follower itself takes the lead", async () => {
  relay("e1", () => new Promise(() => {}));
  const { remote } = await follow("tab");
  const waiting = remote.command(cancel);
  remote.close();
  expect(await waiting).toMatchObject({ ok: false, fault: { code: engineChangedCode } });
});
