import type { Json } from "../base/json.ts";
import type { Operation, RelationshipInput } from "../model/operation.ts";

/** One relationship with the place in the log that gives it its order. */
export type LoggedRelationship = {
  readonly sourceId: string;
  readonly targetId: string;
  readonly type: string;
  readonly metadata: Json;
  readonly operationId: number;
  /** Place in its operation. */
  readonly position: number;
  /** Milliseconds since the epoch, of the operations that added and last changed it. */
  readonly createdAt: number;
  readonly updatedAt: number;
};

export type RelationshipName = Pick<LoggedRelationship, "sourceId" | "targetId" | "type">;

/**
 * Relationships that operations are carried out on, one after the other in the order of the log. It holds values that
 * never change: one that an operation changed is another object.
 */
export class RelationshipSet {
  readonly #bySource = new Map<string, Map<string, LoggedRelationship>>();
  readonly #sourcesOf = new Map<string, Set<string>>();

  constructor(relationships: Iterable<LoggedRelationship> = []) {
    for (const relationship of relationships) this.#put(relationship);
  }

  get({ sourceId, targetId, type }: RelationshipName): LoggedRelationship | undefined {
    return this.#bySource.get(sourceId)?.get(keyOf(type, targetId));
  }

  *all(): IterableIterator<LoggedRelationship> {
    for (const relationships of this.#bySource.values()) yield* relationships.values();
  }

  /** Does what the operation says. Operations that say nothing of relationships change nothing. */
  apply(operation: Operation): void {
    const { action, documentId } = operation;
    if (action.type === "DELETE_DOCUMENT") this.#deleteDocument(documentId);
    if (!("relationships" in action)) return;
    for (const [position, input] of action.relationships.entries()) {
      if (input.targetId === documentId) continue;
      if (action.type === "ADD_RELATIONSHIP") this.#add(operation, position, input);
      else if (action.type === "UPDATE_RELATIONSHIP") this.#update(operation, input);
      else this.#remove(documentId, input);
    }
  }

  #add(operation: Operation, position: number, input: RelationshipInput): void {
    const { documentId: sourceId, id: operationId, time } = operation;
    const { targetId, type, metadata = null } = input;
    if (this.get({ sourceId, targetId, type }) !== undefined) return;
    const times = { createdAt: time, updatedAt: time };
    this.#put({ sourceId, targetId, type, metadata, operationId, position, ...times });
  }

  #update(operation: Operation, { targetId, type, metadata }: RelationshipInput): void {
    const present = this.get({ sourceId: operation.documentId, targetId, type });
    if (present === undefined || metadata === undefined) return;
    this.#put({ ...present, metadata, updatedAt: operation.time });
  }

  #remove(sourceId: string, { targetId, type }: Pick<RelationshipInput, "targetId" | "type">): void {
    this.#bySource.get(sourceId)?.delete(keyOf(type, targetId));
  }

  /** In both directions. `#sourcesOf` may still name a source whose relationship is gone already. */
  #deleteDocument(documentId: string): void {
    this.#bySource.delete(documentId);
    for (const sourceId of this.#sourcesOf.get(documentId) ?? []) {
      const relationships = this.#bySource.get(sourceId);
      for (const [key, { targetId }] of relationships ?? []) {
        if (targetId === documentId) relationships?.delete(key);
      }
    }
    this.#sourcesOf.delete(documentId);
  }

  #put(relationship: LoggedRelationship): void {
    const { sourceId, targetId, type } = relationship;
    entryOf(this.#bySource, sourceId, newMap).set(keyOf(type, targetId), relationship);
    entryOf(this.#sourcesOf, targetId, newSet).add(sourceId);
  }
}

/** Unambiguous, because the length of the type comes first. */
function keyOf(type: string, targetId: string): string {
  return `${type.length} ${type}${targetId}`;
}

function entryOf<V>(map: Map<string, V>, key: string, make: () => V): V {
  let value = map.get(key);
  if (value === undefined) map.set(key, (value = make()));
  return value;
}

const newMap = () => new Map<string, LoggedRelationship>();
const newSet = () => new Set<string>();
