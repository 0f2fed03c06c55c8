import fc from "fast-check";
import { expect, it } from "vitest";
import { parseProjectPath, type ProjectPath } from "../base/project-path.ts";
import { loadHasher } from "../base/xxhash.ts";
import { scanDocument } from "../documents/scan-document.ts";
import { asContentHash } from "../model/ids.ts";
import { sourceKindOf } from "../model/resource.ts";
import { defaultSettings } from "../model/settings.ts";
import type { SourceRecord } from "../model/source.ts";
import { deriveBlueprint } from "./blueprint.ts";
import { variantWidths } from "./blueprint-pictures.ts";
import { DerivationMemory } from "./derivation-memory.ts";
import { scheduleTargets, type Scheduled, type TargetSchedule } from "./schedule-targets.ts";

const files: Readonly<Record<string, string>> = {
  "index.md": "# Home\n\n[[a]] ![[b#Part]] ![](p.jpg)\n",
  "a.md": "[home](index.md) ![[b]]\n",
  "b.md": "# B\n\n## Part\n\n![](p.jpg) [[nowhere]]\n",
  "sub/c.md": "![[a]] [x](../x.pdf)\n",
  "x.pdf": "",
  "p.jpg": "",
};

/** Other contents of the same files: a body, a link, a title, a section and a picture that changed. */
const otherFiles: Readonly<Record<string, string>> = {
  "index.md": "# Home\n\nMore. [[a]] ![[b#Part]] ![](p.jpg)\n",
  "a.md": "---\ntitle: Another\n---\n[home](index.md) [[b]]\n",
  "b.md": "# B\n\n## Other part\n\n![](p.jpg) [[nowhere]]\n",
  "sub/c.md": "[x](../x.pdf) ![[a]]\n",
  "p.jpg": "wide",
};

function recordOf(raw: string, texts = files): SourceRecord {
  const path = parseProjectPath(raw) as ProjectPath;
  const kind = sourceKindOf(path);
  const image = {
    type: "image",
    format: "jpeg",
    width: texts[raw] === "wide" ? 1800 : 900,
    height: 600,
    orientation: 1,
    animated: false,
  } as const;
  const facts =
    kind === "document"
      ? scanDocument(path, texts[raw] ?? "").facts
      : kind === "image"
        ? image
        : ({ type: "other" } as const);
  return {
    path,
    kind,
    size: 1,
    modified: 1,
    contentHash: asContentHash("00000000000000aa"),
    facts,
    fault: null,
    problems: [],
  };
}

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
  const names = Object.keys(files);
  const records = names.map((name) => [recordOf(name), recordOf(name, otherFiles)] as const);
  const state = fc.array(fc.constantFrom(0, 1, null), { minLength: names.length, maxLength: names.length });
  const derive = (choice: readonly (0 | 1 | null)[], memory: DerivationMemory) => {
    const chosen = records.flatMap((pair, i) => {
      const version = choice[i] ?? null;
      return version === null ? [] : [pair[version]];
    });
    const sources = new Map(chosen.map((record) => [record.path, record]));
    return deriveBlueprint(sources, { settings: defaultSettings, name: "test", memory });
  };
  const plain = ({ snapshot, ...rest }: TargetSchedule) => ({ ...rest, snapshot: snapshot() });
  fc.assert(
    fc.property(fc.array(state, { minLength: 2, maxLength: 6 }), (states) => {
      const memory = new DerivationMemory(hasher);
      let last: Scheduled | null = null;
      for (const choice of states) {
        const blueprint = derive(choice, memory);
        expect(JSON.stringify([...blueprint.targets])).toBe(
          JSON.stringify([...derive(choice, new DerivationMemory(hasher)).targets]),
        );
        expect(blueprint).toEqual(derive(choice, new DerivationMemory(hasher)));
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
