import fc from "fast-check";
import { expect, it } from "vitest";
import { TrackedMap } from "../base/tracked-map.ts";
import { loadHasher } from "../base/xxhash.ts";
import { asContentHash, type ResourceId } from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";
import { fileId } from "../model/resource.ts";
import { defaultSettings, type Settings } from "../model/settings.ts";
import { deriveBlueprint } from "./blueprint.ts";
import { DerivationMemory } from "./derivation-memory.ts";
import { createDigest, keyParts, taskKeyOf, type Known } from "./key-parts.ts";
import { planBuild } from "./plan.ts";
import { basisAfter, impactedTargets, momentOf, type PlanBasis } from "./plan-basis.ts";
import { scheduleTargets } from "./schedule-targets.ts";
import { blankRecord } from "./settlement.ts";
import { chooseSources, choices } from "./small-project.test-kit.ts";
import type { Target } from "./target.ts";

const settings = fc.constantFrom<Settings>(defaultSettings, { ...defaultSettings, title: "Named" });
/** A project at several times, each with a number that picks the outputs that fail then. */
const moments = choices.chain((all) =>
  fc.tuple(
    ...all.map((versions) => fc.record({ versions: fc.constant(versions), settings, failing: fc.nat(6) })),
  ),
);

it("[E19] finds the same work among what is impacted as among everything", async () => {
  const hasher = await loadHasher();
  let skipped = 0;
  fc.assert(
    fc.property(moments, (all) => {
      const memory = new DerivationMemory(hasher);
      const outputs = new TrackedMap<ResourceId, OutputRecord>();
      const sources = new TrackedMap(chooseSources([]));
      let basis: PlanBasis | null = null;
      for (const { versions, settings: given, failing } of all) {
        const chosen = chooseSources(versions);
        for (const path of sources.keys()) if (!chosen.has(path)) sources.delete(path);
        for (const [path, source] of chosen) sources.set(path, source);
        const { targets, frame } = deriveBlueprint(sources, { settings: given, name: "test", memory });
        for (const id of outputs.keys()) if (!targets.has(id)) outputs.delete(id);
        const schedule = scheduleTargets({ targets, files: [...sources.keys()].map(fileId) }, hasher);
        const known: Known = { sources, outputs, frame, digest: createDigest(hasher) };
        const impacted = impactedTargets(basis, { ...known, targets, schedule });
        const options = { root: null, force: false, hasher };
        const whole = planBuild(targets, schedule, known, { ...options, impacted: new Set(targets.keys()) });
        expect(planBuild(targets, schedule, known, { ...options, impacted })).toEqual(whole);
        skipped += targets.size - impacted.size;
        for (const target of schedule.order) {
          if (whole.poisoned.has(target.id)) outputs.set(target.id, poisoned(target));
          if (!whole.dirty.has(target.id)) continue;
          const key = taskKeyOf(keyParts(target, known), hasher);
          outputs.set(target.id, record(target, { key, failed: target.id.length % 7 === failing }));
        }
        const now = { targets, frame, settings: given };
        expect(momentOf(basisAfter(basis, now, { sources, outputs }))).toEqual({
          ...now,
          sources: new Map(sources),
        });
        basis = basisAfter(basis, now, { sources, outputs });
        expect(basis.unmade).toEqual(basisAfter(null, now, { sources, outputs }).unmade);
      }
    }),
    { numRuns: 150 },
  );
  expect(skipped).toBeGreaterThan(100);
});

function poisoned(target: Target): OutputRecord {
  return { ...record(target, { key: "", failed: true }), status: "POISONED", taskKey: null };
}

/** What a task would leave behind whose bytes follow from its key. */
function record(target: Target, { key, failed }: { key: string; failed: boolean }): OutputRecord {
  const hash = asContentHash(key);
  return {
    ...blankRecord(target),
    status: failed ? "FAILED" : "DONE",
    sitePath: target.sitePath,
    artifact: failed ? null : { hash, size: 1, type: "text/html" },
    taskKey: key as OutputRecord["taskKey"],
  };
}
