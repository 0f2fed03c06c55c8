import fc from "fast-check";
import { expect, it } from "vitest";
import { loadHasher } from "../base/xxhash.ts";
import { defaultSettings } from "../model/settings.ts";
import { deriveBlueprint } from "./blueprint.ts";
import { variantWidths } from "./blueprint-pictures.ts";
import { DerivationMemory } from "./derivation-memory.ts";
import { chooseSources, choice, files, recordOf, type Choice } from "./small-project.test-kit.ts";
import { scheduleTargets, type Scheduled, type TargetSchedule } from "./schedule-targets.ts";

it("[E10] derives the same blueprint, order and signature however the folder is listed", async () => {
  const hasher = await loadHasher();
  const derive = (names: readonly string[]) => {
    const sources = new Map(names.map((name) => [recordOf(name).path, recordOf(name)]));
    const memory = new DerivationMemory(hasher);
    const blueprint = deriveBlueprint(sources, { settings: defaultSettings, name: "test", memory });
    const { order, signature, generationOf } = scheduleTargets(blueprint.targets, hasher);
    return { ...blueprint, order: order.map(({ id }) => id), signature, generations: [...generationOf] };
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

it("[E18] derives the same with a memory of earlier derivations as without", async () => {
  const hasher = await loadHasher();
  const derive = (state: Choice, memory: DerivationMemory) =>
    deriveBlueprint(chooseSources(state), { settings: defaultSettings, name: "test", memory });
  const plain = ({ snapshot, impactOf, ...rest }: TargetSchedule) => ({
    ...rest,
    snapshot: snapshot(),
    impact: rest.order.map(({ id }) => impactOf([id])),
  });
  fc.assert(
    fc.property(fc.array(choice, { minLength: 2, maxLength: 6 }), (states) => {
      const memory = new DerivationMemory(hasher);
      let last: Scheduled | null = null;
      for (const state of states) {
        const blueprint = derive(state, memory);
        expect(JSON.stringify([...blueprint.targets])).toBe(
          JSON.stringify([...derive(state, new DerivationMemory(hasher)).targets]),
        );
        expect(blueprint).toEqual(derive(state, new DerivationMemory(hasher)));
        const schedule: TargetSchedule = scheduleTargets(blueprint.targets, hasher, last);
        expect(plain(schedule)).toEqual(plain(scheduleTargets(blueprint.targets, hasher)));
        last = { targets: blueprint.targets, schedule };
      }
    }),
    { numRuns: 60 },
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
