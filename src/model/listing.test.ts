import fc from "fast-check";
import { expect, it } from "vitest";
import type { ProjectPath } from "../base/project-path.ts";
import { changeBetween, type Listing, type ListingChange } from "./listing.ts";
import type { IntakeEntry } from "./source.ts";

const entry: fc.Arbitrary<IntakeEntry> = fc.record({
  path: fc.constantFrom("a.md", "b.md", "c/d.md", "e.png") as fc.Arbitrary<ProjectPath>,
  size: fc.nat(2),
  modified: fc.nat(2),
  bytes: fc
    .constantFrom("00000000000000aa", "00000000000000bb")
    .map((hash) => ({ type: "artifact", hash }) as IntakeEntry["bytes"]),
});
const entries = fc.uniqueArray(entry, { selector: ({ path }) => path });
const listingOf = (all: readonly IntakeEntry[]): Listing => new Map(all.map((one) => [one.path, one]));
const afterChange = (last: Listing, { entries: told, removed }: Omit<ListingChange, "base">): Listing =>
  new Map([...[...last].filter(([path]) => !removed.includes(path)), ...listingOf(told)]);
const byPath = (listing: ReadonlyMap<string, IntakeEntry>) =>
  [...listing].sort(([a], [b]) => (a < b ? -1 : 1));

it("gives with the change between two listings the second one, and says nothing of what stayed", () => {
  fc.assert(
    fc.property(entries, entries, (before, after) => {
      const last = listingOf(before);
      const change = changeBetween(last, after);
      expect(byPath(afterChange(last, change))).toEqual(byPath(listingOf(after)));
      const stayed = after.filter(
        ({ path }) =>
          JSON.stringify(last.get(path)) === JSON.stringify(after.find((now) => now.path === path)),
      );
      expect(change.entries.length).toBe(after.length - stayed.length);
    }),
  );
});
