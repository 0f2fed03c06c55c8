import { beforeEach, expect, it } from "vitest";
import type { HistoryQuery, HistoryRow } from "../model/history.ts";
import { SharedHost } from "./testing/shared-host.ts";
import { TestFolder } from "./testing/test-folder.ts";
import type { TestHost } from "./testing/test-host.ts";

const shared = new SharedHost();
let test: TestHost;
beforeEach(() => {
  test = shared.project();
});

const all: HistoryQuery = { documentId: null, search: "" };

/** A row as one line: the document, what happened to it, and how much is left out. */
function lineOf({ documentId, event, isHidden }: HistoryRow): string {
  const words = [documentId, event.type, "change" in event ? event.change : ""];
  if (event.type === "file-put") words.push(`${event.bytes} bytes`);
  if (event.type === "relationships") {
    words.push(...event.listed.map(({ targetId }) => targetId), `+${event.left}`);
  }
  return [...words, isHidden ? "hidden" : ""].filter((word) => word !== "").join(" ");
}

it("[E40] tells what a build and an edit wrote into the log, of the project and of one document", async () => {
  const folder = new TestFolder();
  folder.write("a.md", "# A\n\n![[b]]\n");
  folder.write("b.md", "# B\n");
  await test.build(folder);
  folder.write("a.md", "# A\n");
  folder.remove("b.md");
  await test.build(folder);
  folder.write("b.md", "# B again\n");
  await test.build(folder);
  const { rows, next } = await test.history(all);
  expect(next).toBeNull();
  // Pages and fragments have relationships of their own, which are told as well.
  const lines = rows.map(lineOf).filter((line) => line.startsWith("file:"));
  expect(rows.map(lineOf)).toContain("page:b.md relationships added file:b.md +0");
  expect(lines[0]).toBe("file:b.md file-put added 10 bytes");
  expect(lines.slice(1, 4).toSorted()).toEqual([
    "file:a.md file-put changed 4 bytes",
    "file:a.md relationships removed file:b.md +0",
    "file:b.md file-deleted",
  ]);
  expect(lines.slice(4).toSorted()).toEqual([
    "file:a.md file-put added 12 bytes",
    "file:a.md relationships added file:b.md +0",
    "file:b.md file-put added 4 bytes",
  ]);
  expect(rows.map(({ id }) => id)).toEqual(rows.map(({ id }) => id).toSorted((a, b) => b - a));
  const ofB = await test.history({ documentId: "file:b.md", search: "" });
  expect(ofB.rows.map(({ event }) => event.type)).toEqual(["file-put", "file-deleted", "file-put"]);
  expect(await test.countHistory({ documentId: "file:b.md", search: "" })).toEqual({
    matches: 3,
    next: null,
  });
});

it("[E40] names some relationships of an operation with many, those that a search found first", async () => {
  const folder = new TestFolder();
  const notes = Array.from({ length: 40 }, (_, n) => `note-${n}`);
  for (const note of notes) folder.write(`${note}.md`, `# ${note}\n`);
  folder.write("index.md", notes.map((note) => `[[${note}]]`).join(" "));
  await test.build(folder);
  const query = { documentId: "file:index.md", search: "NOTE-37" };
  const { rows } = await test.history(query);
  const [row] = rows.filter(({ scope }) => scope === "document");
  expect(row?.event).toMatchObject({ type: "relationships", change: "added", left: 28 });
  const listed = row?.event.type === "relationships" ? row.event.listed : [];
  expect(listed).toHaveLength(12);
  expect(listed[0]).toMatchObject({ type: "references", targetId: "file:note-37.md" });
  expect(await test.history({ documentId: null, search: "note-99" })).toEqual({ rows: [], next: null });
});

it("[E40] refuses to tell of a project that is not open", async () => {
  await expect(test.history(all)).rejects.toThrow("history");
});
