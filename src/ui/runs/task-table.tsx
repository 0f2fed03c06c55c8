import type { ReactNode } from "react";
import type { TaskEvent } from "../../model/output.ts";
import type { RunTasks } from "../../model/wire.ts";
import { NodeName } from "../diagnostics/name-list.tsx";
import { formatBytes } from "../format/bytes.ts";
import { formatCount } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { outcomeWords } from "../timeline/task-words.ts";

/** Tasks shown of a run; the rest took less time. */
const shown = 100;

const columns: readonly (readonly [words: string, isNumber: boolean])[] = [
  ["Task", false],
  ["Outcome", false],
  ["Place in the plan", true],
  ["Took", true],
  ["Written", true],
  ["Cause", false],
];

/** What happened to the tasks of a run, those that took longest first, each with its place in the plan. */
export function TaskTable({ tasks: { events, critical } }: { readonly tasks: RunTasks }): ReactNode {
  const slowest = events.toSorted((a, b) => b.durationMs - a.durationMs).slice(0, shown);
  const onPath = new Set<string>(critical);
  return (
    // The table may be wider than the screen; the focus lets the keyboard scroll it.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <div className="task-table" tabIndex={0} role="region" aria-label="Tasks">
      <table>
        <thead>
          <tr>
            {columns.map(([words, isNumber]) => (
              <th key={words} scope="col" className={isNumber ? "runs-number" : undefined}>
                {words}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {slowest.map((event) => (
            <TaskLine key={event.resourceId} event={event} isCritical={onPath.has(event.resourceId)} />
          ))}
        </tbody>
      </table>
      {events.length > shown && (
        <p className="run-note">and {formatCount(events.length - shown)} that took less time</p>
      )}
    </div>
  );
}

function TaskLine({
  event,
  isCritical,
}: {
  readonly event: TaskEvent;
  readonly isCritical: boolean;
}): ReactNode {
  const { scheduleIndex, generation, generationOrder, generationSize } = event.place;
  return (
    <tr>
      <td>
        <NodeName id={event.resourceId} />
        {isCritical && <span className="task-critical"> on the critical path</span>}
      </td>
      <td>{outcomeWords[event.outcome]}</td>
      <td className="runs-number">
        {scheduleIndex < 0
          ? "none"
          : `${scheduleIndex + 1}: ${generationOrder + 1} of ${generationSize} in generation ${generation + 1}`}
      </td>
      <td className="runs-number">{formatDuration(event.durationMs)}</td>
      <td className="runs-number">{formatBytes(event.bytes)}</td>
      <td>{event.cause}</td>
    </tr>
  );
}
