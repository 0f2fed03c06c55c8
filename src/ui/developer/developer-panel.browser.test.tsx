import axe from "axe-core";
import { afterEach, describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import type { CircuitShardRow, CircuitViewRow } from "../../model/view-rows.ts";
import { renderProject } from "../testing/render-app.tsx";

const shard = (key: string, change: Partial<CircuitShardRow> = {}): CircuitShardRow => ({
  key,
  views: 4,
  pending: 0,
  flushes: 12,
  lastMs: 0.4,
  medianMs: null,
  entriesReceived: 1500,
  entriesAfterCoalesce: 900,
  tablesTouched: 2,
  viewsUpdated: 3,
  cacheHits: 5,
  cacheMisses: 7,
  evictions: 0,
  operators: 9,
  rowsHeld: 10_000,
  ...change,
});

const view = (key: string, change: Partial<CircuitViewRow> = {}): CircuitViewRow => ({
  key,
  frequency: "realtime",
  strategy: "Incremental",
  rows: 3,
  fullRecomputes: 1,
  incrementalUpdates: 20,
  cacheHits: 0,
  cacheMisses: 1,
  lastMs: 0.1,
  medianMs: 0.1,
  fault: null,
  ...change,
});

const asked = new Map<string, readonly { readonly key: string }[]>([
  ["developer: frequencies", [shard("analytics", { flushes: 2 }), shard("realtime"), shard("normal")]],
  ["developer: views", [view("node"), view("view:failed outputs-0123abcd", { fault: "It broke." })]],
]);

const panel = page.getByRole("region", { name: "Developer" });
const heads = () => [...document.querySelectorAll(".fact-table tbody th")].map((head) => head.textContent);

describe("developer panel", () => {
  afterEach(() => localStorage.removeItem("strata.developer"));

  it("opens and closes by its key, and stays as it was left", async () => {
    await renderProject({ asked });
    await expect.element(panel).not.toBeInTheDocument();
    await userEvent.keyboard("d");
    await expect.element(panel).toBeVisible();
    expect(localStorage.getItem("strata.developer")).toBe("open");
    await panel.getByRole("button", { name: "Close the developer panel" }).click();
    await expect.element(panel).not.toBeInTheDocument();
    expect(localStorage.getItem("strata.developer")).toBeNull();
  });

  it("is there from the start where it was left open", async () => {
    localStorage.setItem("strata.developer", "open");
    await renderProject({ asked });
    await expect.element(panel).toBeVisible();
  });

  it("opens from the palette", async () => {
    await renderProject({ asked });
    await userEvent.keyboard("{Control>}k{/Control}");
    await userEvent.keyboard("developer{Enter}");
    await expect.element(panel).toBeVisible();
  });

  it("shows each frequency and each view, and what changes while it is open", async () => {
    const session = await renderProject({ asked });
    await userEvent.keyboard("d");
    await expect.poll(heads).toEqual(["realtime", "normal", "analytics", "node", "failed outputs"]);
    const row = panel.getByRole("row", { name: /^realtime/ });
    await expect.element(row.getByRole("cell", { name: "1,500" })).toBeVisible();
    await expect.element(row.getByRole("cell", { name: "never" })).toBeVisible();
    await expect.element(panel.getByRole("cell", { name: "It broke." })).toBeVisible();
    session.asked("developer: frequencies").change([shard("realtime", { entriesReceived: 77 })]);
    await expect.element(row.getByRole("cell", { name: "77" })).toBeVisible();
  });

  it("says so before the engine has told anything, and breaks no rule of accessibility", async () => {
    await renderProject({ asked: new Map() });
    await userEvent.keyboard("d");
    await expect.element(panel.getByText("The engine tells of itself")).toBeVisible();
    for (const theme of ["light", "dark"]) {
      document.documentElement.dataset["theme"] = theme;
      expect((await axe.run(panel.element())).violations).toEqual([]);
    }
    document.documentElement.dataset["theme"] = "light";
  });
});
