import fc from "fast-check";
import { expect, it } from "vitest";
import { loadHasher } from "../base/xxhash.ts";
import { defaultSettings } from "../model/settings.ts";
import type { ProjectPath } from "../base/project-path.ts";
import { buildEdgeOf } from "../model/relationship.ts";
import { fileId } from "../model/resource.ts";
import { snapshotOf } from "../rules/snapshot.ts";
import { deriveBlueprint } from "./blueprint.ts";
import type { Blueprint } from "./target.ts";
import { variantWidths } from "./blueprint-pictures.ts";
import { DerivationMemory } from "./derivation-memory.ts";
import { chooseSources, choices, files, recordOf, type Choice } from "./small-project.test-kit.ts";
import { scheduleTargets, type Scheduled, type TargetSchedule, type Work } from "./schedule-targets.ts";

const hasher = await loadHasher();

/** What is to be scheduled for a project. */
function workOf({ targets }: Blueprint, sources: ReadonlyMap<ProjectPath, unknown>): Work {
  return { targets, files: [...sources.keys()].map(fileId) };
}

it("[E10] derives the same blueprint, order and signature however the folder is listed", () => {
  const derive = (names: readonly string[]) => {
    const sources = new Map(names.map((name) => [recordOf(name).path, recordOf(name)]));
    const memory = new DerivationMemory(hasher);
    const blueprint = deriveBlueprint(sources, { settings: defaultSettings, name: "test", memory });
    const { order, signature, places } = scheduleTargets(workOf(blueprint, sources), hasher);
    return { ...blueprint, order: order.map(({ id }) => id), signature, places: [...places] };
  };
  const names = Object.keys(files);
  const expected = derive(names);
  expect(expected.targets.size).toBeGreaterThan(8);
  fc.assert(
    fc.property(fc.shuffledSubarray(names, { minLength: names.length }), (shuffled) => {
      expect(derive(shuffled)).toEqual(expected);
    }),
    { numRuns: 50 },
  );
});

it("[E18] derives the same with a memory of earlier derivations as without", () => {
  const derive = (state: Choice, memory: DerivationMemory) =>
    deriveBlueprint(chooseSources(state), { settings: defaultSettings, name: "test", memory });
  const plain = ({ graph, ...rest }: TargetSchedule) => ({ ...rest, snapshot: snapshotOf(graph, "") });
  fc.assert(
    fc.property(choices, (states) => {
      const memory = new DerivationMemory(hasher);
      let last: Scheduled | null = null;
      for (const state of states) {
        const blueprint = derive(state, memory);
        const fresh = derive(state, new DerivationMemory(hasher));
        expect(JSON.stringify([...blueprint.targets])).toBe(JSON.stringify([...fresh.targets]));
        expect(blueprint).toEqual(fresh);
        const work = workOf(blueprint, chooseSources(state));
        const schedule: TargetSchedule = scheduleTargets(work, hasher, last);
        expect(plain(schedule)).toEqual(plain(scheduleTargets(work, hasher)));
        last = { ...work, schedule };
      }
    }),
    { numRuns: 300 },
  );
});

it("[E21] says with relationships that order the build just what the rules require", () => {
  fc.assert(
    fc.property(choices, ([versions]) => {
      const memory = new DerivationMemory(hasher);
      const { targets, relationships } = deriveBlueprint(chooseSources(versions ?? []), {
        settings: defaultSettings,
        name: "test",
        memory,
      });
      const required = [...targets.values()].flatMap(({ id, inputs }) =>
        inputs.map((input) => `${input} → ${id}`),
      );
      const said = relationships.flatMap((relationship) => {
        const edge = buildEdgeOf(relationship);
        return edge === undefined ? [] : [`${edge.first} → ${edge.then}`];
      });
      expect([...new Set(said)].sort()).toEqual([...new Set(required)].sort());
    }),
  );
});

it("[E1] never makes a picture larger than it is, and keeps its own width when that is below the greatest", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 6000 }), (width) => {
      const widths = variantWidths(width, defaultSettings);
      expect(widths.length).toBeGreaterThan(0);
      expect(Math.max(...widths)).toBe(Math.min(width, 1920));
      expect(new Set(widths).size).toBe(widths.length);
    }),
  );
});
