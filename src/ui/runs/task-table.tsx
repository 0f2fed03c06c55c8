import { useEffect, useState, type ReactNode } from "react";
import { asJobId } from "../../model/ids.ts";
import type { TaskEvent } from "../../model/output.ts";
import { NodeName } from "../diagnostics/name-list.tsx";
import { formatBytes } from "../format/bytes.ts";
import { formatCount } from "../format/count.ts";
import { formatDuration } from "../format/duration.ts";
import { useSession } from "../session-context.ts";

/** Tasks shown of a run; the rest took less time. */
const shown = 100;

const outcomeWords: Readonly<Record<TaskEvent["outcome"], string>> = {
  built: "Built",
  reused: "Reused",
  failed: "Failed",
  poisoned: "Held back",
  cancelled: "Cancelled",
};

/** What happened to the tasks of a run, those that took longest first, each with its place in the plan. */
export function RunTasks({ runKey }: { readonly runKey: string }): ReactNode {
  const events = useEvents(runKey);
  if (events === undefined) return <p>Loading…</p>;
  if (events.length === 0) return <p>This run had nothing to do, or its tasks are not kept any more.</p>;
  const slowest = events.toSorted((a, b) => b.durationMs - a.durationMs).slice(0, shown);
  return (
    <>
      <table className="run-tasks">
        <thead>
          <tr>
            <th scope="col">Task</th>
            <th scope="col">Outcome</th>
            <th scope="col" className="runs-number">
              Place in the plan
            </th>
            <th scope="col" className="runs-number">
              Took
            </th>
            <th scope="col" className="runs-number">
              Written
            </th>
            <th scope="col">Cause</th>
          </tr>
        </thead>
        <tbody>
          {slowest.map((event) => (
            <TaskLine key={event.resourceId} event={event} />
          ))}
        </tbody>
      </table>
      {events.length > shown && <p>and {formatCount(events.length - shown)} that took less time</p>}
    </>
  );
}

function TaskLine({ event }: { readonly event: TaskEvent }): ReactNode {
  const { scheduleIndex, generation, generationOrder, generationSize } = event.place;
  return (
    <tr>
      <td>
        <NodeName id={event.resourceId} />
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

function useEvents(runKey: string): readonly TaskEvent[] | undefined {
  const session = useSession();
  const [events, setEvents] = useState<readonly TaskEvent[]>();
  useEffect(() => {
    let left = false;
    const ask = async () => {
      const answer = await session.runEvents(asJobId(runKey));
      if (!left) setEvents(answer ?? []);
    };
    void ask();
    return () => {
      left = true;
    };
  }, [session, runKey]);
  return events;
}
