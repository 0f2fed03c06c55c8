import type { Json } from "../base/json.ts";
import type { ResourceId } from "./ids.ts";
import { filePathOf } from "./resource.ts";

/**
 * How one resource relates to another; `source` depends on `target`, but for `has-variant`, which goes from the
 * source image to its variant.
 */
export type RelationshipType =
  | "references"
  | "embeds"
  | "uses-image"
  | "uses-layout"
  | "has-variant"
  | "depends-on"
  | "parent-child";

export type Relationship = {
  readonly source: ResourceId;
  readonly target: ResourceId;
  readonly type: RelationshipType;
  readonly metadata: Json;
};

/** Whether a relationship of this type orders the build, and which of its two ends waits for the other. */
export const buildOrder: Readonly<
  Record<RelationshipType, "source-after-target" | "target-after-source" | "none">
> = {
  references: "none",
  embeds: "source-after-target",
  "uses-image": "source-after-target",
  "uses-layout": "source-after-target",
  "has-variant": "target-after-source",
  "depends-on": "source-after-target",
  "parent-child": "none",
};

/**
 * The two ends of a relationship in build order, or `undefined` when it does not order the build. Between two files
 * none does, whatever its type: neither of them is built.
 */
export function buildEdgeOf(
  relationship: Pick<Relationship, "source" | "target" | "type">,
): { readonly first: ResourceId; readonly then: ResourceId } | undefined {
  const order = buildOrder[relationship.type];
  if (order === "none" || isBetweenFiles(relationship)) return undefined;
  return order === "source-after-target"
    ? { first: relationship.target, then: relationship.source }
    : { first: relationship.source, then: relationship.target };
}

function isBetweenFiles({ source, target }: Pick<Relationship, "source" | "target">): boolean {
  return filePathOf(source) !== undefined && filePathOf(target) !== undefined;
}
