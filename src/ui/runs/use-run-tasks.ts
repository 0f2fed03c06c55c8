import { useEffect, useState } from "react";
import { asJobId } from "../../model/ids.ts";
import type { RunTasks } from "../../model/wire.ts";
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
