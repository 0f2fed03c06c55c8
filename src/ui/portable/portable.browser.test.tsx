import { expect, it } from "vitest";
import { page } from "vitest/browser";
import { fakeProject } from "../testing/fake-session.ts";
import { renderApp, renderProject } from "../testing/render-app.tsx";

const summary = {
  operations: 1234,
  last: 1234,
  outputs: 60,
  artifacts: 56,
  bytes: 12_300_000,
  settings: null,
};

async function openDialog(): Promise<void> {
  await page.getByRole("button", { name: "Export" }).click();
  await page.getByRole("menuitem", { name: "The whole project…" }).click();
}

it("says what a project file will hold, and leaves the finished files out on request", async () => {
  const session = await renderProject({ summary });
  await openDialog();
  await expect.element(page.getByText("56 files, 12 MB", { exact: false })).toBeVisible();
  await expect.element(page.getByText("History: 1,234 operations")).toBeVisible();
  await page.getByRole("dialog").getByRole("button", { name: "Export" }).click();
  await openDialog();
  await page.getByRole("checkbox", { name: "With finished files" }).click();
  await page.getByRole("dialog").getByRole("button", { name: "Export" }).click();
  await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
  expect(session.calls).toEqual(["exportProject everything", "exportProject history"]);
});

it("asks for the folder of an imported project where a build would be asked for", async () => {
  const session = await renderProject({ state: { project: { ...fakeProject, origin: "import" } } });
  await expect.element(page.getByText("no folder yet")).toBeVisible();
  await expect.element(page.getByRole("button", { name: "Build", exact: true })).not.toBeInTheDocument();
  await page.getByRole("button", { name: "Choose its folder" }).click();
  expect(session.calls).toEqual(["chooseFolder"]);
});

it("shows how far a transfer is, and stops it", async () => {
  const transfer = { direction: "import", name: "notes.strata.zip", done: 25, total: 100 } as const;
  const session = await renderApp({ state: { transfer } });
  await expect.element(page.getByText("Importing notes.strata.zip")).toBeVisible();
  await expect.element(page.getByText("25%")).toBeVisible();
  await expect.element(page.getByRole("button", { name: "Import a project…" })).toBeDisabled();
  await page.getByRole("button", { name: "Cancel" }).click();
  expect(session.calls).toEqual(["cancelTransfer"]);
});

it("takes a project file on the start screen", async () => {
  const start = await renderApp({});
  await page.getByRole("button", { name: "Import a project…" }).click();
  expect(start.calls).toEqual(["importProject"]);
});

it("merges a project file into the open project", async () => {
  const session = await renderProject({});
  await page.getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name: "Merge a project file…" }).click();
  expect(session.calls).toEqual(["mergeProject"]);
});
