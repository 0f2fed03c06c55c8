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
import { ResolutionMemory } from "./resolution-memory.ts";
import { scheduleTargets } from "./schedule-targets.ts";

const files: Readonly<Record<string, string>> = {
  "index.md": "# Home\n\n[[a]] ![[b#Part]] ![](p.jpg)\n",
  "a.md": "[home](index.md) ![[b]]\n",
  "b.md": "# B\n\n## Part\n\n![](p.jpg) [[nowhere]]\n",
  "sub/c.md": "![[a]] [x](../x.pdf)\n",
  "x.pdf": "",
  "p.jpg": "",
};

function recordOf(raw: string): SourceRecord {
  const path = parseProjectPath(raw) as ProjectPath;
  const kind = sourceKindOf(path);
  const image = {
    type: "image",
    format: "jpeg",
    width: 900,
    height: 600,
    orientation: 1,
    animated: false,
  } as const;
  const facts =
    kind === "document"
      ? scanDocument(path, files[raw] ?? "").facts
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
    const memory = new ResolutionMemory(hasher);
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
