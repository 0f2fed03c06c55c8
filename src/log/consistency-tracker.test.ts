import { expect, it } from "vitest";
import {
  ConsistencyTimeoutError,
  ConsistencyTracker,
  ReadModelPositions,
  unlessAborted,
} from "./consistency-tracker.ts";

const at = (documentId: string, operationIndex: number, scope = "document", branch = "main") => ({
  documentId,
  scope,
  branch,
  operationIndex,
});
const settled = async (wait: Promise<void>) =>
  Promise.race([wait.then(() => true), new Promise((resolve) => setTimeout(() => resolve(false), 0))]);

it("[L11] resolves at once what is visible already, and nothing at all", async () => {
  const tracker = new ReadModelPositions();
  tracker.advance([at("a", 5)]);
  await tracker.wait([at("a", 5), at("a", 0)], { timeoutMs: 0 });
  await tracker.wait([], { timeoutMs: 0 });
  expect(tracker.waiting).toBe(0);
});

it("[L11] wakes each waiter when its last coordinate is visible, and no earlier", async () => {
  const tracker = new ReadModelPositions();
  const both = tracker.wait([at("a", 1), at("b", 0)]);
  const one = tracker.wait([at("a", 0)]);
  tracker.advance([at("a", 0)]);
  await one;
  tracker.advance([at("a", 2)]);
  expect(await settled(both)).toBe(false);
  tracker.advance([at("b", 0)]);
  await both;
  expect(tracker.waiting).toBe(0);
});

it("[L11] never goes back", () => {
  const tracker = new ReadModelPositions();
  tracker.advance([at("a", 7), at("a", 3)]);
  expect(tracker.positionOf(at("a", 0))).toBe(7);
});

it("[L11] takes no coordinate for another whose parts only join to the same text", async () => {
  const tracker = new ReadModelPositions();
  tracker.advance([
    at("a/document", 9, "main", ""),
    at("a", 9, "document/main", ""),
    at("a", 9, "document", "draft"),
  ]);
  const wait = tracker.wait([at("a", 0)], { timeoutMs: 1 });
  await expect(wait).rejects.toThrow(ConsistencyTimeoutError);
});

it("[L11] rejects with its own error when the time is over, and leaves no waiter", async () => {
  const tracker = new ReadModelPositions();
  await expect(tracker.wait([at("a", 3)], { timeoutMs: 1 })).rejects.toThrow(
    "After 1 ms the read model has not reached operation 3 of a (document, main).",
  );
  expect(tracker.waiting).toBe(0);
});

it("[L11] rejects with the signal's reason when it aborts, before or during the wait, and leaves no waiter", async () => {
  const tracker = new ReadModelPositions();
  const controller = new AbortController();
  const wait = tracker.wait([at("a", 3)], { signal: controller.signal });
  expect(tracker.waiting).toBe(1);
  controller.abort(new Error("the tab closed"));
  await expect(wait).rejects.toThrow("the tab closed");
  await expect(tracker.wait([], { signal: controller.signal })).rejects.toThrow("the tab closed");
  expect(tracker.waiting).toBe(0);
});

it("[L11] keeps the positions of read models apart, and waits without end where nobody set one", async () => {
  const tracker = new ConsistencyTracker();
  const controller = new AbortController();
  const { signal } = controller;
  tracker.of("relationships").advance([at("a", 3)]);
  await tracker.of("relationships").wait([at("a", 3)], { timeoutMs: 0 });
  const other = tracker.of("words").wait([at("a", 3)], { timeoutMs: Infinity, signal });
  expect(await settled(other)).toBe(false);
  expect(tracker.waiting).toBe(1);
  controller.abort(new Error("enough"));
  await expect(other).rejects.toThrow("enough");
  expect(tracker.waiting).toBe(0);
  const work = new Promise<void>(() => {});
  await expect(unlessAborted(work, signal)).rejects.toThrow("enough");
});
