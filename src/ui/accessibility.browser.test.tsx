import axe from "axe-core";
import { afterEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { asProjectId } from "../model/ids.ts";
import type { SessionState } from "../session/contract.ts";
import { fakeProject } from "./testing/fake-session.ts";
import { openTab, renderApp, renderProject } from "./testing/render-app.tsx";
import { samplePlan } from "./plan/sample-plan.test-kit.ts";
import { sampleHistory } from "./testing/sample-history.ts";
import { sampleTasks } from "./testing/sample-tasks.ts";
import {
  run,
  sampleEdges,
  sampleInspections,
  sampleNodes,
  samplePaths,
  sampleProblems,
  sampleRelations,
  sampleRuns,
} from "./testing/sample-rows.ts";

const content = {
  nodes: sampleNodes(),
  edges: sampleEdges(),
  problems: sampleProblems(),
  runs: sampleRuns(Date.now()),
  history: sampleHistory(Date.now()),
  inspections: sampleInspections(),
  relations: sampleRelations(),
  paths: samplePaths(),
};

const busy: Partial<SessionState> = {
  updateReady: true,
  role: "follower",
  threads: "single",
  online: false,
  exporting: { to: "zip", done: 3, total: 10 },
  notices: [
    { id: 1, code: "a", severity: "error", message: "It broke.", remedy: "Mend it." },
    { id: 2, code: "b", severity: "warning", message: "It bent.", remedy: "Straighten it." },
  ],
};

const imported: Partial<SessionState> = {
  project: { ...fakeProject, origin: "import", watching: false },
  transfer: { direction: "export", name: "handbook", done: 1, total: 3 },
};

const summary = { operations: 9, last: 9, outputs: 3, artifacts: 2, bytes: 12_300_000, settings: null };

const recents: SessionState["recents"] = [
  { projectId: asProjectId("a"), name: "handbook", origin: "folder", openedAt: 0, needsPermission: true },
];

const screens: Readonly<Record<string, () => Promise<unknown>>> = {
  start: () => renderApp({ state: { recents } }),
  "start while a folder is read": () => renderApp({ state: { intake: { name: "docs", found: 12 } } }),
  "forget dialog": async () => {
    await renderApp({ state: { recents } });
    await page.getByRole("button", { name: "Forget handbook" }).click();
  },
  "imported project": () => renderProject({ ...content, state: imported }),
  "export dialog": async () => {
    await renderProject({ ...content, summary });
    await page.getByRole("button", { name: "Export" }).click();
    await page.getByRole("menuitem", { name: "The whole project…" }).click();
    await expect.element(page.getByText("2 files, 12 MB", { exact: false })).toBeVisible();
  },
  "dry run": async () => {
    await renderProject({ ...content, runs: [], plan: samplePlan() });
    await page.getByRole("button", { name: "Dry run" }).click();
    await expect.element(page.getByRole("grid", { name: "Tasks of the plan" })).toBeVisible();
  },
  graph: () => renderProject(content),
  files: async () => {
    await renderProject({ ...content, state: busy });
    await openTab("Files");
  },
  inspector: async () => {
    await renderProject(content);
    await openTab("Files");
    await page.getByRole("gridcell", { name: "images/cover.jpg" }).click();
    await page.getByText("What would a change touch?").click();
  },
  "path chooser": async () => {
    await renderProject(content);
    await page.getByRole("button", { name: "Path…" }).click();
    await userEvent.keyboard("index.md{Enter}get");
  },
  path: async () => {
    await renderProject(content);
    await page.getByRole("button", { name: "Path…" }).click();
    await userEvent.keyboard("index.md{Enter}installation.md{Enter}");
    await page.getByRole("list", { name: "Steps of the path" }).getByRole("button").first().click();
  },
  problems: async () => {
    await renderProject(content);
    await openTab("Problems");
  },
  "empty problems": async () => {
    await renderProject({});
    await openTab("Problems");
  },
  preview: async () => {
    await renderProject({ ...content, site: new Map() });
    await openTab("Preview");
    await page.getByRole("combobox").click();
  },
  "preview without a service worker": async () => {
    await renderProject(content);
    await openTab("Preview");
  },
  runs: async () => {
    await renderProject(content);
    await openTab("Runs");
  },
  reach: async () => {
    await renderProject(content);
    await openTab("Files");
    await page.getByRole("gridcell", { name: "images/cover.jpg" }).click();
    await page.getByText("What would a change touch?").click();
    await page.getByRole("button", { name: "Show on the graph" }).click();
    await expect.element(page.getByRole("region", { name: "Reach" })).toBeVisible();
  },
  storage: async () => {
    const asked = new Map([["stored for all projects", [{ key: "artifacts", count: 312, bytes: 21e6 }]]]);
    await renderProject({ ...content, asked, storage: { usage: 48e6, quota: 2e9, isKept: false } });
    await page.getByRole("button", { name: "More" }).click();
    await page.getByRole("menuitem", { name: "Storage…" }).click();
    await expect.element(page.getByText("312 files", { exact: false })).toBeVisible();
  },
  "timeline of a run": async () => {
    const start = Date.now() - 5_000;
    const tasks = new Map([["run-4", sampleTasks(start)]]);
    await renderProject({ ...content, runs: [run("run-4", start, { root: "page:index.md" })], tasks });
    await openTab("Runs");
    await page.getByRole("application").click();
    await userEvent.keyboard("{ArrowRight}");
    await expect.element(page.getByText("Began after", { exact: true })).toBeVisible();
  },
  history: async () => {
    await renderProject(content);
    await openTab("History");
    for (const name of [/embeds-and-sections\.md added:/u, /team\.jpg added/u]) {
      await page.getByRole("button", { name }).click();
    }
  },
  "history of one document without a match": async () => {
    await renderProject(content);
    await openTab("History");
    await page.getByRole("button", { name: /team\.jpg added/u }).click();
    await page.getByRole("button", { name: "Only this document" }).click();
    await page.getByRole("searchbox").fill("nothing of this");
    await expect.element(page.getByRole("button", { name: "Clear the search" })).toBeVisible();
  },
  menu: async () => {
    await renderProject(content);
    await page.getByRole("button", { name: "Export" }).click();
  },
  palette: async () => {
    await renderProject(content);
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.keyboard("ex");
  },
  "keyboard help": async () => {
    await renderProject(content);
    await userEvent.keyboard("?");
  },
};

afterEach(() => {
  document.documentElement.dataset["theme"] = "light";
});

describe.each(["light", "dark"])("axe in %s", (theme) => {
  it.each(Object.keys(screens))("finds nothing on: %s", async (name) => {
    document.documentElement.dataset["theme"] = theme;
    document.documentElement.lang = "en";
    document.title = "Strata";
    await screens[name]?.();
    const { violations } = await axe.run(document, { resultTypes: ["violations"] });
    const found = violations.flatMap(({ id, nodes }) =>
      nodes.map((node) => `${id}: ${node.html.slice(0, 160)}`),
    );
    expect(found.join("\n")).toBe("");
  });
});
