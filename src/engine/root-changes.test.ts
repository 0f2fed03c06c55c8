import fc from "fast-check";
import { expect, it } from "vitest";
import { loadHasher } from "../base/xxhash.ts";
import { asContentHash, type ResourceId } from "../model/ids.ts";
import type { OutputRecord } from "../model/output.ts";
import { fileId, filePathOf } from "../model/resource.ts";
import { defaultSettings, type Settings } from "../model/settings.ts";
import type { ChangedInput } from "../model/wire.ts";
import { deriveBlueprint } from "./blueprint.ts";
import { changesBetween, type Inputs } from "./changed-inputs.ts";
import { DerivationMemory } from "./derivation-memory.ts";
import { createDigest, keyParts, taskKeyOf, type Known } from "./key-parts.ts";
import type { Moment } from "./plan-basis.ts";
import { planBuild } from "./plan.ts";
import { rootChanges } from "./root-changes.ts";
import { scheduleTargets } from "./schedule-targets.ts";
import { chooseSources, choices, files, recordOf } from "./small-project.test-kit.ts";

const hasher = await loadHasher();
const name = "test";
const settings = fc
  .record({
    title: fc.constantFrom(null, "Named"),
    language: fc.constantFrom("en", "de"),
    baseUrl: fc.constantFrom(null, "https://example.org/"),
    quality: fc.constantFrom(80, 50),
    widths: fc.constantFrom([320, 640], [320, 1000]),
  })
  .map(({ quality, widths, ...rest }): Settings => ({
    ...defaultSettings,
    ...rest,
    images: { ...defaultSettings.images, quality, widths },
  }));

function momentOf({ sources, settings: given }: Inputs): Moment {
  const memory = new DerivationMemory(hasher);
  const { targets, frame } = deriveBlueprint(sources, { settings: given, name, memory });
  return { sources, settings: given, targets, frame };
}

function schedule({ targets, sources }: Moment) {
  return scheduleTargets({ targets, files: [...sources.keys()].map(fileId) }, hasher);
}

/** Records of all targets, each with an output of its own bytes for its own key. */
function build(moment: Moment): ReadonlyMap<ResourceId, OutputRecord> {
  const outputs = new Map<ResourceId, OutputRecord>();
  const known: Known = { ...moment, outputs, digest: createDigest(hasher) };
  for (const target of schedule(moment).order) {
    const taskKey = taskKeyOf(keyParts(target, known), hasher);
    const artifact = { hash: asContentHash(taskKey), size: 1, type: "text/html" };
    outputs.set(target.id, {
      id: target.id,
      status: "DONE",
      taskKey,
      artifact,
      parts: [],
    } as unknown as OutputRecord);
  }
  return outputs;
}

/** What a plan finds to do for one target on outputs of another time. */
function plannedFor(root: ResourceId, inputs: Inputs, outputs: Known["outputs"]): number {
  const moment = momentOf(inputs);
  const known: Known = { ...moment, outputs, digest: createDigest(hasher) };
  const options = { root, force: false, hasher, impacted: new Set(moment.targets.keys()) };
  const { dirty, poisoned } = planBuild(moment.targets, schedule(moment), known, options);
  return dirty.size + poisoned.size;
}

/** The inputs of now, but for some that are as they were: files by path, settings by name. */
function withPutBack(before: Inputs, now: Inputs, named: readonly ChangedInput[]): Inputs {
  const sources = new Map(now.sources);
  const mixed = structuredClone(now.settings) as unknown as Record<string, Record<string, unknown>>;
  for (const { resourceId, setting } of named) {
    const path = resourceId === null ? undefined : filePathOf(resourceId);
    const record = path === undefined ? undefined : before.sources.get(path);
    if (path !== undefined && record === undefined) sources.delete(path);
    if (path !== undefined && record !== undefined) sources.set(path, record);
    const [group = "", member] = setting?.split(".") ?? [];
    const was = before.settings as unknown as Record<string, never>;
    if (setting !== null && member === undefined) mixed[group] = was[group] as never;
    if (member !== undefined) Object.assign(mixed[group] ?? {}, { [member]: was[group]?.[member] });
  }
  return { sources, settings: mixed as unknown as Settings };
}

it("[E76] names what has to be put back for nothing to be planned, and nothing that need not be", () => {
  const named: number[] = [];
  const kinds = new Set<string>();
  fc.assert(
    fc.property(choices, settings, settings, (all, a, b) => {
      const before = momentOf({ sources: chooseSources(all[0] ?? []), settings: a });
      const now = momentOf({ sources: chooseSources(all.at(-1) ?? []), settings: b });
      const outputs = build(before);
      for (const id of now.targets.keys()) {
        // A cycle is there in spite of what is put back.
        if (plannedFor(id, before, outputs) > 0) continue;
        const roots = rootChanges(id, { before, now }, { hasher, name });
        expect(plannedFor(id, withPutBack(before, now, roots), outputs)).toBe(0);
        for (const left of roots) {
          const less = roots.filter((root) => root !== left);
          expect(plannedFor(id, withPutBack(before, now, less), outputs), left.words).toBeGreaterThan(0);
          kinds.add(left.setting ?? left.words.replace(/^\S+ /, ""));
        }
        named.push(roots.length);
      }
    }),
    { numRuns: 40 },
  );
  expect(named.filter((count) => count > 2).length).toBeGreaterThan(5);
  expect([...kinds].sort()).toEqual(
    [
      "baseUrl",
      "changed",
      "images.quality",
      "images.widths",
      "is new",
      "language",
      "title",
      "was removed",
    ].sort(),
  );
});

it("[E76] finds the one file of many that a target waits for, and the one that its navigation tells of", () => {
  const many = Array.from({ length: 600 }, (_, i) =>
    recordOf(`notes/${i}.md`, { [`notes/${i}.md`]: `# N${i}` }),
  );
  const [page, other] = [recordOf("index.md"), recordOf("index.md", { ...files, "index.md": "# Other" })];
  const sourcesOf = (records: readonly (typeof page)[]) =>
    new Map(records.map((record) => [record.path, record]));
  const before = momentOf({
    sources: sourcesOf([page, recordOf("b.md"), recordOf("p.jpg")]),
    settings: defaultSettings,
  });
  const now = momentOf({ sources: sourcesOf([other, recordOf("b.md"), ...many]), settings: defaultSettings });
  const wordsOf = (id: string) =>
    rootChanges(id as ResourceId, { before, now }, { hasher, name }).map(({ words }) => words);
  expect(wordsOf("page:notes/17.md")).toEqual(["notes/17.md is new"]);
  expect(wordsOf("page:b.md")).toContain("index.md changed");
  expect(changesBetween(before, now)).toHaveLength(602);
});
