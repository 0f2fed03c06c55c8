import fc from "fast-check";
import { expect, it } from "vitest";
import { loadHasher } from "../base/xxhash.ts";
import { compareNames } from "../base/byte-order.ts";
import type { ProjectPath } from "../base/project-path.ts";
import { TrackedMap } from "../base/tracked-map.ts";
import { asContentHash, asProjectId, asTaskKey, type ResourceId } from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";
import { fileId } from "../model/resource.ts";
import { defaultSettings } from "../model/settings.ts";
import { deriveBlueprint } from "./blueprint.ts";
import { DerivationMemory } from "./derivation-memory.ts";
import { newRemoteMemory } from "./fetch-remote.ts";
import type { ViewPort } from "./ports.ts";
import { ProjectViews } from "./project-views.ts";
import type { Derived } from "./project-state.ts";
import { scheduleTargets } from "./schedule-targets.ts";
import { blankRecord } from "./settlement.ts";
import { chooseSources, choices } from "./small-project.test-kit.ts";
import type { Target } from "./target.ts";

/** The rows that a page has: the last word on each key. */
class Page {
  readonly rows = new Map<string, unknown>();
  change: ViewPort["change"] = (_, view, { upserts = [], removals = [] }) => {
    for (const key of removals) this.rows.delete(`${view} ${key}`);
    for (const row of upserts) this.rows.set(`${view} ${row.key}`, row);
  };
  /** The places of the problems of a code. */
  problems(code: string): readonly string[] {
    const rows = [...this.rows.values()] as { readonly code?: string; readonly path?: string }[];
    return rows.flatMap((row) => (row.code === code ? [row.path ?? ""] : [])).sort(compareNames);
  }
}

/** What happens between two looks at a graph: another folder, and numbers that pick what runs, fails and is stale. */
const moments = choices.chain((all) =>
  fc.tuple(
    ...all.map((versions) =>
      fc.record({ versions: fc.constant(versions), dirty: fc.nat(), version: fc.nat(2), stale: fc.nat(3) }),
    ),
  ),
);

it("[E82] shows after any changes the rows that a page of its own would be shown", async () => {
  const hasher = await loadHasher();
  fc.assert(
    fc.property(moments, (all) => {
      const memory = new DerivationMemory(hasher);
      const outputs = new TrackedMap<ResourceId, OutputRecord>();
      const staleOnes = new Set<ProjectPath>();
      const remote = { ...newRemoteMemory(), stale: staleOnes };
      const state = { projectId: asProjectId("p"), outputs, remote, intakeProblems: [] };
      const sources = new TrackedMap(chooseSources([]));
      const page = new Page();
      const views = new ProjectViews({ ...state, sources }, page);
      let derived: Derived | null = null;
      for (const { versions, dirty, version, stale } of all) {
        sources.clear();
        for (const [path, source] of chooseSources(versions)) sources.set(path, source);
        staleOnes.clear();
        for (const path of sources.keys()) if (path.length % 4 === stale) staleOnes.add(path);
        derived = deriveAgain(derived, sources, memory);
        const { targets } = derived.blueprint;
        for (const id of outputs.keys()) if (!targets.has(id)) outputs.delete(id);
        const runs = [...targets.values()].filter((_, i) => ((dirty >> (i % 30)) & 1) === 1);
        const causes = new Map(runs.map(({ id }) => [id, `version ${version}`]));
        const expectShown = (rows: ReadonlyMap<ResourceId, string>) => {
          views.showGraph(derived as Derived, rows);
          views.showProblems(derived as Derived);
          const fresh = new Page();
          const others = new ProjectViews({ ...state, sources }, fresh);
          others.showGraph(derived as Derived, rows);
          others.showProblems(derived as Derived);
          expect(page.rows).toEqual(fresh.rows);
          expectProblems();
        };
        const expectProblems = () => {
          const unreadable = [...sources.values()].filter(({ fault }) => fault !== null);
          expect(page.problems("unreadable")).toEqual(unreadable.map(({ path }) => path).sort(compareNames));
          const odd = [...outputs.values()].filter(({ problems }) => problems.length > 0);
          expect(page.problems("odd")).toEqual(odd.map(({ id }) => id).sort(compareNames));
        };
        expectShown(causes);
        for (const target of runs) views.showStatus(derived, target, "RUNNING");
        const held = [...targets.values()].filter(({ id }) => id.length % 5 === stale && !causes.has(id));
        const settled = [...runs.filter((_, i) => i % 3 !== 0), ...held];
        for (const target of settled) outputs.set(target.id, recordOf(target, version));
        const event = { outcome: version < 2 ? "reused" : "built" } as const;
        views.showSettled(
          derived,
          settled.map((target) => ({ target, record: recordOf(target, version), event })),
        );
        views.showProblems(derived);
        expectProblems();
        expectShown(new Map());
      }
    }),
    { numRuns: 150 },
  );

  function deriveAgain(
    last: Derived | null,
    sources: Parameters<typeof deriveBlueprint>[0],
    memory: DerivationMemory,
  ): Derived {
    const blueprint = deriveBlueprint(new Map(sources), { settings: defaultSettings, name: "test", memory });
    if (last?.blueprint === blueprint) return last;
    const work = { targets: blueprint.targets, files: [...sources.keys()].map(fileId) };
    return { blueprint, work, schedule: scheduleTargets(work, hasher) };
  }
});

function recordOf(target: Target, version: number): OutputRecord {
  const hash = asContentHash(String(version).repeat(16));
  const problem = {
    severity: "warning",
    code: "odd",
    path: target.id,
    line: version,
    message: "Odd.",
    remedy: "",
  };
  return {
    ...blankRecord(target),
    status: version === 2 ? "FAILED" : "DONE",
    sitePath: target.sitePath,
    artifact: { hash, size: version, type: "text/html" },
    taskKey: asTaskKey(hash),
    problems: version === 1 ? ([problem] as unknown as OutputRecord["problems"]) : [],
    fault: version === 2 ? { severity: "error", code: "bad", message: "Bad.", remedy: "" } : null,
    cause: `version ${version}`,
  };
}
