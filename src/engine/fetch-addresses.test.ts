import fc from "fast-check";
import { expect, it } from "vitest";
import { hostOf } from "../documents/remote-address.ts";
import { fileId } from "../model/resource.ts";
import type { Job, TaskResult } from "../model/wire.ts";
import { fetchLimits, type FetchAnswer, type FetchInput } from "../tasks/fetch/spec.ts";
import { fetchAddresses, type Asked } from "./fetch-addresses.ts";

const asked = (url: string): Asked => ({
  resourceId: fileId(url),
  input: { url, expected: "image", held: null, now: 0, limits: { ...fetchLimits, maxBytes: 1 } },
});

const urlOf = (item: Job["items"][number]): string => (item.input as FetchInput).url;

/** Workers that give `answer` for each address, and note which hosts their jobs held at the same time. */
function workers(size: number, answer: (url: string) => FetchAnswer) {
  const busy = new Map<string, number>();
  const seen: string[] = [];
  let [clashes, largest] = [0, 0];
  const runner = {
    size,
    close: () => {},
    run: async (job: Job) => {
      const hosts = new Set(job.items.map((item) => hostOf(urlOf(item))));
      for (const host of hosts) {
        if ((busy.get(host) ?? 0) > 0) clashes++;
        busy.set(host, (busy.get(host) ?? 0) + 1);
        largest = Math.max(largest, job.items.filter((item) => hostOf(urlOf(item)) === host).length);
      }
      seen.push(...job.items.map(urlOf));
      await new Promise((resolve) => setTimeout(resolve, job.items.length % 3));
      for (const host of hosts) busy.set(host, (busy.get(host) ?? 0) - 1);
      const results = job.items.map((item): TaskResult => {
        const rest = { artifact: null, problems: [], durationMs: 0, read: [] };
        return { status: "done", resourceId: item.resourceId, value: answer(urlOf(item)), ...rest };
      });
      return { jobId: job.id, worker: 0, results };
    },
  };
  return { runner, seen, report: () => ({ clashes, largest }) };
}

const same: FetchAnswer = { type: "not-modified", etag: null, lastModified: null };
const dead: FetchAnswer = { type: "failed", trouble: { reason: "unreachable" }, isOfHost: true };
const ports = { clock: () => 0, stored: () => Promise.resolve(), settled: () => {} };
const { signal } = new AbortController();

it("[E95] answers for every address, a host in one job at a time, whatever the number of workers", async () => {
  const host = fc.constantFrom("a", "b", "c", "dead");
  await fc.assert(
    fc.asyncProperty(
      fc.array(host, { maxLength: 120 }),
      fc.integer({ min: 1, max: 4 }),
      async (hosts, size) => {
        const urls = hosts.map((name, n) => `https://${name}.example/${n}`);
        const isDead = (url: string) => hostOf(url) === "dead.example";
        const { runner, seen, report } = workers(size, (url) => (isDead(url) ? dead : same));
        let settled = 0;
        const all = { ...ports, runner, settled: (count: number) => (settled += count) };
        const answers = await fetchAddresses(urls.map(asked), all, signal);
        const expected = urls.map((url) => [fileId(url), isDead(url) ? dead : same] as const);
        expect(new Map(answers)).toEqual(new Map(expected));
        expect(new Set(seen).size).toBe(seen.length);
        expect(report()).toMatchObject({ clashes: 0 });
        expect(report().largest).toBeLessThanOrEqual(8);
        expect(seen.filter(isDead).length).toBeLessThanOrEqual(8);
        expect(settled).toBe(urls.length);
      },
    ),
    { numRuns: 60 },
  );
});

it("[E95] begins no further job when the time of the phase is over", async () => {
  let now = 0;
  const urls = Array.from({ length: 40 }, (_, n) => `https://slow.example/${n}`);
  const { runner, seen } = workers(1, () => {
    now += 20_000;
    return same;
  });
  const answers = await fetchAddresses(urls.map(asked), { ...ports, runner, clock: () => now }, signal);
  expect(seen.length).toBe(8);
  expect(answers.size).toBe(8);
});
