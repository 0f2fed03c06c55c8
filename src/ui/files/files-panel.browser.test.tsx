import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { openTab, renderProject } from "../testing/render-app.tsx";
import { fileRow, manyNodes, sampleNodes } from "../testing/sample-rows.ts";

const small = [
  fileRow("b/two.md", "document", 200),
  fileRow("a/one.md", "document", 300),
  { ...fileRow("c/three.png", "image", 100), status: "FAILED" as const },
];

function shownNames(): readonly string[] {
  return [...document.querySelectorAll(".file-rows .path-text")].map((cell) => cell.textContent ?? "");
}

describe("files table", () => {
  it("sorts by a column, and the other way round on the second click", async () => {
    await renderProject({ nodes: small });
    await openTab("Files");
    await expect.poll(shownNames).toEqual(["a/one.md", "b/two.md", "c/three.png"]);
    await page.getByRole("button", { name: "Size" }).click();
    await expect.poll(shownNames).toEqual(["c/three.png", "b/two.md", "a/one.md"]);
    const header = page.getByRole("columnheader", { name: "Size" });
    await expect.element(header).toHaveAttribute("aria-sort", "ascending");
    await page.getByRole("button", { name: "Size" }).click();
    await expect.poll(shownNames).toEqual(["a/one.md", "b/two.md", "c/three.png"]);
    await expect.element(header).toHaveAttribute("aria-sort", "descending");
  });

  it("searches by a part of the name and filters by status and kind", async () => {
    await renderProject({ nodes: small });
    await openTab("Files");
    await page.getByRole("searchbox").fill("T");
    await expect.poll(shownNames).toEqual(["b/two.md", "c/three.png"]);
    await page.getByRole("button", { name: "Failed 1" }).click();
    await expect.poll(shownNames).toEqual(["c/three.png"]);
    await page.getByRole("button", { name: "Document 1" }).click();
    await expect.element(page.getByText("Nothing matches")).toBeVisible();
    await page.getByRole("button", { name: "Clear search and filters" }).click();
    await expect.poll(() => shownNames().length).toBe(3);
  });

  it("counts each status and each kind, whatever is filtered, and follows what changes", async () => {
    const session = await renderProject({ nodes: small });
    await openTab("Files");
    const chips = () => [...document.querySelectorAll(".files-chips .chip")].map((chip) => chip.textContent);
    await expect.poll(chips).toEqual(["Failed1", "Done2", "Document2", "Image1"]);
    await page.getByRole("button", { name: "Failed 1" }).click();
    await expect.poll(shownNames).toEqual(["c/three.png"]);
    session.views.node.change([{ ...fileRow("a/one.md", "document", 300), status: "RUNNING" }]);
    await expect.poll(chips).toEqual(["Failed1", "Building1", "Done1", "Document2", "Image1"]);
    await expect.element(page.getByRole("tab", { name: "Files" })).toHaveTextContent("Files3");
  });

  it("moves with the keyboard and selects with Enter", async () => {
    await renderProject({ nodes: small });
    await openTab("Files");
    const grid = page.getByRole("grid");
    await expect.element(grid).toHaveAttribute("aria-rowcount", "4");
    grid.element().focus();
    await userEvent.keyboard("{ArrowDown}{ArrowDown}{ArrowUp}{Enter}");
    await expect.element(page.getByRole("complementary", { name: "Inspector" })).toBeVisible();
    const selected = document.querySelector('.file-rows [aria-selected="true"]');
    expect(selected?.textContent).toContain("b/two.md");
    expect(grid.element().getAttribute("aria-activedescendant")).toBe(selected?.id);
    await userEvent.keyboard("{Escape}");
    await expect.element(page.getByRole("complementary")).not.toBeInTheDocument();
  });

  it("keeps the active row on its file when the order changes", async () => {
    const session = await renderProject({ nodes: small });
    await openTab("Files");
    page.getByRole("grid").element().focus();
    await userEvent.keyboard("{ArrowDown}");
    session.views.node.change([fileRow("a/half.md", "document", 1)]);
    await expect.poll(shownNames).toEqual(["a/half.md", "a/one.md", "b/two.md", "c/three.png"]);
    expect(document.querySelector('[data-active="true"]')?.textContent).toContain("b/two.md");
  });

  it("focuses the search box on / from any tab", async () => {
    await renderProject({ nodes: small });
    await openTab("Runs");
    await userEvent.keyboard("/");
    await expect.element(page.getByRole("searchbox")).toHaveFocus();
  });

  it("follows rows that change, come and go", async () => {
    const session = await renderProject({ nodes: small });
    await openTab("Files");
    await expect.poll(() => shownNames().length).toBe(3);
    session.views.node.change(
      [{ ...fileRow("a/one.md", "document", 300), status: "RUNNING" }],
      ["file:b/two.md"],
    );
    await expect.poll(shownNames).toEqual(["a/one.md", "c/three.png"]);
    expect(document.querySelector(".file-rows .file-row")?.textContent).toContain("Building");
  });

  it("holds 100,000 rows with only those in sight in the page, and filters them without a long pause", async () => {
    await renderProject({ nodes: manyNodes(100_000) });
    await openTab("Files");
    const grid = page.getByRole("grid");
    await expect.element(grid).toHaveAttribute("aria-rowcount", "100001");
    expect(document.querySelectorAll(".file-rows .file-row").length).toBeLessThan(80);
    grid.element().focus();
    await userEvent.keyboard("{End}");
    await expect
      .poll(() => document.querySelector('[data-active="true"]')?.getAttribute("aria-rowindex"))
      .toBe("100001");
    const start = performance.now();
    await page.getByRole("searchbox").fill("part-42/");
    await expect.element(page.getByText(/^1,03[01] of 100,000 rows$/)).toBeVisible();
    expect(performance.now() - start).toBeLessThan(2000);
  });

  it("gives every status a word beside its colour", async () => {
    await renderProject({ nodes: sampleNodes() });
    await openTab("Files");
    await page.getByRole("button", { name: "Status" }).click();
    await expect
      .poll(() => [
        ...new Set(
          [...document.querySelectorAll(".file-rows .file-cell-status")].map((cell) => cell.textContent),
        ),
      ])
      .toEqual([
        "Failed",
        "Held back",
        "Building",
        "Waiting",
        "Out of date",
        "Not built",
        "Cancelled",
        "Done",
      ]);
  });
});
