import { expect, it } from "vitest";
import { fileId } from "../model/resource.ts";
import type { Relationship } from "../model/relationship.ts";
import { relationshipKey, relationshipOperations, relationshipsAfter } from "./changes.ts";

function related(source: string, target: string, type: Relationship["type"]): Relationship {
  return { source: fileId(source), target: fileId(target), type, metadata: null };
}
const byKey = (...all: readonly Relationship[]) => new Map(all.map((one) => [relationshipKey(one), one]));

it("[E33] an intake removes and adds what the folder asks for, and leaves what a person made", () => {
  const child = related("a.md", "b.md", "parent-child");
  const known = byKey(child, related("a.md", "b.md", "references"));
  const wanted = byKey(related("a.md", "c.md", "references"));
  const input = (targetId: string) => ({ targetId, type: "references", metadata: null });
  expect(relationshipOperations(known, wanted).map(({ action }) => action)).toEqual([
    { type: "REMOVE_RELATIONSHIP", relationships: [input("file:b.md")] },
    { type: "ADD_RELATIONSHIP", relationships: [input("file:c.md")] },
  ]);
  expect([...relationshipsAfter(known, wanted).values()]).toEqual([child, ...wanted.values()]);
});
