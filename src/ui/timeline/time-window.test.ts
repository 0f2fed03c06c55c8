import fc from "fast-check";
import { expect, it } from "vitest";
import { lengthOf, panned, showing, ticks, zoomed, type TimeWindow } from "./time-window.ts";

const time = fc.double({ min: 0, max: 10_000, noNaN: true });
const windows = fc
  .tuple(time, time, time, time)
  .map((all) => all.sort((a, b) => a - b))
  .map(([a, b, c, d]): { whole: TimeWindow; window: TimeWindow } => ({
    whole: { from: a, to: d + 1 },
    window: { from: b, to: c + 0.5 },
  }));

const isInside = (window: TimeWindow, whole: TimeWindow) =>
  window.from >= whole.from - 1e-6 && window.to <= whole.to + 1e-6 && lengthOf(window) > 0;

it("never leaves the whole, however one zooms and pans", () => {
  const moves = fc.array(
    fc.oneof(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true }),
        factor: fc.constantFrom(0.001, 0.5, 2, 1e6),
      }),
      fc.record({ by: fc.double({ min: -9_000, max: 9_000, noNaN: true }) }),
    ),
  );
  fc.assert(
    fc.property(windows, moves, ({ whole, window: first }, steps) => {
      let window = first;
      for (const step of steps) {
        window =
          "by" in step
            ? panned(window, whole, step.by)
            : zoomed(window, whole, window.from + step.at * lengthOf(window), step.factor);
        expect(isInside(window, whole)).toBe(true);
      }
    }),
  );
});

it("keeps the moment under the pointer where it is, unless an end of the whole is reached", () => {
  const whole = { from: 0, to: 1_000 };
  expect(zoomed({ from: 200, to: 600 }, whole, 300, 0.5)).toEqual({ from: 250, to: 450 });
  expect(zoomed({ from: 250, to: 450 }, whole, 300, 2)).toEqual({ from: 200, to: 600 });
  expect(zoomed({ from: 200, to: 600 }, whole, 300, 99)).toEqual(whole);
});

it("brings a span into sight with the least move", () => {
  const whole = { from: 0, to: 1_000 };
  const window = { from: 100, to: 200 };
  expect(showing(window, whole, { from: 120, to: 130 })).toBe(window);
  expect(showing(window, whole, { from: 50, to: 60 })).toEqual({ from: 50, to: 150 });
  expect(showing(window, whole, { from: 250, to: 260 })).toEqual({ from: 160, to: 260 });
  expect(showing(window, whole, { from: 300, to: 700 })).toEqual({ from: 300, to: 700 });
});

it("marks round moments with room between them", () => {
  const marks = ticks({ from: 1_090, to: 1_500 }, 1_000, { width: 400, room: 80 });
  expect(marks.map((moment) => moment - 1_000)).toEqual([100, 200, 300, 400, 500]);
  fc.assert(
    fc.property(windows, fc.integer({ min: 50, max: 3_000 }), ({ whole, window }, width) => {
      const found = ticks(window, whole.from, { width, room: 80 });
      const pixels = (at: number) => ((at - window.from) / lengthOf(window)) * width;
      found.slice(1).forEach((mark, at) => {
        expect(pixels(mark) - pixels(found[at]!)).toBeGreaterThanOrEqual(79.9);
      });
      expect(found.length).toBeGreaterThanOrEqual(Math.floor(width / 400) - 1);
    }),
  );
});
