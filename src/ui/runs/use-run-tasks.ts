import { useEffect, useState } from "react";
import { asJobId, asResourceId } from "../../model/ids.ts";
import type { TaskRow } from "../../model/view-rows.ts";
import type { RunTasks } from "../../model/wire.ts";
import { tasksOfRun } from "../../session/app-queries.ts";
import type { LiveView } from "../../session/contract.ts";
import { useDerived } from "../live/use-live-view.ts";
import { useSession } from "../session-context.ts";

/** The tasks of a run that has ended; `undefined` until they are there, and while the run goes on. */
export function useRunTasks(runKey: string, isOver: boolean): RunTasks | undefined {
  const session = useSession();
  const [known, setKnown] = useState<{ readonly runKey: string; readonly tasks: RunTasks }>();
  useEffect(() => {
    if (!isOver) return undefined;
    let left = false;
    void session.runTasks(asJobId(runKey)).then((answer) => {
      if (!left) setKnown({ runKey, tasks: answer ?? { events: [], critical: [] } });
    });
    return () => void (left = true);
  }, [session, runKey, isOver]);
  return isOver && known?.runKey === runKey ? known.tasks : undefined;
}

/** What happened so far to the tasks of a run that goes on; which were critical shows when it has ended. */
export function useTasksSoFar(runKey: string): RunTasks {
  const view = useSession().view("tasks of a run", tasksOfRun, {
    parameters: { job: runKey },
    frequency: "normal",
  });
  return useDerived(view, tasksOf, 250);
}

function tasksOf(view: LiveView<TaskRow>): RunTasks {
  const events = [...view.rows()].map(({ key, ...event }) => ({ resourceId: asResourceId(key), ...event }));
  return { events, critical: [] };
}
