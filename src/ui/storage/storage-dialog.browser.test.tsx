import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { FakeSession, fakeSession } from "../testing/fake-session.ts";
import { renderProject } from "../testing/render-app.tsx";

const dialog = page.getByRole("dialog", { name: "Storage" });
const storage = {
  usage: 48_000_000,
  quota: 2_000_000_000,
  isKept: false,
  artifacts: { artifacts: 312, bytes: 21_000_000 },
};

async function open(content: Parameters<typeof fakeSession>[0] = {}): Promise<FakeSession> {
  const session = await renderProject({ storage, ...content });
  await userEvent.keyboard("{Control>}k{/Control}");
  await userEvent.keyboard("storage{Enter}");
  await expect.element(dialog).toBeVisible();
  return session;
}

describe("storage", () => {
  it("says what is used, what the finished files take, and whether the browser keeps it", async () => {
    const session = await open();
    await expect.element(dialog.getByText("48 MB used of 2.0 GB that the browser gives")).toBeVisible();
    await expect.element(dialog.getByText("312 files, 21 MB", { exact: false })).toBeVisible();
    await expect.element(dialog.getByText("may clear it", { exact: false })).toBeVisible();
    expect(session.calls).toEqual([]);
  });

  it("asks the browser to keep it, and says what came of it", async () => {
    const session = await open({ keeps: false });
    await dialog.getByRole("button", { name: "Keep it for good" }).click();
    await expect.element(dialog.getByRole("status")).toHaveTextContent("The browser did not agree.");
    expect(session.calls).toEqual(["keepStorage"]);
  });

  it("offers no asking where it is kept already", async () => {
    await open({ storage: { ...storage, isKept: true } });
    await expect.element(dialog.getByText("keeps all of it", { exact: false })).toBeVisible();
    await expect.element(dialog.getByRole("button", { name: "Keep it for good" })).not.toBeInTheDocument();
  });

  it("cleans up and says what that freed", async () => {
    const session = await open({ freed: { artifacts: 3, bytes: 1_200_000 } });
    await dialog.getByRole("button", { name: "Clean up" }).click();
    await expect.element(dialog.getByRole("status")).toHaveTextContent("Freed 1.2 MB in 3 files.");
    expect(session.calls).toEqual(["collect"]);
  });
});
