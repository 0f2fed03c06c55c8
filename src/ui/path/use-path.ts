import { useEffect, useState } from "react";
import type { PathStep } from "../../model/relations.ts";
import type { Session } from "../../session/contract.ts";
import { useRelationshipVersion } from "../relations/use-relations.ts";
import { useSession } from "../session-context.ts";
import type { PathEnds } from "../workbench.ts";

/**
 * What is known of the way between two documents. `there` leads from the first to the second, `back` the other way
 * round, which is looked for when there is none.
 */
export type PathFinding =
  | { readonly state: "looking" }
  | { readonly state: "there" | "back"; readonly steps: readonly PathStep[] }
  | { readonly state: "none" }
  | { readonly state: "unanswered" };

const looking: PathFinding = { state: "looking" };

/** The way between two documents, looked for again when relationships of the project changed. */
export function usePath(ends: PathEnds | null): PathFinding | null {
  const session = useSession();
  const version = useRelationshipVersion();
  const [found, setFound] = useState<{ readonly of: string; readonly finding: PathFinding }>();
  const { from, to } = ends ?? {};
  useEffect(() => {
    if (from === undefined || to === undefined) return;
    let left = false;
    void findPath(session, { from, to }).then((finding) => {
      const of = nameOf(from, to);
      // The same way again is the same value, so that what follows it does not move.
      if (!left) setFound((before) => (isSame(before, { of, finding }) ? before : { of, finding }));
    });
    return () => void (left = true);
  }, [session, from, to, version]);
  if (from === undefined || to === undefined) return null;
  return found?.of === nameOf(from, to) ? found.finding : looking;
}

const nameOf = (from: string, to: string): string => `${from}\n${to}`;
const isSame = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

async function findPath(session: Pick<Session, "findPath">, { from, to }: PathEnds): Promise<PathFinding> {
  const there = await session.findPath(from, to);
  if (there === undefined) return { state: "unanswered" };
  if (there.steps !== null) return { state: "there", steps: there.steps };
  const back = await session.findPath(to, from);
  if (back === undefined) return { state: "unanswered" };
  return back.steps === null ? { state: "none" } : { state: "back", steps: back.steps };
}
