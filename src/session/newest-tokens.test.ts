import { expect, it } from "vitest";
import { asProjectId } from "../model/ids.ts";
import { NewestTokens } from "./newest-tokens.ts";

it("[N20] keeps the newest token of each project, over intakes that recorded nothing", () => {
  const [one, other] = [asProjectId("one"), asProjectId("other")];
  const at = (operationIndex: number, projectId = one) => ({
    projectId,
    coordinates: [{ documentId: "file:a.md", scope: "source", branch: "main", operationIndex }],
  });
  const tokens = new NewestTokens();
  expect(tokens.of(one)).toBeNull();
  tokens.note(at(1));
  tokens.note(at(2));
  tokens.note(at(9, other));
  tokens.note(null);
  expect([tokens.of(one), tokens.of(other)]).toEqual([at(2), at(9, other)]);
  tokens.forget(one);
  expect([tokens.of(one), tokens.of(other)]).toEqual([null, at(9, other)]);
});
