import { describe, expect, it } from "vitest";
import { formatDay } from "../format/time.ts";
import { operation, put, related } from "../testing/sample-history.ts";
import { eventWords, historyLines, skipWords, spokenName } from "./history-lines.ts";

const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime();

describe("historyLines", () => {
  it("puts each day before its operations, and again where the log goes back to it", () => {
    const rows = [at(5, 9), at(5, 1), at(4, 23), at(5, 2)].map((time, n) =>
      operation(10 - n, "file:a.md", put("changed", 1), { time }),
    );
    const types = historyLines(rows).map((line) => line.type);
    expect(types).toEqual(["day", "operation", "operation", "day", "operation", "day", "operation", "end"]);
    expect(new Set(historyLines(rows).map((line) => line.key)).size).toBe(types.length);
    expect(historyLines([])).toEqual([]);
  });
});

describe("formatDay", () => {
  it.each([
    [at(5, 0), "Today"],
    [at(4, 23), "Yesterday"],
    [at(4, 0), "Yesterday"],
    [at(3, 23), "Tuesday, 3 Nov 2026"],
    [at(6, 0), "Friday, 6 Nov 2026"],
  ])("calls %d %s", (time, words) => expect(formatDay(time, at(5, 13))).toBe(words));
});

describe("words", () => {
  it.each([
    [put("changed", 1204), "changed (1,204 bytes)"],
    [put("added", 1), "added (1 byte)"],
    [{ type: "file-deleted" } as const, "deleted"],
    [{ type: "document-deleted" } as const, "deleted with all its relationships"],
    [related("removed", ["file:b.md"]), "removed: references b.md"],
    [
      related("added", ["file:b.md", "page:c.md", "x"]),
      "added: references b.md, references page c.md, references x",
    ],
    [
      related("updated", ["file:1", "file:2", "file:3", "file:4"], 1200),
      "updated: references 1, references 2, references 3 and 1,201 more",
    ],
    [related("added", []), "added: nothing"],
  ])("says what %j did", (event, words) => expect(eventWords(event)).toBe(words));

  it("counts what is skipped, and names what is made after its file", () => {
    expect([0, 1, 4].map(skipWords)).toEqual(["", "skips 1 operation", "skips 4 operations"]);
    expect(["file:a/b.md", "page:a:b.md", "plain"].map(spokenName)).toEqual([
      "a/b.md",
      "page a:b.md",
      "plain",
    ]);
  });
});
