import { expect, it } from "vitest";
import { asContentHash } from "../model/ids.ts";
import type { IntakeEntry } from "../model/source.ts";
import { scan } from "../tasks/scan/spec.ts";
import { compareListing, newRecords } from "./scan-files.ts";
import { recordOf } from "./small-project.test-kit.ts";

it("[E25] reads again what an older scan has read, and nothing else that did not change", () => {
  const records = [
    { ...recordOf("a.md"), scanVersion: scan.version },
    { ...recordOf("b.md"), scanVersion: scan.version - 1 },
  ];
  const listing = new Map(
    records.map(({ path, size, modified }): [IntakeEntry["path"], IntakeEntry] => [
      path,
      { path, size, modified, bytes: { type: "file", file: new Blob(["x"]) } },
    ]),
  );
  const { changed, unchanged } = compareListing(
    listing,
    new Map(records.map((record) => [record.path, record])),
  );
  expect(changed.map(({ path }) => path)).toEqual(["b.md"]);
  expect(unchanged).toBe(1);
});

it("[E34] finds news in whatever a record says otherwise, and none in the order of its keys", () => {
  const known = { ...recordOf("a.md"), scanVersion: scan.version };
  const sources = new Map([[known.path, known]]);
  const reversed = JSON.parse(
    JSON.stringify(Object.fromEntries(Object.entries(known).toReversed())),
  ) as typeof known;
  expect(newRecords([reversed], sources)).toEqual([]);
  const others: (typeof known)[] = [
    { ...known, facts: { type: "other" } },
    { ...known, kind: "asset" },
    { ...known, problems: [{ code: "x", severity: "warning", message: "No.", remedy: "Yes." }] as never },
    { ...known, modified: known.modified + 1 },
  ];
  for (const other of others) expect(newRecords([other], sources)).toEqual([other]);
});

it("[E34] believes no size and time of another folder, and finds nothing new in the same bytes", () => {
  const [same, other] = [recordOf("a.md"), recordOf("b.md")].map((record) => ({
    ...record,
    scanVersion: scan.version,
  }));
  if (same === undefined || other === undefined) throw new Error("two of them");
  const sources = new Map([same, other].map((record) => [record.path, record]));
  const listing = new Map(
    [same, other].map(({ path, size, modified }): [IntakeEntry["path"], IntakeEntry] => [
      path,
      { path, size, modified, bytes: { type: "file", file: new Blob(["x"]) } },
    ]),
  );
  expect(compareListing(listing, sources).changed).toEqual([]);
  const { changed } = compareListing(listing, sources, { readElsewhere: true });
  expect(changed.map(({ path }) => path)).toEqual(["a.md", "b.md"]);
  const read = { ...other, contentHash: asContentHash("f".repeat(16)) };
  expect(newRecords([same, read], sources)).toEqual([read]);
});
