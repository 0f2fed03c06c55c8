/** A part of time, in milliseconds. */
export type TimeWindow = { readonly from: number; readonly to: number };

/** What the narrowest window shows. */
const shortest = 0.05;

/** Makes a window `factor` times as long, around a moment that keeps its place, and never longer than the whole. */
export function zoomed(window: TimeWindow, whole: TimeWindow, at: number, factor: number): TimeWindow {
  const length = lengthOf(window);
  const next = Math.min(lengthOf(whole), Math.max(Math.min(shortest, lengthOf(whole)), length * factor));
  const share = length === 0 ? 0.5 : (at - window.from) / length;
  return within({ from: at - share * next, to: at + (1 - share) * next }, whole);
}

/** Moves a window, but not out of the whole. */
export function panned(window: TimeWindow, whole: TimeWindow, by: number): TimeWindow {
  return within({ from: window.from + by, to: window.to + by }, whole);
}

/** The window, moved as little as need be to hold a span, and made longer when it is shorter than that. */
export function showing(window: TimeWindow, whole: TimeWindow, span: TimeWindow): TimeWindow {
  if (span.from >= window.from && span.to <= window.to) return window;
  if (lengthOf(span) >= lengthOf(window)) return within(span, whole);
  const by = span.from < window.from ? span.from - window.from : span.to - window.to;
  return panned(window, whole, by);
}

export function lengthOf({ from, to }: TimeWindow): number {
  return to - from;
}

function within(window: TimeWindow, whole: TimeWindow): TimeWindow {
  const length = Math.min(lengthOf(window), lengthOf(whole));
  const from = Math.min(Math.max(window.from, whole.from), whole.to - length);
  return { from, to: from + length };
}

/** Moments for a scale: round numbers after `origin`, at the least `room` pixels apart on `width` of them. */
export function ticks(
  window: TimeWindow,
  origin: number,
  { width, room }: { readonly width: number; readonly room: number },
): readonly number[] {
  const step = roundStep((lengthOf(window) * room) / Math.max(1, width));
  if (!(step > 0)) return [];
  const moments: number[] = [];
  for (let n = Math.ceil((window.from - origin) / step); origin + n * step <= window.to; n++) {
    moments.push(origin + n * step);
  }
  return moments;
}

/** The least of 1, 2 and 5 times a power of ten that is no less than `least`. */
function roundStep(least: number): number {
  if (!(least > 0)) return 0;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 5, 10].map((times) => times * power).find((step) => step >= least) ?? 10 * power;
}
