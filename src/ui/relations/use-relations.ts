import { useCallback, useEffect, useState } from "react";
import { asResourceId, type ResourceId } from "../../model/ids.ts";
import type { EdgeRow } from "../../model/view-rows.ts";
import type { RelationGroup, Relations } from "../../model/relations.ts";
import type { LiveView, Session } from "../../session/contract.ts";
import { useDerived } from "../live/use-live-view.ts";
import { useSession, useSessionState } from "../session-context.ts";

/** How many more of a group one press brings. */
export const moreAtATime = 200;

export type KnownRelations = {
  readonly groups: readonly RelationGroup[];
  /** Whether the last question got no answer, so that these are of an earlier one. */
  readonly isStale: boolean;
  showMore(group: RelationGroup): void;
};

/** Milliseconds that changes of the graph are gathered. */
const settleMs = 120;
const versionOf = (view: LiveView<EdgeRow>): number => view.version();

/** Ascends at once when a person changed relationships, and a moment after the graph of the folder did. */
export function useRelationshipVersion(): number {
  return useDerived(useSession().views.edge, versionOf, settleMs) + useSessionState().writes;
}

/** The relationships of a resource, asked for again when those of the project changed; `undefined` until known. */
export function useRelations(id: string): KnownRelations | undefined {
  const session = useSession();
  const version = useRelationshipVersion();
  const [wanted, setWanted] = useState<ReadonlyMap<string, number>>(new Map());
  const [known, setKnown] = useState<Answer>();
  useEffect(() => {
    let left = false;
    void loadRelations(session, asResourceId(id), wanted).then((answer) => {
      if (left) return;
      setKnown((before) => (answer === undefined ? before && { ...before, isStale: true } : fresh(answer)));
    });
    return () => void (left = true);
  }, [session, id, version, wanted]);
  const showMore = useCallback((group: RelationGroup) => {
    const shown = group.relations.length + moreAtATime;
    setWanted((before) => new Map(before).set(groupKey(group), shown));
  }, []);
  return known?.resourceId === id ? { ...known, showMore } : undefined;
}

type Answer = Relations & Pick<KnownRelations, "isStale">;

const fresh = (answer: Relations): Answer => ({ ...answer, isStale: false });

export const groupKey = ({ direction, type }: RelationGroup): string => `${direction} ${type}`;

/** The first of every group, and of those that are `wanted` longer as many parts as it takes. */
async function loadRelations(
  session: Pick<Session, "relations">,
  id: ResourceId,
  wanted: ReadonlyMap<string, number>,
): Promise<Relations | undefined> {
  const first = await session.relations(id);
  if (first === undefined) return undefined;
  const groups: RelationGroup[] = [];
  for (const group of first.groups) {
    groups.push(await lengthen(session, id, group, wanted.get(groupKey(group)) ?? 0));
  }
  return { ...first, groups };
}

async function lengthen(
  session: Pick<Session, "relations">,
  id: ResourceId,
  group: RelationGroup,
  length: number,
): Promise<RelationGroup> {
  let whole = group;
  while (whole.relations.length < Math.min(length, whole.total)) {
    const after = whole.relations.at(-1)?.id;
    if (after === undefined) return whole;
    const { direction, type } = group;
    const next = (await session.relations(id, { direction, type, after }))?.groups[0];
    if (next === undefined || next.relations.length === 0) return whole;
    whole = { ...next, relations: [...whole.relations, ...next.relations] };
  }
  return whole;
}
