import type { Clock } from "../base/clock.ts";
import { hostOf } from "../documents/remote-address.ts";
import type { Artifact } from "../model/artifact.ts";
import type { ResourceId } from "../model/ids.ts";
import type { TaskItem } from "../model/wire.ts";
import type { TaskRunner } from "../tasks/contract.ts";
import { fetchAddress, type FetchAnswer, type FetchInput, type FetchTrouble } from "../tasks/fetch/spec.ts";

/** Requests to one host in one job: what one slow server can hold up. */
const mostOfHost = 8;
/** Milliseconds after which no further job begins. */
const phaseLimit = 120_000;

export type FetchPorts = {
  readonly runner: TaskRunner;
  readonly clock: Clock;
  /** Told after each job of what is in the artifact store now. */
  readonly stored: (artifacts: readonly Artifact[]) => Promise<void>;
  /** Told after each job how many addresses it settled, those that need not be asked any more among them. */
  readonly settled: (count: number) => void;
};

export type Asked = { readonly resourceId: ResourceId; readonly input: FetchInput };

/**
 * Fetches addresses in the task workers. Jobs hold addresses of several hosts, and a host is in one job at a time, so
 * that the limit of requests to it holds over all workers; one that turned out to be dead is not asked further.
 * What the time did not suffice for has no answer. Rejects with an `AbortError` once the signal aborts.
 */
export async function fetchAddresses(
  asked: readonly Asked[],
  ports: FetchPorts,
  signal: AbortSignal,
): Promise<ReadonlyMap<ResourceId, FetchAnswer>> {
  const queue = new HostQueue(asked);
  const answers = new Map<ResourceId, FetchAnswer>();
  const until = ports.clock() + phaseLimit;
  let jobs = 0;
  // A lane that finds nothing ends: what is left belongs to hosts that are in the jobs of others, which go on with them.
  const lane = async () => {
    for (let items = queue.take(); items.length > 0 && ports.clock() < until; items = queue.take()) {
      const job = { id: `fetch ${jobs++}`, kind: fetchAddress.kind, items: items.map(taskItem) };
      const { results } = await ports.runner.run(job, signal);
      const artifacts: Artifact[] = [];
      for (const result of results) {
        // A worker that died or hung says nothing of the server, but asking again at once would end no better.
        const isDone = result.status === "done";
        const answer = isDone ? (result.value as FetchAnswer) : tooSlow;
        answers.set(result.resourceId, answer);
        if (isDone && result.artifact !== null) artifacts.push(result.artifact);
      }
      await ports.stored(artifacts);
      const given = queue.settle(items, answers);
      for (const [id, answer] of given) answers.set(id, answer);
      ports.settled(items.length + given.length);
    }
  };
  await Promise.all(Array.from({ length: ports.runner.size }, lane));
  return answers;
}

const tooSlow: FetchAnswer = { type: "failed", trouble: { reason: "too-slow" }, isOfHost: true };

const taskItem = ({ resourceId, input }: Asked): TaskItem => ({ resourceId, input });

/** What is still to be asked, by host. Holds that no host is in two takes that were not settled. */
class HostQueue {
  readonly #waiting = new Map<string, Asked[]>();
  readonly #taken = new Set<string>();

  constructor(asked: readonly Asked[]) {
    for (const one of asked) {
      const host = hostOf(one.input.url);
      const ofHost = this.#waiting.get(host);
      if (ofHost === undefined) this.#waiting.set(host, [one]);
      else ofHost.push(one);
    }
  }

  /** The next job; empty when there is none that may begin now. */
  take(): readonly Asked[] {
    const items: Asked[] = [];
    for (const [host, waiting] of this.#waiting) {
      if (items.length >= fetchAddress.batch) break;
      if (this.#taken.has(host)) continue;
      items.push(...waiting.splice(0, Math.min(mostOfHost, fetchAddress.batch - items.length)));
      this.#taken.add(host);
    }
    return items;
  }

  /** Frees the hosts of a job that ended; gives the answers of what will not be asked any more. */
  settle(
    items: readonly Asked[],
    answers: ReadonlyMap<ResourceId, FetchAnswer>,
  ): readonly (readonly [ResourceId, FetchAnswer])[] {
    const dead = new Map<string, FetchTrouble>();
    for (const { resourceId, input } of items) {
      const answer = answers.get(resourceId);
      if (answer?.type === "failed" && answer.isOfHost) dead.set(hostOf(input.url), answer.trouble);
    }
    const hosts = [...new Set(items.map(({ input }) => hostOf(input.url)))];
    return hosts.flatMap((host) => this.#free(host, dead.get(host)));
  }

  #free(host: string, trouble: FetchTrouble | undefined): (readonly [ResourceId, FetchAnswer])[] {
    this.#taken.delete(host);
    const waiting = this.#waiting.get(host) ?? [];
    if (trouble !== undefined || waiting.length === 0) this.#waiting.delete(host);
    if (trouble === undefined) return [];
    return waiting.map(
      ({ resourceId }) => [resourceId, { type: "failed", trouble, isOfHost: true }] as const,
    );
  }
}
