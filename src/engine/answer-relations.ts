import { ConsistencyTimeoutError } from "../log/consistency-tracker.ts";
import type { DocumentRelationship, IDocumentIndexer } from "../log/document-indexer.ts";
import { asResourceId } from "../model/ids.ts";
import type { ConsistencyToken } from "../model/operation.ts";
import type { PathStep, RelationDirection, RelationGroup } from "../model/relations.ts";
import type { RelationshipType } from "../model/relationship.ts";
import type { CommandOf, Replies } from "../model/wire.ts";
import { CommandFault } from "./command-fault.ts";
import { notYetIndexed } from "./faults.ts";

/** Relationships of a group that are told at first, and that each further part holds. */
export const firstPart = 50;
export const furtherPart = 200;

/** Milliseconds that a question waits for the write that its answer must show. */
const patience = 10_000;

/** Tells the relationships of a resource by direction and type. Cost: that of what the resource has. */
export async function answerRelations(
  indexer: IDocumentIndexer,
  { resourceId, part, token }: Omit<CommandOf<"relations">, "type" | "projectId">,
  timeoutMs = patience,
): Promise<Replies["relations"]> {
  await waitFor(indexer, token, timeoutMs);
  const groups: RelationGroup[] = [];
  for (const { direction, relationshipType, count } of await indexer.countRelationships(resourceId)) {
    if (part !== null && (part.direction !== direction || part.type !== relationshipType)) continue;
    const paging = part === null ? { limit: firstPart } : { limit: furtherPart, after: part.after };
    const list = direction === "outgoing" ? indexer.getOutgoing : indexer.getIncoming;
    const found = await list.call(indexer, resourceId, [relationshipType], undefined, undefined, paging);
    groups.push({
      direction,
      type: asType(relationshipType),
      total: count,
      relations: found.map((relationship) => relationOf(relationship, direction)),
    });
  }
  return { resourceId, groups };
}

function relationOf(
  { id, sourceId, targetId, metadata }: DocumentRelationship,
  direction: RelationDirection,
): RelationGroup["relations"][number] {
  return { id, other: asResourceId(direction === "outgoing" ? targetId : sourceId), metadata };
}

/** Finds the shortest way from one resource to another. Cost: see `findPath` of the log. */
export async function answerPath(
  indexer: IDocumentIndexer,
  { from, to, types, token }: Omit<CommandOf<"find-path">, "type" | "projectId">,
  timeoutMs = patience,
): Promise<Replies["find-path"]> {
  await waitFor(indexer, token, timeoutMs);
  const hops = await indexer.findHops(from, to, types ?? undefined);
  const steps = hops?.map((hop): PathStep => ({
    from: asResourceId(hop.sourceId),
    to: asResourceId(hop.targetId),
    types: hop.types.map(asType),
  }));
  return { steps: steps ?? null };
}

/** The log is written by this program alone, and with these types. */
const asType = (type: string): RelationshipType => type as RelationshipType;

async function waitFor(
  indexer: IDocumentIndexer,
  token: ConsistencyToken | null,
  timeoutMs: number,
): Promise<void> {
  if (token === null) return;
  try {
    await indexer.waitForConsistency(token, timeoutMs);
  } catch (error) {
    throw error instanceof ConsistencyTimeoutError ? new CommandFault(notYetIndexed(timeoutMs)) : error;
  }
}
