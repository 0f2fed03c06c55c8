import { expect, it } from "vitest";
import { renderHook } from "vitest-browser-react";
import { asResourceId } from "../../model/ids.ts";
import type { RelationGroup } from "../../model/relations.ts";
import { SessionProvider } from "../session-context.ts";
import { fakeSession } from "../testing/fake-session.ts";
import { useRelations } from "./use-relations.ts";

const embeds: RelationGroup = {
  direction: "outgoing",
  type: "embeds",
  total: 1,
  relations: [{ id: "1.0", other: asResourceId("file:b.md"), metadata: null }],
};

it("never shows the relationships of the node before, not even while those of the next are awaited", async () => {
  const session = fakeSession({ relations: new Map([["file:a.md", [embeds]]]) });
  const never = new Promise<undefined>(() => undefined);
  const slow = {
    ...session,
    relations: (id: string) => (id === "file:a.md" ? session.relations(asResourceId(id)) : never),
  };
  const { result, rerender } = await renderHook((id?: string) => useRelations(id ?? "file:a.md"), {
    wrapper: ({ children }) => <SessionProvider value={slow}>{children}</SessionProvider>,
  });
  await expect.poll(() => result.current?.groups).toEqual([embeds]);
  await rerender("file:b.md");
  expect(result.current).toBeUndefined();
});
