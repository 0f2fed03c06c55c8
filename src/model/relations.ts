import type { Json } from "../base/json.ts";
import type { ResourceId } from "./ids.ts";
import type { RelationshipType } from "./relationship.ts";

/** Seen from a resource: whether it is the relationship's source (`outgoing`) or its target. */
export type RelationDirection = "outgoing" | "incoming";

/** One relationship as seen from the resource that was asked about. */
export type Relation = {
  /** Its place in the log: the next part of the list goes on after it. */
  readonly id: string;
  /** The resource at the other end. A file that is referred to need not exist. */
  readonly other: ResourceId;
  readonly metadata: Json;
};

/** A part of a resource's relationships of one type in one direction, in the order of the log. */
export type RelationGroup = {
  readonly direction: RelationDirection;
  readonly type: RelationshipType;
  /** How many there are in all. */
  readonly total: number;
  readonly relations: readonly Relation[];
};

/** Which part of the relationships to tell: of one group what comes after a relationship. */
export type RelationPart = {
  readonly direction: RelationDirection;
  readonly type: RelationshipType;
  readonly after: string;
};

/** The relationships of a resource: the first of each group, or the part that was asked for. */
export type Relations = { readonly resourceId: ResourceId; readonly groups: readonly RelationGroup[] };

/** One step of a path: from a resource to the next, with the types of the relationships that lead there. */
export type PathStep = {
  readonly from: ResourceId;
  readonly to: ResourceId;
  readonly types: readonly RelationshipType[];
};
