import { describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { openTab, renderProject } from "../testing/render-app.tsx";
import { sampleNodes, sampleProblems } from "../testing/sample-rows.ts";

const headings = () => [...document.querySelectorAll(".problem-group")].map((group) => group.textContent);

describe("problems", () => {
  it("groups them worst first and selects the file of the one that is clicked", async () => {
    await renderProject({ nodes: sampleNodes(), problems: sampleProblems() });
    await openTab("Problems");
    await expect.poll(headings).toEqual(["Errors1", "Warnings2", "Notes1"]);
    await page.getByRole("button", { name: /installation\.md line 42/ }).click();
    const inspector = page.getByRole("complementary", { name: "Inspector" });
    await expect.element(inspector.getByRole("heading", { name: "guide/installation.md" })).toBeVisible();
    await expect.element(inspector.getByText("Correct the link, or add the file.")).toBeVisible();
  });

  it("filters by words and by severity", async () => {
    await renderProject({ problems: sampleProblems() });
    await openTab("Problems");
    await page.getByRole("searchbox").fill("heading");
    await expect.poll(headings).toEqual(["Warnings1"]);
    await page.getByRole("button", { name: "Errors" }).click();
    await expect.element(page.getByText("Nothing matches")).toBeVisible();
  });

  it("says so when there are none, and shows the first that comes", async () => {
    const session = await renderProject({});
    await openTab("Problems");
    await expect.element(page.getByText("No problems")).toBeVisible();
    session.views.problem.change(sampleProblems().slice(0, 1));
    await expect.poll(headings).toEqual(["Errors1"]);
  });
});
