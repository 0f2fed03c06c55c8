import type { Size } from "../live/use-size.ts";
import type { Palette } from "../theme/use-palette.ts";
import type { Place } from "./timeline-keys.ts";
import { slotNear, type Timeline } from "./timeline-rows.ts";
import { lengthOf, type TimeWindow } from "./time-window.ts";

/** What one frame shows. */
export type TimelineFrame = {
  readonly timeline: Timeline;
  readonly window: TimeWindow;
  readonly screen: Size;
  readonly palette: Palette;
  /** The task under the pointer, and the one that the keys are at. */
  readonly pointed: Place | undefined;
  readonly focused: Place | undefined;
};

/** Measures of the drawing, in CSS pixels. */
export const measures = { scale: 22, stage: 22, row: 30, label: 74, bar: 22 } as const;

/** Where the rows of tasks begin. */
export function topOfRows({ stages }: Timeline): number {
  return measures.scale + (stages.length > 0 ? measures.stage : 0);
}

export function heightOf(timeline: Timeline): number {
  return topOfRows(timeline) + timeline.rows.length * measures.row + 4;
}

/** The part of the screen's width in which time passes. */
export function widthOfTime({ width }: Size): number {
  return Math.max(1, width - measures.label);
}

export function xOf({ window, screen }: Pick<TimelineFrame, "window" | "screen">, moment: number): number {
  return measures.label + ((moment - window.from) / lengthOf(window)) * widthOfTime(screen);
}

export function momentAt({ window, screen }: Pick<TimelineFrame, "window" | "screen">, x: number): number {
  return window.from + ((x - measures.label) / widthOfTime(screen)) * lengthOf(window);
}

/** Pixels from a task at which it is still pointed at. */
const reach = 4;

/** The task under a point of the drawing, or `undefined`. */
export function placeAt(
  frame: Pick<TimelineFrame, "timeline" | "window" | "screen">,
  at: { readonly x: number; readonly y: number },
): Place | undefined {
  const row = Math.floor((at.y - topOfRows(frame.timeline)) / measures.row);
  const slots = frame.timeline.rows[row]?.slots;
  if (slots === undefined || at.x < measures.label) return undefined;
  const tolerance = (reach / widthOfTime(frame.screen)) * lengthOf(frame.window);
  const index = slotNear(slots, momentAt(frame, at.x), tolerance);
  return index === undefined ? undefined : { row, index };
}
