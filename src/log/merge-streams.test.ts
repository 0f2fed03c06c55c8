import fc from "fast-check";
import { expect, it } from "vitest";
import { asContentHash } from "../model/ids.ts";
import type { ImportedOperation } from "../model/operation.ts";
import { effectiveLog } from "./effective-log.ts";
import { mergeStreams } from "./merge-streams.ts";
import { stampsAfter } from "./operation-order.ts";

type Stream = readonly ImportedOperation[];

type Place = Pick<ImportedOperation, "actionId" | "index" | "time" | "skip" | "sequence">;

function operation(place: Place): ImportedOperation {
  const action = { type: "DELETE_DOCUMENT" as const };
  const stream = { documentId: "a", scope: "document" as const, branch: "main" };
  return { ...stream, ...place, action, following: 0, hash: asContentHash("0".repeat(16)) };
}

/** A stream from words such as `a1` or `b2-1`: action, time and, behind the dash, skip. */
const stream = (text: string): Stream =>
  text
    .split(" ")
    .filter((word) => word !== "")
    .map((word, index) => {
      const [, action = "", time, skip] = /^(.)(\d+)(?:-(\d+))?$/.exec(word) ?? [];
      return operation({ actionId: action, index, time: Number(time), skip: Number(skip ?? 0), sequence: 0 });
    });
const written = (operations: Stream) =>
  operations.map(({ actionId, time, skip }) => `${actionId}${time}${skip > 0 ? `-${skip}` : ""}`).join(" ");
const merged = (local: Stream, other: Stream): Stream => [...local, ...mergeStreams(local, other).appended];
const effective = (one: Stream) => effectiveLog(one).map(({ actionId }) => actionId);

it.each([
  ["", "a1 b2", "a1 b2"],
  ["a1", "a1 b2 c3-1", "b2 c3-1"],
  ["a1 b2", "a1", ""],
  ["a1 b2", "a1 b2", ""],
])("[L14] appends to %j from %j just what is missing: %j", (local, other, appended) => {
  expect(mergeStreams(stream(local), stream(other))).toMatchObject({ hidden: 0 });
  expect(written(mergeStreams(stream(local), stream(other)).appended)).toBe(appended);
});

it.each([
  // The other's is earlier: ours is made anew behind it.
  ["a1 c3", "a1 b2", "b2-1 c3", 1],
  // The other's is later: nothing of ours moves, but the copies have gone separate ways.
  ["a1 b2", "a1 c3", "c3", 0],
  // The other has undone b, which we have never seen: it comes along, hidden.
  ["a1 c3", "a1 b2 d4-1", "b2 d4-1", 0],
  // We have undone b, which the other has kept.
  ["a1 b2 c3-1", "a1 b2 d4", "d4", 0],
  // Nothing is common.
  ["c3", "a1", "a1-1 c3", 1],
  // Everything of the other is known already, hidden or not.
  ["a1 b2 c3-1", "a1 c3", "", 0],
])("[L15] merges into %j the copy %j by appending %j", (local, other, appended, hidden) => {
  const merge = mergeStreams(stream(local), stream(other));
  expect(written(merge.appended)).toBe(appended);
  expect(merge.hidden).toBe(hidden);
  expect(merge.appended.map(({ index }) => index)).toEqual(
    merge.appended.map((_, n) => stream(local).length + n),
  );
});

it("[L15] lets the latest action stand where two copies have undone each other's", () => {
  const [one, two] = [stream("a1 b2-1"), stream("b2 a1-1")];
  expect(effective(merged(one, two))).toEqual(["b"]);
  expect(effective(merged(two, one))).toEqual(["b"]);
  expect(effective(merged(merged(two, one), merged(one, two)))).toEqual(["b"]);
});

/** What a copy does: appends with a skip, or takes in another copy as it was some operations ago. */
type Step =
  | { readonly copy: number; readonly skip: number; readonly pause: number }
  | { readonly copy: number; readonly from: number; readonly ago: number };

