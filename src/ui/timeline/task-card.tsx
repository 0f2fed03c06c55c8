import type { ReactNode } from "react";
import type { Slot } from "../../model/worker-lanes.ts";
import { NodeName } from "../diagnostics/name-list.tsx";
import { formatBytes } from "../format/bytes.ts";
import { formatDuration } from "../format/duration.ts";
import { kindWords } from "../status/kind-words.ts";
import { kindOf, outcomeWords } from "./task-words.ts";

type TaskCardProps = {
  readonly slot: Slot | undefined;
  readonly origin: number;
  readonly isCritical: boolean;
};

/** All that is known of one task of the timeline. */
export function TaskCard({ slot, origin, isCritical }: TaskCardProps): ReactNode {
  if (slot === undefined) {
    return (
      <p className="task-card task-card-hint">
        Point at a task, or use the arrow keys. + and − zoom, as does Ctrl with the wheel; Shift with an arrow
        key, or dragging, moves; 0 shows the whole run.
      </p>
    );
  }
  const { event } = slot;
  const facts = factsOf(slot, origin);
  return (
    <div className="task-card" data-outcome={event.outcome}>
      <p>
        <strong>
          <NodeName id={event.resourceId} />
        </strong>
        {isCritical && <span className="task-critical">on the critical path</span>}
      </p>
      <dl>
        {facts.map(([term, words]) => (
          <div key={term}>
            <dt>{term}</dt>
            <dd className="numeric">{words}</dd>
          </div>
        ))}
      </dl>
      {event.cause !== "" && <p className="task-cause">{event.cause}</p>}
    </div>
  );
}

function factsOf(
  { event, start }: Slot,
  origin: number,
): readonly (readonly [term: string, words: string])[] {
  const { resourceId, outcome, worker, durationMs, bytes, place } = event;
  const kind = kindOf(resourceId);
  const facts: (readonly [string, string])[] = [["Outcome", outcomeWords[outcome]]];
  if (kind !== undefined) facts.push(["Kind", kindWords[kind]]);
  facts.push(["Began after", formatDuration(Math.max(0, start - origin))]);
  if (worker !== null) facts.push(["Took", formatDuration(durationMs)], ["Worker", String(worker + 1)]);
  if (bytes > 0) facts.push([outcome === "built" ? "Written" : "Size", formatBytes(bytes)]);
  if (place.generation >= 0) facts.push(["Generation", String(place.generation + 1)]);
  return facts;
}

/** The same in one line, for those who hear it. */
export function sayTask({ event, start }: Slot, origin: number, isCritical: boolean): string {
  const facts = factsOf({ event, start, end: start }, origin).map(([term, words]) => `${term}: ${words}`);
  const cause = event.cause === "" ? [] : [event.cause];
  return [event.resourceId, ...(isCritical ? ["on the critical path"] : []), ...facts, ...cause].join(", ");
}
