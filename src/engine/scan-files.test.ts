import { expect, it } from "vitest";
import type { IntakeEntry } from "../model/source.ts";
import { scan } from "../tasks/scan/spec.ts";
import { compareListing } from "./scan-files.ts";
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
