import fc from "fast-check";
import { expect, it } from "vitest";
import { loadHasher } from "../base/xxhash.ts";
import type { ResourceId } from "../model/ids.ts";
import type { KeyPart } from "../model/output.ts";
import { defaultSettings, type Settings } from "../model/settings.ts";
import { deriveBlueprint } from "./blueprint.ts";
import { DerivationMemory } from "./derivation-memory.ts";
import { changedLabels } from "./explain.ts";
import { createDigest, keyParts, taskKeyOf, type Known } from "./key-parts.ts";
import { chooseSources, choices } from "./small-project.test-kit.ts";
import type { Target } from "./target.ts";

const hasher = await loadHasher();
const settings = fc.constantFrom<Settings>(
  defaultSettings,
  { ...defaultSettings, title: "Named", language: "de" },
  { ...defaultSettings, images: { ...defaultSettings.images, quality: 50 } },
);

type Moment = {
  readonly targets: ReadonlyMap<ResourceId, Target>;
  readonly parts: ReadonlyMap<ResourceId, readonly KeyPart[]>;
};

/** The parts of all targets of a project, whose outputs are as `salt` and their ids have it. */
function partsAt(
  { sources, given }: { sources: ReturnType<typeof chooseSources>; given: Settings },
  salts: readonly string[],
): Moment {
  const memory = new DerivationMemory(hasher);
  const { targets, frame } = deriveBlueprint(sources, { settings: given, name: "test", memory });
  const outputs = new Map(
    [...targets.keys()].map((id, i) => [
      id,
      { artifact: { hash: hasher.text(`${salts[i % salts.length]}`) } },
    ]),
  ) as unknown as Known["outputs"];
  const known = { sources, outputs, frame, digest: createDigest(hasher) };
  return { targets, parts: new Map([...targets].map(([id, target]) => [id, keyParts(target, known)])) };
}

it("[E15] names exactly the inputs that have to be put back for a task not to run", () => {
  let [explained, most] = [0, 0];
  fc.assert(
    fc.property(
      choices,
      settings,
      settings,
      fc.array(fc.string(), { minLength: 1, maxLength: 3 }),
      (all, a, b, salts) => {
        const before = partsAt({ sources: chooseSources(all[0] ?? []), given: a }, [""]);
        const now = partsAt({ sources: chooseSources(all.at(-1) ?? []), given: b }, salts);
        for (const [id, parts] of now.parts) {
          const old = before.parts.get(id);
          if (old === undefined) continue;
          const labels = changedLabels(old, parts);
          const putBack = (named: ReadonlySet<string>) => keyWith(old, parts, named);
          expect(putBack(new Set(labels))).toBe(taskKeyOf(old, hasher));
          for (const left of labels) {
            const less = new Set(labels.filter((label) => label !== left));
            expect(putBack(less)).not.toBe(taskKeyOf(old, hasher));
          }
          explained += labels.length > 0 ? 1 : 0;
          most = Math.max(most, labels.length);
        }
      },
    ),
    { numRuns: 100 },
  );
  expect(explained).toBeGreaterThan(100);
  expect(most).toBeGreaterThan(3);
});

/** The key of a task whose inputs are those of now, but for the named ones, which are as they were. */
function keyWith(old: readonly KeyPart[], now: readonly KeyPart[], named: ReadonlySet<string>): string {
  const was = new Map(old.map(({ label, value }) => [label, value]));
  const isNow = new Set(now.map(({ label }) => label));
  const kept = now.flatMap(({ label, value }) => {
    if (!named.has(label)) return [{ label, value }];
    const before = was.get(label);
    return before === undefined ? [] : [{ label, value: before }];
  });
  const back = old.filter(({ label }) => !isNow.has(label) && named.has(label));
  return taskKeyOf(inOrderOf(old, [...kept, ...back]), hasher);
}

/** A list of inputs has one order: that of the target's inputs, which are ordered by name. */
function inOrderOf(old: readonly KeyPart[], parts: readonly KeyPart[]): readonly KeyPart[] {
  const place = new Map(old.map(({ label }, at) => [label, at]));
  return [...parts].sort((a, b) => (place.get(a.label) ?? Infinity) - (place.get(b.label) ?? Infinity));
}
