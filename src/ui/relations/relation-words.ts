import type { RelationDirection, RelationGroup } from "../../model/relations.ts";
import type { RelationshipType } from "../../model/relationship.ts";

/** Which of a resource's two lists a group belongs to: what it stands on, or what stands on it. */
export type RelationList = "depends-on" | "used-by";

type Meaning = { readonly list: RelationList; readonly words: string };

const needs = (words: string): Meaning => ({ list: "depends-on", words });
const serves = (words: string): Meaning => ({ list: "used-by", words });

/** What a relationship means to the resource at each of its ends, and to the way that goes along it. */
const meanings: Readonly<
  Record<RelationshipType, Readonly<Record<RelationDirection, Meaning>> & { readonly step: string }>
> = {
  embeds: { outgoing: needs("Embeds"), incoming: serves("Embedded in"), step: "embeds" },
  "uses-image": { outgoing: needs("Shows"), incoming: serves("Shown in"), step: "shows" },
  references: { outgoing: needs("Links to"), incoming: serves("Linked from"), step: "links to" },
  "parent-child": { outgoing: serves("Children"), incoming: needs("Child of"), step: "is the parent of" },
  "uses-layout": { outgoing: needs("Layout"), incoming: serves("Layout of"), step: "uses the layout" },
  "depends-on": { outgoing: needs("Made from"), incoming: serves("Made from it"), step: "is made from" },
  "has-variant": { outgoing: serves("Variants"), incoming: needs("Variant of"), step: "has the variant" },
};

const order = Object.keys(meanings);

/** The groups of one list in the order in which they are read, each with its words. */
export function groupsOf(
  groups: readonly RelationGroup[],
  list: RelationList,
): readonly { readonly words: string; readonly group: RelationGroup }[] {
  return groups
    .map((group) => ({ group, ...meanings[group.type][group.direction] }))
    .filter((one) => one.list === list)
    .sort((a, b) => order.indexOf(a.group.type) - order.indexOf(b.group.type));
}

/** `embeds and links to`. */
export function stepWords(types: readonly RelationshipType[]): string {
  return [...types]
    .sort((a, b) => order.indexOf(a) - order.indexOf(b))
    .map((type) => meanings[type].step)
    .join(" and ");
}
