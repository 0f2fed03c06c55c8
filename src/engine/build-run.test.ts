import fc from "fast-check";
import { expect, it } from "vitest";
import { loadHasher } from "../base/xxhash.ts";
import type { ProjectPath } from "../base/project-path.ts";
import { asContentHash, asJobId, asSitePath, type ResourceId } from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";
import { fileId, fragmentId } from "../model/resource.ts";
import type { SourceRecord } from "../model/source.ts";
import type { Job, Outcome, TaskResult } from "../model/wire.ts";
import type { TaskRunner } from "../tasks/contract.ts";
import { BuildRun, type RunPorts, type RunWork } from "./build-run.ts";
import { createDigest } from "./key-parts.ts";
import { planBuild } from "./plan.ts";
import { scheduleTargets } from "./schedule-targets.ts";
import type { Settled } from "./settlement.ts";
import type { Target } from "./target.ts";

const path = "a.md" as ProjectPath;
const idOf = (node: number): ResourceId => fragmentId(path, String(node));

/** Fragments of one file; each waits for some with a lower number, so there is no cycle. */
function targetsOf(inputsOf: readonly (readonly number[])[]): ReadonlyMap<ResourceId, Target> {
  const targets = inputsOf.map((inputs, node): Target => {
    const ids = [...new Set(inputs.filter((input) => input < node))].map(idOf);
    return {
      id: idOf(node),
      kind: "fragment",
      sitePath: null,
      inputs: [fileId(path), ...ids],
      path,
      anchor: String(node),
      references: {},
    };
  });
  return new Map(targets.map((target) => [target.id, target]));
}

const source: SourceRecord = {
  path,
  kind: "document",
  size: 1,
  modified: 1,
  contentHash: asContentHash("0123456789abcdef"),
  scanVersion: 1,
  facts: {
    type: "document",
    syntax: "markdown",
    title: null,
    frontMatter: {},
    headings: [],
    blocks: [],
    references: [],
  },
  fault: null,
  problems: [],
};

/** A runner of several lanes that fails some resources and writes down when each starts and ends. */
function recordingRunner(failing: ReadonlySet<ResourceId>, events: string[]): TaskRunner {
  const resultOf = (resourceId: ResourceId): TaskResult => {
    if (failing.has(resourceId)) {
      const fault = { code: "broken", severity: "error", message: "It broke.", remedy: "Mend it." } as const;
      return { status: "failed", resourceId, fault, durationMs: 1 };
    }
    const artifact = { hash: asContentHash("00000000000000aa"), size: 2, type: "text/html" };
    return { status: "done", resourceId, artifact, value: null, problems: [], durationMs: 1, read: [path] };
  };
  return {
    size: 3,
    run: async (job: Job): Promise<Outcome> => {
      for (const { resourceId } of job.items) events.push(`start ${resourceId}`);
      await new Promise((resolve) => setTimeout(resolve, 0));
      for (const { resourceId } of job.items) events.push(`end ${resourceId}`);
      return { jobId: job.id, worker: 0, results: job.items.map(({ resourceId }) => resultOf(resourceId)) };
    },
    close: () => undefined,
  };
}

async function execute(inputsOf: readonly (readonly number[])[], failing: ReadonlySet<ResourceId>) {
  const events: string[] = [];
  return { events, ...(await executeOn(recordingRunner(failing, events), inputsOf)) };
}

async function executeOn(runner: TaskRunner, inputsOf: readonly (readonly number[])[]) {
  const hasher = await loadHasher();
  const targets = targetsOf(inputsOf);
  const schedule = scheduleTargets({ targets, files: [] }, hasher);
  const frame = { siteTitle: "t", language: "en", baseUrl: null, stylesheet: asSitePath("strata.css") };
  const sources = new Map([[path, source]]);
  const outputs = new Map<ResourceId, OutputRecord>();
  const bytes = new Map([[path, { type: "file", file: new Blob(["x"]) } as const]]);
  const inputs = { sources, outputs, bytes, frame, digest: createDigest(hasher) };
  const plan = planBuild(targets, schedule, inputs, {
    root: null,
    force: false,
    impacted: new Set(targets.keys()),
    hasher,
  });
  const work: RunWork = { jobId: asJobId("run"), targets, schedule, plan, force: false, inputs };
  const settled: Settled[] = [];
  const ports: RunPorts = {
    runner,
    hasher,
    clock: () => 0,
    findMade: () => Promise.resolve(new Map()),
    changed: () => undefined,
    settled: (entry) => void settled.push(entry),
  };
  await new BuildRun(work, ports, new AbortController().signal).execute();
  return { targets, outputs, settled };
}

