import { describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { asResourceId } from "../../model/ids.ts";
import type { GraphComparison, GraphDiagnostics } from "../../model/diagnostics.ts";
import { openTab, renderProject } from "../testing/render-app.tsx";
import { run, sampleEdges, sampleNodes } from "../testing/sample-rows.ts";

const a = asResourceId("fragment:a.md#");
const b = asResourceId("fragment:b.md#");

const diagnostics: GraphDiagnostics = {
  signature: "1f2e3d4c5b6a7988",
  counts: { rules: 1562, evidence: 2607, edges: 5012, generations: 4 },
  cycles: [{ path: [a, b], cuts: [{ rule: a, input: b }], members: [a, b] }],
  critical: { steps: [{ id: asResourceId("page:index.md"), durationMs: 12 }], totalMs: 12 },
  isolated: Array.from({ length: 250 }, (_, i) => asResourceId(`file:unused-${i}.png`)),
  redundant: null,
  pipeline: { missing: ["append"], extra: [], mismatched: [] },
  tasksChecked: 12,
  reads: [{ rule: "page:a.md", undeclared: ["file:secret.txt"], unread: [] }],
  kept: [
    { signature: "1f2e3d4c5b6a7988", version: 2, createdAt: Date.now() },
    { signature: "00000000000000aa", version: 1, createdAt: Date.now() - 60_000 },
  ],
};

const asDeclared = { missing: [], extra: [], mismatched: [] };

const comparison: GraphComparison = {
  added: ["page:new.md"],
  removed: ["page:old.md"],
  changed: [],
  addedEdges: [{ first: "file:new.md", then: "page:new.md" }],
  removedEdges: [],
};

const content = {
  nodes: sampleNodes(),
  edges: sampleEdges(),
  runs: [run("one", Date.now())],
  diagnostics,
  comparisons: new Map([["00000000000000aa", comparison]]),
};

describe("diagnostics", () => {
  it("shows the cycle with its path and its cuts, and a name leads to its node", async () => {
    await renderProject(content);
    await openTab("Diagnostics");
    await expect
      .element(page.getByText("fragment:a.md# waits for fragment:b.md# waits for fragment:a.md#"))
      .toBeVisible();
    await expect.element(page.getByText("fragment:b.md# from fragment:a.md#")).toBeVisible();
    await page.getByRole("button", { name: "page:index.md" }).click();
    await expect.element(page.getByRole("tab", { name: "Graph" })).toHaveAttribute("aria-selected", "true");
  });

  it("shows the first of many unused files and says how many more there are", async () => {
    await renderProject(content);
    await openTab("Diagnostics");
    await expect.element(page.getByRole("heading", { name: "Files that nothing uses 250" })).toBeVisible();
    expect(document.querySelectorAll(".diagnostics .node-name").length).toBeLessThan(220);
    await expect.element(page.getByText("and 50 more")).toBeInTheDocument();
  });

  it("tells what the checks found", async () => {
    await renderProject(content);
    await openTab("Diagnostics");
    await expect.element(page.getByText("The build had no stage append.")).toBeVisible();
    await expect
      .element(page.getByText("page:a.md read file:secret.txt without requiring it."))
      .toBeVisible();
  });

  it("compares with an earlier graph, and does not offer the present one", async () => {
    await renderProject(content);
    await openTab("Diagnostics");
    const select = page.getByRole("combobox", { name: "Compare with" });
    await expect.element(select).toBeVisible();
    expect(select.element().querySelectorAll("option")).toHaveLength(2);
    await select.selectOptions("00000000000000aa");
    await expect.element(page.getByRole("heading", { name: "1 added" })).toBeVisible();
    await expect.element(page.getByText("file:new.md → page:new.md")).toBeVisible();
  });

  it("leads to nodes that are there, and only names those that are not", async () => {
    await renderProject(content);
    await openTab("Diagnostics");
    await page.getByRole("combobox", { name: "Compare with" }).selectOptions("00000000000000aa");
    await expect.element(page.getByRole("button", { name: "page:new.md" })).toBeVisible();
    await expect.element(page.getByText("page:old.md")).toBeVisible();
    expect(page.getByRole("button", { name: "page:old.md" }).query()).toBeNull();
  });

  it.each([
    [
      { pipeline: null, tasksChecked: 0 },
      ["No task ran since the project was opened, so there is nothing to check yet."],
    ],
    [
      { pipeline: null, tasksChecked: 1 },
      [
        "No whole build ended since the project was opened, so its stages are not checked yet.",
        "The one task that ran since the project was opened read just what its rule requires.",
      ],
    ],
    [
      { pipeline: asDeclared, tasksChecked: 0 },
      [
        "The stages of the build are as declared.",
        "No task ran since the project was opened, so there is nothing yet to compare with what the rules require.",
      ],
    ],
    [
      { pipeline: asDeclared, tasksChecked: 1562 },
      [
        "The stages of the build are as declared.",
        "The 1,562 tasks that ran since the project was opened read just what their rules require.",
      ],
    ],
  ])("claims no more than what was checked: %o", async (checked, said) => {
    await renderProject({ ...content, diagnostics: { ...diagnostics, reads: [], ...checked } });
    await openTab("Diagnostics");
    for (const text of said) await expect.element(page.getByText(text, { exact: true })).toBeVisible();
    const section = page.getByRole("heading", { name: "Checks" }).element().parentElement;
    expect(section?.querySelectorAll("p, li")).toHaveLength(said.length);
  });

  it("says that there may be more edges without need where the search was cut short", async () => {
    const requirements = [{ rule: "page:a.md", input: "file:a.md" }];
    const cut = { ...diagnostics, redundant: { requirements, isComplete: false } };
    await renderProject({ ...content, diagnostics: cut });
    await openTab("Diagnostics");
    await expect.element(page.getByText("at least 1", { exact: true })).toBeVisible();
  });

  it("asks for the graph as a file in each format", async () => {
    const session = await renderProject(content);
    await openTab("Diagnostics");
    for (const name of ["DOT", "Mermaid", "JSON", "Dependencies", "Hamilton"])
      await page.getByRole("button", { name, exact: true }).click();
    expect(session.calls).toEqual(
      ["dot", "mermaid", "json", "dependencies", "hamilton"].map((format) => `exportGraph ${format}`),
    );
  });

  it("says so before the first build", async () => {
    await renderProject({});
    await openTab("Diagnostics");
    await expect.element(page.getByText("No graph yet")).toBeVisible();
  });
});
