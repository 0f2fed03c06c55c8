import { expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { renderProject } from "../testing/render-app.tsx";
import { samplePlan } from "./sample-plan.test-kit.ts";

const plan = samplePlan(2000);

it("shows what a build would do, with why and how long, and only the rows in sight", async () => {
  const session = await renderProject({ plan });
  await page.getByRole("button", { name: "Dry run" }).click();
  const dialog = page.getByRole("dialog", { name: "Dry run" });
  await expect.element(dialog.getByText("3 to run, 1,997 that may run, 7 up to date.")).toBeVisible();
  await expect.element(dialog.getByText("About 12 s", { exact: false })).toBeVisible();
  await expect.element(dialog.getByText("Generation 1: 3 tasks")).toBeVisible();
  await expect.element(dialog.getByText("notes/note-0.md changed")).toBeVisible();
  expect(dialog.getByRole("row").elements().length).toBeLessThan(80);
  expect(session.calls).toEqual([]);
  await dialog.getByRole("button", { name: "Build" }).click();
  await expect.element(dialog).not.toBeInTheDocument();
  expect(session.calls).toEqual(["build"]);
});

it("is asked for and read by the keyboard alone", async () => {
  await renderProject({ plan });
  await userEvent.keyboard("{Control>}k{/Control}");
  await page.getByRole("combobox").fill("dry run");
  await userEvent.keyboard("{Enter}");
  const grid = page.getByRole("grid", { name: "Tasks of the plan" });
  await expect.element(grid).toBeVisible();
  (grid.element() as HTMLElement).focus();
  await userEvent.keyboard("{End}");
  await expect.element(grid.getByText("notes/note-1999.md", { exact: false })).toBeVisible();
  const active = grid.element().getAttribute("aria-activedescendant") ?? "";
  expect(document.getElementById(active)?.getAttribute("aria-selected")).toBe("true");
  await userEvent.keyboard("{Home}{ArrowDown}{Enter}");
  await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
  await expect.element(page.getByRole("tab", { name: "Graph", selected: true })).toBeVisible();
});

it("says so when there is nothing to do", async () => {
  await renderProject({ plan: { ...plan, tasks: [] } });
  await page.getByRole("button", { name: "Dry run" }).click();
  await expect.element(page.getByText("Nothing to do: 7 outputs up to date.")).toBeVisible();
  await userEvent.keyboard("{Escape}");
  await expect.element(page.getByRole("dialog")).not.toBeInTheDocument();
});
