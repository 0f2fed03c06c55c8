import fc from "fast-check";
import { expect, it } from "vitest";
import type { ProjectPath } from "../base/project-path.ts";
import type { IntakeEntry, SourceBytes, SourceRecord } from "../model/source.ts";
import { scan } from "../tasks/scan/spec.ts";
import { FolderListing } from "./folder-listing.ts";
import { compareListing, unreadable } from "./scan-files.ts";
import { recordOf } from "./small-project.test-kit.ts";

const paths = ["a.md", "b.md", "sub/c.md", "x.pdf"] as ProjectPath[];
const file = new Blob(["x"]);
const entry: fc.Arbitrary<IntakeEntry> = fc.record({
  path: fc.constantFrom(...paths),
  size: fc.nat(2),
  modified: fc.nat(2),
  bytes: fc.constant<SourceBytes>({ type: "file", file }),
});
const told = fc.record({
  isWhole: fc.nat(4).map((n) => n === 0),
  entries: fc.uniqueArray(entry, { selector: ({ path }) => path }),
  removed: fc.subarray(paths),
  /** What the intake that follows comes to: it ends, or is cancelled; and which files it cannot read. */
  isTaken: fc.boolean(),
  bad: fc.subarray(paths),
  readElsewhere: fc.nat(4).map((n) => n === 0),
});

const noFault = { severity: "error", code: "x", message: "No.", remedy: "Yes." } as const;
const problems: [] = [];

/** The folder as a plain map: what a listing told as changes has to mean. */
function applyTo(folder: Map<ProjectPath, IntakeEntry>, { isWhole, entries, removed }: Told): void {
  if (isWhole) folder.clear();
  else for (const path of removed) folder.delete(path);
  for (const one of entries) folder.set(one.path, one);
}

type Told = {
  readonly isWhole: boolean;
  readonly entries: readonly IntakeEntry[];
  readonly removed: readonly ProjectPath[];
};

it("[E20] finds in what was told since just what differs in the whole, also after intakes that were cancelled", () => {
  fc.assert(
    fc.property(fc.array(told, { maxLength: 12 }), (steps) => {
      const folder = new Map<ProjectPath, IntakeEntry>();
      const sources = new Map<ProjectPath, SourceRecord>();
      const places = new Map<ProjectPath, SourceBytes>();
      let listing: FolderListing | null = null;
      for (const [n, step] of steps.entries()) {
        applyTo(folder, step);
        const base: string | null = listing === null || step.isWhole ? null : listing.name;
        const entries: readonly IntakeEntry[] = base === null ? [...folder.values()] : step.entries;
        const change = { base, entries, removed: step.removed };
        const next: FolderListing | undefined = FolderListing.after(listing, change, {
          name: `${n}`,
          problems,
        });
        if (next === undefined) throw new Error("the base is known");
        listing = next;
        const { changed, removed } = listing.compare(sources, step.readElsewhere);
        const whole = compareListing(folder, sources, { readElsewhere: step.readElsewhere });
        expect(new Set(changed)).toEqual(new Set(whole.changed));
        expect(new Set(removed)).toEqual(new Set(whole.removed));
        expect(listing.entries.size).toBe(folder.size);
        listing.placeBytes(places);
        expect(new Set(places.keys())).toEqual(new Set(folder.keys()));
        if (!step.isTaken) continue;
        for (const path of removed) sources.delete(path);
        for (const one of changed) sources.set(one.path, readOf(one, step.bad));
        listing.noteTaken(sources);
      }
    }),
    { numRuns: 1000 },
  );
});

it("[E20] does not know a change of a listing that is not the last one", () => {
  const first = FolderListing.after(null, { base: null, entries: [], removed: [] }, { name: "1", problems });
  expect(
    FolderListing.after(null, { base: "1", entries: [], removed: [] }, { name: "2", problems }),
  ).toBeUndefined();
  expect(
    FolderListing.after(first ?? null, { base: "0", entries: [], removed: [] }, { name: "2", problems }),
  ).toBeUndefined();
});

function readOf({ path, size, modified }: IntakeEntry, bad: readonly ProjectPath[]): SourceRecord {
  if (bad.includes(path)) return unreadable({ path }, noFault);
  return { ...recordOf(path), size, modified, scanVersion: scan.version };
}
