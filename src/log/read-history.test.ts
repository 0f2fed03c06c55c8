import { sql } from "kysely";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Json } from "../base/json.ts";
import type { HistoryQuery } from "../model/history.ts";
import { asContentHash, asProjectId, type ProjectId } from "../model/ids.ts";
import type { Operation } from "../model/operation.ts";
import { toColumn } from "../store/column-text.ts";
import type { Store } from "../store/open-store.ts";
import { openTestStore } from "../store/testing/open-test-store.ts";
import { effectiveLog } from "./effective-log.ts";
import { openOperationStore } from "./operation-store.ts";
import type { OperationToAppend } from "./operation-faults.ts";
import { isHidden } from "./operation-standing.ts";
import { countHistory, readHistory, type HistoryRange } from "./read-history.ts";

let store: Store;
let projects = 0;
const newProject = (): ProjectId => asProjectId(`history ${++projects}`);
const all: HistoryQuery = { documentId: null, search: "" };

beforeAll(async () => {
  store = await openTestStore();
}, 60_000);
afterAll(() => store.close());

async function append(projectId: ProjectId, operations: readonly OperationToAppend[]) {
  const result = await openOperationStore(store, () => 1_700_000_000_000).append(projectId, operations);
  if (!result.ok) throw new Error(result.fault.message);
  return result.operations;
}

const add = (documentId: string, targetId: string, metadata: Json = null): OperationToAppend => ({
  documentId,
  scope: "document",
  branch: "main",
  action: { type: "ADD_RELATIONSHIP", relationships: [{ targetId, type: "embeds", metadata }] },
});
const deleted = (documentId: string): OperationToAppend => ({
  documentId,
  scope: "document",
  branch: "main",
  action: { type: "DELETE_DOCUMENT" },
});

/** All pages one after the other, and the sum of all counts. */
async function readAll(projectId: ProjectId, query: HistoryQuery, range: Omit<HistoryRange, "before">) {
  const entries = [];
  let before: number | null = null;
  do {
    const page = await readHistory(store, projectId, query, { ...range, before });
    expect(page.entries.length).toBeLessThanOrEqual(range.limit ?? 100);
    entries.push(...page.entries);
    before = page.next;
  } while (before !== null);
  let count = 0;
  do {
    const { examined } = range;
    const options = examined === undefined ? { before } : { before, examined };
    const part = await countHistory(store, projectId, query, options);
    count += part.matches;
    before = part.next;
  } while (before !== null);
  return { entries, count };
}

/** Letter case away as Unicode's simple mapping has it: one code point becomes one. */
const folded = (text: string): string =>
  Array.from(text, (character) => String.fromCodePoint(character.toLowerCase().codePointAt(0) ?? 0)).join("");

