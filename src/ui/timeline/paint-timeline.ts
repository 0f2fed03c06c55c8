import type { TaskEvent } from "../../model/output.ts";
import type { Slot } from "../../model/worker-lanes.ts";
import { formatDuration } from "../format/duration.ts";
import { kindOf, nameOf } from "./task-words.ts";
import type { Place } from "./timeline-keys.ts";
import { heightOf, measures, topOfRows, widthOfTime, xOf, type TimelineFrame } from "./timeline-frame.ts";
import { firstEndingFrom, type TimelineRow } from "./timeline-rows.ts";
import { ticks } from "./time-window.ts";

/** Narrower than this, a bar is a stroke of its colour; wider than that, it has room for a name. */
const [thin, named] = [3, 36];

/**
 * Draws a frame: scale, stages, a row a worker. Of tasks that fall on the same pixel one is drawn, so that a frame
 * costs pixels and not tasks.
 */
export function paintTimeline(context: CanvasRenderingContext2D, frame: TimelineFrame): void {
  const { screen, palette, timeline } = frame;
  const ratio = context.canvas.width / Math.max(1, screen.width);
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, screen.width, screen.height);
  context.font = `12px ${palette.font}`;
  context.textBaseline = "middle";
  paintScale(context, frame);
  paintLabels(context, frame);
  context.save();
  context.beginPath();
  context.rect(measures.label, 0, widthOfTime(screen), screen.height);
  context.clip();
  paintStages(context, frame);
  timeline.rows.forEach((row, at) => paintRow(context, frame, row, topOfRows(timeline) + at * measures.row));
  paintPath(context, frame);
  outline(context, frame, frame.pointed, 1.5);
  outline(context, frame, frame.focused, 2.5);
  context.restore();
}

function paintScale(context: CanvasRenderingContext2D, frame: TimelineFrame): void {
  const { palette, screen, timeline, window } = frame;
  context.strokeStyle = palette.line;
  context.fillStyle = palette.inkSoft;
  context.lineWidth = 1;
  context.beginPath();
  for (const moment of ticks(window, timeline.origin, { width: widthOfTime(screen), room: 90 })) {
    const x = Math.round(xOf(frame, moment)) + 0.5;
    context.moveTo(x, measures.scale - 4);
    context.lineTo(x, heightOf(timeline));
    const words = moment === timeline.origin ? "0" : formatDuration(moment - timeline.origin);
    context.fillText(words, x + 4, measures.scale / 2);
  }
  context.stroke();
}

function paintLabels(context: CanvasRenderingContext2D, { palette, timeline }: TimelineFrame): void {
  context.fillStyle = palette.inkSoft;
  const room = measures.label - 8;
  if (timeline.stages.length > 0) context.fillText("Stages", 2, measures.scale + measures.stage / 2, room);
  timeline.rows.forEach(({ words }, at) => {
    context.fillText(words, 2, topOfRows(timeline) + (at + 0.5) * measures.row, room);
  });
}

function paintStages(context: CanvasRenderingContext2D, frame: TimelineFrame): void {
  const { palette, timeline } = frame;
  timeline.stages.forEach(({ name, startedAt, endedAt }, at) => {
    const left = xOf(frame, startedAt);
    const width = Math.max(1, xOf(frame, endedAt ?? timeline.whole.to) - left);
    context.fillStyle = palette.strata[at % palette.strata.length] ?? palette.faint;
    context.fillRect(left, measures.scale + measures.stage - 5, width, 3);
    context.fillStyle = palette.inkSoft;
    if (width > named) context.fillText(name, left + 2, measures.scale + 8, width - 4);
  });
}

function paintRow(
  context: CanvasRenderingContext2D,
  frame: TimelineFrame,
  row: TimelineRow,
  top: number,
): void {
  const { timeline, window } = frame;
  let drawn = -Infinity;
  for (let at = firstEndingFrom(row.slots, window.from); at < row.slots.length; at++) {
    const slot = row.slots[at];
    if (slot === undefined || slot.start > window.to) return;
    const pixel = Math.floor(xOf(frame, slot.end));
    const isPlain = slot.event.outcome !== "failed" && !timeline.critical.has(slot.event.resourceId);
    if (pixel === drawn && isPlain) continue;
    drawn = pixel;
    if (row.kind === "none") paintMark(context, frame, slot, top);
    else paintBar(context, frame, slot, top);
  }
}

function paintBar(context: CanvasRenderingContext2D, frame: TimelineFrame, slot: Slot, top: number): void {
  const { palette, timeline } = frame;
  const { event } = slot;
  const { left, width, y } = boxOf(frame, slot, top);
  const colour = event.outcome === "failed" ? palette.status.FAILED : colourOf(frame, event);
  context.fillStyle = colour;
  if (width <= thin) context.fillRect(left, y, Math.max(1, width), measures.bar);
  else {
    context.globalAlpha = 0.25;
    context.fillRect(left, y, width, measures.bar);
    context.globalAlpha = 1;
    context.fillRect(left, y, 2, measures.bar);
    if (event.outcome === "failed") hatch(context, { left, width, y, colour });
    if (width > named) paintName(context, frame, event, { left, width, y });
  }
  if (!timeline.critical.has(event.resourceId)) return;
  context.fillStyle = palette.accent;
  context.fillRect(left, y + measures.bar - 1, Math.max(2, width), 4);
}

