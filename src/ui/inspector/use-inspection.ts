import { useEffect, useState } from "react";
import { asResourceId } from "../../model/ids.ts";
import type { NodeRow } from "../../model/view-rows.ts";
import type { Inspection } from "../../model/wire.ts";
import { useSession } from "../session-context.ts";

/** Rows of a running build change in bursts; the last of a burst is asked about. */
const settleMs = 120;

/** What the engine knows of a node, asked again whenever its row changed. The last answer stays until the next. */
export function useInspection(id: string, row: NodeRow | undefined): Inspection | undefined {
  const session = useSession();
  const [inspection, setInspection] = useState<Inspection>();
  const known = inspection !== undefined;
  useEffect(() => {
    let left = false;
    const ask = async () => {
      const answer = await session.inspect(asResourceId(id));
      if (!left && answer !== undefined) setInspection(answer);
    };
    const timer = setTimeout(() => void ask(), known ? settleMs : 0);
    return () => {
      left = true;
      clearTimeout(timer);
    };
    // `known` only sets the pace; its change must not ask again.
    // oxlint-disable-next-line react-hooks/exhaustive-deps
  }, [session, id, row]);
  return inspection;
}