/** The JSON of a value with every name taken out. */
function withoutNames(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(withoutNames).join(",")}]`;
  if (typeof value === "object" && value !== null) {
    return `{${Object.values(value)
      .map((one) => `"":${withoutNames(one)}`)
      .join(",")}}`;
  }
  return JSON.stringify(value);
}

function fitsNaively({ documentId, action: { type, ...input } }: Operation, search: string): boolean {
  const inColumns = [documentId, type].some((text) =>
    folded(toColumn(text)).includes(folded(toColumn(search))),
  );
  const json = JSON.stringify(search).slice(1, -1);
  return inColumns || folded(withoutNames(input)).includes(folded(json));
}

function naiveHistory(log: readonly Operation[], { documentId, search }: HistoryQuery): readonly Operation[] {
  const ofDocument = log.filter((one) => documentId === null || one.documentId === documentId);
  return ofDocument.filter((one) => search === "" || fitsNaively(one, search)).toReversed();
}

/** The stream that an operation stands in, without what its skips hide. */
function naiveStanding(log: readonly Operation[], { documentId, scope, branch }: Operation) {
  return effectiveLog(
    log.filter((one) => one.documentId === documentId && one.scope === scope && one.branch === branch),
  );
}

describe("against the whole log in memory", () => {
  const hostile = [
    "%",
    "_",
    "\\",
    '"',
    "\0",
    "\ud800",
    "é",
    "É",
    "ß",
    "Σ",
    "🌊",
    "a",
    "B",
    "b",
    ".",
    "(",
    ":",
    ",",
  ];
  const text = fc.array(fc.constantFrom(...hostile), { maxLength: 4 }).map((parts) => parts.join(""));
  const document = fc.constantFrom("file:a", "file:%b", "file:_\\É", "file:\0a", "file:🌊\ud800");
  const operation = fc
    .record({
      documentId: document,
      branch: fc.constantFrom("main", "main", "draft"),
      targetId: text,
      metadata: fc.oneof(text, fc.integer({ min: 0, max: 20 }), fc.record({ label: text, line: fc.nat(9) })),
      skip: fc.constantFrom(0, 0, 0, 1, 2, 5),
      isDelete: fc.constantFrom(false, false, false, true),
    })
    .map(({ documentId, branch, targetId, metadata, skip, isDelete }): OperationToAppend => {
      const made = isDelete ? deleted(documentId) : add(documentId, `x${targetId}`, metadata);
      return { ...made, branch, skip };
    });
  const needle = fc.oneof(
    text,
    fc.constantFrom(
      "",
      "file:",
      "relation",
      "TARGETID",
      "embeds",
      "Label",
      "line",
      "add_",
      "1",
      "%b",
      "\\",
      "A",
    ),
  );

  it("[L30] pages and counts hold what fits, newest first, whatever the size of pages and parts", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(operation, { maxLength: 24 }),
        fc.record({ documentId: fc.option(document), search: needle }),
        fc.record({ limit: fc.integer({ min: 1, max: 7 }), examined: fc.integer({ min: 1, max: 9 }) }),
        async (operations, query, range) => {
          const projectId = newProject();
          const log = await append(projectId, operations);
          const { entries, count } = await readAll(projectId, query, range);
          const expected = naiveHistory(log, query);
          expect(entries.map((entry) => entry.operation)).toEqual(expected);
          expect(count).toBe(expected.length);
        },
      ),
      { numRuns: 150 },
    );
  });

  it("[L31] tells of every operation whether the effective log has it and what it stands on", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 24 }), fc.nat(6), async (operations, limit) => {
        const projectId = newProject();
        const log = await append(projectId, operations);
        const { entries } = await readAll(projectId, all, { limit: limit + 1 });
        expect(entries).toHaveLength(log.length);
        for (const { operation: one, isHidden: told, standsOn } of entries) {
          expect(told).toBe(!naiveStanding(log, one).some(({ id }) => id === one.id));
          const base = naiveStanding(
            log.filter(({ id }) => id <= one.id),
            one,
          ).at(-2);
          expect(standsOn).toBe(base?.action.type ?? null);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("[L31] finds what is hidden from the skips alone", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(6), { maxLength: 30 }), (skips) => {
        const stream = skips.map((skip, index) => ({ index, skip: skip > 3 ? skip - 3 : 0 }));
        const skipping = stream.filter(({ skip }) => skip > 0).toReversed();
        const remaining = new Set(effectiveLog(stream));
        for (const one of stream) expect(isHidden(one.index, skipping)).toBe(!remaining.has(one));
      }),
    );
  });
});

describe("search", () => {
  const search = async (projectId: ProjectId, text: string) => {
    const { entries, count } = await readAll(projectId, { documentId: null, search: text }, {});
    expect(count).toBe(entries.length);
    return entries.map(({ operation }) => operation.documentId).toReversed();
  };

  it("[L30] looks at id, type and values, not at the names of fields, and takes no character for a wildcard", async () => {
    const projectId = newProject();
    await append(projectId, [
      add("file:100%.md", "file:B.md", { alias: "Grüße" }),
      add("file:100.md", "file:c_d.md"),
      deleted("file:Ä\\ö.md"),
      add("file:nul\0.md", 'file:"quoted".md'),
    ]);
    expect(await search(projectId, "100%")).toEqual(["file:100%.md"]);
    expect(await search(projectId, "GRÜSSE")).toEqual([]);
    expect(await search(projectId, "GRÜ")).toEqual(["file:100%.md"]);
    expect(await search(projectId, "c_D")).toEqual(["file:100.md"]);
    expect(await search(projectId, "cxd")).toEqual([]);
    expect(await search(projectId, "ä\\Ö")).toEqual(["file:Ä\\ö.md"]);
    expect(await search(projectId, "\0")).toEqual(["file:nul\0.md"]);
    expect(await search(projectId, '"QUOTED"')).toEqual(["file:nul\0.md"]);
    expect(await search(projectId, "delete")).toEqual(["file:Ä\\ö.md"]);
    expect(await search(projectId, "targetId")).toEqual([]);
    expect(await search(projectId, "alias")).toEqual([]);
    expect(await search(projectId, "embeds")).toHaveLength(3);
  });

  it("[L30] sees no operation of another project", async () => {
    const [one, other] = [newProject(), newProject()];
    await append(one, [deleted("file:a.md")]);
    await append(other, [deleted("file:a.md"), deleted("file:b.md")]);
    expect(await search(one, "file")).toEqual(["file:a.md"]);
    expect((await readAll(one, { documentId: "file:b.md", search: "" }, {})).entries).toEqual([]);
  });
});

describe("a log of 100,000 operations", () => {
  const projectId = asProjectId("large");
  const pages = 20_000;
  const time = async (work: () => Promise<unknown>) => {
    let best = Infinity;
    for (let round = 0; round < 3; round++) {
      const start = performance.now();
      await work();
      best = Math.min(best, performance.now() - start);
    }
    return best;
  };

  beforeAll(async () => {
    const facts = { type: "other", note: "a word that is read and not found, ".repeat(20) };
    await sql`
      INSERT INTO operation (project_id, document_id, scope, branch, index, skip, type, input, hash, time,
        action_id, sequence)
      SELECT ${projectId}, 'file:part-' || (n % ${pages}::integer), 'source', 'main', n / ${pages}::integer, 0, 'PUT_SOURCE',
        json_build_object('size', n, 'facts', ${JSON.stringify(facts)}::json), ${asContentHash("0".repeat(16))}, n,
        gen_random_uuid(), 0
      FROM generate_series(0, 99999) AS n`.execute(store.db);
  });

  it("[L32] reads a page, a page of one document and a part of a search without walking through the log", async () => {
    const middle = await sql<{ id: number }>`
      SELECT min(id) + 50000 AS id FROM operation WHERE project_id = ${projectId}`.execute(store.db);
    const before = middle.rows[0]?.id ?? null;
    const document = { documentId: "file:part-77", search: "" };
    const nowhere = { documentId: null, search: "nowhere" };
    const whole = await time(() =>
      countHistory(store, projectId, nowhere, { before: null, examined: 100_000 }),
    );
    // Sorting the half of the log for a page takes a sixth of that.
    expect(await time(() => readHistory(store, projectId, all, { before }))).toBeLessThan(whole / 12);
    expect(await time(() => readHistory(store, projectId, document, { before }))).toBeLessThan(whole / 12);
    expect(await time(() => readHistory(store, projectId, nowhere, { before }))).toBeLessThan(whole / 4);
    expect(await time(() => countHistory(store, projectId, nowhere, { before }))).toBeLessThan(whole / 4);
    expect(await countHistory(store, projectId, all, { before: null })).toEqual({
      matches: 100_000,
      next: expect.any(Number),
    });
  });
});
