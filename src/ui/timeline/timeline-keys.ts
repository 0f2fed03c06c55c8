import { slotNear, type Timeline } from "./timeline-rows.ts";

/** A task of the drawing: its row, and its index there. */
export type Place = { readonly row: number; readonly index: number };

/**
 * Where a key leads from a task: left and right along its row, up and down to the task of another row that is nearest
 * in time, Home and End to the ends of the row. `undefined` for other keys and at an end. Without a task, the first.
 */
export function placeFrom(timeline: Timeline, place: Place | undefined, key: string): Place | undefined {
  if (!moves.has(key)) return undefined;
  const { rows } = timeline;
  const slots = place === undefined ? undefined : rows[place.row]?.slots;
  if (place === undefined || slots === undefined) {
    const row = rows.findIndex((one) => one.slots.length > 0);
    return row < 0 ? undefined : { row, index: 0 };
  }
  switch (key) {
    case "ArrowUp":
      return beside(timeline, place, -1);
    case "ArrowDown":
      return beside(timeline, place, 1);
    default: {
      const index =
        { ArrowLeft: place.index - 1, ArrowRight: place.index + 1, Home: 0 }[key] ?? slots.length - 1;
      return slots[index] === undefined ? undefined : { row: place.row, index };
    }
  }
}

const moves: ReadonlySet<string> = new Set([
  "ArrowLeft",
  "ArrowRight",
  "ArrowUp",
  "ArrowDown",
  "Home",
  "End",
]);

function beside({ rows }: Timeline, { row, index }: Place, step: 1 | -1): Place | undefined {
  const slot = rows[row]?.slots[index];
  if (slot === undefined) return undefined;
  for (let other = row + step; rows[other] !== undefined; other += step) {
    const nearest = slotNear(rows[other]?.slots ?? [], (slot.start + slot.end) / 2, Infinity);
    if (nearest !== undefined && rows[other]?.slots[nearest] !== undefined)
      return { row: other, index: nearest };
  }
  return undefined;
}
