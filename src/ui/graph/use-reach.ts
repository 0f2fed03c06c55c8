import { useEffect, useMemo, useState } from "react";
import type { Inspection } from "../../model/wire.ts";
import type { ResourceId } from "../../model/ids.ts";
import { useRow } from "../live/use-live-view.ts";
import { useRelationshipVersion } from "../relations/use-relations.ts";
import { useSession } from "../session-context.ts";
import type { Reach } from "../workbench.ts";

/** What is known of a reach: its nodes. Those of a `why` are in order, from the cause to the node. */
export type FoundReach = { readonly reach: Reach; readonly keys: readonly ResourceId[] | undefined };

/** Milliseconds to wait for the last of a burst of changes. */
const settleMs = 120;

/** The nodes of a reach, asked for again when the graph or the node changed; without `keys` until they are known. */
export function useReach(reach: Reach | null): FoundReach | null {
  const session = useSession();
  const version = useRelationshipVersion();
  const [known, setKnown] = useState<Inspection>();
  const { of, what } = reach ?? {};
  const row = useRow(session.views.node, of ?? null);
  useEffect(() => {
    if (of === undefined) return undefined;
    let left = false;
    const ask = async () => {
      const answer = await session.inspect(of);
      // The same answer again is the same value, so that the drawing does not move.
      if (!left && answer !== undefined) setKnown((before) => (isSame(before, answer) ? before : answer));
    };
    const timer = setTimeout(() => void ask(), settleMs);
    return () => {
      left = true;
      clearTimeout(timer);
    };
  }, [session, of, row, version]);
  return useMemo(() => {
    if (of === undefined || what === undefined) return null;
    const keys = known?.resourceId === of ? keysOf(known, what) : undefined;
    return { reach: { of, what }, keys };
  }, [of, what, known]);
}

const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What failed is why a node is held back; else the chain of what changed is why it was built. */
function keysOf(
  { resourceId, impact, reasons, culprits }: Inspection,
  what: Reach["what"],
): readonly ResourceId[] {
  if (what === "touches") return [...new Set([resourceId, ...impact])];
  const chain = culprits.length > 0 ? culprits : reasons;
  return [...new Set([resourceId, ...chain])].toReversed();
}
