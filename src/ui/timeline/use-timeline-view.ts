import { useEffect, useMemo, useRef, useState, type KeyboardEvent, type PointerEvent } from "react";
import type { Size } from "../live/use-size.ts";
import { momentAt, placeAt, widthOfTime } from "./timeline-frame.ts";
import { placeFrom, type Place } from "./timeline-keys.ts";
import type { Timeline } from "./timeline-rows.ts";
import { lengthOf, panned, showing, zoomed, type TimeWindow } from "./time-window.ts";

/** How much one press or one notch of the wheel zooms. */
const step = 1.4;

/** Which part of a timeline is seen, and which task is pointed at or has the keys; and what changes that. */
export function useTimelineView(timeline: Timeline, screen: Size) {
  const { whole } = timeline;
  // `null` shows the whole, also of a run that goes on.
  const [chosen, setChosen] = useState<TimeWindow | null>(null);
  const window = chosen ?? whole;
  const setWindow = (change: (now: TimeWindow) => TimeWindow) => setChosen((now) => change(now ?? whole));
  const [pointed, setPointed] = useState<Place>();
  const [focused, setFocused] = useState<Place>();
  const frame = useMemo(() => ({ timeline, window, screen }), [timeline, window, screen]);
  const zoom = (factor: number) =>
    setWindow((now) => zoomed(now, whole, middleOf(timeline, now, focused), factor));
  const fit = () => setChosen(null);
  const pan = (share: number) => setWindow((now) => panned(now, whole, share * lengthOf(now)));
  const go = (place: Place) => {
    const slot = timeline.rows[place.row]?.slots[place.index];
    setFocused(place);
    if (slot !== undefined) setWindow((now) => showing(now, whole, { from: slot.start, to: slot.end }));
  };
  const pointer = usePointer(frame, { setWindow, setPointed, setFocused });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const next = event.shiftKey ? undefined : placeFrom(timeline, focused, event.key);
    const act = { "+": () => zoom(1 / step), "=": () => zoom(1 / step), "-": () => zoom(step), "0": fit }[
      event.key
    ];
    const side = { ArrowLeft: -0.25, ArrowRight: 0.25 }[event.key];
    if (next !== undefined) go(next);
    else if (event.shiftKey && side !== undefined) pan(side);
    else if (act !== undefined) act();
    else if (!event.key.startsWith("Arrow")) return;
    event.preventDefault();
  };
  return {
    frame,
    pointed,
    focused,
    pointer,
    onKeyDown,
    fit,
    zoomIn: () => zoom(1 / step),
    zoomOut: () => zoom(step),
  };
}

/** Zooming with keys and buttons goes towards the task that has the keys, when it is in sight. */
function middleOf({ rows }: Timeline, { from, to }: TimeWindow, place: Place | undefined): number {
  const slot = place && rows[place.row]?.slots[place.index];
  const middle = slot && (slot.start + slot.end) / 2;
  return middle !== undefined && middle >= from && middle <= to ? middle : (from + to) / 2;
}

type Frame = { readonly timeline: Timeline; readonly window: TimeWindow; readonly screen: Size };
type Setters = {
  readonly setWindow: (change: (now: TimeWindow) => TimeWindow) => void;
  readonly setPointed: (place: Place | undefined) => void;
  readonly setFocused: (place: Place | undefined) => void;
};

/** Pixels that the pointer may move in a click. */
const clickMoves = 3;

/** Pointing, clicking, dragging and the wheel. */
function usePointer(frame: Frame, { setWindow, setPointed, setFocused }: Setters) {
  const grabbed = useRef<{ readonly x: number; readonly window: TimeWindow; moved: boolean }>(undefined);
  const { timeline, screen } = frame;
  const element = useWheel((event, x) => {
    const at = momentAt(frame, x);
    const sideways = event.shiftKey ? event.deltaY : event.deltaX;
    if (event.ctrlKey || event.metaKey) {
      setWindow((now) => zoomed(now, timeline.whole, at, step ** (event.deltaY / 100)));
    } else if (Math.abs(sideways) > Math.abs(event.deltaY) || event.shiftKey) {
      setWindow((now) => panned(now, timeline.whole, (sideways / widthOfTime(screen)) * lengthOf(now)));
    } else return false;
    return true;
  });
  return {
    ref: element,
    onPointerDown: (event: PointerEvent<HTMLElement>) => {
      if (event.button !== 0) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      grabbed.current = { x: event.clientX, window: frame.window, moved: false };
    },
    onPointerMove: (event: PointerEvent<HTMLElement>) => {
      const grab = grabbed.current;
      const by = grab === undefined ? 0 : event.clientX - grab.x;
      if (grab !== undefined && (grab.moved || Math.abs(by) > clickMoves)) {
        grab.moved = true;
        const shift = (-by / widthOfTime(screen)) * lengthOf(grab.window);
        setWindow(() => panned(grab.window, timeline.whole, shift));
      } else setPointed(placeAt(frame, pointIn(event)));
    },
    onPointerUp: (event: PointerEvent<HTMLElement>) => {
      if (grabbed.current?.moved === false) setFocused(placeAt(frame, pointIn(event)));
      grabbed.current = undefined;
    },
    onPointerCancel: () => void (grabbed.current = undefined),
    onPointerLeave: () => setPointed(undefined),
    onDoubleClick: (event: { readonly clientX: number; readonly currentTarget: HTMLElement }) => {
      const x = event.clientX - event.currentTarget.getBoundingClientRect().left;
      setWindow((now) => zoomed(now, timeline.whole, momentAt({ window: now, screen }, x), 1 / step ** 3));
    },
  };
}

function pointIn(event: PointerEvent<HTMLElement>): { readonly x: number; readonly y: number } {
  const box = event.currentTarget.getBoundingClientRect();
  return { x: event.clientX - box.left, y: event.clientY - box.top };
}

/** React listens to the wheel passively, so that it could not keep the page from scrolling. */
function useWheel(onWheel: (event: WheelEvent, x: number) => boolean) {
  const element = useRef<HTMLDivElement>(null);
  const latest = useRef(onWheel);
  useEffect(() => {
    latest.current = onWheel;
  });
  useEffect(() => {
    const box = element.current;
    const listener = (event: WheelEvent) => {
      const x = event.clientX - (box?.getBoundingClientRect().left ?? 0);
      if (latest.current(event, x)) event.preventDefault();
    };
    box?.addEventListener("wheel", listener, { passive: false });
    return () => box?.removeEventListener("wheel", listener);
  }, []);
  return element;
}
