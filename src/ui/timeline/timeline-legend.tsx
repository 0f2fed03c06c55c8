import type { ReactNode } from "react";
import type { TaskEvent } from "../../model/output.ts";
import { derivedKinds } from "../../model/resource.ts";
import { kindWords } from "../status/kind-words.ts";
import { StatusIcon } from "../status/status-icon.tsx";
import { kindOf, outcomeWords } from "./task-words.ts";
import type { Timeline } from "./timeline-rows.ts";

const outcomes: readonly (readonly [TaskEvent["outcome"], "FAILED" | "POISONED" | "CANCELLED"])[] = [
  ["failed", "FAILED"],
  ["poisoned", "POISONED"],
  ["cancelled", "CANCELLED"],
];

/** What the colours and shapes of a timeline mean; those that it has. */
export function TimelineLegend({ timeline }: { readonly timeline: Timeline }): ReactNode {
  const events = timeline.rows.flatMap(({ slots }) => slots.map(({ event }) => event));
  const kinds = new Set(
    events.filter(({ worker }) => worker !== null).map(({ resourceId }) => kindOf(resourceId)),
  );
  const ends = new Set(events.map(({ outcome }) => outcome));
  return (
    <ul className="timeline-legend" aria-label="Signs">
      {derivedKinds
        .filter((kind) => kinds.has(kind))
        .map((kind) => (
          <li key={kind}>
            <span className="timeline-swatch" data-kind={kind} aria-hidden="true" />
            {kindWords[kind]}
          </li>
        ))}
      {timeline.path.length > 0 && (
        <li>
          <span className="timeline-swatch timeline-swatch-critical" aria-hidden="true" />
          Critical path
        </li>
      )}
      {outcomes
        .filter(([outcome]) => ends.has(outcome))
        .map(([outcome, status]) => (
          <li key={outcome}>
            <StatusIcon status={status} />
            {outcomeWords[outcome]}
          </li>
        ))}
    </ul>
  );
}
