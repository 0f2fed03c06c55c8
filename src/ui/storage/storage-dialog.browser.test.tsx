import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { formatBytes } from "../format/bytes.ts";
import { countOf } from "../format/count.ts";
import type { FakeSession, fakeSession } from "../testing/fake-session.ts";
import { renderProject } from "../testing/render-app.tsx";
import { sampleNodes } from "../testing/sample-rows.ts";

const dialog = page.getByRole("dialog", { name: "Storage" });
const storage = {
  usage: 48_000_000,
  quota: 2_000_000_000,
  isKept: false,
};
const asked = new Map([["stored for all projects", [{ key: "artifacts", count: 312, bytes: 21_000_000 }]]]);

async function open(content: Parameters<typeof fakeSession>[0] = {}): Promise<FakeSession> {
  const session = await renderProject({ storage, asked, ...content });
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

  it("says what the project's files take and what was made of them, and goes with a build", async () => {
    const nodes = sampleNodes().filter(({ kind }) => kind === "image" || kind === "variant");
    const sum = (kind: string) =>
      nodes.filter((row) => row.kind === kind).reduce((total, { bytes }) => total + (bytes ?? 0), 0);
    const session = await open({ nodes });
    const count = (kind: string) => nodes.filter((row) => row.kind === kind).length;
    const told = (words: string, kind: string, bytes: number) =>
      `${words}: ${countOf(count(kind), "file")}, ${formatBytes(bytes)}`;
    const made = "Its pictures in the sizes of screens";
    await expect.element(dialog.getByText(told("Its pictures", "image", sum("image")))).toBeVisible();
    await expect.element(dialog.getByText(told(made, "variant", sum("variant")))).toBeVisible();
    const [variant] = nodes.filter(({ kind }) => kind === "variant");
    session.views.node.change([{ ...variant!, bytes: (variant!.bytes ?? 0) + 5_000_000 }]);
    await expect.element(dialog.getByText(told(made, "variant", sum("variant") + 5_000_000))).toBeVisible();
    const grown = [{ key: "artifacts", count: 400, bytes: 30_000_000 }];
    session.asked("stored for all projects").change(grown);
    await expect.element(dialog.getByText("400 files, 30 MB", { exact: false })).toBeVisible();
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