type Box = { readonly left: number; readonly width: number; readonly y: number };

function boxOf(frame: TimelineFrame, slot: Slot, top: number): Box {
  const left = Math.max(measures.label - 4, xOf(frame, slot.start));
  const right = Math.min(frame.screen.width + 4, xOf(frame, slot.end));
  return { left, width: Math.max(1, right - left), y: top + (measures.row - measures.bar) / 2 - 1 };
}

function colourOf({ palette }: TimelineFrame, event: TaskEvent): string {
  const kind = kindOf(event.resourceId);
  return kind === undefined ? palette.inkSoft : palette.kind[kind];
}

function paintName(
  context: CanvasRenderingContext2D,
  frame: TimelineFrame,
  event: TaskEvent,
  box: Box,
): void {
  const room = box.width - 10;
  const most = Math.floor(room / 6.2);
  const name = nameOf(event.resourceId);
  context.fillStyle = frame.palette.ink;
  // The end of a path tells more than its start.
  const words = name.length <= most ? name : `…${name.slice(name.length - Math.max(1, most - 1))}`;
  context.fillText(words, box.left + 6, box.y + measures.bar / 2, room);
}

/** Slanted strokes: what failed is not told by its colour alone. */
function hatch(
  context: CanvasRenderingContext2D,
  { left, width, y, colour }: Box & { colour: string },
): void {
  context.save();
  context.beginPath();
  context.rect(left, y, width, measures.bar);
  context.clip();
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  context.beginPath();
  for (let x = left - measures.bar; x < left + width; x += 7) {
    context.moveTo(x, y + measures.bar);
    context.lineTo(x + measures.bar, y);
  }
  context.stroke();
  context.restore();
}

/** What settled without a worker, each outcome in a shape of its own. */
function paintMark(
  context: CanvasRenderingContext2D,
  frame: TimelineFrame,
  { event, start }: Slot,
  top: number,
): void {
  const { palette } = frame;
  const x = xOf(frame, start);
  const y = top + measures.row / 2;
  const size = 4.5;
  context.lineWidth = 1.5;
  context.beginPath();
  switch (event.outcome) {
    case "poisoned":
      context.strokeStyle = palette.status.POISONED;
      context.moveTo(x, y - size - 1);
      context.lineTo(x + size + 1, y);
      context.lineTo(x, y + size + 1);
      context.lineTo(x - size - 1, y);
      context.closePath();
      break;
    case "cancelled":
      context.strokeStyle = palette.status.CANCELLED;
      context.moveTo(x - size, y + size);
      context.lineTo(x + size, y - size);
      break;
    case "failed":
      context.strokeStyle = palette.status.FAILED;
      context.rect(x - size, y - size, 2 * size, 2 * size);
      context.moveTo(x - size, y - size);
      context.lineTo(x + size, y + size);
      break;
    default:
      context.strokeStyle = palette.status.DONE;
      context.arc(x, y, size, 0, 2 * Math.PI);
  }
  context.stroke();
}

/** Lines from each task of the critical path to the next. */
function paintPath(context: CanvasRenderingContext2D, frame: TimelineFrame): void {
  const { timeline, palette } = frame;
  const rowOf = new Map(
    timeline.rows.flatMap(({ slots }, at) => slots.slice(0, 1).map((slot) => [slot.event.worker, at])),
  );
  context.strokeStyle = palette.accent;
  context.lineWidth = 1.5;
  context.setLineDash([4, 3]);
  context.beginPath();
  timeline.path.slice(1).forEach((slot, at) => {
    const before = timeline.path[at];
    if (before === undefined) return;
    context.moveTo(xOf(frame, before.end), bottomOf(frame, rowOf.get(before.event.worker) ?? 0));
    context.lineTo(xOf(frame, slot.start), bottomOf(frame, rowOf.get(slot.event.worker) ?? 0));
  });
  context.stroke();
  context.setLineDash([]);
}

function bottomOf({ timeline }: TimelineFrame, row: number): number {
  return topOfRows(timeline) + row * measures.row + (measures.row + measures.bar) / 2;
}

function outline(
  context: CanvasRenderingContext2D,
  frame: TimelineFrame,
  place: Place | undefined,
  width: number,
): void {
  const slot = place && frame.timeline.rows[place.row]?.slots[place.index];
  if (place === undefined || slot === undefined) return;
  const box = boxOf(frame, slot, topOfRows(frame.timeline) + place.row * measures.row);
  const isMark = frame.timeline.rows[place.row]?.kind === "none";
  const pad = isMark ? 8 : 2;
  context.strokeStyle = frame.palette.ink;
  context.lineWidth = width;
  context.strokeRect(box.left - pad, box.y - 2, box.width + 2 * pad, measures.bar + 4);
}