const steps = (copies: number, skip: fc.Arbitrary<number>): fc.Arbitrary<readonly Step[]> => {
  const copy = fc.nat(copies - 1);
  return fc.array(
    fc.oneof(
      fc.record({ copy, skip, pause: fc.nat(2) }),
      fc.record({ copy, from: copy, ago: fc.constantFrom(0, 0, 1, 3) }),
    ),
    { maxLength: 24 },
  );
};

/** Carries out steps; every copy has a clock of its own, that may stand still and be behind the others'. */
function play(copies: number, program: readonly Step[]): Stream[] {
  const streams: Stream[] = Array.from({ length: copies }, () => []);
  const clocks = streams.map((_, copy) => copy * 3);
  for (const [n, step] of program.entries()) {
    const own = streams[step.copy] ?? [];
    if ("from" in step) {
      const other = streams[step.from] ?? [];
      streams[step.copy] = merged(own, other.slice(0, Math.max(0, other.length - step.ago)));
      continue;
    }
    const now = (clocks[step.copy] = (clocks[step.copy] ?? 0) + step.pause);
    const latest = own.toSorted((a, b) => a.time - b.time || a.sequence - b.sequence).at(-1);
    const { time, sequence } = stampsAfter(latest, now)();
    streams[step.copy] = [
      ...own,
      operation({ actionId: `${n}`, index: own.length, time, skip: step.skip, sequence }),
    ];
  }
  return streams;
}

/** Every copy takes in every other, in an order of its own, until none has anything to append. */
function exchange(streams: Stream[], orders: readonly number[]): number {
  for (let round = 1; ; round++) {
    const before = streams.map(({ length }) => length).join();
    for (const order of orders) {
      const [into, from] = [order % streams.length, Math.floor(order / streams.length) % streams.length];
      streams[into] = merged(streams[into] ?? [], streams[from] ?? []);
    }
    if (streams.map(({ length }) => length).join() === before) return round;
    if (round > 20) throw new Error("the copies exchange for ever");
  }
}

it.each([2, 3])("[L15] makes %d copies agree, in whatever order they exchange", (copies) => {
  const pairs = Array.from({ length: copies * copies }, (_, n) => n);
  const order = fc.shuffledSubarray(pairs, { minLength: pairs.length });
  const skip = fc.constantFrom(0, 0, 0, 1, 2, 9);
  fc.assert(
    fc.property(steps(copies, skip), order, (program, orders) => {
      const streams = play(copies, program);
      exchange(streams, orders);
      for (const one of streams) expect(effective(one)).toEqual(effective(streams[0] ?? []));
    }),
    { numRuns: 3000 },
  );
});

it("[L15] makes of copies that undo nothing the set of all actions in the order of their stamps", () => {
  const order = fc.shuffledSubarray([1, 2, 3, 5, 6, 7], { minLength: 6 });
  fc.assert(
    fc.property(steps(3, fc.constant(0)), order, (program, orders) => {
      const streams = play(3, program);
      const all = streams
        .flat()
        .toSorted((a, b) => a.time - b.time || a.sequence - b.sequence || (a.actionId < b.actionId ? -1 : 1));
      exchange(streams, orders);
      const expected = [...new Set(all.map(({ actionId }) => actionId))];
      for (const one of streams) expect(effective(one)).toEqual(expected);
    }),
  );
});

it("[L15] leaves what this copy holds as it is, and hides of it only what either copy has undone", () => {
  fc.assert(
    fc.property(steps(2, fc.constantFrom(0, 0, 1)), (program) => {
      const [local = [], other = []] = play(2, program);
      const result = merged(local, other);
      expect(result.slice(0, local.length)).toEqual(local);
      const undone = new Set(
        [local, other].flatMap((one) =>
          one.map(({ actionId }) => actionId).filter((id) => !effective(one).includes(id)),
        ),
      );
      for (const { actionId } of [...local, ...other]) {
        if (!undone.has(actionId)) expect(effective(result)).toContain(actionId);
      }
      expect(mergeStreams(result, other).appended).toEqual([]);
    }),
  );
});
