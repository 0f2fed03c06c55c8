import fc from "fast-check";
import { expect, it } from "vitest";
import { Circuit } from "../circuit.ts";
import { batches, type Write } from "../random-stream.test-kit.ts";
import { recompute, rowText } from "../recomputation.test-kit.ts";
import type { Row } from "../row.ts";
import type { ViewDelta } from "../view.ts";
import {
  definitions,
  entryOf,
  openParallel,
  PlainTables,
  schema,
  ticking,
  Told,
} from "./parallel.test-kit.ts";
import { openedDelta } from "./told-delta.ts";

const texts = (rows: readonly Row[] | undefined) => (rows ?? []).map(rowText);
const allFrequencies = ["realtime", "realtime", "normal", "analytics"] as const;

const moves = fc.array(fc.nat(3), { minLength: 1, maxLength: 4 }).map((move) => ({ move }) as const);
const flushes = batches(12).map((writes) => ({ flush: writes }) as const);
const clears = fc.constantFrom("t", "u").map((clear) => ({ clear }) as const);
const registrations = fc.nat(4).map((again) => ({ again }) as const);

/** What happens next. */
const events = fc.oneof(
  { weight: 6, arbitrary: flushes },
  { weight: 2, arbitrary: batches(12).map((writes) => ({ defer: writes }) as const) },
  // More comes while a flush is under way, after so many turns of the queue of promises.
  { weight: 3, arbitrary: fc.record({ under: batches(12), turns: fc.nat(12), meanwhile: batches(12) }) },
  { weight: 3, arbitrary: moves },
  { weight: 1, arbitrary: fc.nat(2).map((die) => ({ die }) as const) },
  { weight: 1, arbitrary: clears },
  { weight: 1, arbitrary: registrations },
);

it("[CR1] [CR2] shows after every flush what one thread shows, wherever the views are and whatever dies", async () => {
  let [remote, deaths] = [0, 0];
  await fc.assert(
    fc.asyncProperty(
      fc.array(definitions(allFrequencies), { minLength: 1, maxLength: 5 }),
      fc
        .tuple(moves, flushes, fc.array(events, { maxLength: 14 }))
        .map(([first, next, rest]) => [first, next, ...rest]),
      fc.array(
        fc.record({
          delay: fc.nat(9),
          lives: fc.option(fc.integer({ min: 3, max: 40 }), { nil: undefined }),
        }),
        { minLength: 3, maxLength: 3 },
      ),
      async (views, stream, replicas) => {
        const { circuit, gate, started } = openParallel(replicas, { pendingLimit: 6 });
        const plain = new Circuit({ schema, clock: ticking(), pendingLimit: Infinity });
        const [tables, told] = [new PlainTables(), views.map(() => new Told())];
        const register = async (n: number) => {
          const definition = views[n]!;
          const listener = (delta: Parameters<typeof openedDelta>[0]) => told[n]!.hear(openedDelta(delta));
          expect((await circuit.register(`v${n}`, definition, listener)).ok).toBe(true);
          plain.register(`v${n}`, definition, () => {});
        };
        for (const n of views.keys()) await register(n);
        for (const event of stream) {
          if ("move" in event) gate.places = event.move;
          if ("die" in event) started[event.die]?.die();
          if ("again" in event) await register(event.again % views.length);
          if ("clear" in event) for (const each of [circuit, plain, tables]) each.clear(event.clear);
          const defer = (writes: readonly Write[]) => {
            const entries = writes.map(entryOf);
            tables.take(entries);
            plain.defer(entries);
            expect(circuit.defer(entries)).toBe(null);
          };
          if ("flush" in event) defer(event.flush);
          if ("under" in event) {
            defer(event.under);
            const flush = circuit.flushAll();
            for (let turn = 0; turn < event.turns; turn++) await Promise.resolve();
            defer(event.meanwhile);
            await flush;
          }
          if ("defer" in event) {
            defer(event.defer);
            continue;
          }
          const faults = (await circuit.flushAll()).flatMap((flush) => flush.faults);
          expect(faults).toEqual([]);
          plain.flushAll();
          for (const [n, { plan, parameters }] of views.entries()) {
            const expected = recompute(plan, tables.all, parameters).map(rowText);
            expect(told[n]!.texts).toEqual(expected.toSorted());
            const rows = texts(await circuit.rows(`v${n}`));
            if (plan.type === "window") expect(rows).toEqual(expected);
            expect(rows.toSorted()).toEqual(expected.toSorted());
            expect(await circuit.hash(`v${n}`)).toBe(plain.hash(`v${n}`));
          }
          remote += circuit.places().size;
        }
        deaths += started.filter(({ hasDied }) => hasDied).length;
      },
    ),
    { numRuns: Number(process.env["RUNS"] ?? 80) },
  );
  expect(remote).toBeGreaterThan(50);
  expect(deaths).toBeGreaterThan(10);
});

it("[CR4] [CR5] [CR8] tells the same deltas and statistics as one thread, and nothing of moves", async () => {
  let remote = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(definitions(["realtime"]), { minLength: 1, maxLength: 5 }),
      fc.array(
        fc.oneof(
          { weight: 6, arbitrary: flushes },
          { weight: 3, arbitrary: moves },
          { weight: 1, arbitrary: clears },
          { weight: 1, arbitrary: registrations },
        ),
        { minLength: 3, maxLength: 14 },
      ),
      moves,
      async (views, stream, { move }) => {
        const { circuit, gate } = openParallel([]);
        gate.places = move;
        const plain = new Circuit({ schema, clock: ticking() });
        const [found, expected]: ViewDelta[][] = [[], []];
        const register = async (n: number) => {
          await circuit.register(`v${n}`, views[n]!, (delta) => found!.push(openedDelta(delta)));
          plain.register(`v${n}`, views[n]!, (delta) => expected!.push(delta));
        };
        for (const n of views.keys()) await register(n);
        let areComparable = true;
        for (const event of stream) {
          if ("move" in event) gate.places = event.move;
          if ("again" in event) await register(event.again % views.length);
          if ("clear" in event) for (const each of [circuit, plain]) each.clear(event.clear);
          if ("clear" in event) areComparable = false;
          const entries = ("flush" in event ? event.flush : []).map(entryOf);
          const empty = circuit.views().filter((name) => plain.rows(name)?.length === 0);
          const one = plain.ingestBatch(entries);
          const other = await circuit.ingestBatch(entries);
          if (areComparable) expect(other).toEqual(one);
          areComparable = true;
          expect(found!.map((delta) => comparable(delta, empty))).toEqual(
            expected!.map((delta) => comparable(delta, empty)),
          );
          found!.splice(0);
          expected!.splice(0);
          remote += circuit.places().size;
        }
      },
    ),
    { numRuns: Number(process.env["RUNS"] ?? 80) },
  );
  expect(remote).toBeGreaterThan(50);
});

/** A delta but for the order of its rows. Of a view that was empty it does not matter whether it is a reset. */
function comparable({ view, reset, upserts, removals }: ViewDelta, empty: readonly string[]) {
  return {
    view,
    reset: reset || empty.includes(view),
    upserts: texts(upserts).toSorted(),
    removals: removals.toSorted(),
  };
}
