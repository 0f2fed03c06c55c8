import { describe, expect, it } from "vitest";
import { page } from "vitest/browser";
import { asJobId, asResourceId } from "../../model/ids.ts";
import type { TaskEvent } from "../../model/output.ts";
import { openTab, renderProject } from "../testing/render-app.tsx";
import { run } from "../testing/sample-rows.ts";

const cells = () =>
  [...document.querySelectorAll("tbody tr")].map((line) =>
    [...line.querySelectorAll("td")].map((cell) => cell.textContent),
  );

function event(id: string, scheduleIndex: number, durationMs: number): TaskEvent {
  const place = { scheduleIndex, generation: 1, generationOrder: 1, generationSize: 7, planSignature: "aa" };
  return {
    jobId: asJobId("one"),
    resourceId: asResourceId(id),
    outcome: "built",
    place,
    worker: 0,
    startedAt: 0,
    durationMs,
    bytes: 100,
    cause: "a.md changed",
  };
}

describe("runs", () => {
  it("lists the newest first with counts, bytes and the time of each phase", async () => {
    const session = await renderProject({
      runs: [run("old", 1_700_000_000_000, { phase: "cancelled", built: 3 })],
    });
    await openTab("Runs");
    session.views.run.change([run("new", Date.now())]);
    await expect.poll(() => cells().length).toBe(2);
    const [newest, oldest] = cells();
    expect(newest?.slice(1, 8)).toEqual(["Up to date", "24", "388", "0", "0", "1.2 MB", "3.2 s"]);
    expect(newest?.[8]).toBe("scanning 640 msplanning 85 msbuilding 2.3 spublishing 205 ms");
    expect(oldest?.slice(1, 3)).toEqual(["Cancelled", "3"]);
  });

  it("shows the tasks of a run on demand, the slowest first, with their places in the plan", async () => {
    await renderProject({
      runs: [run("one", Date.now())],
      events: new Map([["one", [event("page:a.md", 2, 5), event("page:b.md", 3, 1500)]]]),
    });
    await openTab("Runs");
    await page.getByRole("button", { name: /^Tasks of the run/u }).click();
    await expect.element(page.getByText("4: 2 of 7 in generation 2")).toBeVisible();
    const lines = [...document.querySelectorAll(".run-tasks tbody tr")].map((line) => line.textContent);
    expect(lines).toHaveLength(2);
    expect(lines[0]).toContain("page:b.md");
    expect(lines[0]).toContain("1.5 s");
  });

  it("says so before the first", async () => {
    await renderProject({});
    await openTab("Runs");
    await expect.element(page.getByText("No runs yet")).toBeVisible();
  });
});
