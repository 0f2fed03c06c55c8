import { describe, expect, it } from "vitest";
import { page, userEvent } from "vitest/browser";
import { asJobId, asResourceId } from "../../model/ids.ts";
import { sampleTasks, taskEvent } from "../testing/sample-tasks.ts";
import { openTab, renderProject } from "../testing/render-app.tsx";
import { run, sampleNodes } from "../testing/sample-rows.ts";

const cells = () =>
  [...document.querySelectorAll(".run-rows .run-row")].map((line) =>
    [...line.querySelectorAll("[role=gridcell]")].map((cell) => cell.textContent),
  );
const lines = () => [...document.querySelectorAll(".task-table tbody tr")].map((line) => line.textContent);

describe("runs", () => {
  it("lists the newest first with counts, cache hits, bytes and time", async () => {
    const old = run("old", 1_700_000_000_000, {
      phase: "cancelled",
      built: 3,
      cancelled: 1_200,
      cacheHits: null,
    });
    const session = await renderProject({ runs: [old] });
    await openTab("Runs");
    session.views.run.change([run("new", Date.now(), { root: "page:index.md" })]);
    await expect.poll(() => cells().length).toBe(2);
    const [newest, oldest] = cells();
    expect(newest?.slice(1)).toEqual([
      "Up to date",
      "page:index.md",
      "24",
      "376",
      "12",
      "0",
      "0",
      "0",
      "1.2 MB",
      "3.2 s",
    ]);
    expect(oldest?.slice(1, 9)).toEqual([
      "Cancelled",
      "everything",
      "3",
      "388",
      "unknown",
      "0",
      "0",
      "1,200",
    ]);
    await expect.element(page.getByRole("list", { name: "Phases" })).toHaveTextContent("scanning 640 ms");
  });

  it("shows the newest until another is chosen, with the arrow keys too, and follows the run that comes", async () => {
    const session = await renderProject({ runs: [run("a", 1_000), run("b", 2_000), run("c", 3_000)] });
    await openTab("Runs");
    const chosen = () => document.querySelector(".run-row[aria-selected=true]")?.id;
    await expect.poll(chosen).toBe("run-c");
    session.views.run.change([run("d", 4_000)]);
    await expect.poll(chosen).toBe("run-d");
    document.querySelector<HTMLElement>(".run-list")?.focus();
    await userEvent.keyboard("{ArrowDown}");
    expect(chosen()).toBe("run-c");
    session.views.run.change([run("e", 5_000)]);
    await expect.poll(() => cells().length).toBe(5);
    expect(chosen()).toBe("run-c");
    await userEvent.keyboard("{Home}");
    expect(chosen()).toBe("run-e");
  });

  it("holds of a thousand runs only the rows in sight", async () => {
    await renderProject({ runs: Array.from({ length: 1_000 }, (_, n) => run(`run-${n}`, n * 1_000)) });
    await openTab("Runs");
    await expect.poll(() => cells().length).toBeGreaterThan(3);
    expect(cells().length).toBeLessThan(60);
  });

  it("shows the tasks of a run, the slowest first, with their places in the plan and the critical path", async () => {
    const events = [
      taskEvent("page:a.md", { durationMs: 5 }),
      taskEvent("page:b.md", { durationMs: 1500, scheduleIndex: 3 }),
    ];
    const tasks = { events, critical: [asResourceId("page:b.md")] };
    await renderProject({ runs: [run("one", Date.now())], tasks: new Map([["one", tasks]]) });
    await openTab("Runs");
    await expect.element(page.getByText("4: 2 of 7 in generation 2").first()).toBeVisible();
    expect(lines()).toHaveLength(2);
    expect(lines()[0]).toContain("page:b.md on the critical path");
    expect(lines()[0]).toContain("1.5 s");
  });

  it("saves a run as a trace once it has ended", async () => {
    const now = Date.now();
    const tasks = new Map([["one", sampleTasks(now)]]);
    const going = run("one", now, { phase: "building", endedAt: null });
    const session = await renderProject({ runs: [going], tasks });
    await openTab("Runs");
    const save = page.getByRole("button", { name: "Save as trace" });
    await expect.element(save).toBeDisabled();
    await expect.element(page.getByText("None of its tasks has ended yet.")).toBeVisible();
    session.views.run.change([run("one", now)]);
    await save.click();
    expect(session.calls).toEqual(["saveTrace one"]);
  });

  it("shows the tasks of a run that goes on as they end, and all of them once it has ended", async () => {
    const now = Date.now();
    const all = sampleTasks(now);
    const rows = all.events.map(({ resourceId, ...event }) => ({ key: resourceId, ...event }));
    const tasksSoFar = [{ ...taskEvent("page:old.md"), key: "page:old.md", jobId: asJobId("old") }];
    const going = run("one", now, { phase: "building", endedAt: null });
    const session = await renderProject({ runs: [going], tasks: new Map([["one", all]]), tasksSoFar });
    await openTab("Runs");
    await expect.element(page.getByText("None of its tasks has ended yet.")).toBeVisible();
    session.taskTable.change(rows.slice(0, 3));
    await expect.poll(lines).toHaveLength(3);
    const timeline = page.getByRole("application");
    await expect.element(timeline).toHaveAccessibleName(/^Timeline of 3 tasks on 2 workers/);
    session.taskTable.change(rows.slice(3, 5));
    await expect.poll(lines).toHaveLength(5);
    await expect.element(timeline).toHaveAccessibleName(/^Timeline of 5 tasks on 3 workers/);
    session.views.run.change([run("one", now)]);
    await expect.poll(lines).toHaveLength(all.events.length);
    expect(lines().join()).toContain("on the critical path");
  });

  it("stops the run that goes on, and tries again what failed once it has ended", async () => {
    const now = Date.now();
    const going = run("one", now, { phase: "building", endedAt: null });
    const session = await renderProject({ runs: [going], nodes: sampleNodes() });
    await openTab("Runs");
    await page.getByRole("button", { name: "Cancel this run" }).click();
    session.views.run.change([run("one", now, { phase: "cancelled" })]);
    await page.getByRole("button", { name: "Retry what failed" }).click();
    expect(session.calls).toEqual(["cancel", 'build {"failed":"only"}']);
    session.views.node.change(sampleNodes().map((row) => ({ ...row, status: "DONE" })));
    await expect.element(page.getByRole("button", { name: "Retry what failed" })).not.toBeInTheDocument();
  });

  it("says so before the first", async () => {
    await renderProject({});
    await openTab("Runs");
    await expect.element(page.getByText("No runs yet")).toBeVisible();
  });
});
