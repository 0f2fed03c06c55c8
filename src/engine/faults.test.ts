import { expect, it } from "vitest";
import { engineFault } from "./faults.ts";

const codeOf = (error: unknown): string => engineFault("The command build", error).code;
const quota = new DOMException(
  "The current transaction exceeded its quota limitations.",
  "QuotaExceededError",
);

it.each([
  ["the browser's own error", quota],
  ["one made from it", new Error("The outputs could not be stored.", { cause: quota })],
  ["one of Dexie", Object.assign(new Error("Transaction aborted"), { inner: quota })],
  ["a page that does not fit", new Error('could not extend file "base/5/16384": File too large')],
  ["half a page", new Error('could not extend file "base/5/1": wrote only 4096 of 8192 bytes at block 7')],
  ["a block that is not written", new Error('could not write blocks 3..4 in file "base/5/1": I/O error')],
  ["a log that is full", new Error('could not write to file "pg_wal/xlogtemp.42": No space left on device')],
  ["the system's reason alone", new Error('could not fsync file "base/5/1": No space left on device')],
])("[E32] tells that there is no room by %s", (_, error) => {
  expect(codeOf(error)).toBe("storage-full");
});

it.each([
  ["a note about quotas", new Error("Broken invariant: quota.md has no target")],
  ["a note of that name", new Error('the page "No space left on device.md" is twice in the plan')],
  ["a bug that could not write something", new TypeError("could not write page:quota exceeded.md")],
  ["what is no error", "quota"],
])("[E32] calls %s no lack of room", (_, error) => {
  expect(codeOf(error)).toBe("engine-failed");
});
