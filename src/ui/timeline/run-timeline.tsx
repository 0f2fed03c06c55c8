import { useCallback, useMemo, type ReactNode } from "react";
import type { RunRow } from "../../model/view-rows.ts";
import type { RunTasks } from "../../model/wire.ts";
import { countOf } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { PaintedCanvas } from "../live/painted-canvas.tsx";
import { useSize } from "../live/use-size.ts";
import { usePalette } from "../theme/use-palette.ts";
import { paintTimeline } from "./paint-timeline.ts";
import { sayTask, TaskCard } from "./task-card.tsx";
import { TimelineLegend } from "./timeline-legend.tsx";
import { heightOf } from "./timeline-frame.ts";
import type { Place } from "./timeline-keys.ts";
import { timelineOf, type Timeline } from "./timeline-rows.ts";
import { useTimelineView } from "./use-timeline-view.ts";
import "./timeline.css";

type RunTimelineProps = { readonly run: RunRow; readonly tasks: RunTasks };

/** Which worker had which task when. The table of tasks says the same in words. */
export function RunTimeline({ run, tasks }: RunTimelineProps): ReactNode {
  const timeline = useMemo(() => timelineOf(run, tasks), [run, tasks]);
  if (tasks.events.length === 0) return null;
  return <Drawing timeline={timeline} />;
}

function Drawing({ timeline }: { readonly timeline: Timeline }): ReactNode {
  const [screen, stage] = useSize();
  const palette = usePalette();
  const view = useTimelineView(timeline, screen);
  const { frame, pointed, focused } = view;
  const paint = useCallback(
    (context: CanvasRenderingContext2D) => paintTimeline(context, { ...frame, palette, pointed, focused }),
    [frame, palette, pointed, focused],
  );
  const slotAt = (place: Place | undefined) => place && timeline.rows[place.row]?.slots[place.index];
  const isCritical = (slot: ReturnType<typeof slotAt>) =>
    slot !== undefined && timeline.critical.has(slot.event.resourceId);
  const shown = slotAt(pointed) ?? slotAt(focused);
  const said = slotAt(focused);
  return (
    <section className="timeline" aria-label="Timeline">
      <div className="timeline-tools" role="toolbar" aria-label="Timeline">
        <button type="button" className="button" aria-label="Zoom in" onClick={view.zoomIn}>
          +
        </button>
        <button type="button" className="button" aria-label="Zoom out" onClick={view.zoomOut}>
          −
        </button>
        <button type="button" className="button" onClick={view.fit}>
          Whole run
        </button>
        <TimelineLegend timeline={timeline} />
      </div>
      {/* The arrow keys walk from task to task, as in a grid whose cells are drawn. */}
      <div ref={stage} className="timeline-stage" style={{ height: heightOf(timeline) }}>
        {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions */}
        <div
          {...view.pointer}
          className="timeline-pane"
          role="application"
          aria-label={wordsOf(timeline)}
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          tabIndex={0}
          onKeyDown={view.onKeyDown}
        >
          <PaintedCanvas screen={screen} className="timeline-canvas" paint={paint} />
        </div>
      </div>
      <TaskCard slot={shown} origin={timeline.origin} isCritical={isCritical(shown)} />
      <p className="visually-hidden" role="status">
        {said === undefined ? "" : sayTask(said, timeline.origin, isCritical(said))}
      </p>
    </section>
  );
}

function wordsOf({ rows, path }: Timeline): string {
  const workers = rows.filter(({ kind }) => kind === "worker");
  const count = rows.reduce((sum, { slots }) => sum + slots.length, 0);
  const length = path.reduce((sum, { event }) => sum + event.durationMs, 0);
  const critical =
    path.length === 0 ? "" : ` Critical path of ${countOf(path.length, "task")}, ${formatDuration(length)}.`;
  return `Timeline of ${countOf(count, "task")} on ${countOf(workers.length, "worker")}.${critical} Arrow keys walk from task to task.`;
}