/** The slow twin: what waits for something that failed, by repeated passes over all edges. */
function poisonedBy(
  targets: ReadonlyMap<ResourceId, Target>,
  failing: ReadonlySet<ResourceId>,
): Set<ResourceId> {
  const lost = new Set(failing);
  for (let grown = true; grown;) {
    const more = [...targets.values()].filter(
      ({ id, inputs }) => !lost.has(id) && inputs.some((input) => lost.has(input)),
    );
    for (const { id } of more) lost.add(id);
    grown = more.length > 0;
  }
  return new Set([...lost].filter((id) => !failing.has(id) || waitsForFailed(targets, id, lost)));
}

function waitsForFailed(
  targets: ReadonlyMap<ResourceId, Target>,
  id: ResourceId,
  lost: ReadonlySet<ResourceId>,
): boolean {
  return targets.get(id)?.inputs.some((input) => lost.has(input)) ?? false;
}

const graphs = fc.array(fc.array(fc.nat(30), { maxLength: 4 }), { maxLength: 30 });

it("[E8] starts each target once, and only after everything it waits for has ended", async () => {
  await fc.assert(
    fc.asyncProperty(graphs, async (inputsOf) => {
      const { targets, events, settled } = await execute(inputsOf, new Set());
      expect(settled.map(({ target }) => target.id).sort()).toEqual([...targets.keys()].sort());
      const place = new Map(events.map((event, at) => [event, at]));
      expect(place.size).toBe(2 * targets.size);
      for (const { id, inputs } of targets.values()) {
        for (const input of inputs.filter((one) => targets.has(one))) {
          expect(place.get(`end ${input}`)).toBeLessThan(place.get(`start ${id}`) ?? -1);
        }
      }
    }),
    { numRuns: 60 },
  );
});

it("[E11] poisons exactly what waits for a failure, with the way to it, and builds the rest", async () => {
  await fc.assert(
    fc.asyncProperty(graphs, fc.array(fc.nat(29), { maxLength: 3 }), async (inputsOf, failingNodes) => {
      const failing = new Set(failingNodes.filter((node) => node < inputsOf.length).map(idOf));
      const { targets, outputs, events } = await execute(inputsOf, failing);
      const poisoned = poisonedBy(targets, failing);
      for (const id of targets.keys()) {
        const record = outputs.get(id);
        const expected = poisoned.has(id) ? "POISONED" : failing.has(id) ? "FAILED" : "DONE";
        expect(record?.status).toBe(expected);
        expect(events.includes(`start ${id}`)).toBe(expected !== "POISONED");
        if (expected === "POISONED") {
          const culprits = record?.culprits ?? [];
          expect(culprits[0]).toBe(id);
          culprits.slice(1).forEach((culprit, at) => {
            expect(targets.get(culprits[at] ?? id)?.inputs).toContain(culprit);
          });
          expect(outputs.get(culprits.at(-1) ?? id)?.status).toBe("FAILED");
        }
      }
    }),
    { numRuns: 60 },
  );
});

it("[E31] has no job under way and begins none when it rejects", async () => {
  let [started, running] = [0, 0];
  const { run: runWell, ...runner } = recordingRunner(new Set(), []);
  const run: TaskRunner["run"] = async (job, signal) => {
    const isFirst = started++ === 0;
    running++;
    try {
      const outcome = await runWell(job, signal);
      if (isFirst) throw new Error("the runner is gone");
      for (let turn = 0; turn < 5; turn++) await runWell(job, signal);
      return outcome;
    } finally {
      running--;
    }
  };
  const alone = Array.from({ length: 30 }, () => []);
  await expect(executeOn({ ...runner, run }, alone)).rejects.toThrow("the runner is gone");
  expect(running).toBe(0);
  const begun = started;
  expect(begun).toBeGreaterThan(1);
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setTimeout(resolve, 0));
  expect(started).toBe(begun);
});

it("[E31] ends lanes that wait for the one that failed", async () => {
  const crash: TaskRunner = { size: 3, run: () => Promise.reject(new Error("gone")), close: () => undefined };
  const chain = Array.from({ length: 5 }, (_, node) => [node - 1]);
  await expect(executeOn(crash, chain)).rejects.toThrow("gone");
});
