import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { openTab, renderProject } from "../testing/render-app.tsx";
import { sampleHistory } from "../testing/sample-history.ts";
import { run, sampleNodes, sampleProblems, sampleRuns } from "../testing/sample-rows.ts";

describe("project screen", () => {
  it("moves among the tabs with the arrow keys", async () => {
    await renderProject({});
    await page.getByRole("tab", { name: "Graph" }).click();
    await userEvent.keyboard("{ArrowLeft}");
    const last = page.getByRole("tab", { name: "Diagnostics" });
    await expect.element(last).toHaveAttribute("aria-selected", "true");
    await expect.element(page.getByRole("tabpanel", { name: "Diagnostics" })).toBeVisible();
    await userEvent.keyboard("{Home}{ArrowRight}");
    await expect.element(page.getByRole("tab", { name: "Files" })).toHaveFocus();
  });

  it("goes to a tab by its number, but not while typing", async () => {
    await renderProject({ nodes: sampleNodes() });
    await userEvent.keyboard("3");
    await expect
      .element(page.getByRole("tab", { name: "Problems" }))
      .toHaveAttribute("aria-selected", "true");
    await openTab("Files");
    await page.getByRole("searchbox").fill("");
    await userEvent.type(page.getByRole("searchbox"), "5");
    await expect.element(page.getByRole("tab", { name: "Files" })).toHaveAttribute("aria-selected", "true");
  });

  it("follows a run from start to end, and announces the quarters alone", async () => {
    const now = Date.now();
    const active = { phase: "building", endedAt: null, total: 100 } as const;
    const session = await renderProject({ runs: [run("r", now, { ...active, settled: 10 })] });
    const bar = page.getByRole("progressbar", { name: "Build progress" });
    const words = () => document.querySelector(".run-status .visually-hidden")?.textContent;
    await expect.element(bar).toHaveAttribute("aria-valuenow", "10");
    expect(words()).toBe("Building");
    session.views.run.change([run("r", now, { ...active, settled: 30 })]);
    await expect.element(bar).toHaveAttribute("aria-valuenow", "30");
    expect(words()).toBe("Building, 25%");
    session.views.run.change([run("r", now, { ...active, settled: 49 })]);
    await expect.element(bar).toHaveAttribute("aria-valuenow", "49");
    expect(words()).toBe("Building, 25%");
    session.views.run.change([run("r", now, { built: 24, reused: 76 })]);
    await expect.element(bar).not.toBeInTheDocument();
    expect(words()).toBe("Up to date: 24 built, 76 reused, 3.2 s");
  });

  it("builds, rebuilds, cancels, exports and closes", async () => {
    const session = await renderProject({});
    await page.getByRole("button", { name: "Build" }).click();
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Rebuild all" }).click();
    await page.getByRole("button", { name: "Export" }).click();
    await userEvent.keyboard("{ArrowDown}{Enter}");
    session.views.run.change(sampleRuns(Date.now()));
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.getByRole("button", { name: "Close project" }).click();
    expect(session.calls).toEqual(["build", 'build {"force":true}', "exportAsZip", "cancel", "closeProject"]);
  });

  it("shows notices with their remedy until dismissed", async () => {
    const notice = { id: 7, code: "x", severity: "error", message: "It broke.", remedy: "Mend it." } as const;
    const session = await renderProject({ state: { notices: [notice] } });
    await expect.element(page.getByText("Mend it.")).toBeVisible();
    await page.getByRole("button", { name: "Dismiss: It broke." }).click();
    await expect.element(page.getByText("It broke.")).not.toBeInTheDocument();
    expect(session.state().notices).toEqual([]);
  });

  it("offers a new version, and says that another tab leads", async () => {
    const session = await renderProject({
      state: { updateReady: true, role: "follower", threads: "single" },
    });
    await expect.element(page.getByText("Another tab builds; this one follows.")).toBeVisible();
    await expect.element(page.getByText("one thread")).toBeVisible();
    await page.getByRole("button", { name: "Update now" }).click();
    expect(session.calls).toEqual(["applyUpdate"]);
  });

  const tabs = ["Graph", "Files", "Problems", "Preview", "Runs", "History", "Diagnostics"];

  it.each(tabs)("fits %s into 360 pixels, with its tab in sight", async (tab) => {
    const content = {
      nodes: sampleNodes(),
      problems: sampleProblems(),
      runs: sampleRuns(Date.now()),
      history: sampleHistory(Date.now()),
      site: new Map(),
    };
    await renderProject(content, { width: 360, height: 740 });
    await userEvent.keyboard(String(tabs.indexOf(tab) + 1));
    await expect.element(page.getByRole("tabpanel", { name: tab })).toBeVisible();
    expect(document.documentElement.scrollWidth).toBeLessThanOrEqual(360);
    const { left, right } = page.getByRole("tab", { name: tab }).element().getBoundingClientRect();
    expect(left).toBeGreaterThanOrEqual(0);
    expect(right).toBeLessThanOrEqual(361);
  });
});
