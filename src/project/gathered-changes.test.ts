import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { FileSystemChangeRecord } from "./file-system-observer.ts";
import { GatheredChanges, type FolderChange } from "./gathered-changes.ts";

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const disappeared = (path: string): FileSystemChangeRecord => ({
  changedHandle: null,
  relativePathComponents: path.split("/"),
  type: "disappeared",
  relativePathMovedFrom: null,
});

function gather() {
  const told: FolderChange[] = [];
  return { told, gathered: new GatheredChanges((change) => told.push(change)) };
}

it("[P11] tells the steps of one save together, once it has been quiet", () => {
  const { told, gathered } = gather();
  gathered.add([disappeared("a/b.md")]);
  vi.advanceTimersByTime(30);
  gathered.add([disappeared("a/b.md"), disappeared("c.md")]);
  vi.advanceTimersByTime(30);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(2_000);
  expect(told).toEqual([["a/b.md", "c.md"]]);
});

it("[P11] tells a change within half a second where something else never stops writing", () => {
  const { told, gathered } = gather();
  gathered.add([disappeared("page.md")]);
  for (let time = 0; time < 490; time += 10) {
    vi.advanceTimersByTime(10);
    gathered.add([disappeared("log.txt")]);
  }
  vi.advanceTimersByTime(10);
  expect(told).toEqual([["page.md", "log.txt"]]);
  for (let time = 0; time < 600; time += 10) {
    gathered.add([disappeared("log.txt")]);
    vi.advanceTimersByTime(10);
  }
  expect(told.slice(1)).toEqual([["log.txt"]]);
});

it("[P11] tells nothing after it was stopped", () => {
  const { told, gathered } = gather();
  gathered.add([disappeared("page.md")]);
  gathered.stop();
  vi.advanceTimersByTime(2_000);
  expect(told).toEqual([]);
});

it("[P11] tells folders apart by a slash at their end, and that it does not know what happened", () => {
  const { told, gathered } = gather();
  const handle = { kind: "directory" } as FileSystemDirectoryHandle;
  const folder = { changedHandle: handle, relativePathComponents: ["a", "b"] } as const;
  gathered.add([{ ...folder, type: "moved", relativePathMovedFrom: ["c"] }]);
  vi.advanceTimersByTime(50);
  gathered.add([{ ...disappeared("x.md"), type: "errored" }]);
  vi.advanceTimersByTime(50);
  expect(told).toEqual([["a/b/", "c/"], null]);
});
