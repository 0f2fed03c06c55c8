import { expect, it } from "vitest";
import type { RelationGroup } from "../../model/relations.ts";
import { buildOrder, type RelationshipType } from "../../model/relationship.ts";
import { groupsOf, stepWords } from "./relation-words.ts";

const types = Object.keys(buildOrder) as RelationshipType[];
const group = (type: RelationshipType, direction: RelationGroup["direction"]): RelationGroup => ({
  type,
  direction,
  total: 1,
  relations: [],
});

it("puts each end of every relationship into one of two lists, on the side of what waits in the build", () => {
  for (const type of types) {
    const isTurned = buildOrder[type] === "target-after-source" || type === "parent-child";
    const [outgoing, incoming] = [group(type, "outgoing"), group(type, "incoming")];
    const needed = isTurned ? incoming : outgoing;
    const using = isTurned ? outgoing : incoming;
    expect(groupsOf([outgoing, incoming], "depends-on").map((one) => one.group)).toEqual([needed]);
    expect(groupsOf([outgoing, incoming], "used-by").map((one) => one.group)).toEqual([using]);
  }
});

it("reads embeds before links, whatever order the engine tells them in", () => {
  const groups = [
    group("references", "outgoing"),
    group("has-variant", "incoming"),
    group("embeds", "outgoing"),
  ];
  expect(groupsOf(groups, "depends-on").map(({ words }) => words)).toEqual([
    "Embeds",
    "Links to",
    "Variant of",
  ]);
  expect(stepWords(["references", "embeds"])).toBe("embeds and links to");
});
