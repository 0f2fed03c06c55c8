import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { asProjectId } from "../../model/ids.ts";
import { fakeProject } from "../testing/fake-session.ts";
import { renderApp } from "../testing/render-app.tsx";

const recent = {
  projectId: asProjectId("p1"),
  name: "handbook",
  origin: "folder",
  openedAt: Date.now() - 3_600_000,
  needsPermission: true,
} as const;

function drag(type: string, transfer: DataTransfer, target: EventTarget = document.body): void {
  target.dispatchEvent(
    new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: transfer, relatedTarget: null }),
  );
}

function carrying(name: string): DataTransfer {
  const transfer = new DataTransfer();
  transfer.items.add(new File(["x"], name));
  return transfer;
}

describe("start screen", () => {
  it("takes a drop anywhere in the window and shows that it would", async () => {
    const session = await renderApp({});
    drag("dragenter", carrying("site.zip"));
    await expect.element(page.getByText("Let go to open it")).toBeVisible();
    drag("dragleave", carrying("site.zip"));
    await expect.element(page.getByText("Drop a folder or a ZIP")).toBeVisible();
    drag("drop", carrying("site.zip"));
    expect(session.calls).toEqual(["openDropped site.zip"]);
  });

  it("leaves a drag without files to the browser", async () => {
    const session = await renderApp({});
    const words = new DataTransfer();
    words.setData("text/plain", "only words");
    drag("dragenter", words);
    drag("drop", words);
    await expect.element(page.getByText("Drop a folder or a ZIP")).toBeVisible();
    expect(session.calls).toEqual([]);
  });

  it("takes a drop over an open project too", async () => {
    const session = await renderApp({ state: { project: fakeProject } });
    drag("dragenter", carrying("other.zip"));
    await expect.element(page.getByText("Drop to open it as a project")).toBeVisible();
    drag("drop", carrying("other.zip"));
    expect(session.calls).toEqual(["openDropped other.zip"]);
  });

  it("opens by the picker, and by a directory input where there is none", async () => {
    const withPicker = await renderApp({});
    await page.getByRole("button", { name: "Open folder" }).click();
    expect(withPicker.calls).toEqual(["openFolder"]);
    expect(document.querySelector("input[type=file][webkitdirectory]")).toBeNull();
  });

  it("gives the files of a directory input to the session", async () => {
    const session = await renderApp({ hasFolderPicker: false });
    const input = document.querySelector<HTMLInputElement>("input[type=file][webkitdirectory]");
    await userEvent.upload(page.elementLocator(input!.ownerDocument.querySelector("input[accept]")!), [
      new File(["x"], "site.zip"),
    ]);
    expect(session.calls).toEqual(["openFiles site.zip"]);
  });

  it("opens the sample and a recent project, and says when permission will be asked", async () => {
    const session = await renderApp({ state: { recents: [recent] } });
    await page.getByRole("button", { name: "Try the sample" }).click();
    await expect.element(page.getByText("asks for permission")).toBeVisible();
    await page.getByRole("button", { name: /^handbook/ }).click();
    expect(session.calls).toEqual(["openSample", "openRecent p1"]);
  });

  it("forgets only after a second word", async () => {
    const session = await renderApp({ state: { recents: [recent] } });
    await page.getByRole("button", { name: "Forget handbook" }).click();
    await page.getByRole("button", { name: "Keep it" }).click();
    expect(session.calls).toEqual([]);
    await page.getByRole("button", { name: "Forget handbook" }).click();
    await page.getByRole("button", { name: "Forget it" }).click();
    expect(session.calls).toEqual(["forget p1"]);
    await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
  });

  it("counts what a folder being read has given so far", async () => {
    const session = await renderApp({ state: { intake: { name: "docs", found: 1234 } } });
    await expect.element(page.getByText("1,234 files found so far")).toBeVisible();
    session.set({ intake: { name: "docs", found: 2000 } });
    await expect.element(page.getByText("2,000 files found so far")).toBeVisible();
  });
});
