import { expect, it } from "vitest";
import { OpenCalls } from "./settle-calls.ts";
import { engineChanged } from "./session-faults.ts";

const answer = { ok: true, value: { cancelled: true } } as const;

it("[N9] settles every call once: with its answer, with the engine's error, or with its end", async () => {
  const calls = new OpenCalls();
  const good = calls.track<"cancel">(Promise.resolve(answer));
  const thrown = calls.track<"cancel">(Promise.reject(new Error("boom.")));
  const never = calls.track<"cancel">(new Promise(() => {}));
  expect(await good).toEqual(answer);
  expect(await thrown).toMatchObject({ ok: false, fault: { code: "engine-error" } });
  expect(calls.size).toBe(1);
  calls.settleAll(engineChanged);
  expect(await never).toEqual({ ok: false, fault: engineChanged });
  expect(await calls.track(new Promise(() => {}))).toEqual({ ok: false, fault: engineChanged });
  expect(calls.size).toBe(0);
});
