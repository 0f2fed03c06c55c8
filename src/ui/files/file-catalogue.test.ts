import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareNames } from "../../base/byte-order.ts";
import type { NodeRow } from "../../model/view-rows.ts";
import type { LiveView } from "../../session/contract.ts";
import { MemoryView } from "../testing/memory-view.ts";
import { fileRow } from "../testing/sample-rows.ts";
import { FileCatalogue } from "./file-catalogue.ts";
import { allFiles, sortNumber, toggled, type FileColumn, type FileQuery } from "./file-query.ts";

const columns: readonly FileColumn[] = ["status", "label", "kind", "generation", "cause", "time", "size"];

const rowOf = fc
  .record({
    label: fc.stringMatching(/^[abAB/]{1,4}$/),
    kind: fc.constantFrom("document", "image", "page"),
    status: fc.constantFrom("DONE", "FAILED", "DIRTY"),
    generation: fc.nat(3),
    cause: fc.constantFrom("", "a", "b"),
    durationMs: fc.option(fc.constantFrom(1, 2, 3)),
    bytes: fc.option(fc.constantFrom(0, 5)),
  })
  .map((part): Omit<NodeRow, "key"> => ({ ...fileRow("x", "document", 0), ...part }));

const changesOf = fc.array(
  fc.record({ upserts: fc.array(fc.tuple(fc.nat(12), rowOf)), removals: fc.array(fc.nat(12)) }),
  { maxLength: 6 },
);

const queryOf = fc.record({
  text: fc.constantFrom("", "a", "B", " ab "),
  kinds: fc.uniqueArray(fc.constantFrom("document", "image")).map((kinds) => new Set(kinds)),
  statuses: fc.uniqueArray(fc.constantFrom("DONE", "FAILED")).map((statuses) => new Set(statuses)),
  sort: fc.record({ column: fc.constantFrom(...columns), descending: fc.boolean() }),
});

describe("FileCatalogue", () => {
  it("gives after any changes what filtering and sorting all rows gives", () => {
    fc.assert(
      fc.property(changesOf, queryOf, (changes, query) => {
        const view = new MemoryView<NodeRow>();
        const catalogue = new FileCatalogue();
        for (const { upserts, removals } of changes) {
          const rows = upserts.map(([key, row]) => ({ ...row, key: `k${key}` }));
          view.change(
            rows,
            removals.map((key) => `k${key}`),
          );
          catalogue.update(view);
        }
        const selection = catalogue.select(query);
        expect(selection.keys).toEqual(slowKeys([...view.rows()], query));
        expect(selection.total).toBe(view.size());
      }),
    );
  });

  it("counts kinds and statuses of what the text matches, whatever the filters hide", () => {
    const view = new MemoryView([fileRow("a.md", "document", 1), fileRow("b.png", "image", 1)]);
    const catalogue = new FileCatalogue();
    catalogue.update(view);
    const selection = catalogue.select({ ...allFiles, text: "a.", kinds: new Set(["image"]) });
    expect(selection.keys).toEqual([]);
    expect(selection.counts).toEqual({
      kinds: new Map([["document", 1]]),
      statuses: new Map([["DONE", 1]]),
    });
    expect(catalogue.select({ ...allFiles, text: " " }).counts).toBeNull();
  });

  it("starts over when the view no longer knows what changed", () => {
    const view = new MemoryView([fileRow("b.md", "document", 1)]);
    const catalogue = new FileCatalogue();
    catalogue.update(view);
    view.change([fileRow("a.md", "document", 1)], ["file:b.md"]);
    const forgetful: LiveView<NodeRow> = {
      subscribe: (listener) => view.subscribe(listener),
      version: () => view.version(),
      get: (key) => view.get(key),
      size: () => view.size(),
      rows: () => view.rows(),
      changedSince: () => undefined,
    };
    catalogue.update(forgetful);
    expect(catalogue.select(allFiles).keys).toEqual(["file:a.md"]);
  });
});

describe("toggled", () => {
  it("puts in what is missing and takes out what is there", () => {
    const one = toggled(new Set<string>(), "a");
    expect([...one]).toEqual(["a"]);
    expect([...toggled(one, "a")]).toEqual([]);
    expect([...one]).toEqual(["a"]);
  });
});

/** The obvious way: filter, order by label and key, then sort by a comparator that puts empty cells last. */
function slowKeys(rows: readonly NodeRow[], query: FileQuery): readonly string[] {
  const passed = rows.filter(
    (row) =>
      row.label.toLowerCase().includes(query.text.trim().toLowerCase()) &&
      (query.kinds.size === 0 || query.kinds.has(row.kind)) &&
      (query.statuses.size === 0 || query.statuses.has(row.status)),
  );
  passed.sort((a, b) => compareNames(a.label, b.label) || compareNames(a.key, b.key));
  const { column, descending } = query.sort;
  if (column === "label") return (descending ? passed.toReversed() : passed).map((row) => row.key);
  const cell = (row: NodeRow) => (column === "cause" ? row.cause || null : sortNumber(row, column));
  const filled = passed.filter((row) => cell(row) !== null);
  filled.sort((a, b) => {
    const [left, right] = [cell(a) ?? 0, cell(b) ?? 0];
    const order = left < right ? -1 : Number(left > right);
    return descending ? -order : order;
  });
  return [...filled, ...passed.filter((row) => cell(row) === null)].map((row) => row.key);
}
